import { normalCdf, normalPdf } from '../math/normal.ts';
import { black76, logForwardOverStrike } from './black76.ts';

/** Columns of a block of greeks, in the order of its slots. */
export const GREEK_COLUMNS = [
  'price',
  'delta',
  'gamma',
  'vega',
  'theta',
  'rho',
  'phi',
  'vanna',
  'volga',
  'charm',
  'speed',
  'zomma',
  'color',
  'ultima',
  'dualDelta',
  'dualGamma',
] as const;

/** Total vol below which an option counts as certain: densities vanish, N is 0, 1/2 or 1. */
export const CERTAIN_TOTAL_VOL = 1e-9;

/**
 * Fills `out` with price and greeks of a European option on an asset with a continuous yield
 * (Black-Scholes-Merton); right 0 = call, 1 = put. Allocates nothing.
 *
 * Units: spot and strike in index points; rate, dividendYield and vol per year (0.20 = 20 %);
 * yearFraction in years. vega, volga, ultima, vanna, zomma per 1.00 of vol; theta, charm, color per
 * year of calendar time that passes; rho to the rate, phi to the dividend yield, per 1.00.
 * Shape: out has GREEK_COLUMNS.length elements, slots as in GREEK_COLUMNS.
 * Domain: spot > 0, strike > 0, vol >= 0, yearFraction >= 0; NaN passes through.
 * Edges: with vol sqrt(T) below CERTAIN_TOTAL_VOL the price is the discounted intrinsic value of
 * the forward, delta is 0, +-1/2 (exactly at the money) or +-1 times exp(-q T), the greeks that
 * carry a density are 0, and theta, rho, phi, charm and dual delta are those of the certain payoff.
 * At T = 0 nothing decays any more: theta, rho, phi and charm are 0.
 * Accuracy: 1e-12 relative. Source: Haug (2007), ch. 2; Black, Scholes (1973); Merton (1973).
 */
export function fillBsmGreeks(
  right: number,
  spot: number,
  strike: number,
  rate: number,
  dividendYield: number,
  vol: number,
  yearFraction: number,
  out: Float64Array,
): void {
  const carry = Math.exp(-dividendYield * yearFraction);
  const discount = Math.exp(-rate * yearFraction);
  const forward = spot * Math.exp((rate - dividendYield) * yearFraction);
  const s = vol * Math.sqrt(yearFraction);
  const sign = right === 0 ? 1 : -1;
  out[0] = discount * black76(right, forward, strike, s < CERTAIN_TOTAL_VOL ? 0 : s);
  if (s < CERTAIN_TOTAL_VOL) {
    const moneyness = sign * (forward - strike);
    const certain = 0.5 + 0.5 * Math.sign(moneyness);
    const exercised = sign * certain;
    fillExposures(
      exercised * carry * spot,
      exercised * discount * strike,
      spot,
      strike,
      rate,
      dividendYield,
      yearFraction,
      out,
    );
    if (yearFraction === 0) out[4] = 0;
    if (yearFraction === 0) out[9] = 0;
    return;
  }
  const d1 = logForwardOverStrike(forward, strike) / s + 0.5 * s;
  fillExposures(
    sign * carry * spot * normalCdf(sign * d1),
    sign * discount * strike * normalCdf(sign * (d1 - s)),
    spot,
    strike,
    rate,
    dividendYield,
    yearFraction,
    out,
  );
  addDensityTerms(spot, strike, rate - dividendYield, dividendYield, vol, yearFraction, d1, out);
}

/**
 * Fills `out` with price and greeks of an option on a forward (Black-76); right 0 = call, 1 = put.
 *
 * Convention: the forward takes the place of the spot with a yield equal to the rate,
 * r = q = -ln(discountFactor) / T. So delta and gamma are to the forward and include the discount
 * factor, vega and theta follow, and rho and phi are the two partial derivatives to r and q: with
 * the forward itself held, the sensitivity to the rate is rho + phi = -T price.
 * Units, shape, edges and source as `fillBsmGreeks`; discountFactor > 0, and 1 at T = 0.
 */
export function fillBlack76Greeks(
  right: number,
  forward: number,
  strike: number,
  discountFactor: number,
  vol: number,
  yearFraction: number,
  out: Float64Array,
): void {
  const rate = yearFraction === 0 ? 0 : -Math.log(discountFactor) / yearFraction;
  fillBsmGreeks(right, forward, strike, rate, rate, vol, yearFraction, out);
}

/** Terms without a density: what is held of the asset and owed in cash, both present values. */
function fillExposures(
  asset: number,
  cash: number,
  spot: number,
  strike: number,
  rate: number,
  dividendYield: number,
  yearFraction: number,
  out: Float64Array,
): void {
  out.fill(0, 1, GREEK_COLUMNS.length);
  out[1] = asset / spot;
  out[4] = dividendYield * asset - rate * cash;
  out[5] = yearFraction * cash;
  out[6] = -yearFraction * asset;
  out[9] = (dividendYield * asset) / spot;
  out[14] = -cash / strike;
}

function addDensityTerms(
  spot: number,
  strike: number,
  costOfCarry: number,
  dividendYield: number,
  vol: number,
  yearFraction: number,
  d1: number,
  out: Float64Array,
): void {
  const rootT = Math.sqrt(yearFraction);
  const s = vol * rootT;
  const d2 = d1 - s;
  const density = Math.exp(-dividendYield * yearFraction) * normalPdf(d1);
  const gamma = density / (spot * s);
  const vega = spot * density * rootT;
  const product = d1 * d2;
  const drift = 2 * costOfCarry * yearFraction - d2 * s;
  out[2] = gamma;
  out[3] = vega;
  out[4] = (out[4] ?? Number.NaN) - (0.5 * spot * density * vol) / rootT;
  out[7] = (-density * d2) / vol;
  out[8] = (vega * product) / vol;
  out[9] = (out[9] ?? Number.NaN) - (density * drift) / (2 * yearFraction * s);
  out[10] = (-gamma / spot) * (d1 / s + 1);
  out[11] = (gamma * (product - 1)) / vol;
  out[12] =
    (gamma / (2 * yearFraction)) * (2 * dividendYield * yearFraction + 1 + (d1 * drift) / s);
  out[13] = (-vega / (vol * vol)) * (product * (1 - product) + d1 * d1 + d2 * d2);
  // F n(d1) = K n(d2), so the strike's density needs no second exponential.
  out[15] = (gamma * spot * spot) / (strike * strike);
}
