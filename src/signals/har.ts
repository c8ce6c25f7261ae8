import { leastSquares } from '../math/least-squares.ts';

/** Sessions of the three horizons of the model: a day, a week, a month. */
const WEEK = 5;
const MONTH = 22;

/** What a forecast is estimated on. */
export interface HarRule {
  /** Sessions ahead whose mean volatility is forecast: 1 or 22. */
  readonly horizon: number;
  /** Most and fewest observations of the trailing regression. */
  readonly rows: number;
  readonly minimum: number;
}

/** The next session, estimated on four years. */
export const HAR_DAY: HarRule = { horizon: 1, rows: 1000, minimum: 500 };
/** The mean of the next 22 sessions, estimated on four years. */
export const HAR_MONTH: HarRule = { horizon: MONTH, rows: 1000, minimum: 500 };

/** A forecast and the regression behind it. */
export interface HarForecast {
  /** In the unit of the input; never below 0. */
  readonly volatility: number;
  /** Constant, day, week, month. */
  readonly coefficients: readonly number[];
  readonly rSquared: number;
  readonly observations: number;
}

/**
 * Forecast of the mean volatility of the next `horizon` sessions at one row; undefined = NO DATA.
 *
 * RV(t+1..t+h) = c + b_d RV_t + b_w mean(RV_t..t-4) + b_m mean(RV_t..t-21), least squares over the
 * observations whose response is complete at `row`: nothing after `row` is read. Direct for each
 * horizon, not iterated.
 *
 * Units: daily volatilities of one unit. Rows with a NaN in regressors or response are left out;
 * undefined below `minimum` observations, with a NaN at the row itself, or without variation.
 * Source: Corsi (2009), Journal of Financial Econometrics 7(2), eq. 8.
 */
export function harForecast(
  volatility: Float64Array,
  row: number,
  rule: HarRule,
): HarForecast | undefined {
  const now = regressors(volatility, row);
  const design: number[] = [];
  const response: number[] = [];
  const last = row - rule.horizon;
  for (let at = Math.max(0, last - rule.rows + 1); at <= last; at += 1) {
    const known = regressors(volatility, at);
    const ahead = meanOf(volatility, at + 1, at + rule.horizon);
    if (known === undefined || Number.isNaN(ahead)) continue;
    design.push(...known);
    response.push(ahead);
  }
  if (now === undefined || !(response.length >= rule.minimum)) return undefined;
  const fit = leastSquares(design, response, now.length);
  if (!fit.ok) return undefined;
  const coefficients = [...fit.value.coefficients];
  const forecast = coefficients.reduce((sum, each, k) => sum + each * (now[k] ?? Number.NaN), 0);
  return {
    volatility: Math.max(0, forecast),
    coefficients,
    rSquared: fit.value.rSquared,
    observations: response.length,
  };
}

/** Constant, day, week and month of a row; undefined where one of them is unknown. */
function regressors(volatility: Float64Array, row: number): readonly number[] | undefined {
  if (row + 1 < MONTH) return undefined;
  const of = [
    1,
    volatility[row] ?? Number.NaN,
    meanOf(volatility, row - WEEK + 1, row),
    meanOf(volatility, row - MONTH + 1, row),
  ];
  return of.some(Number.isNaN) ? undefined : of;
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let row = from; row <= to; row += 1) sum += values[row] ?? Number.NaN;
  return sum / (to - from + 1);
}
