import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';

/** A fitted linear model. */
export interface LeastSquaresFit {
  /** One for each column of the design. */
  readonly coefficients: Float64Array;
  /** Classical (homoscedastic) standard errors; NaN with as many rows as columns. */
  readonly standardErrors: Float64Array;
  /** 1 - residual / total sum of squares about the mean of the response. */
  readonly rSquared: number;
  /** Divisor rows - columns; NaN with as many rows as columns. */
  readonly residualStandardDeviation: number;
}

/** Why no fit exists. `column` is the first that depends on those before it. */
export type LeastSquaresError =
  | { readonly kind: 'shape-mismatch'; readonly designLength: number; readonly expected: number }
  | { readonly kind: 'too-few-rows'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'not-finite' }
  | { readonly kind: 'rank-deficient'; readonly column: number };

/**
 * Ordinary least squares of a response on the columns of a design (an intercept is a column of 1).
 *
 * Shape: design row-major [row][column], response one value a row. Inputs are left unchanged.
 * Errors: see `LeastSquaresError`. Source: Golub, Van Loan (2013), Householder QR, section 5.3.
 */
export function leastSquares(
  design: ArrayLike<number>,
  response: ArrayLike<number>,
  columns: number,
): Result<LeastSquaresFit, LeastSquaresError> {
  const rows = response.length;
  if (design.length !== rows * columns) {
    return err({
      kind: 'shape-mismatch',
      designLength: design.length,
      expected: rows * columns,
    });
  }
  if (rows < columns) return err({ kind: 'too-few-rows', rows, columns });
  const matrix = Float64Array.from(design);
  const target = Float64Array.from(response);
  if (!matrix.every(Number.isFinite) || !target.every(Number.isFinite)) {
    return err({ kind: 'not-finite' });
  }
  const total = sumOfSquaresAboutMean(target);
  for (let column = 0; column < columns; column += 1) {
    if (!reflect(matrix, target, columns, column)) return err({ kind: 'rank-deficient', column });
  }
  const coefficients = backSubstitute(matrix, target, columns);
  let residual = 0;
  for (let row = columns; row < rows; row += 1) residual += (target[row] ?? Number.NaN) ** 2;
  const variance = rows === columns ? Number.NaN : residual / (rows - columns);
  const standardErrors = inverseRowNorms(matrix, columns).map((each) => each * Math.sqrt(variance));
  return ok({
    coefficients,
    standardErrors,
    rSquared: 1 - residual / total,
    residualStandardDeviation: Math.sqrt(variance),
  });
}

function sumOfSquaresAboutMean(values: Float64Array): number {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
}

/** Zeroes a column below the diagonal by one reflection of matrix and target; false if it cannot. */
function reflect(
  matrix: Float64Array,
  target: Float64Array,
  columns: number,
  column: number,
): boolean {
  const rows = target.length;
  const at = (row: number, col: number): number => matrix[row * columns + col] ?? Number.NaN;
  let below = 0;
  let whole = 0;
  for (let row = 0; row < rows; row += 1) {
    const square = at(row, column) ** 2;
    whole += square;
    if (row >= column) below += square;
  }
  // Reflections keep a column's length: what is left of it tells how far it depends on the others.
  if (!(below > 1e-24 * whole)) return false;
  const head = at(column, column);
  const diagonal = head > 0 ? -Math.sqrt(below) : Math.sqrt(below);
  const lead = head - diagonal;
  const scale = diagonal * lead;
  const vector = new Float64Array(rows);
  vector[column] = lead;
  for (let row = column + 1; row < rows; row += 1) vector[row] = at(row, column);
  for (let col = column; col < columns; col += 1) {
    let dot = 0;
    for (let row = column; row < rows; row += 1) dot += (vector[row] ?? 0) * at(row, col);
    for (let row = column; row < rows; row += 1) {
      matrix[row * columns + col] = at(row, col) + ((vector[row] ?? 0) * dot) / scale;
    }
  }
  let dot = 0;
  for (let row = column; row < rows; row += 1) dot += (vector[row] ?? 0) * (target[row] ?? 0);
  for (let row = column; row < rows; row += 1) {
    target[row] = (target[row] ?? Number.NaN) + ((vector[row] ?? 0) * dot) / scale;
  }
  return true;
}

function backSubstitute(upper: Float64Array, right: Float64Array, columns: number): Float64Array {
  const solution = new Float64Array(columns);
  for (let row = columns - 1; row >= 0; row -= 1) {
    let value = right[row] ?? Number.NaN;
    for (let col = row + 1; col < columns; col += 1) {
      value -= (upper[row * columns + col] ?? Number.NaN) * (solution[col] ?? Number.NaN);
    }
    solution[row] = value / (upper[row * columns + row] ?? Number.NaN);
  }
  return solution;
}

/** Length of each row of the inverse of R: standard errors per unit of residual deviation. */
function inverseRowNorms(upper: Float64Array, columns: number): Float64Array {
  const squares = new Float64Array(columns);
  for (let unit = 0; unit < columns; unit += 1) {
    const right = new Float64Array(columns);
    right[unit] = 1;
    const column = backSubstitute(upper, right, columns);
    for (let row = 0; row < columns; row += 1) {
      squares[row] = (squares[row] ?? Number.NaN) + (column[row] ?? Number.NaN) ** 2;
    }
  }
  return squares.map(Math.sqrt);
}
