import type { MarketFile } from '../market-files.ts';

/** What the backtest does with a series, and what it does without. */
export interface SeriesUse {
  readonly use: string;
  readonly without: string;
}

const NO_SIGNAL = 'rules that read it have NO DATA';

/** By series. */
export const SERIES_USES: Readonly<Record<MarketFile, SeriesUse>> = {
  spx: { use: 'sessions, closes, ranges of the day', without: 'no market' },
  vix: { use: 'level of the surface, worst marks, signals', without: 'no market' },
  vix9d: { use: 'surface at 9 days', without: 'fitted from VIX' },
  vix3m: { use: 'surface at 93 days', without: 'fitted from VIX' },
  vix6m: { use: 'surface at 184 days', without: 'fitted from VIX' },
  vvix: { use: 'prices of VIX options', without: '86 before 2007, then NO DATA' },
  skew: { use: 'curvature of the surface', without: 'a constant curvature' },
  vxCurve: { use: 'prices of VX futures', without: 'regressed on VIX' },
  vxFinalSettlement: { use: 'settlement of VX and VIX options', without: 'VIX open of the day' },
  vxWeekly: { use: 'weekly VX expiries that traded', without: 'monthly expiries only' },
  spy: { use: 'SPX opening settlement', without: 'prior close and a share of the day move' },
  treasury: { use: 'interest rate (dgs3mo)', without: 'no interest on cash: a run cannot go on' },
  shiller: { use: 'SPX dividend yield', without: 'a yield of 1.9 % throughout' },
  priceToEarnings: { use: 'weight of the hedge budgets', without: NO_SIGNAL },
  breadth: { use: 'advance-decline line', without: NO_SIGNAL },
  aboveAverage: { use: 'share of stocks above their average', without: NO_SIGNAL },
  reer: { use: 'exchange-rate score', without: NO_SIGNAL },
  shortRates: { use: 'rate-differential score', without: NO_SIGNAL },
  fomc: { use: 'calendar of rate decisions', without: 'no trades around decisions' },
  cpiReleases: { use: 'calendar of CPI releases', without: 'no trades around releases' },
};
