import { normalCdf } from '../math/normal.ts';
import { outsidePrice } from './normalised-black.ts';

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

/** Price of whichever of call and put is out of the money; see `outsidePrice`. */
function outOfTheMoney(forward: number, strike: number, totalVol: number): number {
  const x = logForwardOverStrike(forward, strike);
  if (totalVol === 0) return Number.isNaN(x) ? Number.NaN : 0;
  if (!(totalVol > 0)) return Number.NaN;
  const low = Math.min(forward, strike);
  const high = Math.max(forward, strike);
  return outsidePrice(x, totalVol, low, high, Math.sqrt(forward * strike));
}
