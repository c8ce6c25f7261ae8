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

/**
 * As `trailingZScore`, in one pass for windows of thousands of rows; equal to it within 1e-9.
 *
 * The sums run over distances from the first value, so that a level far from zero costs no digits.
 */
export function rollingZScore(values: Float64Array, window: ZScoreWindow): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  const origin = values.find((value) => !Number.isNaN(value)) ?? 0;
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < values.length; row += 1) {
    const leaving = (values[row - window.rows] ?? Number.NaN) - origin;
    if (!Number.isNaN(leaving)) {
      count -= 1;
      sum -= leaving;
      squares -= leaving * leaving;
    }
    const entering = (values[row] ?? Number.NaN) - origin;
    if (Number.isNaN(entering)) continue;
    count += 1;
    sum += entering;
    squares += entering * entering;
    if (count < Math.max(window.minimum, 2)) continue;
    const mean = sum / count;
    const variance = (squares - sum * mean) / (count - 1);
    // A window of one repeated value has no score; rounding leaves a rest of its squares.
    if (variance > ROUNDING * (squares / count)) out[row] = (entering - mean) / Math.sqrt(variance);
  }
  return out;
}

/** Share of the mean square below which a variance is rounding. */
const ROUNDING = 1e-12;

/** Standard score of every row within the window that ends with it; NaN = NO DATA. */
export function trailingZScore(values: Float64Array, window: ZScoreWindow): Float64Array {
  return values.map((_value, row) => zScoreAt(values, row, window));
}
