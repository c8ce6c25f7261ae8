/** Trailing window of a z-score, in rows. */
export interface ZScoreWindow {
  /** Rows in the window, the scored row included. */
  readonly rows: number;
  /** Fewest values a score may rest on. */
  readonly minimum: number;
}

/**
 * Standard score of one row within the window that ends with it; NaN = NO DATA.
 *
 * NaN rows are left out. NO DATA when the row itself is NaN, fewer than `minimum` values are in the
 * window, or they do not vary. The standard deviation is the sample one (n - 1).
 */
export function zScoreAt(values: Float64Array, row: number, window: ZScoreWindow): number {
  const value = values[row] ?? Number.NaN;
  if (Number.isNaN(value)) return Number.NaN;
  const from = Math.max(0, row - window.rows + 1);
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let i = from; i <= row; i += 1) {
    const other = values[i] ?? Number.NaN;
    if (Number.isNaN(other)) continue;
    count += 1;
    const distance = other - mean;
    mean += distance / count;
    squares += distance * (other - mean);
  }
  if (count < Math.max(window.minimum, 2) || !(squares > 0)) return Number.NaN;
  return (value - mean) / Math.sqrt(squares / (count - 1));
}

/** Standard score of every row within the window that ends with it; NaN = NO DATA. */
export function trailingZScore(values: Float64Array, window: ZScoreWindow): Float64Array {
  return values.map((_value, row) => zScoreAt(values, row, window));
}
