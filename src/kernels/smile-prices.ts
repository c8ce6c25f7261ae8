import { CERTAIN_TOTAL_VOL } from './bsm-greeks.ts';
import { logRatio, normalBelow } from './minimax-normal.ts';

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/** Options on SSVI smiles as columns, one row an option with the smile of its own expiry. */
export interface SmileColumns {
  /** 0 = call, 1 = put; anything else is priced NaN. */
  readonly right: Uint8Array;
  /** In the units of the forward, > 0. */
  readonly strike: Float64Array;
  readonly forward: Float64Array;
  /** Factor of the undiscounted price: discount factor, times the size of the contract. */
  readonly scale: Float64Array;
  /** At-the-money-forward total variance, SSVI phi and rho of the expiry. */
  readonly theta: Float64Array;
  readonly phi: Float64Array;
  readonly rho: Float64Array;
  /** Filled: scale times the undiscounted price. */
  readonly price: Float64Array;
}

/** Columns of so many rows, all 0. */
export function smileColumns(rows: number): SmileColumns {
  const column = (): Float64Array => new Float64Array(rows);
  return {
    right: new Uint8Array(rows),
    strike: column(),
    forward: column(),
    scale: column(),
    theta: column(),
    phi: column(),
    rho: column(),
    price: column(),
  };
}

/**
 * Fills the prices of the first rows: Black-76 at the total volatility of the SSVI smile, with one
 * logarithm and one exponential a row and no allocation.
 *
 * Domain: a row with NaN gives NaN; theta = 0 with phi = 0 gives intrinsic value.
 * Accuracy: 1e-14 of the forward; far tails keep no relative accuracy (`black76` does).
 * Source: Black (1976); Gatheral and Jacquier (2014), eq. (4.1).
 */
export function fillSmilePrices(columns: SmileColumns, rows: number): void {
  const { right, strike, forward, scale, theta, phi, rho, price } = columns;
  for (let row = 0; row < rows; row += 1) {
    const f = forward[row] ?? Number.NaN;
    const k = strike[row] ?? Number.NaN;
    const lean = rho[row] ?? Number.NaN;
    const code = right[row];
    const sign = code === 0 ? 1 : -1;
    const x = logRatio(f, k);
    const slope = -(phi[row] ?? Number.NaN) * x;
    const shifted = slope + lean;
    const root = Math.sqrt(shifted * shifted + 1 - lean * lean);
    const s = Math.sqrt(0.5 * (theta[row] ?? Number.NaN) * (1 + lean * slope + root));
    const d1 = x / s + 0.5 * s;
    const density = INVERSE_ROOT_TWO_PI * Math.exp(-0.5 * d1 * d1);
    // F n(d1) = K n(d2): the strike's density needs no second exponential.
    const exercisedForward = normalBelow(sign * d1, density);
    const exercisedStrike = normalBelow(sign * (d1 - s), density * (f / k));
    const certain = Math.max(0, sign * (f - k));
    const value =
      s < CERTAIN_TOTAL_VOL ? certain : sign * (f * exercisedForward - k * exercisedStrike);
    price[row] = code === 0 || code === 1 ? (scale[row] ?? Number.NaN) * value : Number.NaN;
  }
}
