import { invariant } from '../core/invariant.ts';
import { quantile } from '../math/quantile.ts';
import { frequency } from './frequency.ts';
import type { Frequency } from './frequency.ts';
import type { PathSummary } from './path-summary.ts';

/** What a configuration did over the futures; fractions. */
export interface SweepOutcome {
  readonly paths: number;
  /** Growth a year of the median final equity; -1 when it is gone. */
  readonly growth: number;
  /** Hedge cost less payoff, a year, of the starting equity; mean over futures. */
  readonly hedgeCarry: number;
  /** Largest drawdown at worst marks that 1 future in 100 exceeds. */
  readonly drawdown1In100: number;
  readonly pMarginCall: Frequency;
  readonly pForcedLiquidation: Frequency;
  readonly pRuin: Frequency;
}

/** Confidence of intervals that hold for all of so many configurations at once (Bonferroni). */
export function jointConfidence(configurations: number): number {
  return 1 - 0.05 / configurations;
}

/** Codes of what can happen to a path. */
const CALLED = 1;
const LIQUIDATED = 2;
const RUINED = 4;

/** What a sweep keeps of one configuration: a few numbers a path, filled in any order. */
export interface SweepTally {
  readonly startEquity: number;
  /** Length of the paths, which is the same for all; NaN until one is entered. */
  years: number;
  /** Dollars. */
  readonly finalEquity: Float64Array;
  /** Hedge cost less payoff, dollars. */
  readonly hedgeCost: Float64Array;
  /** Largest drawdown at worst marks, fraction. */
  readonly drawdown: Float64Array;
  /** Sum of the codes of what happened. */
  readonly happened: Uint8Array;
}

/** An empty tally of so many paths. */
export function createSweepTally(paths: number, startEquity: number): SweepTally {
  return {
    startEquity,
    years: Number.NaN,
    finalEquity: new Float64Array(paths).fill(Number.NaN),
    hedgeCost: new Float64Array(paths).fill(Number.NaN),
    drawdown: new Float64Array(paths).fill(Number.NaN),
    happened: new Uint8Array(paths),
  };
}

/** Enters one path of the configuration. */
export function tallyPath(tally: SweepTally, path: number, summary: PathSummary): void {
  tally.years = summary.years;
  tally.finalEquity[path] = summary.finalEquity;
  tally.hedgeCost[path] = summary.hedgeCost - summary.hedgePayoff;
  tally.drawdown[path] = summary.maxDrawdownWorstMark;
  tally.happened[path] =
    (summary.marginCall ? CALLED : 0) +
    (summary.forcedLiquidation ? LIQUIDATED : 0) +
    (summary.ruined ? RUINED : 0);
}

/**
 * What a configuration did; intervals hold with 95 % for all configurations at once.
 *
 * Domain: at least one path, all of them entered.
 * Source: Bonferroni correction, Dunn (1961), with Wilson (1927) intervals.
 */
export function sweepOutcome(tally: SweepTally, configurations: number): SweepOutcome {
  const { startEquity, years, happened } = tally;
  const paths = happened.length;
  invariant(paths > 0, 'a configuration has at least one future');
  invariant(!tally.finalEquity.some(Number.isNaN), 'every path is entered');
  const confidence = jointConfidence(configurations);
  const share = (code: number): Frequency => {
    const count = happened.reduce((sum, codes) => sum + ((codes & code) === 0 ? 0 : 1), 0);
    return frequency(count, paths, confidence);
  };
  const multiple = quantile(tally.finalEquity.toSorted(), 0.5) / startEquity;
  let carry = 0;
  for (const dollars of tally.hedgeCost) carry += dollars;
  return {
    paths,
    growth: multiple > 0 ? multiple ** (1 / years) - 1 : -1,
    hedgeCarry: carry / paths / startEquity / years,
    drawdown1In100: quantile(tally.drawdown.toSorted(), 0.99),
    pMarginCall: share(CALLED),
    pForcedLiquidation: share(LIQUIDATED),
    pRuin: share(RUINED),
  };
}

/**
 * Places of the entries that no other beats: none is at least as low in both and lower in one.
 * Sorted by the first figure; equal entries all stay.
 *
 * Domain: an entry with NaN is never on the front.
 */
export function paretoFront(
  entries: readonly { readonly risk: number; readonly cost: number }[],
): readonly number[] {
  const places = entries
    .map((_entry, place) => place)
    .filter((place) => {
      const one = entries[place];
      if (one === undefined || Number.isNaN(one.risk) || Number.isNaN(one.cost)) return false;
      return !entries.some(
        (other) =>
          other.risk <= one.risk &&
          other.cost <= one.cost &&
          (other.risk < one.risk || other.cost < one.cost),
      );
    });
  const riskOf = (place: number): number => entries[place]?.risk ?? Number.NaN;
  return places.sort((a, b) => riskOf(a) - riskOf(b) || a - b);
}
