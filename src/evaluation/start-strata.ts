import { frequency } from './frequency.ts';
import type { Frequency } from './frequency.ts';
import type { PathSummary } from './path-summary.ts';
import { count, counted, enterValue, medianOf } from './path-tally.ts';
import type { PathTally } from './path-tally.ts';

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

/** Enters a path into the stratum of its start; a start that is not known belongs to none. */
export function enterStratum(tally: PathTally, path: number, summary: PathSummary): void {
  const { startVix, finalEquity, startEquity } = summary;
  const stratum = EDGES.findLastIndex((edge) => startVix >= edge);
  if (stratum < 0 || !(startVix < Number.POSITIVE_INFINITY)) return;
  const place = `stratum ${stratum} `;
  count(tally, `${place}paths`, path);
  count(tally, `${place}called`, path, Number(summary.marginCall));
  count(tally, `${place}liquidated`, path, Number(summary.forcedLiquidation));
  count(tally, `${place}ruined`, path, Number(summary.ruined));
  count(tally, `${place}below start`, path, Number(finalEquity < startEquity));
  enterValue(tally, `${place}drawdown`, path, summary.maxDrawdownWorstMark);
}

/** Outcomes by the level of VIX at which the future began. */
export function startStrata(tally: PathTally): readonly StartStratum[] {
  return EDGES.slice(0, -1).map((from, stratum) => {
    const place = `stratum ${stratum} `;
    const paths = counted(tally, `${place}paths`);
    const share = (name: string): Frequency => frequency(counted(tally, `${place}${name}`), paths);
    return {
      from,
      below: EDGES[stratum + 1] ?? Number.POSITIVE_INFINITY,
      paths,
      marginCall: share('called'),
      forcedLiquidation: share('liquidated'),
      ruin: share('ruined'),
      endsBelowStart: share('below start'),
      medianDrawdown: medianOf(tally, `${place}drawdown`),
    };
  });
}
