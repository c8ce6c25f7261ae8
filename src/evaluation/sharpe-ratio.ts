import { autocorrelations, longRunVariance } from '../math/autocorrelation.ts';
import { moments } from '../math/moments.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';

/** A Sharpe ratio and how well it is known, both in the unit of the ratio. */
export interface SharpeRatio {
  /** Mean over standard deviation (n − 1), times the root of the periods a year. */
  readonly ratio: Measured;
  /** Standard error that allows for autocorrelation, skewness and fat tails. */
  readonly standardError: Measured;
}

/** How a Sharpe ratio is annualised and how far dependence is followed. */
export interface SharpeOptions {
  /** Returns a year: 252 for days, 1 for no annualisation. */
  readonly periodsPerYear: number;
  /** Autocovariances that count, lags; 31 unless told: the life of a 45-day trade in sessions. */
  readonly bandwidth?: number;
}

const TRADE_LIFE = 31;

/**
 * Sharpe ratio of returns over the risk-free return, with a standard error that holds when returns
 * depend on each other, as those of overlapping trades do.
 *
 * The error is the root of the long-run variance of (r − μ)/σ − SR ((r − μ)² − σ²)/(2σ²) over n; the
 * bandwidth is at most a quarter of the returns.
 * Source: Lo (2002), eq. 14 to 17, GMM estimator; Newey, West (1987).
 */
export function sharpeRatio(excessReturns: ArrayLike<number>, options: SharpeOptions): SharpeRatio {
  const { count, mean, standardDeviation } = moments(excessReturns);
  if (count < 2) return bothUnknown('fewer than two returns');
  if (!Number.isFinite(standardDeviation)) return bothUnknown('a return is not a finite number');
  if (!(standardDeviation > 0)) return bothUnknown('returns do not vary');
  const yearly = Math.sqrt(options.periodsPerYear);
  const ratio = mean / standardDeviation;
  const bandwidth = Math.min(options.bandwidth ?? TRADE_LIFE, Math.floor(count / 4));
  const influence = Float64Array.from(excessReturns, (value) => {
    const z = (value - mean) / standardDeviation;
    return z - 0.5 * ratio * (z * z - 1);
  });
  const error = Math.sqrt(longRunVariance(influence, bandwidth) / count);
  return {
    ratio: measured(yearly * ratio, 'not a finite number'),
    standardError: measured(yearly * error, 'not a finite number'),
  };
}

function bothUnknown(reason: string): SharpeRatio {
  return { ratio: unknown(reason), standardError: unknown(reason) };
}

/**
 * Factor η(q) from a one-period Sharpe ratio to that of q periods when returns are autocorrelated:
 * q / √(q + 2 Σ (q − k) ρ_k); √q for independent returns.
 *
 * `rho` holds ρ_1, ρ_2, …; missing ones count as 0. NaN where the variance of the sum would not be
 * positive. Source: Lo (2002), eq. 20.
 */
export function sharpeTimeScale(rho: ArrayLike<number>, periods: number): number {
  let variance = periods;
  for (let lag = 1; lag < periods; lag += 1) variance += 2 * (periods - lag) * (rho[lag - 1] ?? 0);
  return variance > 0 ? periods / Math.sqrt(variance) : Number.NaN;
}

/**
 * Sharpe ratio of a year of autocorrelated returns: the one-period ratio times η(periods a year),
 * autocorrelations beyond the bandwidth left out. Source: Lo (2002), eq. 19 to 20.
 */
export function timeAggregatedSharpe(
  excessReturns: ArrayLike<number>,
  options: SharpeOptions,
): Measured {
  const single = sharpeRatio(excessReturns, { ...options, periodsPerYear: 1 }).ratio;
  if (single.value === null) return single;
  const lags = Math.min(options.bandwidth ?? TRADE_LIFE, Math.floor(excessReturns.length / 4));
  const scale = sharpeTimeScale(autocorrelations(excessReturns, lags), options.periodsPerYear);
  return measured(single.value * scale, 'autocorrelations leave no positive variance of a year');
}

/**
 * Sortino ratio of returns against a target of 0: mean over downside deviation, annualised.
 *
 * Downside deviation is the root of the mean over all returns of min(r, 0)². Unknown without a
 * negative return. Source: Sortino, van der Meer (1991).
 */
export function sortinoRatio(excessReturns: ArrayLike<number>, periodsPerYear: number): Measured {
  const { count, mean } = moments(excessReturns);
  if (count < 2) return unknown('fewer than two returns');
  let squares = 0;
  for (let i = 0; i < count; i += 1) squares += Math.min(0, excessReturns[i] ?? Number.NaN) ** 2;
  if (squares === 0) return unknown('no return was negative');
  const downside = Math.sqrt(squares / count);
  return measured((mean / downside) * Math.sqrt(periodsPerYear), 'a return is not a finite number');
}
