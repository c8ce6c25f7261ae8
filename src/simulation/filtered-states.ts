import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import { leastSquares } from '../math/least-squares.ts';
import { ewma, halfLifeWeight } from '../signals/ewma.ts';
import { BAR, BILL, CLOSE, DIVIDEND, ETA, LEVELS, MIN_STATES, VIX, VVIX } from './daily-states.ts';
import type { DailyStates, PathModelError } from './daily-states.ts';
import { createGjrColumns, filterGjr, standardOf } from './gjr-garch.ts';
import type { GjrParameters } from './gjr-garch.ts';

/** Half-lives of the averages of ln VIX behind the term structure, sessions. */
export const FAST_HALF_LIFE = 21;
/** The slow one. */
export const SLOW_HALF_LIFE = 126;

/** What is remembered of VIX at the close before: its log and two averages of it. */
export interface PastVix {
  readonly logVix: number;
  readonly fast: number;
  readonly slow: number;
}

/** A history taken apart by a GJR filter, to be put together in another order. */
export interface FilteredStates {
  readonly states: DailyStates;
  readonly parameters: GjrParameters;
  /** Variance foreseen for each row, percent squared. */
  readonly variance: Float64Array;
  /** Residual of each row, mean 0 and variance 1; what these were before. */
  readonly residual: Float64Array;
  readonly standard: { readonly mean: number; readonly deviation: number };
  /** What the law of VIX left of each row's ln VIX. */
  readonly vixRest: Float64Array;
  /** Averages of ln VIX by row. */
  readonly fast: Float64Array;
  readonly slow: Float64Array;
  /** Coefficients of ln VIX on `vixRegressors`. */
  readonly vixLaw: Float64Array;
  /** ln VVIX on 1 and ln VIX. */
  readonly vvixLaw: readonly [number, number];
  /** Rows whose pair of residuals is known. */
  readonly rows: Int32Array;
  /** Means over the window. */
  readonly eta: number;
  readonly billRate: number;
  readonly dividendYield: number;
}

/** Log returns of the rows in percent; NaN where unknown. */
export function percentReturns({ bars, count }: DailyStates): Float64Array {
  return new Float64Array(count).map(
    (_unused, row) => 100 * (bars[row * BAR + CLOSE] ?? Number.NaN),
  );
}

/**
 * Filters a history: standardised returns, and with each what is left of the same day's VIX after
 * the law that ties VIX to the variance foreseen.
 *
 * Errors: `window-too-short` when fewer than `MIN_STATES` pairs are known; `no-fit` when the law of
 * VIX or VVIX has no least-squares fit (a series that does not vary).
 */
export function filterStates(
  states: DailyStates,
  parameters: GjrParameters,
): Result<FilteredStates, PathModelError> {
  const { count, levels } = states;
  const returns = percentReturns(states);
  const columns = createGjrColumns(count);
  filterGjr(returns, parameters, varianceOf(returns), columns);
  const { variance } = columns;
  const standard = standardOf(columns.residual);
  const residual = columns.residual.map((z) => (z - standard.mean) / standard.deviation);
  const level = (place: number): Float64Array =>
    new Float64Array(count).map((_unused, row) => levels[row * LEVELS + place] ?? Number.NaN);
  const logVix = level(VIX);
  // A row needs the close before it, and the variance after it.
  const known = Int32Array.from({ length: Math.max(0, count - 2) }, (_unused, k) => k + 1).filter(
    (row) =>
      Number.isFinite(residual[row]) &&
      Number.isFinite(logVix[row]) &&
      Number.isFinite(logVix[row - 1]),
  );
  const fast = ewma(logVix, halfLifeWeight(FAST_HALF_LIFE));
  const slow = ewma(logVix, halfLifeWeight(SLOW_HALF_LIFE));
  const past = (row: number): PastVix => ({
    logVix: logVix[row - 1] ?? Number.NaN,
    fast: fast[row - 1] ?? Number.NaN,
    slow: slow[row - 1] ?? Number.NaN,
  });
  const regressors = (row: number): readonly number[] =>
    vixRegressors(variance[row + 1] ?? Number.NaN, past(row), residual[row] ?? Number.NaN);
  const law = regression(known, regressors, logVix);
  const vvixLaw = regression(known, (row) => [1, logVix[row] ?? 0], level(VVIX));
  if (known.length < MIN_STATES) {
    return err({ kind: 'window-too-short', need: MIN_STATES, have: known.length });
  }
  if (law === undefined) return err({ kind: 'no-fit', law: 'VIX on variance and residuals' });
  if (vvixLaw === undefined) return err({ kind: 'no-fit', law: 'VVIX on VIX' });
  const vixLaw = law;
  const vixRest = new Float64Array(count).fill(Number.NaN);
  for (const row of known) {
    const foretold = nextLogVix(vixLaw, regressors(row));
    vixRest[row] = (logVix[row] ?? Number.NaN) - foretold;
  }
  return ok({
    states,
    parameters,
    variance,
    residual,
    standard,
    vixRest,
    fast,
    slow,
    vixLaw,
    vvixLaw: [vvixLaw[0] ?? Number.NaN, vvixLaw[1] ?? Number.NaN],
    rows: known,
    eta: meanOf(level(ETA)),
    billRate: meanOf(level(BILL)),
    dividendYield: meanOf(level(DIVIDEND)),
  });
}

/**
 * What ln VIX of a close is tied to: 1, half the log of the variance foreseen for the next session
 * (percent squared), ln VIX of the close before and its averages, which give it a long memory (Corsi
 * 2009), and the negative and positive part of the residual.
 */
export function vixRegressors(variance: number, past: PastVix, z: number): readonly number[] {
  const { logVix, fast, slow } = past;
  return [1, 0.5 * Math.log(variance), logVix, fast, slow, Math.min(z, 0), Math.max(z, 0)];
}

/** ln VIX that the law gives, before its residual. */
export function nextLogVix(law: Float64Array, regressors: readonly number[]): number {
  return regressors.reduce((sum, value, k) => sum + value * (law[k] ?? Number.NaN), 0);
}

/** Coefficients of a column on regressors over some rows; undefined where there is no fit. */
function regression(
  rows: Int32Array,
  regressors: (row: number) => readonly number[],
  response: Float64Array,
): Float64Array | undefined {
  const design = Array.from(rows, regressors);
  const values = Array.from(rows, (row) => response[row] ?? Number.NaN);
  const fit = leastSquares(design.flat(), values, design[0]?.length ?? 0);
  return fit.ok ? fit.value.coefficients : undefined;
}

function varianceOf(returns: Float64Array): number {
  const known = returns.filter((value) => !Number.isNaN(value));
  const mean = meanOf(known);
  return known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1);
}

function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
