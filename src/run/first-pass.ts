import { policyMetrics } from '../evaluation/policy-metrics.ts';
import type { PathSummary } from '../evaluation/path-summary.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { SLEEVE, SLEEVES } from '../portfolio/sleeve.ts';
import type { FirstPass } from './solve-smaller.ts';

/** First-pass figures of one recorded run. */
export function firstPassOfRecord(record: RunRecord): FirstPass {
  const metrics = policyMetrics(record);
  const last = record.columns.day.length - 1;
  const core = record.columns.sleevePnl[last * SLEEVES.length + SLEEVE.core] ?? Number.NaN;
  return {
    corePnlPerYear: core / metrics.years,
    hedgeCarryPerYear: -metrics.hedge.net / metrics.years,
    cdar95: metrics.conditionalDrawdown95 ?? 0,
  };
}

/** First-pass figures of many simulated paths: means over paths. */
export function firstPassOfSummaries(summaries: readonly PathSummary[]): FirstPass {
  const mean = (figure: (path: PathSummary) => number): number =>
    summaries.reduce((sum, path) => sum + figure(path), 0) / summaries.length;
  return {
    corePnlPerYear: mean((path) => (path.condors.won + path.condors.lost) / path.years),
    hedgeCarryPerYear: mean((path) => (path.hedgeCost - path.hedgePayoff) / path.years),
    cdar95: mean((path) => path.conditionalDrawdown95),
  };
}
