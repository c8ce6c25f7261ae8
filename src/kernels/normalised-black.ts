import { erfcx, normalCdf } from '../math/normal.ts';

/** sqrt(pi / 2): Mills ratio N(-y) / n(y) = MILLS erfcx(y / sqrt 2). */
const MILLS = 1.2533141373155003;
const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/**
 * Normalised Black price b(x, s) = e^{x/2} N(x/s + s/2) - e^{-x/2} N(x/s - s/2) for x <= 0: the
 * undiscounted out-of-the-money price over sqrt(F K), x = ln(F/K), s = sigma sqrt(T).
 *
 * Domain: x <= 0, s > 0; NaN passes through. Accuracy: 2e-15 (1 + (x / s)^2) relative where b is a
 * normal number: what the rounding of x / s does to its square in the exponent.
 * Source: Jaeckel (2015), "Let's be rational".
 */
export function normalisedBlack(x: number, s: number): number {
  const half = Math.exp(0.5 * x);
  return outsidePrice(x, s, half, 1 / half, 1);
}

/**
 * Normalised price over normalised vega, Y(h + t) - Y(h - t) with Y(z) = N(z) / n(z): no exponential
 * of the far tail, so it stays a normal number where the price itself underflows.
 *
 * Domain: h = x / s <= 0, t = s / 2 > 0. Accuracy: as `normalisedBlack`.
 */
export function priceOverVega(h: number, t: number): number {
  if (t < 0.1 && h * t > -0.5) return 2 * t * oddSeries(h, t);
  return MILLS * (erfcx(-(h + t) * Math.SQRT1_2) - erfcx(-(h - t) * Math.SQRT1_2));
}

/** db/ds = n(h) e^{-t^2/2}, h = x/s, t = s/2: the normalised vega. */
export function normalisedVega(x: number, s: number): number {
  const h = x / s;
  const t = 0.5 * s;
  return INVERSE_ROOT_TWO_PI * Math.exp(-0.5 * (h * h + t * t));
}

/** Upper limit less price, e^{x/2} - b(x, s) for x <= 0, without cancellation. */
export function normalisedComplement(x: number, s: number): number {
  const h = x / s;
  const t = 0.5 * s;
  return Math.exp(0.5 * x) * normalCdf(-(h + t)) + Math.exp(-0.5 * x) * normalCdf(h - t);
}

/**
 * Price of whichever of call and put is out of the money: low N(h + t) - high N(h - t), with
 * h = -|x| / s, t = s / 2, x = ln(F/K), low and high the lesser and greater of forward and strike,
 * and the root of their product. The two terms nearly cancel in the tail, so each regime removes
 * the cancellation first.
 */
export function outsidePrice(
  x: number,
  totalVol: number,
  low: number,
  high: number,
  root: number,
): number {
  const h = -Math.abs(x) / totalVol;
  const t = 0.5 * totalVol;
  if (h + t > -0.66) {
    if (t < 0.1) return smallVolPrice(root, h, t);
    return low * normalCdf(h + t) - high * normalCdf(h - t);
  }
  if (t < 0.1 && h * t > -0.5) return smallVolPrice(root, h, t);
  const density = commonDensity(root, h, t);
  if (density === 0) return 0;
  const upper = erfcx(-(h + t) * Math.SQRT1_2);
  return density * MILLS * (upper - erfcx(-(h - t) * Math.SQRT1_2));
}

/** F n(d1) = K n(d2), symmetric in both. */
function commonDensity(root: number, h: number, t: number): number {
  return INVERSE_ROOT_TWO_PI * root * Math.exp(-0.5 * (h * h + t * t));
}

/**
 * Price as an odd series in t of Y(h + t) - Y(h - t), Y(z) = N(z) / n(z), by the recurrence
 * Y' = 1 + z Y, Y(n+1) = z Y(n) + n Y(n-1). Remainder below 1e-16 relative for t < 0.1.
 */
function smallVolPrice(root: number, h: number, t: number): number {
  return commonDensity(root, h, t) * 2 * t * oddSeries(h, t);
}

function oddSeries(h: number, t: number): number {
  const y0 = MILLS * erfcx(-h * Math.SQRT1_2);
  const y1 = 1 + h * y0;
  const y2 = h * y1 + y0;
  const y3 = h * y2 + 2 * y1;
  const y4 = h * y3 + 3 * y2;
  const y5 = h * y4 + 4 * y3;
  const y6 = h * y5 + 5 * y4;
  const y7 = h * y6 + 6 * y5;
  const y8 = h * y7 + 7 * y6;
  const y9 = h * y8 + 8 * y7;
  const y10 = h * y9 + 9 * y8;
  const y11 = h * y10 + 10 * y9;
  const u = t * t;
  return (
    y1 + (u / 6) * (y3 + (u / 20) * (y5 + (u / 42) * (y7 + (u / 72) * (y9 + (u / 110) * y11))))
  );
}
