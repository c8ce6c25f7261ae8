import {
  CALL,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VX_FUTURE,
  VXM_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';

/** Final values of the indices, points: the SOQ for AM settlement, the close for PM. */
export interface SettlementValues {
  readonly spx: number;
  /** SOQ of the VIX (VRO). */
  readonly vix: number;
}

/**
 * Final price of one unit of a leg, in the contract's points: intrinsic value of an option, the
 * VIX SOQ for a future. The caller chooses the values that fit the leg's settlement (AM or PM).
 *
 * Domain: XSP settles on SPX / 10; NaN, or an unknown contract, gives NaN.
 */
export function settlementPrice(legs: LegColumns, slot: number, values: SettlementValues): number {
  const index = indexOf(legs.kind[slot] ?? Number.NaN, values);
  const strike = legs.strike[slot] ?? Number.NaN;
  const right = legs.right[slot];
  if (right === CALL) return Math.max(0, index - strike);
  if (right === PUT) return Math.max(0, strike - index);
  return index;
}

/** Final value of one contract of a leg, dollars; see `settlementPrice`. Short legs pay it. */
export function settlementValue(legs: LegColumns, slot: number, values: SettlementValues): number {
  const multiplier = MULTIPLIERS[legs.kind[slot] ?? Number.NaN] ?? Number.NaN;
  return settlementPrice(legs, slot, values) * multiplier;
}

function indexOf(kind: number, values: SettlementValues): number {
  switch (kind) {
    case SPX_OPTION:
      return values.spx;
    case XSP_OPTION:
      return values.spx / 10;
    case VIX_OPTION:
    case VX_FUTURE:
    case VXM_FUTURE:
      return values.vix;
    default:
      return Number.NaN;
  }
}
