import { CERTAIN_TOTAL_VOL } from './bsm-greeks.ts';

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

/** N(d) from d and n(d), by a minimax fit of Mills' ratio; 5e-15 absolute. */
function normalBelow(d: number, density: number): number {
  const y = Math.abs(d);
  const top =
    ((((0.001094024215218964 * y + 0.017270700514627674) * y + 0.12225067337376835) * y +
      0.4871163894689372) *
      y +
      1.1014020583129527) *
      y +
    1.2533141373154888;
  const bottom =
    (((((0.0010941394977743875 * y + 0.017266892257524726) * y + 0.1234063740646364) * y +
      0.5037362177657843) *
      y +
      1.2264567465439298) *
      y +
      1.6766762583654382) *
      y +
    1;
  const tail = (density * top) / bottom;
  return d > 0 ? 1 - tail : tail;
}

/** ln(forward / strike): near the money the series of the inverse hyperbolic tangent. */
function logRatio(forward: number, strike: number): number {
  const f = (forward - strike) / (forward + strike);
  const z = f * f;
  // The fit holds for a ratio within sqrt(1/2) and sqrt 2.
  if (!(z < 0.0294)) return Math.log(forward / strike);
  const series =
    ((((0.16820180955604994 * z + 0.18123613940997838) * z + 0.22223372525697144) * z +
      0.2857141711864268) *
      z +
      0.4000000005233737) *
      z +
    0.6666666666658709;
  return 2 * f + f * z * series;
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
