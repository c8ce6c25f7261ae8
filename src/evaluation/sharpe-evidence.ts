import { moments } from '../math/moments.ts';
import { normalCdf, normalInverse } from '../math/normal.ts';

/** Euler-Mascheroni constant. */
const EULER_GAMMA = 0.577_215_664_901_532_9;

/** What the evidence for a Sharpe ratio rests on; ratios are per period, not per year. */
export interface SharpeSample {
  readonly sharpe: number;
  /** Number of returns. */
  readonly count: number;
  readonly skewness: number;
  /** Raw: 3 for a normal. */
  readonly kurtosis: number;
}

/** Sample that `probabilisticSharpe` and its kin need, from returns over the risk-free return. */
export function sharpeSample(excessReturns: ArrayLike<number>): SharpeSample {
  const { count, mean, standardDeviation, skewness, kurtosis } = moments(excessReturns);
  return { sharpe: mean / standardDeviation, count, skewness, kurtosis };
}

/**
 * Probability that the true Sharpe ratio exceeds a benchmark (per period), given the sample.
 *
 * Domain: at least two returns that vary; otherwise NaN. Assumes independent returns: for
 * autocorrelated ones pass the effective number of returns as `count`.
 * Source: Bailey, López de Prado (2012), eq. 8.
 */
export function probabilisticSharpe(sample: SharpeSample, benchmark: number): number {
  const gap = (sample.sharpe - benchmark) * Math.sqrt(sample.count - 1);
  return normalCdf(gap / Math.sqrt(sharpeVariance(sample)));
}

/** n times the variance of a Sharpe ratio: 1 − γ3 SR + (γ4 − 1)/4 SR². */
function sharpeVariance({ sharpe, skewness, kurtosis }: SharpeSample): number {
  return 1 - skewness * sharpe + 0.25 * (kurtosis - 1) * sharpe * sharpe;
}

/**
 * Expected largest of `trials` independent standard normals, the score to beat by luck alone.
 *
 * Domain: trials >= 1 (1 gives 0), otherwise NaN. Accuracy: the extreme-value approximation, 2 % at
 * 10 trials. Source: Bailey, López de Prado (2014), eq. 1.
 */
export function expectedMaximum(trials: number): number {
  if (!(trials >= 1)) return Number.NaN;
  if (trials === 1) return 0;
  return (
    (1 - EULER_GAMMA) * normalInverse(1 - 1 / trials) +
    EULER_GAMMA * normalInverse(1 - 1 / (trials * Math.E))
  );
}

/** How many configurations were tried before one was chosen. */
export interface TrialSet {
  /** All that were looked at, not only those shown. */
  readonly trials: number;
  /** Variance of their Sharpe ratios, per period. */
  readonly variance: number;
}

/**
 * Probability that the true Sharpe ratio exceeds what the best of so many worthless trials would
 * show: the probabilistic Sharpe ratio against √V E[max]. Source: Bailey, López de Prado (2014).
 */
export function deflatedSharpe(sample: SharpeSample, tried: TrialSet): number {
  return probabilisticSharpe(sample, Math.sqrt(tried.variance) * expectedMaximum(tried.trials));
}

/**
 * Least number of returns at which a Sharpe ratio exceeds a benchmark (per period) with the given
 * confidence; Infinity when it does not exceed it at all.
 *
 * Domain: confidence in (0.5, 1). Source: Bailey, López de Prado (2012), eq. 11.
 */
export function minimumTrackRecord(
  sample: SharpeSample,
  benchmark: number,
  confidence: number,
): number {
  if (!(confidence > 0.5 && confidence < 1)) return Number.NaN;
  if (sample.sharpe <= benchmark) return Number.POSITIVE_INFINITY;
  const reach = normalInverse(confidence) / (sample.sharpe - benchmark);
  return 1 + sharpeVariance(sample) * reach * reach;
}

/**
 * Upper bound on the years of backtest below which the best of `trials` worthless strategies is
 * expected to show at least `sharpe` a year: 2 ln N / sharpe².
 *
 * Source: Bailey, Borwein, López de Prado, Zhu (2014), theorem 1.
 */
export function minimumBacktestYears(trials: number, sharpe: number): number {
  return (2 * Math.log(trials)) / (sharpe * sharpe);
}
