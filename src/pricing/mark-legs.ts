import {
  ETP,
  ETP_SHARE,
  SPX_OPTION,
  VIX_OPTION,
  VXM_FUTURE,
  VX_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { invariant } from '../core/invariant.ts';
import { black76 } from '../kernels/black76.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import { createSlice, loadSlice, sliceTotalVol } from '../volatility/ssvi-surface.ts';
import type { SsviSlice } from '../volatility/ssvi-surface.ts';
import { vixSliceTotalVol } from '../volatility/vix-smile.ts';
import { vxPrice } from '../volatility/vx-curve.ts';
import {
  claimSlot,
  createExpiryIndex,
  createExpirySlots,
  findSlot,
  resetExpiryIndex,
} from './expiry-cache.ts';
import type { ExpiryIndex } from './expiry-cache.ts';
import { createVixExpiry, loadVixExpiry, spxSliceOf, vixExpiryOf } from './expiry-market.ts';
import type { VixExpiry } from './expiry-market.ts';
import type { LegTerms } from './leg-terms.ts';

/** Marks legs against a snapshot; it owns a small cache of expiries and is for one caller. */
export interface Marker {
  /**
   * Writes the model mid of legs 0..count-1 per unit, in each contract's own points, into `out`.
   *
   * SPX: Black-76 on the SSVI slice, discounted. XSP: a tenth of SPX at ten times the strike. VIX
   * options: Black-76 on the same-expiry VX price, discounted. VX, VXM: the VX curve. ETP: the
   * short-term VX index over its level at purchase, times the share price counted there.
   *
   * Past expiry: intrinsic at the snapshot's spot (SPX) or VIX; final settlement values are the
   * settlement's business. NaN in the snapshot and an unknown code give NaN, never 0.
   */
  readonly mark: (legs: LegColumns, snapshot: MarketSnapshot, out: Float64Array) => void;
}

/** A marker with an empty cache. */
export function createMarker(): Marker {
  const scratch: Scratch = {
    spxIndex: createExpiryIndex(),
    spx: createExpirySlots(createSlice),
    vixIndex: createExpiryIndex(),
    vix: createExpirySlots(createVixExpiry),
  };
  return {
    mark(legs, snapshot, out) {
      resetExpiryIndex(scratch.spxIndex);
      resetExpiryIndex(scratch.vixIndex);
      for (let leg = 0; leg < legs.count; leg += 1) {
        out[leg] = markLeg(scratch, snapshot, legs, leg);
      }
    },
  };
}

/**
 * Model mid of one contract per unit, in its own points: what a Marker writes for such a leg.
 *
 * NaN in the snapshot and an unknown contract code give NaN.
 */
export function priceContract(terms: LegTerms, snapshot: MarketSnapshot): number {
  const { kind, right, strike, expiry, settlement } = terms;
  switch (kind) {
    case SPX_OPTION:
      return spxMid(spxSliceOf(snapshot, expiry, settlement), right, strike);
    case XSP_OPTION:
      return 0.1 * spxMid(spxSliceOf(snapshot, expiry, settlement), right, 10 * strike);
    case VIX_OPTION:
      return vixMid(vixExpiryOf(snapshot, expiry, settlement), right, strike);
    case VX_FUTURE:
    case VXM_FUTURE:
      return vxPrice(snapshot, expiry);
    case ETP:
      return sharePrice(snapshot, strike);
    default:
      return Number.NaN;
  }
}

interface Scratch {
  readonly spxIndex: ExpiryIndex;
  readonly spx: readonly SsviSlice[];
  readonly vixIndex: ExpiryIndex;
  readonly vix: readonly VixExpiry[];
}

function markLeg(
  scratch: Scratch,
  snapshot: MarketSnapshot,
  legs: LegColumns,
  leg: number,
): number {
  const strike = legs.strike[leg] ?? Number.NaN;
  const expiry = legs.expiry[leg] ?? Number.NaN;
  const right = legs.right[leg] ?? Number.NaN;
  const settlement = legs.settlement[leg] ?? Number.NaN;
  switch (legs.kind[leg] ?? Number.NaN) {
    case SPX_OPTION:
      return spxMid(cachedSlice(scratch, snapshot, expiry, settlement), right, strike);
    case XSP_OPTION:
      return 0.1 * spxMid(cachedSlice(scratch, snapshot, expiry, settlement), right, 10 * strike);
    case VIX_OPTION:
      return vixMid(cachedVixExpiry(scratch, snapshot, expiry, settlement), right, strike);
    case VX_FUTURE:
    case VXM_FUTURE:
      return vxPrice(snapshot, expiry);
    case ETP:
      return sharePrice(snapshot, strike);
    default:
      return Number.NaN;
  }
}

function sharePrice(snapshot: MarketSnapshot, levelAtPurchase: number): number {
  return (ETP_SHARE * snapshot.shortTermVx) / levelAtPurchase;
}

function spxMid(slice: SsviSlice, right: number, strike: number): number {
  return slice.discount * black76(right, slice.forward, strike, sliceTotalVol(slice, strike));
}

function vixMid(market: VixExpiry, right: number, strike: number): number {
  const totalVol = vixSliceTotalVol(market.slice, market.forward, strike);
  return market.discount * black76(right, market.forward, strike, totalVol);
}

function cachedSlice(
  scratch: Scratch,
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
): SsviSlice {
  const index = scratch.spxIndex;
  const known = findSlot(index, expiry, settlement);
  const slice = scratch.spx[known < 0 ? claimSlot(index, expiry, settlement) : known];
  invariant(slice !== undefined, 'every expiry slot has a block');
  if (known < 0) {
    const years = yearsToExpiry(snapshot.day, snapshot.dayFraction, expiry, settlement);
    loadSlice(snapshot, years, slice);
  }
  return slice;
}

function cachedVixExpiry(
  scratch: Scratch,
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
): VixExpiry {
  const index = scratch.vixIndex;
  const known = findSlot(index, expiry, settlement);
  const market = scratch.vix[known < 0 ? claimSlot(index, expiry, settlement) : known];
  invariant(market !== undefined, 'every expiry slot has a block');
  if (known < 0) loadVixExpiry(snapshot, expiry, settlement, market);
  return market;
}
