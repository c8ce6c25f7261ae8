import { erfcx, normalCdf } from '../math/normal.ts';

/** sqrt(pi / 2): Mills ratio N(-y) / n(y) = MILLS erfcx(y / sqrt 2). */
const MILLS = 1.2533141373155003;
const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/**
 * Undiscounted Black-76 price of a European option, in forward units; right 0 = call, 1 = put.
 *
 * Units: forward and strike in index points; totalVol = sigma sqrt(T), dimensionless (not sigma).
 * Domain: forward >= 0, strike > 0, totalVol >= 0 (0 gives intrinsic value); NaN passes through and
 * anything else gives NaN.
 * Accuracy: 1e-12 relative on the out-of-the-money side, computed directly also far in the tail;
 * the in-the-money side is intrinsic value plus that.
 * Source: Black (1976); small-volatility expansion after Jaeckel (2015), "Let's be rational".
 */
export function black76(right: number, forward: number, strike: number, totalVol: number): number {
  return right === 0
    ? black76Call(forward, strike, totalVol)
    : black76Put(forward, strike, totalVol);
}

/** Undiscounted Black-76 price of a call, in forward units; see `black76`. */
export function black76Call(forward: number, strike: number, totalVol: number): number {
  const outside = outOfTheMoney(forward, strike, totalVol);
  return forward > strike ? forward - strike + outside : outside;
}

/** Undiscounted Black-76 price of a put, in forward units; see `black76`. */
export function black76Put(forward: number, strike: number, totalVol: number): number {
  const outside = outOfTheMoney(forward, strike, totalVol);
  return forward < strike ? strike - forward + outside : outside;
}

/**
 * ln(forward / strike), without the rounding of the quotient near the money.
 *
 * Domain: forward >= 0, strike > 0. Accuracy: 1e-16 relative.
 */
export function logForwardOverStrike(forward: number, strike: number): number {
  const gap = forward - strike;
  return Math.abs(gap) < 0.5 * strike ? Math.log1p(gap / strike) : Math.log(forward / strike);
}

/**
 * Undiscounted delta to the forward of Black-76: N(d1) for a call (0), -N(-d1) for a put (1).
 *
 * Units and domain as `black76`. totalVol = 0: 0, +-1/2 (at the money) or +-1.
 */
export function black76Delta(
  right: number,
  forward: number,
  strike: number,
  totalVol: number,
): number {
  const sign = right === 0 ? 1 : -1;
  const x = logForwardOverStrike(forward, strike);
  if (totalVol === 0)
    return sign * (x === 0 ? 0.5 : normalCdf(sign * x * Number.POSITIVE_INFINITY));
  return totalVol > 0 ? sign * normalCdf(sign * (x / totalVol + 0.5 * totalVol)) : Number.NaN;
}

/**
 * Price of whichever of call and put is out of the money: low N(h + t) - high N(h - t), with
 * h = -|ln(F/K)| / s, t = s / 2. The two terms nearly cancel in the tail, so each regime removes
 * the cancellation first.
 */
function outOfTheMoney(forward: number, strike: number, totalVol: number): number {
  const x = logForwardOverStrike(forward, strike);
  if (totalVol === 0) return Number.isNaN(x) ? Number.NaN : 0;
  if (!(totalVol > 0)) return Number.NaN;
  const h = -Math.abs(x) / totalVol;
  const t = 0.5 * totalVol;
  if (h + t > -0.66) {
    if (t < 0.1) return smallVolPrice(forward, strike, h, t);
    const low = Math.min(forward, strike);
    return low * normalCdf(h + t) - Math.max(forward, strike) * normalCdf(h - t);
  }
  if (t < 0.1 && h > -10) return smallVolPrice(forward, strike, h, t);
  const density = commonDensity(forward, strike, h, t);
  if (density === 0) return 0;
  const upper = erfcx(-(h + t) * Math.SQRT1_2);
  return density * MILLS * (upper - erfcx(-(h - t) * Math.SQRT1_2));
}

/** F n(d1) = K n(d2), symmetric in both. */
function commonDensity(forward: number, strike: number, h: number, t: number): number {
  return INVERSE_ROOT_TWO_PI * Math.sqrt(forward * strike) * Math.exp(-0.5 * (h * h + t * t));
}

/**
 * Price as an odd series in t of Y(h + t) - Y(h - t), Y(z) = N(z) / n(z), by the recurrence
 * Y' = 1 + z Y, Y(n+1) = z Y(n) + n Y(n-1). Remainder below 1e-16 relative for t < 0.1.
 */
function smallVolPrice(forward: number, strike: number, h: number, t: number): number {
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
  const series =
    y1 + (u / 6) * (y3 + (u / 20) * (y5 + (u / 42) * (y7 + (u / 72) * (y9 + (u / 110) * y11))));
  return commonDensity(forward, strike, h, t) * 2 * t * series;
}
