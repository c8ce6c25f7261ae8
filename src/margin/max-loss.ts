import { CALL, NO_RIGHT, PUT } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { NETTED } from './margin-lots.ts';
import type { MarginLots } from './margin-lots.ts';

/**
 * Greatest loss of the netted lots by intrinsic value over every index level, premium excluded.
 *
 * Units: points times contracts, >= 0; Infinity when more calls are short than long. `right` takes
 * calls or puts alone, NO_RIGHT takes both. Net intrinsic is piecewise linear, so its least value
 * is at 0, at a strike, or at infinity.
 * Source: SEC Rel. 34-67752 (universal spread rule).
 */
export function maxLoss(legs: LegColumns, lots: MarginLots, right: number): number {
  let worst = Math.min(0, netIntrinsic(legs, lots, right, 0));
  let slope = 0;
  for (let lot = 0; lot < lots.count; lot += 1) {
    if (lots.role[lot] !== NETTED) continue;
    const slot = lots.slot[lot] ?? 0;
    const legRight = legs.right[slot];
    if (right !== NO_RIGHT && legRight !== right) continue;
    if (legRight === CALL) slope += lots.quantity[lot] ?? 0;
    worst = Math.min(worst, netIntrinsic(legs, lots, right, legs.strike[slot] ?? Number.NaN));
  }
  return slope < 0 ? Number.POSITIVE_INFINITY : 0 - worst;
}

function netIntrinsic(legs: LegColumns, lots: MarginLots, right: number, level: number): number {
  let value = 0;
  for (let lot = 0; lot < lots.count; lot += 1) {
    if (lots.role[lot] !== NETTED) continue;
    const slot = lots.slot[lot] ?? 0;
    const legRight = legs.right[slot];
    if (right !== NO_RIGHT && legRight !== right) continue;
    const strike = legs.strike[slot] ?? Number.NaN;
    const money = legRight === PUT ? strike - level : level - strike;
    value += (lots.quantity[lot] ?? 0) * Math.max(0, money);
  }
  return value;
}
