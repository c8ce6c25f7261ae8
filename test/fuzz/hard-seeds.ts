/** Hand-written texts that are no chains, or hardly: each must end in a clear error or a chain. */
export const HARD_SEEDS: readonly string[] = [
  '',
  '\n\n\n',
  '\uFEFF',
  '"',
  `${','.repeat(5000)}\n`.repeat(20),
  'PBid,PAsk,Type,Strike,dtExpiry,dtTrade,Spot\n',
  'PBid,PAsk,Type,Strike,dtExpiry,dtTrade,Spot\n"1,2,C,100,2011-03-16,2011-01-24,100\n3,4,C,100,2011-03-16,2011-01-24,100\n',
  'PBid,PAsk,Type,Strike,dtExpiry,dtTrade,Spot\n1e308,1e309,C,100,9999-12-31,0001-01-01,-0\n',
  'Calls,Bid,Ask,Strike,Puts\n',
  'Expiration Date,Calls,Bid,Ask,Strike,Puts,Bid,Ask\nFri Jan 19 2024,SPX240119C04700000,1,2,4700,SPX240119P04700000,1,2\n',
  '#expiry,strike,right,open,high,low,close\n,,,1,1,1,1\n,,,x,x,x,x\n20241399,5,C,1,1,1,1\n',
  `symbol,date,option_symbol,option_expiration,strike,call/put,bid,ask\n${'9'.repeat(70000)}\n`,
];
