import { invariant } from '../core/invariant.ts';

/**
 * Probability of at least one run of `run` losses in a row among `trials` independent trials.
 *
 * Units: lossProbability in [0, 1]; run and trials integers >= 1 and >= 0, otherwise NaN.
 * Accuracy: 1e-12. Source: Feller (1968), XIII.7: a_n = a_{n−1} + (1 − a_{n−k−1}) (1 − q) q^k.
 */
export function lossRunProbability(lossProbability: number, run: number, trials: number): number {
  const chain = { stay: [[1]], lossProbability: [lossProbability], start: [1] };
  return clusteredLossRunProbability(chain, run, trials);
}

/** A market that switches between states, each with a loss probability of its own. */
export interface LossChain {
  /** Row-stochastic transitions from one trial to the next. */
  readonly stay: readonly (readonly number[])[];
  readonly lossProbability: readonly number[];
  /** Distribution of the state of the first trial. */
  readonly start: readonly number[];
}

/**
 * Probability of at least one run of `run` losses in a row among `trials` trials whose loss
 * probability depends on a hidden Markov state: the joint law of state and current run is carried
 * forward trial by trial.
 *
 * Domain: run an integer >= 1, trials an integer >= 0, otherwise NaN. Accuracy: 1e-12.
 * Source: Fu, Koutras (1994), finite Markov chain imbedding.
 */
export function clusteredLossRunProbability(chain: LossChain, run: number, trials: number): number {
  const states = chain.start.length;
  const complete =
    chain.lossProbability.length === states &&
    chain.stay.length === states &&
    chain.stay.every((row) => row.length === states);
  invariant(complete, `a chain of ${states} states has as many rows, columns and probabilities`);
  const isCount = Number.isInteger(run) && run >= 1 && Number.isInteger(trials) && trials >= 0;
  if (!isCount || !chain.lossProbability.every((q) => q >= 0 && q <= 1)) return Number.NaN;
  // law[state * run + k]: state of the next trial, k losses in a row just before it.
  let law = new Float64Array(states * run);
  chain.start.forEach((share, state) => {
    law[state * run] = share;
  });
  let done = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const next = new Float64Array(law.length);
    done += advance(chain, run, law, next);
    law = next;
  }
  return done;
}

/** Carries the law over one trial into `next`; returns the probability that completes a run. */
function advance(chain: LossChain, run: number, law: Float64Array, next: Float64Array): number {
  const states = chain.start.length;
  let completed = 0;
  for (let from = 0; from < states; from += 1) {
    const q = chain.lossProbability[from] ?? Number.NaN;
    for (let losses = 0; losses < run; losses += 1) {
      const mass = law[from * run + losses] ?? Number.NaN;
      if (losses + 1 === run) completed += mass * q;
      for (let to = 0; to < states; to += 1) {
        const moved = mass * (chain.stay[from]?.[to] ?? Number.NaN);
        next[to * run] = (next[to * run] ?? 0) + moved * (1 - q);
        if (losses + 1 === run) continue;
        const place = to * run + losses + 1;
        next[place] = (next[place] ?? 0) + moved * q;
      }
    }
  }
  return completed;
}

/**
 * Probability that a gambler with `capital` units reaches `goal` before 0, betting one unit a time.
 *
 * Domain: winProbability in (0, 1), 0 <= capital <= goal, otherwise NaN.
 * Source: Feller (1968), XIV.2.
 */
export function reachBeforeRuin(winProbability: number, capital: number, goal: number): number {
  const inRange = winProbability > 0 && winProbability < 1 && capital >= 0 && capital <= goal;
  if (!inRange || !(goal > 0)) return Number.NaN;
  const odds = (1 - winProbability) / winProbability;
  // The ratio tends to capital / goal as odds tend to 1, where it is 0 / 0.
  if (Math.abs(odds - 1) < 1e-9) return capital / goal;
  const power = Math.log(odds);
  // For odds > 1 both powers may overflow: divide by odds^goal.
  if (odds > 1) {
    return (
      (Math.exp((capital - goal) * power) - Math.exp(-goal * power)) / -Math.expm1(-goal * power)
    );
  }
  return Math.expm1(capital * power) / Math.expm1(goal * power);
}
