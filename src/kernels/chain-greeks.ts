import { CERTAIN_TOTAL_VOL } from './bsm-greeks.ts';
import { logRatio, normalBelow } from './minimax-normal.ts';

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/** Options of a chain as columns, one row an option; the first three are given, the rest filled. */
export interface ChainGreekColumns {
  /** 0 = call, 1 = put. */
  readonly right: Uint8Array;
  /** In the units of the forward, > 0. */
  readonly strike: Float64Array;
  /** Per year, >= 0. */
  readonly vol: Float64Array;
  /** Discounted. */
  readonly price: Float64Array;
  /** To the forward, discounted. */
  readonly delta: Float64Array;
  /** To the forward, discounted. */
  readonly gamma: Float64Array;
  /** Per 1.00 of volatility. */
  readonly vega: Float64Array;
  /** Per year of calendar time that passes. */
  readonly theta: Float64Array;
}

/** Columns of so many rows, all 0. */
export function chainGreekColumns(rows: number): ChainGreekColumns {
  const column = (): Float64Array => new Float64Array(rows);
  return {
    right: new Uint8Array(rows),
    strike: column(),
    vol: column(),
    price: column(),
    delta: column(),
    gamma: column(),
    vega: column(),
    theta: column(),
  };
}

/**
 * Fills price and greeks of the rows of one expiry (Black-76), allocating nothing: what
 * `fillBlack76Greeks` gives in these five, with the work common to an expiry done once, one
 * exponential and one logarithm a row.
 *
 * Domain: forward, discountFactor, yearFraction > 0; a row with NaN gives NaN. Edges as
 * `fillBsmGreeks`.
 * Accuracy: N(d) to 5e-15 absolute, so prices to 1e-14 of the forward; far tails keep no relative
 * accuracy. Source: Black (1976); Haug (2007), ch. 2.
 */
export function fillChainGreeks(
  columns: ChainGreekColumns,
  from: number,
  to: number,
  forward: number,
  discountFactor: number,
  yearFraction: number,
): void {
  const { right, strike, vol, price, delta, gamma, vega, theta } = columns;
  const rootYears = Math.sqrt(yearFraction);
  const rate = -Math.log(discountFactor) / yearFraction;
  const vegaScale = forward * discountFactor * rootYears;
  const gammaScale = discountFactor / (forward * rootYears);
  const decay = -0.5 / yearFraction;
  for (let row = from; row < to; row += 1) {
    const k = strike[row] ?? Number.NaN;
    const sigma = vol[row] ?? Number.NaN;
    const sign = right[row] === 0 ? 1 : -1;
    const s = sigma * rootYears;
    if (s < CERTAIN_TOTAL_VOL) {
      fillCertainRow(columns, row, forward, discountFactor, rate);
      continue;
    }
    const d1 = logRatio(forward, k) / s + 0.5 * s;
    const d2 = d1 - s;
    const density = INVERSE_ROOT_TWO_PI * Math.exp(-0.5 * d1 * d1);
    // F n(d1) = K n(d2): the strike's density needs no second exponential.
    const strikeDensity = density * (forward / k);
    const exercisedForward = normalBelow(sign * d1, density);
    const exercisedStrike = normalBelow(sign * d2, strikeDensity);
    const value = sign * discountFactor * (forward * exercisedForward - k * exercisedStrike);
    const perVol = vegaScale * density;
    price[row] = value;
    delta[row] = sign * discountFactor * exercisedForward;
    gamma[row] = (gammaScale * density) / sigma;
    vega[row] = perVol;
    theta[row] = decay * sigma * perVol + rate * value;
  }
}

/** Without volatility: the discounted payoff of the forward, half exercised at the money. */
function fillCertainRow(
  columns: ChainGreekColumns,
  row: number,
  forward: number,
  discountFactor: number,
  rate: number,
): void {
  const sign = columns.right[row] === 0 ? 1 : -1;
  const gap = sign * (forward - (columns.strike[row] ?? Number.NaN));
  const value = discountFactor * (gap < 0 ? 0 : gap);
  columns.price[row] = value;
  columns.delta[row] = sign * discountFactor * (0.5 + 0.5 * Math.sign(gap));
  columns.gamma[row] = 0;
  columns.vega[row] = 0;
  columns.theta[row] = rate * value;
}
