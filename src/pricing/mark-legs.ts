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
import { black76 } from '../kernels/black76.ts';
import { fillSmilePrices, smileColumns } from '../kernels/smile-prices.ts';
import type { SmileColumns } from '../kernels/smile-prices.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { sliceTotalVol, SSVI_RHO } from '../volatility/ssvi-surface.ts';
import type { SsviSlice } from '../volatility/ssvi-surface.ts';
import { VIX_SMILE_RHO, vixSliceTotalVol } from '../volatility/vix-smile.ts';
import { vxPrice } from '../volatility/vx-curve.ts';
import { spxSliceOf, vixExpiryOf } from './expiry-market.ts';
import type { VixExpiry } from './expiry-market.ts';
import type { LegTerms } from './leg-terms.ts';
import { cachedSlice, cachedVixExpiry, createSmileCache, resetSmiles } from './smile-cache.ts';
import type { SmileCache } from './smile-cache.ts';

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
    smiles: createSmileCache(),
    rows: 0,
    leg: new Int32Array(FIRST_ROWS),
    options: smileColumns(FIRST_ROWS),
  };
  return {
    mark(legs, snapshot, out) {
      resetSmiles(scratch.smiles);
      makeRoom(scratch, legs.count);
      scratch.rows = 0;
      for (let leg = 0; leg < legs.count; leg += 1) markOrQueue(scratch, snapshot, legs, leg, out);
      fillSmilePrices(scratch.options, scratch.rows);
      for (let row = 0; row < scratch.rows; row += 1) {
        out[scratch.leg[row] ?? 0] = scratch.options.price[row] ?? Number.NaN;
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

/** Options a marker has room for at first; it grows with the book. */
const FIRST_ROWS = 64;

interface Scratch {
  readonly smiles: SmileCache;
  /** Options waiting to be priced, the leg each one is, and their columns. */
  rows: number;
  leg: Int32Array;
  options: SmileColumns;
}

function makeRoom(scratch: Scratch, legs: number): void {
  if (legs <= scratch.leg.length) return;
  scratch.leg = new Int32Array(2 * legs);
  scratch.options = smileColumns(2 * legs);
}

/** Marks a leg that is no option; an option goes to the columns, which are priced all at once. */
function markOrQueue(
  scratch: Scratch,
  snapshot: MarketSnapshot,
  legs: LegColumns,
  leg: number,
  out: Float64Array,
): void {
  const kind = legs.kind[leg] ?? Number.NaN;
  const expiry = legs.expiry[leg] ?? Number.NaN;
  const settlement = legs.settlement[leg] ?? Number.NaN;
  const strike = legs.strike[leg] ?? Number.NaN;
  switch (kind) {
    case SPX_OPTION:
    case XSP_OPTION: {
      const size = kind === XSP_OPTION ? 0.1 : 1;
      const slice = cachedSlice(scratch.smiles, snapshot, expiry, settlement);
      const row = queue(scratch, legs, leg, kind === XSP_OPTION ? 10 * strike : strike);
      const { options } = scratch;
      options.forward[row] = slice.forward;
      options.scale[row] = size * slice.discount;
      options.theta[row] = slice.theta;
      options.phi[row] = slice.phi;
      options.rho[row] = SSVI_RHO;
      return;
    }
    case VIX_OPTION: {
      const market = cachedVixExpiry(scratch.smiles, snapshot, expiry, settlement);
      const row = queue(scratch, legs, leg, strike);
      const { options } = scratch;
      options.forward[row] = market.forward;
      options.scale[row] = market.discount;
      options.theta[row] = market.slice.theta;
      options.phi[row] = market.slice.phi;
      options.rho[row] = VIX_SMILE_RHO;
      return;
    }
    case VX_FUTURE:
    case VXM_FUTURE:
      out[leg] = vxPrice(snapshot, expiry);
      return;
    case ETP:
      out[leg] = sharePrice(snapshot, strike);
      return;
    default:
      out[leg] = Number.NaN;
  }
}

/** A row of the columns for an option at a strike in its forward's units. */
function queue(scratch: Scratch, legs: LegColumns, leg: number, strike: number): number {
  const row = scratch.rows;
  scratch.rows = row + 1;
  scratch.leg[row] = leg;
  scratch.options.right[row] = legs.right[leg] ?? UNKNOWN_RIGHT;
  scratch.options.strike[row] = strike;
  return row;
}

/** No option has this right: such a leg is priced NaN. */
const UNKNOWN_RIGHT = 255;

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
