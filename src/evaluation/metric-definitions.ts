/** What a figure of the report means. */
export interface MetricDefinition {
  /** Name of the field in the machine-readable report. */
  readonly name: string;
  /** How it is called on paper. */
  readonly label: string;
  readonly formula: string;
  /** What it is measured on: which marks, which trades, which paths. */
  readonly basis: string;
  readonly unit: string;
  readonly source: string;
}

/** Definitions of every figure, in the order of the report. Dollars after fees and spread. */
export const METRIC_DEFINITIONS: readonly MetricDefinition[] = [
  {
    name: 'finalEquity',
    label: 'Final equity',
    formula: 'net liquidation value at the last close; negative = debt',
    basis: 'close, open positions at their mark; simulated: median over paths',
    unit: '$',
    source: 'account ledger',
  },
  {
    name: 'cagr',
    label: 'CAGR',
    formula: '(final equity / start equity)^(1 / years) − 1; n/a when final equity <= 0',
    basis: 'years = calendar days from first to last session / 365.25; interest on cash included',
    unit: 'fraction a year',
    source: 'convention',
  },
  {
    name: 'cagrOverBills',
    label: 'CAGR over bills',
    formula: '((final / start) / (bills last / bills first))^(1 / years) − 1',
    basis: 'total return of 3-month bills over the same sessions',
    unit: 'fraction a year',
    source: 'convention',
  },
  {
    name: 'annualVolatility',
    label: 'Volatility',
    formula: 'standard deviation (n − 1) of daily returns × √252',
    basis: 'close to close, whole account; n/a when equity <= 0 on any day',
    unit: 'fraction a year',
    source: 'convention',
  },
  {
    name: 'maxDrawdownClose',
    label: 'Max drawdown, close',
    formula: 'max over days of 1 − close / highest close so far (start equity included)',
    basis: 'close to close; simulated: median over paths',
    unit: 'fraction',
    source: 'convention',
  },
  {
    name: 'maxDrawdownWorstMark',
    label: 'Max drawdown, worst mark',
    formula: 'max over days of 1 − worst mark of the day / highest close before it',
    basis: 'worst mark of each day; simulated: median over paths',
    unit: 'fraction',
    source: 'convention',
  },
  {
    name: 'conditionalDrawdown95',
    label: 'CDaR 95 %',
    formula: 'mean of the worst 5 % of daily drawdowns, last one fractional',
    basis: 'close to close',
    unit: 'fraction',
    source: 'Chekhlov, Uryasev, Zabarankin (2005)',
  },
  {
    name: 'condors',
    label: 'Condors (won / closed)',
    formula: 'won: net P&L > 0; lost: net P&L < 0; averages over won and lost trades',
    basis: 'closed trades of the base position, open ones left out; after fees and spread',
    unit: 'trades, $',
    source: 'blotter',
  },
  {
    name: 'condors.costs',
    label: 'Gross, spreads, fees, net; break-even slippage',
    formula: 'gross = net + fees + spreads; break-even slippage = (gross − fees) / spreads paid',
    basis: 'same trades at other spreads, to first order; negative: they lose even at mid',
    unit: '$, multiple of the stated half-spreads',
    source: 'blotter',
  },
  {
    name: 'longestLosingRun',
    label: 'Longest losing run',
    formula: 'most consecutive closing days whose base trades sum to net P&L < 0',
    basis: "one day's closings are one result; simulated: longest on any path",
    unit: 'results',
    source: 'blotter',
  },
  {
    name: 'hedge.cost',
    label: 'Hedge cost',
    formula: 'Σ premiums paid, negative realised variation, fees and spread of the layers',
    basis: 'cash flows, not marks; simulated: mean per path',
    unit: '$ >= 0',
    source: 'account ledger',
  },
  {
    name: 'hedge.payoff',
    label: 'Hedge payoff',
    formula: 'Σ sales, settlements and positive realised variation of the layers',
    basis: 'cash flows, not marks; simulated: mean per path',
    unit: '$ >= 0',
    source: 'account ledger',
  },
  {
    name: 'marginCalls',
    label: 'Margin calls',
    formula: 'events with excess liquidity < 0 in the securities or the futures segment',
    basis: 'worst mark of each day; simulated: total over paths',
    unit: 'events',
    source: 'margin rule named under assumptions',
  },
  {
    name: 'forcedLiquidations',
    label: 'Liquidations',
    formula: 'calls met by closing positions at the price of the worst mark',
    basis: 'simulated: total over paths',
    unit: 'events',
    source: 'margin rule named under assumptions',
  },
  {
    name: 'ruined',
    label: 'Ruined',
    formula: 'equity <= 0 or below the requirement of one base unit',
    basis: 'simulated: on any path',
    unit: 'yes / no',
    source: 'definition of this report',
  },
  {
    name: 'doublingRefused',
    label: 'Doublings refused',
    formula: 'entries of size n0 × 2^k for which available funds did not suffice',
    basis: 'simulated: total over paths',
    unit: 'events',
    source: 'definition of this report',
  },
  {
    name: 'peakMarginUse',
    label: 'Peak margin use',
    formula: 'max over days of margin used / equity with loan value',
    basis: 'worst of both segments; simulated: median over paths',
    unit: 'fraction, may exceed 1',
    source: 'margin rule named under assumptions',
  },
  {
    name: 'returnOnMaxMargin',
    label: 'Return on max margin',
    formula: '(final equity − start equity) / largest margin used',
    basis: 'maintenance requirement at closes; whole run, not per year',
    unit: 'fraction',
    source: 'convention',
  },
  {
    name: 'pDrawdown50Given5',
    label: '−50 % given −5 %',
    formula: 'episodes that reach −50 % before a new peak / episodes that start at −5 %',
    basis: 'closes; all episodes of all paths; an unfinished episode counts as not reached',
    unit: 'fraction of episodes',
    source: 'definition of this report',
  },
  {
    name: 'pMarginCall',
    label: 'Frequencies of outcomes',
    formula: 'paths with the event / paths; 95 % Wilson interval; zero events: below 3 / paths',
    basis: 'simulated paths, each counted once',
    unit: 'fraction of paths',
    source: 'Wilson (1927); Hanley, Lippman-Hand (1983)',
  },
  {
    name: 'coverage',
    label: 'Leg-days by origin of the mark',
    formula: 'Σ over sessions of legs held, by where their mark came from',
    basis: 'quoted, calibrated, regressed, simulated',
    unit: 'leg-days',
    source: 'market files',
  },
];
