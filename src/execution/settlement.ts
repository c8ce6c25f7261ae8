import { CALL, NO_RIGHT, VIX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';

/** Final values of the indices: SPX in index points, VIX in VIX points. */
export interface SettlementIndices {
  readonly spx: number;
  readonly vix: number;
}

/**
 * Cash settlement value of one leg per unit, in the contract's own points: intrinsic for an option
 * (XSP on a tenth of SPX), the VIX value itself for a future. NaN when its index is unknown.
 */
export function settlementPrice(
  legs: LegColumns,
  slot: number,
  indices: SettlementIndices,
): number {
  const kind = legs.kind[slot] ?? Number.NaN;
  const right = legs.right[slot] ?? NO_RIGHT;
  if (right === NO_RIGHT) return indices.vix;
  const spx = kind === XSP_OPTION ? indices.spx / 10 : indices.spx;
  const index = kind === VIX_OPTION ? indices.vix : spx;
  const strike = legs.strike[slot] ?? Number.NaN;
  return Math.max(0, right === CALL ? index - strike : strike - index);
}
