import { ssviTotalVariance } from '../kernels/ssvi.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import type { FittedSlice } from './fitted-surface.ts';
import { createSlice, loadSlice, SSVI_RHO } from './ssvi-surface.ts';

/** One quoted volatility against the surface of that day's indices. */
export interface ScoredPoint {
  readonly days: number;
  /** ln(K / F) over the quoted at-the-money standard deviation. */
  readonly standardised: number;
  /** Surface less quote, volatility points (1 = 1 %). */
  readonly error: number;
}

/**
 * The errors of the index-only surface on fitted expiries, at each expiry's own forward and time:
 * what is scored is the volatility, not the forward.
 *
 * `snapshot` must hold the surface of that day (theta, eta). NaN pillars give NaN errors.
 */
export function scoreSurface(
  snapshot: MarketSnapshot,
  slices: readonly FittedSlice[],
): readonly ScoredPoint[] {
  const surface = createSlice();
  return slices.flatMap(({ years, points }) => {
    loadSlice(snapshot, years, surface);
    const { theta, phi } = surface;
    const deviation = Math.sqrt(points.atmVariance);
    return points.points.map(({ logMoneyness, vol }) => ({
      days: 365 * years,
      standardised: logMoneyness / deviation,
      error: 100 * (Math.sqrt(ssviTotalVariance(logMoneyness, theta, SSVI_RHO, phi) / years) - vol),
    }));
  });
}

/** Errors of a group of points. */
export interface ErrorSummary {
  readonly count: number;
  /** Mean error, volatility points; NaN for an empty group. */
  readonly bias: number;
  readonly rmse: number;
}

/** Mean and root mean square of errors; NaN for none. */
export function summariseErrors(points: readonly ScoredPoint[]): ErrorSummary {
  const count = points.length;
  const sum = points.reduce((total, { error }) => total + error, 0);
  const squares = points.reduce((total, { error }) => total + error * error, 0);
  return { count, bias: sum / count, rmse: Math.sqrt(squares / count) };
}
