/** Mean and shape of a sample. */
export interface Moments {
  readonly count: number;
  /** NaN for an empty sample. */
  readonly mean: number;
  /** Divisor n - 1; NaN below two values. */
  readonly standardDeviation: number;
  /** m3 / m2^1.5 with divisor n; NaN without variation. */
  readonly skewness: number;
  /** m4 / m2^2 with divisor n, 3 for a normal; NaN without variation. */
  readonly kurtosis: number;
}

/**
 * Mean, standard deviation, skewness and kurtosis of a sample; NaN passes through.
 *
 * Accuracy: two passes, so a large mean costs no digits of the central moments.
 */
export function moments(values: ArrayLike<number>): Moments {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += values[i] ?? Number.NaN;
  const mean = sum / count;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < count; i += 1) {
    const gap = (values[i] ?? Number.NaN) - mean;
    const square = gap * gap;
    second += square;
    third += square * gap;
    fourth += square * square;
  }
  const variance = second / count;
  return {
    count,
    mean,
    standardDeviation: count < 2 ? Number.NaN : Math.sqrt(second / (count - 1)),
    skewness: third / count / variance ** 1.5,
    kurtosis: fourth / count / (variance * variance),
  };
}
