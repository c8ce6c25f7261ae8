import { quantile } from '../math/quantile.ts';
import { frequency } from './frequency.ts';
import type { Frequency } from './frequency.ts';
import type { PathSummary } from './path-summary.ts';

/** Futures that began at like levels of VIX. */
export interface StartStratum {
  /** VIX at the close before trading, points: from, and below. */
  readonly from: number;
  readonly below: number;
  readonly paths: number;
  readonly marginCall: Frequency;
  readonly forcedLiquidation: Frequency;
  readonly ruin: Frequency;
  readonly endsBelowStart: Frequency;
  /** Drawdown at worst marks, a fraction; NaN without a path. */
  readonly medianDrawdown: number;
}

const EDGES: readonly number[] = [0, 15, 20, 30, Number.POSITIVE_INFINITY];

/** Outcomes by the level of VIX at which the future began. */
export function startStrata(summaries: readonly PathSummary[]): readonly StartStratum[] {
  return EDGES.slice(0, -1).map((from, edge) => {
    const below = EDGES[edge + 1] ?? Number.POSITIVE_INFINITY;
    const own = summaries.filter(({ startVix }) => startVix >= from && startVix < below);
    const share = (happened: (path: PathSummary) => boolean): Frequency =>
      frequency(own.filter((path) => happened(path)).length, own.length);
    const drawdowns = Float64Array.from(own, ({ maxDrawdownWorstMark }) => maxDrawdownWorstMark);
    return {
      from,
      below,
      paths: own.length,
      marginCall: share(({ marginCall }) => marginCall),
      forcedLiquidation: share(({ forcedLiquidation }) => forcedLiquidation),
      ruin: share(({ ruined }) => ruined),
      endsBelowStart: share(({ finalEquity, startEquity }) => finalEquity < startEquity),
      medianDrawdown: quantile(drawdowns.sort(), 0.5),
    };
  });
}
