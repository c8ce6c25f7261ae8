import { moments } from '../math/moments.ts';
import { asEpochDay, civilDate, epochDay } from '../time/epoch-day.ts';
import type { VxRollReplica } from './replicate-vx-roll.ts';

/** A listed fund on a VX roll index. */
export interface VxFund {
  readonly name: string;
  /** File of daily closes in a market folder. */
  readonly file: string;
  readonly index: 'spvxsp' | 'spvxmp';
  /** Multiples of the index's daily excess return, the last row that has begun applies. */
  readonly leverage: readonly { readonly from: number; readonly multiple: number }[];
  /** Yearly fee, fraction of value. */
  readonly fee: number;
  readonly source: string;
}

const ALWAYS = Number.NEGATIVE_INFINITY;
const AFTER_FEBRUARY_2018 = epochDay(2018, 2, 28);

/** Funds whose real prices check the replicas. */
export const VX_FUNDS: readonly VxFund[] = [
  {
    name: 'VXX',
    file: 'vxx_daily.csv',
    index: 'spvxsp',
    leverage: [{ from: ALWAYS, multiple: 1 }],
    fee: 0.0089,
    source: 'iPath S&P 500 VIX Short-Term Futures ETN, pricing supplement: 0.89 % a year',
  },
  {
    name: 'VIXY',
    file: 'vixy_daily.csv',
    index: 'spvxsp',
    leverage: [{ from: ALWAYS, multiple: 1 }],
    fee: 0.0085,
    source: 'ProShares VIX Short-Term Futures ETF, prospectus: 0.85 % a year',
  },
  {
    name: 'UVXY',
    file: 'uvxy_daily.csv',
    index: 'spvxsp',
    leverage: [
      { from: ALWAYS, multiple: 2 },
      { from: AFTER_FEBRUARY_2018, multiple: 1.5 },
    ],
    fee: 0.0095,
    source: 'ProShares Ultra VIX Short-Term Futures ETF, prospectus: 2x, from 2018-02-28 1.5x',
  },
  {
    name: 'SVXY',
    file: 'svxy_daily.csv',
    index: 'spvxsp',
    leverage: [
      { from: ALWAYS, multiple: -1 },
      { from: AFTER_FEBRUARY_2018, multiple: -0.5 },
    ],
    fee: 0.0095,
    source: 'ProShares Short VIX Short-Term Futures ETF, prospectus: -1x, from 2018-02-28 -0.5x',
  },
];

/** A value by day; days ascend. */
export interface DatedLevels {
  /** EpochDay. */
  readonly day: Int32Array;
  readonly level: Float64Array;
}

/**
 * Net asset value of a fund from a replica of its index: each day the multiple of the excess return
 * plus bills less the fee. 100 on the first session; never below 0.
 */
export function replicateVxFund(index: VxRollReplica, fund: VxFund): DatedLevels {
  const { day, excessReturn, totalReturn } = index;
  const level = new Float64Array(day.length);
  let value = 100;
  for (let i = 0; i < day.length; i += 1) {
    if (i > 0) {
      const excess = ratio(excessReturn, i) - 1;
      const interest = ratio(totalReturn, i) - 1 - excess;
      const today = day[i] ?? Number.NaN;
      const fee = (fund.fee * (today - (day[i - 1] ?? Number.NaN))) / 365;
      value *= Math.max(0, 1 + multipleOn(fund, today) * excess + interest - fee);
    }
    level[i] = value;
  }
  return { day, level };
}

function ratio(values: Float64Array, i: number): number {
  return (values[i] ?? Number.NaN) / (values[i - 1] ?? Number.NaN);
}

function multipleOn(fund: VxFund, day: number): number {
  return fund.leverage.findLast(({ from }) => day >= from)?.multiple ?? Number.NaN;
}

