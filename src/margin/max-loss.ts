import { CALL, NO_RIGHT, PUT } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { NETTED } from './margin-lots.ts';
import type { MarginLots } from './margin-lots.ts';

/**
 * Greatest loss of the netted lots by intrinsic value over every index level, premium excluded.
 *
 * Units: points times contracts, >= 0; Infinity when more calls are short than long. `right` takes
 * calls or puts alone, NO_RIGHT takes both. Net intrinsic is piecewise linear, so its least value
 * is at 0, at a strike, or at infinity: one sweep over the strikes in ascending order.
 * Cost: a sort of the lots, which stay nearly sorted between calls, and one pass.
 * Source: SEC Rel. 34-67752 (universal spread rule).
 */
export function maxLoss(legs: LegColumns, lots: MarginLots, right: number): number {
  const count = orderNetted(legs, lots, right);
  let value = 0;
  let slope = 0;
  let calls = 0;
  for (let at = 0; at < count; at += 1) {
    const lot = lots.order[at] ?? 0;
    const slot = lots.slot[lot] ?? 0;
    const quantity = lots.quantity[lot] ?? 0;
    if (legs.right[slot] === PUT) {
      value += quantity * (legs.strike[slot] ?? Number.NaN);
      slope -= quantity;
    } else if (legs.right[slot] === CALL) calls += quantity;
  }
  if (calls < 0) return Number.POSITIVE_INFINITY;
  let worst = Math.min(0, value);
  let level = 0;
  for (let at = 0; at < count; at += 1) {
    const lot = lots.order[at] ?? 0;
    const strike = legs.strike[lots.slot[lot] ?? 0] ?? Number.NaN;
    value += slope * (strike - level);
    worst = Math.min(worst, value);
    slope += lots.quantity[lot] ?? 0;
    level = strike;
  }
  return 0 - worst;
}

/**
 * Netted lots of a right (NO_RIGHT: both) by ascending strike into `lots.order`; how many they are.
 * Equal strikes stay in the order of the lots.
 */
export function orderNetted(legs: LegColumns, lots: MarginLots, right: number): number {
  const { order } = lots;
  let count = 0;
  for (let lot = 0; lot < lots.count; lot += 1) {
    if (lots.role[lot] !== NETTED) continue;
    const slot = lots.slot[lot] ?? 0;
    if (right !== NO_RIGHT && legs.right[slot] !== right) continue;
    const strike = legs.strike[slot] ?? Number.NaN;
    let at = count;
    while (at > 0 && (legs.strike[lots.slot[order[at - 1] ?? 0] ?? 0] ?? Number.NaN) > strike) {
      order[at] = order[at - 1] ?? 0;
      at -= 1;
    }
    order[at] = lot;
    count += 1;
  }
  return count;
}
