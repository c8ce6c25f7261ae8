/**
 * Sample autocorrelations of a series at lags 1 … `lags`: c_k / c_0 with divisor n.
 *
 * Shape: one value a lag; lags beyond n − 1 are 0. Without variation every value is NaN.
 * Source: Box, Jenkins (1970), biased estimator.
 */
export function autocorrelations(values: ArrayLike<number>, lags: number): Float64Array {
  const covariances = autocovariances(values, lags);
  const variance = covariances[0] ?? Number.NaN;
  return covariances.subarray(1).map((covariance) => covariance / variance);
}

/**
 * Sample autocovariances of a series at lags 0 … `lags`, divisor n; lags beyond n − 1 are 0.
 *
 * Domain: at least one value, otherwise NaN. NaN passes through.
 */
export function autocovariances(values: ArrayLike<number>, lags: number): Float64Array {
  const mean = meanOf(values);
  return Float64Array.from({ length: lags + 1 }, (_unused, lag) =>
    autocovariance(values, mean, lag),
  );
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? Number.NaN;
  return sum / values.length;
}

function autocovariance(values: ArrayLike<number>, mean: number, lag: number): number {
  let products = 0;
  for (let i = lag; i < values.length; i += 1) {
    products += ((values[i] ?? Number.NaN) - mean) * ((values[i - lag] ?? Number.NaN) - mean);
  }
  return products / values.length;
}

/**
 * Number of independent values that carry as much about the mean as n autocorrelated ones:
 * n / (1 + 2 Σ ρ_k), the sum stopped before the first pair of neighbouring lags whose sum is not
 * positive.
 *
 * Domain: at least two values that vary, otherwise NaN. Never above n² (an alternating series knows
 * its mean better than independent values do).
 * Source: Geyer (1992), initial positive sequence.
 */
export function effectiveSampleSize(values: ArrayLike<number>): number {
  const count = values.length;
  if (count < 2) return Number.NaN;
  const mean = meanOf(values);
  const variance = autocovariance(values, mean, 0);
  if (!(variance > 0)) return Number.NaN;
  const rho = (lag: number): number => autocovariance(values, mean, lag) / variance;
  let spread = -1;
  for (let lag = 0; lag < count; lag += 2) {
    const pair = rho(lag) + rho(lag + 1);
    if (!(pair > 0)) break;
    spread += 2 * pair;
  }
  return count / Math.max(spread, 1 / count);
}

/**
 * Long-run variance of a series, c_0 + 2 Σ (1 − k / (bandwidth + 1)) c_k: n times the variance of its
 * mean; never negative.
 *
 * Domain: bandwidth an integer >= 0. Source: Newey, West (1987), Bartlett weights.
 */
export function longRunVariance(values: ArrayLike<number>, bandwidth: number): number {
  const covariances = autocovariances(values, bandwidth);
  let variance = covariances[0] ?? Number.NaN;
  for (let lag = 1; lag <= bandwidth; lag += 1) {
    variance += 2 * (1 - lag / (bandwidth + 1)) * (covariances[lag] ?? Number.NaN);
  }
  return Math.max(0, variance);
}
