import { epochDay } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import type { MarketFile } from '../market-files.ts';

/** Days on which a file should have a row. */
export type CheckCalendar = 'sessions' | 'bond-days' | 'months' | 'vx-expiries' | 'any';

/** What a sound file of a series looks like, beyond its layout. */
export interface CheckRule {
  readonly calendar: CheckCalendar;
  /** Missing rows in a row that the backtest bridges with the last value. */
  readonly carried: number;
  /** First day from which gaps count. */
  readonly from?: EpochDay;
  /** Least and greatest value ever plausible, in the unit of the column; by column. */
  readonly bounds: Readonly<Record<string, readonly [number, number]>>;
  /** Largest |ln(value / value before)| of `close`. */
  readonly jump?: number;
}

const bar = (least: number, most: number): CheckRule['bounds'] => ({
  open: [least, most],
  high: [least, most],
  low: [least, most],
  close: [least, most],
});
/** VIX was 8.56 at its lowest and 89.53 at its highest; its short relative went beyond. */
const VIX_BAR = bar(5, 150);
const YIELD: readonly [number, number] = [-1, 20];
const VX: readonly [number, number] = [5, 150];

/** By series. Bridges as in the columns of the historical market. */
export const CHECK_RULES: Readonly<Record<MarketFile, CheckRule>> = {
  // 1987-10-19 was -0.229.
  spx: {
    calendar: 'sessions',
    carried: 0,
    from: epochDay(1990, 1, 1),
    bounds: bar(1, 100_000),
    jump: 0.25,
  },
  vix: { calendar: 'sessions', carried: 1, bounds: VIX_BAR },
  vix9d: { calendar: 'sessions', carried: 1, bounds: VIX_BAR },
  vix3m: { calendar: 'sessions', carried: 5, bounds: VIX_BAR },
  vix6m: { calendar: 'sessions', carried: 1, bounds: VIX_BAR },
  vvix: {
    calendar: 'sessions',
    carried: 1,
    from: epochDay(2007, 1, 1),
    bounds: { close: [50, 250] },
  },
  skew: { calendar: 'sessions', carried: 1, bounds: { close: [95, 200] } },
  vxCurve: {
    calendar: 'sessions',
    carried: 0,
    bounds: Object.fromEntries(Array.from({ length: 9 }, (_unused, k) => [`vx${k + 1}`, VX])),
  },
  vxFinalSettlement: { calendar: 'vx-expiries', carried: 0, bounds: { final_settle: VX } },
  vxWeekly: { calendar: 'any', carried: 0, bounds: {} },
  spy: { calendar: 'sessions', carried: 0, bounds: bar(1, 10_000), jump: 0.25 },
  treasury: { calendar: 'bond-days', carried: 1, bounds: { dgs3mo: YIELD } },
  shiller: { calendar: 'months', carried: 0, bounds: { dividend: [0.01, 1000] } },
  priceToEarnings: { calendar: 'months', carried: 0, bounds: { pe_ttm: [1, 500] } },
  breadth: { calendar: 'sessions', carried: 3, bounds: { net_advances: [-6000, 6000] } },
  aboveAverage: { calendar: 'sessions', carried: 3, bounds: {} },
  reer: { calendar: 'months', carried: 0, bounds: { value: [20, 300] } },
  shortRates: {
    calendar: 'months',
    carried: 0,
    bounds: { us_3m: YIELD, de_3m: YIELD, jp_3m: YIELD, ez_3m: YIELD },
  },
  fomc: { calendar: 'any', carried: 0, bounds: { scheduled: [0, 1] } },
  cpiReleases: { calendar: 'any', carried: 0, bounds: {} },
};
