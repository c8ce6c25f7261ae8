import { clusteredLossRunProbability, lossRunProbability } from '../math/loss-run-probability.ts';
import { normalCdf } from '../math/normal.ts';

/** Results of the prior: so many of the overall rate pull each conditional rate towards it. */
const PRIOR_RESULTS = 10;
/** Fewest results an estimate may rest on. */
const FEWEST_RESULTS = 20;

/** A run of losses whose probability is asked for, among a number of results. */
export interface LossRun {
  readonly losses: number;
  readonly results: number;
}

/** Five losses in a row among sixty results, about a year of weekly condors. */
export const LOSS_RUN: LossRun = { losses: 5, results: 60 };

/** How an account's losses follow each other; rates and probabilities 0..1. */
export interface LossClustering {
  readonly results: number;
  readonly losses: number;
  readonly lossRate: number;
  /** Loss rate after a loss and after a gain, shrunk towards the overall rate. */
  readonly afterLoss: number;
  readonly afterGain: number;
  /** Two-sided p-value of the hypothesis that a result does not depend on the one before. */
  readonly independence: number;
  /** Probability of the run if results were independent, and as they follow each other. */
  readonly runIndependent: number;
  readonly runClustered: number;
}

/**
 * Clustering of losses in an account's results, oldest first (true = a loss): a first-order Markov
 * chain beside the independent case. Undefined = NO DATA below 20 results.
 *
 * Rates after a loss and a gain are (n + 10 p) / (N + 10), p the overall rate: a few results cannot
 * make a cluster. The p-value is that of the likelihood ratio of the unshrunk rates, chi-squared
 * with one degree of freedom; NaN when only losses or only gains occurred. Positions that overlap share
 * days: the test takes what they have in common for clustering.
 * Source: R-24; Anderson and Goodman (1957), eq. 3.4, for the test; Fu and Koutras (1994) for runs.
 */
export function lossClustering(
  results: readonly boolean[],
  run: LossRun = LOSS_RUN,
): LossClustering | undefined {
  if (results.length < FEWEST_RESULTS) return undefined;
  const losses = results.filter(Boolean).length;
  const rate = losses / results.length;
  const counts = transitions(results);
  const shrunk = ([gains, bad]: readonly [number, number]): number =>
    (bad + PRIOR_RESULTS * rate) / (gains + bad + PRIOR_RESULTS);
  const afterGain = shrunk(counts.afterGain);
  const afterLoss = shrunk(counts.afterLoss);
  // The state is the result itself: state 1 always loses, state 0 never does.
  const chain = {
    stay: [
      [1 - afterGain, afterGain],
      [1 - afterLoss, afterLoss],
    ],
    lossProbability: [0, 1],
    start: [1 - rate, rate],
  };
  return {
    results: results.length,
    losses,
    lossRate: rate,
    afterLoss,
    afterGain,
    independence: independenceOf(counts),
    runIndependent: lossRunProbability(rate, run.losses, run.results),
    runClustered: clusteredLossRunProbability(chain, run.losses, run.results),
  };
}

/** Gains and losses that followed a gain and a loss. */
interface Transitions {
  readonly afterGain: readonly [gains: number, losses: number];
  readonly afterLoss: readonly [gains: number, losses: number];
}

function transitions(results: readonly boolean[]): Transitions {
  const afterGain: [number, number] = [0, 0];
  const afterLoss: [number, number] = [0, 0];
  results.slice(1).forEach((lost, before) => {
    const from = results[before] === true ? afterLoss : afterGain;
    from[lost ? 1 : 0] += 1;
  });
  return { afterGain, afterLoss };
}

function independenceOf({ afterGain, afterLoss }: Transitions): number {
  const total = afterGain[0] + afterGain[1] + afterLoss[0] + afterLoss[1];
  let ratio = 0;
  for (const from of [afterGain, afterLoss]) {
    for (const to of [0, 1] as const) {
      const expected = ((from[0] + from[1]) * (afterGain[to] + afterLoss[to])) / total;
      if (!(expected > 0)) return Number.NaN;
      if (from[to] > 0) ratio += 2 * from[to] * Math.log(from[to] / expected);
    }
  }
  return 2 * normalCdf(-Math.sqrt(Math.max(0, ratio)));
}
