/** A sum of squares to be made small, inside a box. */
export interface SquaresProblem {
  /** Length of the residual vector. */
  readonly residuals: number;
  /** Bounds per parameter; infinite where there is none. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Writes the residuals at `parameters` into `out`. */
  readonly evaluate: (parameters: Float64Array, out: Float64Array) => void;
}

/** Where the search ended. */
export interface SquaresMinimum {
  readonly parameters: Float64Array;
  readonly sumOfSquares: number;
  readonly steps: number;
  /** `settled`: the last step gained nothing more; `steps-spent`; `not-finite` at the start. */
  readonly end: 'settled' | 'steps-spent' | 'not-finite';
}

/** Step of the forward differences, relative to max(|parameter|, 0.01). */
const DIFFERENCE = 1e-7;
const LEAST_SCALE = 0.01;
/** Relative gain of a step below which the search ends. */
const SETTLED = 1e-10;
const LARGEST_DAMPING = 1e12;

/**
 * A local minimum of a sum of squares within a box, from `start`: damped Gauss-Newton steps with a
 * difference Jacobian, each step cut back to the box.
 *
 * Residuals may have kinks (penalties of the form max(0, x)). Deterministic.
 * Source: Marquardt (1963), An algorithm for least-squares estimation of nonlinear parameters.
 */
export function levenbergMarquardt(
  problem: SquaresProblem,
  start: ArrayLike<number>,
  maxSteps: number = 60,
): SquaresMinimum {
  const count = start.length;
  let current = within(problem, Float64Array.from(start));
  let residual: Float64Array = new Float64Array(problem.residuals);
  problem.evaluate(current, residual);
  let sum = squares(residual);
  if (!Number.isFinite(sum)) {
    return { parameters: current, sumOfSquares: sum, steps: 0, end: 'not-finite' };
  }
  let damping = 1e-3;
  for (let steps = 1; steps <= maxSteps; steps += 1) {
    const normal = normalEquations(problem, current, residual);
    let gained = false;
    while (damping < LARGEST_DAMPING) {
      const step = solveDamped(normal, count, damping);
      const next = within(
        problem,
        current.map((value, i) => value + (step[i] ?? 0)),
      );
      const trial = new Float64Array(problem.residuals);
      problem.evaluate(next, trial);
      const trialSum = squares(trial);
      if (trialSum < sum) {
        const gain = (sum - trialSum) / sum;
        current = next;
        residual = trial;
        sum = trialSum;
        damping = Math.max(1e-12, damping / 5);
        gained = gain > SETTLED;
        break;
      }
      damping *= 4;
    }
    if (!gained) return { parameters: current, sumOfSquares: sum, steps, end: 'settled' };
  }
  return { parameters: current, sumOfSquares: sum, steps: maxSteps, end: 'steps-spent' };
}

/** J'J row-major, then -J'r, of the residuals' difference Jacobian. */
function normalEquations(
  problem: SquaresProblem,
  at: Float64Array,
  residual: Float64Array,
): { readonly matrix: Float64Array; readonly right: Float64Array } {
  const count = at.length;
  const columns = Array.from(at, (value, parameter) => {
    const size = DIFFERENCE * Math.max(Math.abs(value), LEAST_SCALE);
    // At the upper bound the difference is taken backwards.
    const move = value + size > (problem.upper[parameter] ?? Number.NaN) ? -size : size;
    const moved = at.slice();
    moved[parameter] = value + move;
    const out = new Float64Array(problem.residuals);
    problem.evaluate(moved, out);
    return out.map((entry, row) => (entry - (residual[row] ?? Number.NaN)) / move);
  });
  // A parameter that descends out of the box stays at its bound, and the others go on without it.
  columns.forEach((column, i) => {
    const isRising = dot(column, residual) < 0;
    if (at[i] === (isRising ? problem.upper[i] : problem.lower[i])) column.fill(0);
  });
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  columns.forEach((column, i) => {
    right[i] = -dot(column, residual);
    columns.forEach((other, j) => {
      matrix[i * count + j] = dot(column, other);
    });
  });
  return { matrix, right };
}

/** Solution of (A + damping diag A) x = b by Cholesky; a zero row gives no step. */
function solveDamped(
  normal: { readonly matrix: Float64Array; readonly right: Float64Array },
  count: number,
  damping: number,
): Float64Array {
  const root = new Float64Array(count * count);
  const at = (row: number, column: number): number => root[row * count + column] ?? Number.NaN;
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let value = normal.matrix[row * count + column] ?? Number.NaN;
      if (row === column) value = value * (1 + damping) + Number.MIN_VALUE;
      for (let k = 0; k < column; k += 1) value -= at(row, k) * at(column, k);
      if (row === column) root[row * count + column] = value > 0 ? Math.sqrt(value) : Infinity;
      else root[row * count + column] = value / at(column, column);
    }
  }
  const solution = normal.right.slice();
  for (let row = 0; row < count; row += 1) {
    let value = solution[row] ?? Number.NaN;
    for (let k = 0; k < row; k += 1) value -= at(row, k) * (solution[k] ?? Number.NaN);
    solution[row] = value / at(row, row);
  }
  for (let row = count - 1; row >= 0; row -= 1) {
    let value = solution[row] ?? Number.NaN;
    for (let k = row + 1; k < count; k += 1) value -= at(k, row) * (solution[k] ?? Number.NaN);
    solution[row] = value / at(row, row);
  }
  return solution;
}

function within(problem: SquaresProblem, parameters: Float64Array): Float64Array {
  return parameters.map((value, i) =>
    Math.min(problem.upper[i] ?? Number.NaN, Math.max(problem.lower[i] ?? Number.NaN, value)),
  );
}

function squares(values: Float64Array): number {
  return dot(values, values);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN);
  return sum;
}
