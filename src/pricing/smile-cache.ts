import { invariant } from '../core/invariant.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import { createSlice, loadSlice } from '../volatility/ssvi-surface.ts';
import type { SsviSlice } from '../volatility/ssvi-surface.ts';
import {
  claimSlot,
  createExpiryIndex,
  createExpirySlots,
  findSlot,
  resetExpiryIndex,
} from './expiry-cache.ts';
import type { ExpiryIndex } from './expiry-cache.ts';
import { createVixExpiry, loadVixExpiry } from './expiry-market.ts';
import type { VixExpiry } from './expiry-market.ts';

/**
 * Smiles of the expiries of one snapshot, in reused blocks. Belongs to one caller; `resetSmiles`
 * before every snapshot.
 */
export interface SmileCache {
  readonly spxIndex: ExpiryIndex;
  readonly spx: readonly SsviSlice[];
  readonly vixIndex: ExpiryIndex;
  readonly vix: readonly VixExpiry[];
}

/** An empty cache. */
export function createSmileCache(): SmileCache {
  return {
    spxIndex: createExpiryIndex(),
    spx: createExpirySlots(createSlice),
    vixIndex: createExpiryIndex(),
    vix: createExpirySlots(createVixExpiry),
  };
}

/** Forgets every smile: the snapshot has changed. */
export function resetSmiles({ spxIndex, vixIndex }: SmileCache): void {
  resetExpiryIndex(spxIndex);
  resetExpiryIndex(vixIndex);
}

/** Slice of an SPX expiry (EpochDay and settlement code); the block is overwritten by later ones. */
export function cachedSlice(
  cache: SmileCache,
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
): SsviSlice {
  const index = cache.spxIndex;
  const known = findSlot(index, expiry, settlement);
  const slice = cache.spx[known < 0 ? claimSlot(index, expiry, settlement) : known];
  invariant(slice !== undefined, 'every expiry slot has a block');
  if (known < 0) {
    const years = yearsToExpiry(snapshot.day, snapshot.dayFraction, expiry, settlement);
    loadSlice(snapshot, years, slice);
  }
  return slice;
}

/** Option market of a VIX expiry; the block is overwritten by later ones. */
export function cachedVixExpiry(
  cache: SmileCache,
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
): VixExpiry {
  const index = cache.vixIndex;
  const known = findSlot(index, expiry, settlement);
  const market = cache.vix[known < 0 ? claimSlot(index, expiry, settlement) : known];
  invariant(market !== undefined, 'every expiry slot has a block');
  if (known < 0) loadVixExpiry(snapshot, expiry, settlement, market);
  return market;
}
