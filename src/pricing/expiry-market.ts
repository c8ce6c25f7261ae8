import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import { createSlice, loadSlice } from '../volatility/ssvi-surface.ts';
import type { SsviSlice } from '../volatility/ssvi-surface.ts';
import { createVixSlice, loadVixSlice } from '../volatility/vix-smile.ts';
import type { VixSlice } from '../volatility/vix-smile.ts';
import { vxPrice } from '../volatility/vx-curve.ts';

/** One expiry of the VIX option market: its future, discount factor and smile. */
export interface VixExpiry {
  /** Same-expiry VX price, VIX points. */
  forward: number;
  /** Discount factor to expiry. */
  discount: number;
  readonly slice: VixSlice;
}

/** An empty VIX expiry to be filled by `loadVixExpiry`. */
export function createVixExpiry(): VixExpiry {
  return { forward: Number.NaN, discount: Number.NaN, slice: createVixSlice() };
}

/** Fills a block with the VIX option market of an expiry (EpochDay and settlement code). */
export function loadVixExpiry(
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
  out: VixExpiry,
): void {
  const years = yearsToExpiry(snapshot.day, snapshot.dayFraction, expiry, settlement);
  out.forward = vxPrice(snapshot, expiry);
  out.discount = Math.exp(-snapshot.billRate * Math.max(0, years));
  loadVixSlice(snapshot.vvix, years, out.slice);
}

/** A new VIX expiry, filled. */
export function vixExpiryOf(
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
): VixExpiry {
  const market = createVixExpiry();
  loadVixExpiry(snapshot, expiry, settlement, market);
  return market;
}

/** A new SPX slice of an expiry (EpochDay and settlement code), filled. */
export function spxSliceOf(
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
): SsviSlice {
  const slice = createSlice();
  loadSlice(snapshot, yearsToExpiry(snapshot.day, snapshot.dayFraction, expiry, settlement), slice);
  return slice;
}
