/** Smoothing weight of the newest value for a span in sessions, 2 / (span + 1). */
export function spanWeight(span: number): number {
  return 2 / (span + 1);
}

/** Smoothing weight of the newest value for a half-life in sessions, 1 - 2^(-1 / halfLife). */
export function halfLifeWeight(halfLife: number): number {
  return 1 - Math.pow(2, -1 / halfLife);
}

/**
 * Exponentially weighted average of each row, seeded with the first value.
 *
 * NaN rows (no data) leave the average where it is and give the last average; rows before the
 * first value are NaN.
 */
export function ewma(values: Float64Array, weight: number): Float64Array {
  const out = new Float64Array(values.length);
  let average = Number.NaN;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isNaN(value)) {
      average = Number.isNaN(average) ? value : average + weight * (value - average);
    }
    out[i] = average;
  }
  return out;
}

/**
 * Exponential moving average seeded with the simple average of its first `span` values, as charting
 * practice has it; NaN before the seed.
 *
 * Leading NaN rows are skipped; a NaN after the seed carries on as NaN.
 */
export function emaFromAverage(values: Float64Array, span: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  const weight = spanWeight(span);
  let first = 0;
  while (first < values.length && Number.isNaN(values[first] ?? Number.NaN)) first += 1;
  const seedRow = first + span - 1;
  if (seedRow >= values.length) return out;
  let average = 0;
  for (let i = first; i <= seedRow; i += 1) average += values[i] ?? Number.NaN;
  average /= span;
  out[seedRow] = average;
  for (let i = seedRow + 1; i < values.length; i += 1) {
    average += weight * ((values[i] ?? Number.NaN) - average);
    out[i] = average;
  }
  return out;
}
