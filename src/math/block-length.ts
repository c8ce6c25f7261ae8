/** Block lengths that minimise the error of a bootstrapped variance of the mean, observations. */
export interface BlockLengths {
  /** Mean length for the stationary bootstrap. */
  readonly stationary: number;
  /** Fixed length for the circular block bootstrap. */
  readonly circular: number;
}

/**
 * Automatic block lengths of a series; a length below 1 means that dependence was not seen.
 *
 * The bandwidth is twice the lag after which max(5, ⌊log10 n⌋) autocorrelations in a row stay inside
 * ±2 √(log10 n / n); the spectral density at 0 uses the flat-top window. Lengths are capped at
 * min(3 √n, n / 3), rounded up. Domain: at least 9 values that vary; otherwise NaN.
 * Source: Politis, White (2004); Patton, Politis, White (2009), corrected constant of the
 * stationary bootstrap.
 */
export function optimalBlockLengths(values: ArrayLike<number>): BlockLengths {
  const count = values.length;
  if (count < 9) return { stationary: Number.NaN, circular: Number.NaN };
  const gaps = centred(values);
  const run = Math.max(5, Math.floor(Math.log10(count)));
  const longest = Math.min(count - 2, Math.ceil(Math.sqrt(count)) + run);
  const covariances = new Float64Array(longest + 1);
  const significant = 2 * Math.sqrt(Math.log10(count) / count);
  let quiet = 0;
  let lastSignificant: number | undefined;
  for (let lag = 0; lag <= longest; lag += 1) {
    const product = laggedProduct(gaps, lag);
    covariances[lag] = product / count;
    if (lag === 0 || lastSignificant !== undefined) continue;
    const isQuiet = Math.abs(product) / overlapScale(gaps, lag) < significant;
    quiet = isQuiet ? quiet + 1 : 0;
    if (quiet === run) lastSignificant = lag - run;
  }
  const bandwidth =
    lastSignificant === undefined ? longest : Math.min(longest, 2 * Math.max(1, lastSignificant));
  return lengthsAt(covariances, bandwidth, count);
}

function lengthsAt(covariances: Float64Array, bandwidth: number, count: number): BlockLengths {
  let slope = 0;
  let density = covariances[0] ?? Number.NaN;
  for (let lag = 1; lag <= bandwidth; lag += 1) {
    const weight = Math.min(1, 2 * (1 - lag / bandwidth));
    const covariance = covariances[lag] ?? Number.NaN;
    slope += 2 * weight * lag * covariance;
    density += 2 * weight * covariance;
  }
  const cap = Math.ceil(Math.min(3 * Math.sqrt(count), count / 3));
  const length = (constant: number): number =>
    Math.min(cap, Math.cbrt(((2 * slope * slope) / (constant * density * density)) * count));
  return { stationary: length(2), circular: length(4 / 3) };
}

function centred(values: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(values);
  const mean = out.reduce((sum, value) => sum + value, 0) / out.length;
  return out.map((value) => value - mean);
}

function laggedProduct(gaps: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < gaps.length; i += 1) {
    sum += (gaps[i] ?? Number.NaN) * (gaps[i - lag] ?? Number.NaN);
  }
  return sum;
}

/** Scale of an autocorrelation: root of the sums of squares without the first and last lag + 1. */
function overlapScale(gaps: Float64Array, lag: number): number {
  let head = 0;
  let tail = 0;
  const kept = gaps.length - lag - 1;
  for (let i = 0; i < kept; i += 1) {
    head += (gaps[i] ?? Number.NaN) ** 2;
    tail += (gaps[i + lag + 1] ?? Number.NaN) ** 2;
  }
  return Math.sqrt(head * tail);
}
