import { CONTRACT_KINDS, SPX_OPTION, VIX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import { roundToTick, tickSize } from '../contracts/contract-spec.ts';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** Multiple of the calm half-spread at a VIX level; between levels the multiple is log-linear. */
export interface SpreadPoint {
  /** VIX, points. */
  readonly vix: number;
  readonly multiple: number;
  readonly source: string;
}

/** Widening of option spreads with VIX. Source: assumption fitted to published spread studies. */
export const SPREAD_WIDENING: readonly SpreadPoint[] = [
  { vix: 20, multiple: 1, source: 'calm quotes 2023-25, 15-30 delta condor legs' },
  { vix: 30, multiple: 3, source: 'assumption between calm and stress' },
  { vix: 45, multiple: 5, source: 'SPX, 5-6 February 2018 (Hanweck): about +400 % in price' },
  { vix: 60, multiple: 8, source: 'SPX, 28 February 2020 (ORATS): vol width x 10' },
];

/** Calm half-spreads and their floors; points and fractions of mid. */
export const HALF_SPREADS: {
  readonly index: { readonly fraction: number; readonly minimumToBuy: number };
  readonly vixOption: { readonly fraction: number; readonly minimum: number };
  readonly vxFuture: { readonly points: number };
  /** Index spreads were wider before electronic quoting. */
  readonly early: { readonly before: EpochDay; readonly multiple: number };
} = {
  index: { fraction: 0.02, minimumToBuy: 0.05 },
  vixOption: { fraction: 0.03, minimum: 0.03 },
  vxFuture: { points: 0.05 },
  early: { before: epochDay(2008, 1, 1), multiple: 2 },
};

/** Price step of one leg of a complex order, points. Source: Cboe complex order rules. */
export const FILL_TICK = 0.01;

/** One side of a fill. */
export interface FillRequest {
  /** Contract code. */
  readonly kind: number;
  /** Right code; not used by futures. */
  readonly right: number;
  /** Model mid, points per unit. */
  readonly mid: number;
  readonly side: 'buy' | 'sell';
  /** VIX, points. */
  readonly vix: number;
  /** EpochDay. */
  readonly day: number;
  /** Extra multiple of the half-spread: 1, more in a forced liquidation. */
  readonly stress: number;
}

/** Multiple of the calm half-spread at a VIX level: 1 to 20, 3 at 30, 5 at 45, 8 from 60. */
export function spreadMultiple(vix: number): number {
  let left = SPREAD_WIDENING[0];
  if (left === undefined || vix <= left.vix) return Number.isNaN(vix) ? Number.NaN : 1;
  for (const right of SPREAD_WIDENING) {
    if (vix <= right.vix) {
      const share = (vix - left.vix) / (right.vix - left.vix || 1);
      return left.multiple * (right.multiple / left.multiple) ** share;
    }
    left = right;
  }
  return left.multiple;
}

/** Half of the bid-offer spread around a model mid, points per unit. */
export function halfSpread(request: FillRequest): number {
  const { kind, mid, day } = request;
  const wider = spreadMultiple(request.vix) * request.stress;
  if (kind === SPX_OPTION || kind === XSP_OPTION) {
    const tick = tickOf(kind, mid, day);
    const early = day < HALF_SPREADS.early.before ? HALF_SPREADS.early.multiple : 1;
    return Math.max(0.5 * tick, HALF_SPREADS.index.fraction * mid) * wider * early;
  }
  if (kind === VIX_OPTION) {
    return Math.max(HALF_SPREADS.vixOption.minimum, HALF_SPREADS.vixOption.fraction * mid) * wider;
  }
  return HALF_SPREADS.vxFuture.points * request.stress;
}

/**
 * Executable price of one unit: the model mid less or plus the half-spread, rounded to the cent
 * against the trader (legs of a complex order trade in cents). Buying an option costs at least
 * 0.05; a bid of zero cannot be sold and gives NaN, as does any input that is not a number.
 */
export function fillPrice(request: FillRequest): number {
  const { kind, mid, side } = request;
  const half = halfSpread(request);
  if (side === 'buy') {
    const price = roundToTick(mid + half, FILL_TICK, 'up');
    return kind <= VIX_OPTION ? Math.max(price, HALF_SPREADS.index.minimumToBuy) : price;
  }
  const bid = roundToTick(mid - half, FILL_TICK, 'down');
  return bid > 0 ? bid : Number.NaN;
}

function tickOf(kind: number, mid: number, day: number): number {
  const name = CONTRACT_KINDS[kind];
  return name === undefined ? Number.NaN : tickSize(name, mid, asEpochDay(day));
}
