import { moments } from '../math/moments.ts';
import { holmAdjusted } from '../math/multiple-testing.ts';
import { normalCdf } from '../math/normal.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';
import { pairedIntervals } from './paired-intervals.ts';
import type { DifferenceInterval } from './paired-intervals.ts';
import type { PathSummary } from './path-summary.ts';
import type { BootstrapSettings } from './superior-ability.ts';

/** What a part of a policy is worth on one market: the account with it minus the one without. */
export interface PartWorth {
  /** Growth, fraction a year. */
  readonly cagr: DifferenceInterval;
  /** CDaR 95 %, fraction; below 0 the part makes drawdowns smaller. */
  readonly conditionalDrawdown95: DifferenceInterval;
  /** Chance of a forced liquidation of a path; on one history only its estimate, −1, 0 or 1. */
  readonly forcedLiquidation: DifferenceInterval;
  /** Hedge cost less payoff, fraction of the starting deposit a year; above 0 the part costs. */
  readonly hedgeCarry: DifferenceInterval;
}

/** Sessions of a bootstrap observation: a week, so that ten thousand days resample fast. */
const WEEK = 5;
const WEEKS_PER_YEAR = 252 / WEEK;

/** An account's course on one history: its summary and its equity at each close, dollars. */
export interface HistoryCourse extends PathSummary {
  readonly equityClose: Float64Array;
}

/** Worth of a part on one history, by a stationary bootstrap of the same weeks for both accounts. */
export function worthOnHistory(
  one: HistoryCourse,
  other: HistoryCourse,
  settings: BootstrapSettings,
): PartWorth {
  const { cagr, conditionalDrawdown95 } = pairedIntervals(
    { first: weeklyReturns(one), second: weeklyReturns(other), periodsPerYear: WEEKS_PER_YEAR },
    settings,
  );
  const single = 'one history has no interval';
  const only = (estimate: number): DifferenceInterval => ({
    estimate: measured(estimate, 'not a finite number'),
    low: unknown(single),
    high: unknown(single),
    pValue: unknown(single),
  });
  return {
    cagr,
    conditionalDrawdown95,
    forcedLiquidation: only(Number(one.forcedLiquidation) - Number(other.forcedLiquidation)),
    hedgeCarry: only(carryOf(one) - carryOf(other)),
  };
}

/**
 * Worth of a part over common simulated futures: means of the differences path by path, with normal
 * 95 % intervals, since paths are independent.
 *
 * @param one Paths with the part; `other` the same paths without it, in the same order.
 */
export function worthOnFutures(
  one: readonly PathSummary[],
  other: readonly PathSummary[],
): PartWorth {
  const mean = (of: (path: PathSummary) => number): DifferenceInterval =>
    meanDifference(one.map((path, i) => of(path) - valueAt(other, i, of)));
  return {
    cagr: mean(growthOf),
    conditionalDrawdown95: mean((path) => path.conditionalDrawdown95),
    forcedLiquidation: mean((path) => Number(path.forcedLiquidation)),
    hedgeCarry: mean(carryOf),
  };
}

/** Whether a part does anything that can be told from chance. */
export type WorthVerdict = 'no measurable effect' | 'raises' | 'lowers';

/** Verdicts on one figure of several parts, after Holm's correction for having tried them all. */
export interface CorrectedVerdict {
  readonly adjustedPValue: Measured;
  readonly verdict: WorthVerdict;
}

/**
 * Verdicts at a chance of 5 % of any false one among all the differences given.
 *
 * Source: Holm (1979).
 */
export function correctedVerdicts(
  differences: readonly DifferenceInterval[],
): readonly CorrectedVerdict[] {
  const adjusted = holmAdjusted(differences.map(({ pValue }) => pValue.value ?? Number.NaN));
  return differences.map(({ estimate, pValue }, i) => {
    const p = adjusted[i] ?? Number.NaN;
    const change = estimate.value ?? 0;
    return {
      adjustedPValue: measured(p, pValue.reason ?? 'not tested'),
      verdict: p < 0.05 ? (change > 0 ? 'raises' : 'lowers') : 'no measurable effect',
    };
  });
}

function meanDifference(differences: readonly number[]): DifferenceInterval {
  const reason = 'a path has no such figure, or there are fewer than two';
  const { mean, standardDeviation } = moments(differences);
  const error = standardDeviation / Math.sqrt(differences.length);
  // Paths that never differ leave no doubt; otherwise the mean is normal by its error.
  const p = error > 0 ? 2 * normalCdf(-Math.abs(mean) / error) : mean === 0 ? 1 : Number.NaN;
  return {
    estimate: measured(mean, reason),
    low: measured(mean - NORMAL_95 * error, reason),
    high: measured(mean + NORMAL_95 * error, reason),
    pValue: measured(p, reason),
  };
}

const NORMAL_95 = 1.959_963_984_540_054;

function valueAt(
  paths: readonly PathSummary[],
  place: number,
  of: (path: PathSummary) => number,
): number {
  const path = paths[place];
  return path === undefined ? Number.NaN : of(path);
}

function weeklyReturns({ startEquity, equityClose }: HistoryCourse): Float64Array {
  const weeks = Math.floor(equityClose.length / WEEK);
  const levels = [startEquity];
  for (let week = 1; week <= weeks; week += 1) {
    levels.push(equityClose[week * WEEK - 1] ?? Number.NaN);
  }
  return Float64Array.from(
    { length: weeks },
    (_unused, i) => (levels[i + 1] ?? Number.NaN) / (levels[i] ?? Number.NaN) - 1,
  );
}

/** Growth a year; an account without equity at the end has lost everything. */
function growthOf({ finalEquity, startEquity, years }: PathSummary): number {
  return Math.max(0, finalEquity / startEquity) ** (1 / years) - 1;
}

function carryOf({ hedgeCost, hedgePayoff, years, startEquity }: PathSummary): number {
  return (hedgeCost - hedgePayoff) / years / startEquity;
}
