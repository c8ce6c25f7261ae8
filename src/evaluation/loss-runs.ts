import { clusteredLossRunProbability, lossRunProbability } from '../math/loss-run-probability.ts';
import { frequency } from './frequency.ts';
import type { Frequency } from './frequency.ts';
import { count, counted, countedUnder } from './path-tally.ts';
import type { PathTally } from './path-tally.ts';

/** Results of one path in order, counted; a loss is a result < 0. */
export interface ResultCounts {
  readonly results: number;
  readonly losses: number;
  /** Results that follow a loss, and those of them that are losses. */
  readonly afterLoss: { readonly results: number; readonly losses: number };
  readonly afterGain: { readonly results: number; readonly losses: number };
  readonly longestRun: number;
}

/** Runs of losses over many paths, beside what chance gives. */
export interface LossRuns {
  /** How often a result is a loss: always, after a loss, after a gain. */
  readonly loss: Frequency;
  readonly lossAfterLoss: Frequency;
  readonly lossAfterGain: Frequency;
  readonly runs: readonly LossRun[];
}

/** Runs of at least a length. */
export interface LossRun {
  readonly length: number;
  /** Paths with one. */
  readonly observed: Frequency;
  /** Probability with the same loss rate and no memory; with memory of the result before. */
  readonly independent: number;
  readonly markov: number;
}

/** Lengths of runs that are told. */
const LENGTHS: readonly number[] = [2, 3, 4, 5, 6, 8, 10];

/** Names under which paths are counted by how many results they have, and by their runs. */
const RESULTS = 'paths of results ';
const RUN = 'paths with a run of ';

/** Counts of results in their order; dollars. */
export function countResults(results: readonly number[]): ResultCounts {
  const afterLoss = { results: 0, losses: 0 };
  const afterGain = { results: 0, losses: 0 };
  let losses = 0;
  let run = 0;
  let longestRun = 0;
  for (const [place, result] of results.entries()) {
    const isLoss = result < 0;
    if (place > 0) {
      const after = run > 0 ? afterLoss : afterGain;
      after.results += 1;
      if (isLoss) after.losses += 1;
    }
    run = isLoss ? run + 1 : 0;
    if (isLoss) losses += 1;
    longestRun = Math.max(longestRun, run);
  }
  return { results: results.length, losses, afterLoss, afterGain, longestRun };
}

/** Enters the counted results of a path. */
export function enterLossRuns(tally: PathTally, path: number, counts: ResultCounts): void {
  count(tally, 'results', path, counts.results);
  count(tally, 'losses', path, counts.losses);
  count(tally, 'after loss: results', path, counts.afterLoss.results);
  count(tally, 'after loss: losses', path, counts.afterLoss.losses);
  count(tally, 'after gain: results', path, counts.afterGain.results);
  count(tally, 'after gain: losses', path, counts.afterGain.losses);
  count(tally, `${RESULTS}${counts.results}`, path);
  for (const length of LENGTHS) {
    if (counts.longestRun >= length) count(tally, `${RUN}${length}`, path);
  }
}

/**
 * Runs of losses over paths, against the independent and the Markov case with the rates of the same
 * paths; paths of other lengths each count with their own number of results.
 *
 * Source: Feller (1968), XIII.7; the Markov chain has the last result as its state.
 */
export function lossRuns(tally: PathTally): LossRuns {
  const share = (losses: string, results: string): Frequency =>
    frequency(counted(tally, losses), counted(tally, results));
  const loss = share('losses', 'results');
  const lossAfterLoss = share('after loss: losses', 'after loss: results');
  const lossAfterGain = share('after gain: losses', 'after gain: results');
  const q = loss.estimate ?? Number.NaN;
  const p11 = lossAfterLoss.estimate ?? q;
  const p01 = lossAfterGain.estimate ?? q;
  // State 0 after a gain, 1 after a loss; the state itself is the result.
  const chain = {
    stay: [
      [1 - p01, p01],
      [1 - p11, p11],
    ],
    lossProbability: [0, 1],
    start: [1 - q, q],
  };
  const { paths } = tally;
  const byLength = countedUnder(tally, RESULTS);
  const average = (of: (trials: number) => number): number =>
    byLength.reduce((sum, [trials, amount]) => sum + of(Number(trials)) * amount, 0) / paths;
  return {
    loss,
    lossAfterLoss,
    lossAfterGain,
    runs: LENGTHS.map((length) => ({
      length,
      observed: frequency(counted(tally, `${RUN}${length}`), paths),
      independent: average((trials) => lossRunProbability(q, length, trials)),
      markov: average((trials) => clusteredLossRunProbability(chain, length, trials)),
    })),
  };
}
