/* Hand-written chain files in the layouts that vendors use; the quotes are invented. */

const CBOE_HEADER =
  'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,' +
  'Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest';

/** Rows of a Cboe download: an AM and a PM series of one third Friday. */
const CBOE_ROWS = [
  'Fri Jan 19 2024,SPX240119C04700000,50.1,0,49.8,50.6,12,0.1211,0.5102,0.002,100,4700.00,SPX240119P04700000,47,0,46.9,47.6,3,0.1213,-0.4898,0.002,80',
  'Fri Jan 19 2024,SPXW240119C04700000,51,0,50.2,51,5,0.122,0.511,0.002,10,4700.00,SPXW240119P04700000,48,0,47.3,48,9,0.1221,-0.489,0.002,20',
  'Fri Jan 19 2024,SPXW240119C04750000,24,0,23.9,24.5,5,0.1105,0.33,0.002,10,4750.00,SPXW240119P04750000,0,0,71,72.1,0,0,0,0,0',
].join('\r\n');

/** One small file of each layout by name: text and the file name it would carry. */
export const CHAIN_TEXTS: Readonly<
  Record<string, { readonly file: string; readonly text: string }>
> = {
  'cboe-quotedata': {
    file: 'quotedata.csv',
    text: `\r\nS&P 500 INDEX,Last: 4697.2402,Change:  8.5602\r\n"Date: January 7, 2024 at 10:52 AM EST",Bid: 4645.23,Ask: 4753.8999,Size: 1*1,Volume: 0\r\n${CBOE_HEADER}\r\n${CBOE_ROWS}\r\n`,
  },
  'cboe-spanish': {
    file: 'quotedata.csv',
    text: `\nS&P 500 INDEX,Last: 4697.2402,Change: 8.5602\nDate: 5 de enero de 2024 a las 17:50 GMT-5,Bid: 4645.23,Ask: 4753.8999,Size: 1*1,Volume: 1.204.000\n${CBOE_HEADER}\n${CBOE_ROWS}\n`,
  },
  'cboe-resaved': {
    file: 'spx.csv',
    text: [
      'S&P 500 INDEX,Last: 4697.2402,Change: 8.5602,,,,,,,,,,,,,',
      '"Date: January 5, 2024 at 4:52 PM EST",Bid: 4645.23,Ask: 4753.8999,Size: 1*1,Volume: 0,,,,,,,,,,,',
      'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,Open Interest',
      '1/19/2024,SPX240119C04700000,50.1,0,49.8,50.6,12,100,4700,SPX240119P04700000,47,0,46.9,47.6,3,80',
      '',
    ].join('\n'),
  },
  'cboe-quotedata-2011': {
    file: 'spx.csv',
    text: [
      'SPX (S&P 500 INDEX),1290.59,+7.24,',
      'Jan 24 2011 @ 14:03 ET,',
      'Calls,Last Sale,Net,Bid,Ask,Vol,Open Int,Puts,Last Sale,Net,Bid,Ask,Vol,Open Int,',
      '11 Jan 1275.00 (SPXW1128A1275-E),20.0,0.0,19.30,20.00,10,50,11 Jan 1275.00 (SPXW1128M1275-E),5.0,-0.10,4.90,5.20,10,15535,',
      '11 Feb 1300.00 (SPX1119B1300-E),14.0,0.0,13.60,14.80,7,9,11 Feb 1300.00 (SPX1119N1300-E),26.0,-0.1,25.60,26.80,688,5448,',
      '',
    ].join('\n'),
  },
  optionsbacktester: {
    file: 'SPX_20190425.csv',
    text: [
      'underlying,underlying_last,exchange,optionroot,type,expiration,quotedate,strike,last,net,bid,ask,volume,openinterest,impliedvol,delta,gamma',
      'SPX,2919.04,CBOE,SPXW190426C02900000,call,04/26/2019,04/25/2019,2900.0,21.0,0.0,20.9,21.2,4,2,0.1432,0.79,0.01',
      'SPX,2919.04,CBOE,SPXW190426P02900000,put,04/26/2019,04/25/2019,2900.0,2.0,0.0,2.1,2.3,40,20,0.1449,-0.21,0.01',
      '',
    ].join('\n'),
  },
  historicaloptiondata: {
    file: 'L3_20170103.csv',
    text: [
      ',underlying,underlying_last, exchange,optionroot,optionext,type,expiration,quotedate,strike,last,bid,ask,volume,openinterest,impliedvol,delta,gamma,theta,vega,optionalias,dte',
      '5,SPX,2257.83,*,SPX170317C02250000,,call,2017-03-17,2017-01-03,2250,45,44.1,45.3,0,12,0.1144,0.54,0.0,-90.1,390.0,SPX170317C02250000,73',
      '6,SPX,2257.83,*,SPX170317P02250000,,put,2017-03-17,2017-01-03,2250,44,43.2,44.4,0,0,0.1150,-0.46,0.0,-85.0,390.0,SPX170317P02250000,73',
      '7,SPX,2270.75,*,SPX170317C02250000,,call,2017-03-17,2017-01-04,2250,52,51.9,53.0,0,12,0.1104,0.58,0.0,-90.1,380.0,SPX170317C02250000,72',
      '',
    ].join('\n'),
  },
  'ivolatility-rawiv': {
    file: 'spx.csv',
    text: [
      'symbol,exchange,company_name,date,stock_price_close,option_symbol,option_expiration,strike,call/put,style,ask,bid,mean_price,settlement,iv,volume,open_interest,stock_price_for_iv,forward_price,isinterpolated,delta,vega,gamma,theta,rho',
      'SPX,CBOE,S&P 500 Index (SPX),01/03/2011,1271.87,SPXW  110107C01270000,01/07/2011,1270.0,C,E,12.6,11.1,11.85,0.0,0.1495,5,11,1271.87,1271.629,,0.52,0.4,0.01,-0.9,0.07',
      'SPX,CBOE,S&P 500 Index (SPX),01/03/2011,1271.87,SPX   110122P01270000,01/21/2011,1270.0,P,E,22.6,21.1,21.85,0.0,0.1595,5,11,1271.87,1271.2,*,-0.47,1.1,0.01,-0.5,-0.3',
      '',
    ].join('\n'),
  },
  'lean-universe': {
    file: 'spx_20210104.csv',
    text: [
      '#expiry,strike,right,open,high,low,close,volume,open_interest,implied_volatility,delta,gamma,vega,theta,rho',
      ',,,3700.65,3700.65,3700.65,3700.65,60,,,,,,,',
      '20210115,3700,C,55.6900,71.0000,53.6700,68.4000,1395,48148,0.1400472,0.4506512,0.0047710,2.3402005,-1.1927088,0.4207158',
      '20210115,3700,P,61,75,50,69.1,100,900,0.15,-0.52,0.004,2.3,-1.2,-0.4',
      '',
    ].join('\n'),
  },
  pyql: {
    file: 'quotes.csv',
    text: 'PBid,PAsk,Type,Strike,dtExpiry,dtTrade,Spot\n34.9,38.7,C,1290.0,2011-03-16,2011-01-24,1290.59\n39.1,42.9,P,1290.0,2011-03-16,2011-01-24,1290.59\n',
  },
  optionsdx: {
    file: 'spx_eod_202301.txt',
    text: [
      '[QUOTE_UNIXTIME], [QUOTE_READTIME], [QUOTE_DATE], [QUOTE_TIME_HOURS], [UNDERLYING_LAST], [EXPIRE_DATE], [EXPIRE_UNIX], [DTE], [C_DELTA], [C_GAMMA], [C_VEGA], [C_THETA], [C_RHO], [C_IV], [C_VOLUME], [C_LAST], [C_SIZE], [C_BID], [C_ASK], [STRIKE], [P_BID], [P_ASK], [P_SIZE], [P_LAST], [P_DELTA], [P_GAMMA], [P_VEGA], [P_THETA], [P_RHO], [P_IV], [P_VOLUME], [STRIKE_DISTANCE], [STRIKE_DISTANCE_PCT]',
      '1672779600, 2023-01-03 16:00, 2023-01-03, 16.000000, 3824.140000, 2023-01-20, 1674248400, 17.000000, 0.520000, 0.002, 3.3, -1.9, 0.9, 0.214000, 12.000000, 68.0, 5 x 10, 67.900000, 68.500000, 3825.000000, 61.100000, 61.700000, 8 x 8, 61.0, -0.480000, 0.002, 3.3, -1.7, -0.9, 0.213000, , 0.9, 0.0',
      '',
    ].join('\n'),
  },
  'cboe-datashop-eod': {
    file: 'UnderlyingOptionsEODCalcs_2020-03-16.csv',
    text: [
      'underlying_symbol,quote_date,root,expiration,strike,option_type,open,high,low,close,trade_volume,bid_size_1545,bid_1545,ask_size_1545,ask_1545,underlying_bid_1545,underlying_ask_1545,implied_underlying_price_1545,active_underlying_price_1545,implied_volatility_1545,delta_1545,gamma_1545,theta_1545,vega_1545,rho_1545,bid_size_eod,bid_eod,ask_size_eod,ask_eod,underlying_bid_eod,underlying_ask_eod,vwap,open_interest,delivery_code',
      '^SPX,2020-03-16,SPXW,2020-03-20,2400.000,C,100,120,80,90,50,1,98,1,110,2400,2402,0,2401,0.95,0.5,0.001,-9,1,0.1,1,90.1,1,99.9,2385,2388,95,12,',
      '^SPX,2020-03-16,SPX,2020-03-20,2400.000,P,100,120,80,90,50,1,98,1,110,2400,2402,0,2401,0.95,-0.5,0.001,-9,1,0.1,1,100.1,1,109.9,2385,2388,95,12,',
      '',
    ].join('\n'),
  },
};
