import { invariant } from '../core/invariant.ts';
import { enterOutcome } from './frequencies.ts';
import { enterLossRuns } from './loss-runs.ts';
import { enterMargin } from './margin-summary.ts';
import { enterCourse } from './path-course.ts';
import type { PathSummary } from './path-summary.ts';
import { createTally, enterSpan } from './path-tally.ts';
import type { PathTally } from './path-tally.ts';
import { enterMetrics } from './simulated-metrics.ts';
import { enterStratum } from './start-strata.ts';

/** Enters a path, once, with all that reports tell of many. */
export function enterPath(tally: PathTally, path: number, summary: PathSummary): void {
  invariant(summary.policy === tally.policy, 'summaries are of one policy');
  enterSpan(tally, path, summary);
  enterOutcome(tally, path, summary);
  enterMetrics(tally, path, summary);
  enterMargin(tally, path, summary.margin);
  enterLossRuns(tally, path, summary.results);
  enterCourse(tally, path, summary.course);
  enterStratum(tally, path, summary);
}

/** An exact tally of paths 0, 1, 2 …; domain: at least one, all of one policy. */
export function tallyPaths(summaries: readonly PathSummary[]): PathTally {
  const [first] = summaries;
  invariant(first !== undefined, 'at least one path is summarised');
  const tally = createTally(first.policy, 'exact', summaries.length);
  for (const [path, summary] of summaries.entries()) enterPath(tally, path, summary);
  return tally;
}
