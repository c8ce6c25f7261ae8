import { CALL } from '../contracts/contract-kind.ts';
import { black76 } from '../kernels/black76.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { sliceTotalVol } from '../volatility/ssvi-surface.ts';
import type { SsviSlice } from '../volatility/ssvi-surface.ts';
import { spxSliceOf } from './expiry-market.ts';

/** Relative step of the strike derivative. */
const STEP = 1e-4;

/**
 * Risk-neutral probability that SPX ends between two levels at an expiry (EpochDay and settlement
 * code), smile included: minus the strike derivative of the undiscounted call at each level.
 *
 * Domain: 0 < lower < upper, infinite upper allowed; at expiry 0 or 1; NaN passes through.
 * Accuracy: central differences of 1e-4 of the strike, about 1e-7.
 * Source: Breeden and Litzenberger (1978).
 */
export function probabilityBetween(
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
  lower: number,
  upper: number,
): number {
  const slice = spxSliceOf(snapshot, expiry, settlement);
  return above(slice, lower) - above(slice, upper);
}

function above(slice: SsviSlice, level: number): number {
  if (level === Number.POSITIVE_INFINITY) return 0;
  const step = STEP * level;
  return (call(slice, level - step) - call(slice, level + step)) / (2 * step);
}

function call(slice: SsviSlice, strike: number): number {
  return black76(CALL, slice.forward, strike, sliceTotalVol(slice, strike));
}
