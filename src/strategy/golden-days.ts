/**
 * First close on which switching a part of alvh-45 changes the account, 1990-01-02 to 2024-06-28 on
 * recorded data; null = never. By the name of the part, as `alvh rules --activity` has it, whose test
 * holds them against a run.
 */
export const GOLDEN_DAYS: Readonly<Record<string, string | null>> = {
  'all layers': '2005-10-12',
  'near layer, beside the others': '2006-03-22',
  'CPI releases beside FOMC decisions': '2010-02-12',
  'medium layer, beside the others': '2005-10-12',
  'long layer, beside the others': '2007-11-26',
  'no larger risk after a loss (R-21)': '1991-02-20',
  'profit target': '1991-05-30',
  'exit by days to expiry': '1990-01-26',
  'quick ratio, margin use and votes': '1997-10-28',
  'quick ratio': null,
  'votes of the timeframes': '1997-10-28',
  'CAPM drift in the centre of the strikes': '1990-01-03',
  'RSI in the medium trigger': '2005-03-21',
  'breadth in the medium trigger': '2007-02-27',
  'macro score in the long trigger': '2006-02-24',
  'dynamic weights of the budgets': '2006-03-22',
  'MACD in the budget weights': '2006-08-02',
  'P/E in the budget weights': '2006-03-22',
  'near budget moved on a CPI spike': '2021-06-10',
};
