import { invariant } from '../core/invariant.ts';
import { quantile } from '../math/quantile.ts';
import { frequency } from './frequencies.ts';
import type { Frequency } from './frequencies.ts';
import type { PathSummary } from './path-summary.ts';

/** What a configuration did over the futures; fractions. */
export interface SweepOutcome {
  readonly policy: string;
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

/**
 * What a configuration did; intervals hold with 95 % for all configurations at once.
 *
 * Domain: at least one future, all of one policy and length.
 * Source: Bonferroni correction, Dunn (1961), with Wilson (1927) intervals.
 */
export function sweepOutcome(
  futures: readonly PathSummary[],
  configurations: number,
): SweepOutcome {
  const [first] = futures;
  invariant(first !== undefined, 'a configuration has at least one future');
  const { startEquity, years } = first;
  const confidence = jointConfidence(configurations);
  const share = (happened: (path: PathSummary) => boolean): Frequency =>
    frequency(futures.filter(happened).length, futures.length, confidence);
  const point = (of: (path: PathSummary) => number, probability: number): number =>
    quantile(
      futures.map((path) => of(path)).sort((a, b) => a - b),
      probability,
    );
  const multiple = point(({ finalEquity }) => finalEquity, 0.5) / startEquity;
  let carry = 0;
  for (const { hedgeCost, hedgePayoff } of futures) carry += hedgeCost - hedgePayoff;
  return {
    policy: first.policy,
    paths: futures.length,
    growth: multiple > 0 ? multiple ** (1 / years) - 1 : -1,
    hedgeCarry: carry / futures.length / startEquity / years,
    drawdown1In100: point(({ maxDrawdownWorstMark }) => maxDrawdownWorstMark, 0.99),
    pMarginCall: share((path) => path.marginCall),
    pForcedLiquidation: share((path) => path.forcedLiquidation),
    pRuin: share((path) => path.ruined),
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