/** How a replica follows a price; fractions a year unless said. */
export interface Tracking {
  /** First and last common day, EpochDay, and how many there are. */
  readonly from: number;
  readonly to: number;
  readonly days: number;
  readonly replicaReturn: number;
  readonly priceReturn: number;
  /** Correlation of daily returns. */
  readonly correlation: number;
  /** Standard deviation of daily return differences × √252. */
  readonly trackingError: number;
  /** Standard deviation of calendar-month return differences × √12: hardly any closing times. */
  readonly monthlyTrackingError: number;
  /**
   * As `trackingError`, since VX settles when the funds close; undefined with fewer than 20 days.
   */
  readonly sameCloseTrackingError: number | undefined;
}

/**
 * First day on which VX settled at 16:00 New York, the close of the funds; 16:15 before.
 * Source: Cboe Futures Exchange notice, daily settlement time of VX, 2020-10-26.
 */
export const VX_SETTLES_AT_CLOSE: number = epochDay(2020, 10, 26);

/**
 * Compares a replica with prices on their common days; undefined with fewer than two months of them.
 */
export function trackingOf(replica: DatedLevels, price: DatedLevels): Tracking | undefined {
  const priceOn = new Map<number, number>();
  price.day.forEach((day, i) => priceOn.set(day, price.level[i] ?? Number.NaN));
  const days: number[] = [];
  const own: number[] = [];
  const theirs: number[] = [];
  replica.day.forEach((day, i) => {
    const there = priceOn.get(day) ?? Number.NaN;
    const here = replica.level[i] ?? Number.NaN;
    if (!(there > 0 && here > 0)) return;
    days.push(day);
    own.push(here);
    theirs.push(there);
  });
  const monthEnds = days.flatMap((day, i) => (monthOf(day) === monthOf(days[i + 1]) ? [] : [i]));
  const from = days[0];
  const to = days.at(-1);
  if (from === undefined || to === undefined || monthEnds.length < 3) return undefined;
  const years = (to - from) / 365.25;
  const every = days.map((_day, i) => i);
  const sameClose = every.filter((i) => (days[i] ?? Number.NaN) >= VX_SETTLES_AT_CLOSE);
  const ownDaily = returnsAt(own, every);
  const theirDaily = returnsAt(theirs, every);
  return {
    from,
    to,
    days: days.length,
    replicaReturn: ((own.at(-1) ?? Number.NaN) / (own[0] ?? Number.NaN)) ** (1 / years) - 1,
    priceReturn: ((theirs.at(-1) ?? Number.NaN) / (theirs[0] ?? Number.NaN)) ** (1 / years) - 1,
    correlation: correlationOf(ownDaily, theirDaily),
    trackingError: Math.sqrt(252) * deviationOfGaps(ownDaily, theirDaily),
    monthlyTrackingError:
      Math.sqrt(12) * deviationOfGaps(returnsAt(own, monthEnds), returnsAt(theirs, monthEnds)),
    sameCloseTrackingError:
      sameClose.length > 20
        ? Math.sqrt(252) * deviationOfGaps(returnsAt(own, sameClose), returnsAt(theirs, sameClose))
        : undefined,
  };
}

function monthOf(day: number | undefined): number {
  if (day === undefined) return Number.NaN;
  const { year, month } = civilDate(asEpochDay(day));
  return 12 * year + month;
}

function returnsAt(levels: readonly number[], places: readonly number[]): readonly number[] {
  return places.slice(1).map((place, i) => {
    return (levels[place] ?? Number.NaN) / (levels[places[i] ?? -1] ?? Number.NaN) - 1;
  });
}

function deviationOfGaps(a: readonly number[], b: readonly number[]): number {
  return moments(a.map((value, i) => value - (b[i] ?? Number.NaN))).standardDeviation;
}

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const one = moments(a);
  const two = moments(b);
  const sum = moments(a.map((value, i) => value + (b[i] ?? Number.NaN)));
  const shared =
    sum.standardDeviation ** 2 - one.standardDeviation ** 2 - two.standardDeviation ** 2;
  return shared / (2 * one.standardDeviation * two.standardDeviation);
}
