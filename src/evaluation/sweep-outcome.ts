import { invariant } from '../core/invariant.ts';
import { frequency } from './frequency.ts';
import type { Frequency } from './frequency.ts';
import type { PathSummary } from './path-summary.ts';
import {
  count,
  counted,
  enterAmount,
  enterSpan,
  enterValue,
  medianOf,
  quantileSource,
  quantilesOf,
  totalOf,
} from './path-tally.ts';
import type { PathTally, QuantileSource } from './path-tally.ts';

/** What a configuration did over the futures; fractions. */
export interface SweepOutcome {
  readonly paths: number;
  readonly quantiles: QuantileSource;
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

/** Enters one path of the configuration, in any order; a few figures, of all that reports tell. */
export function tallyPath(tally: PathTally, path: number, summary: PathSummary): void {
  enterSpan(tally, path, summary);
  enterValue(tally, 'finalEquity', path, summary.finalEquity);
  enterValue(tally, 'drawdown', path, summary.maxDrawdownWorstMark);
  enterAmount(tally, 'carry', path, summary.hedgeCost - summary.hedgePayoff);
  count(tally, 'called', path, Number(summary.marginCall));
  count(tally, 'liquidated', path, Number(summary.forcedLiquidation));
  count(tally, 'ruined', path, Number(summary.ruined));
}

/**
 * What a configuration did; intervals hold with 95 % for all configurations at once.
 *
 * Domain: at least one path, all of them entered.
 * Source: Bonferroni correction, Dunn (1961), with Wilson (1927) intervals.
 */
export function sweepOutcome(tally: PathTally, configurations: number): SweepOutcome {
  const { startEquity, years, paths } = tally;
  invariant(paths > 0, 'a configuration has at least one future');
  invariant(paths === tally.capacity, 'every path is entered');
  const confidence = jointConfidence(configurations);
  const share = (name: string): Frequency => frequency(counted(tally, name), paths, confidence);
  const multiple = medianOf(tally, 'finalEquity') / startEquity;
  return {
    paths,
    quantiles: quantileSource(tally),
    growth: multiple > 0 ? multiple ** (1 / years) - 1 : -1,
    hedgeCarry: totalOf(tally, 'carry') / paths / startEquity / years,
    drawdown1In100: quantilesOf(tally, 'drawdown', [0.99])[0] ?? Number.NaN,
    pMarginCall: share('called'),
    pForcedLiquidation: share('liquidated'),
    pRuin: share('ruined'),
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
