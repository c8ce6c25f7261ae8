import type { MarketPath } from '../market/market-path.ts';
import type { VxRollRule } from '../volatility/vx-roll-index.ts';
import { vxRollRatio } from '../volatility/vx-roll-index.ts';
import { totalReturns } from './replicate-spx-total-return.ts';

/** An index of rolling VX by traded session; both levels are 100 on the first. */
export interface VxRollReplica {
  readonly day: Int32Array;
  readonly excessReturn: Float64Array;
  /** With bills on the whole value. */
  readonly totalReturn: Float64Array;
}

/**
 * Replicates a VX roll index, see `vxRollRatio`. A session on which a held month has no price
 * repeats the level. NaN without enough months.
 */
export function replicateVxRoll(path: MarketPath, rule: VxRollRule): VxRollReplica {
  const { day, bills } = totalReturns(path);
  const excessReturn = new Float64Array(day.length);
  const totalReturn = new Float64Array(day.length);
  let excess = 100;
  let total = 100;
  for (let session = 0; session < day.length; session += 1) {
    const row = path.start + session;
    if ((path.vxCount[row] ?? 0) < rule.first + rule.months) excess = total = Number.NaN;
    if (session > 0) {
      const ratio = vxRollRatio(path, row, rule);
      const interest = (bills[session] ?? Number.NaN) / (bills[session - 1] ?? Number.NaN) - 1;
      if (Number.isFinite(ratio)) excess *= ratio;
      total *= (Number.isFinite(ratio) ? ratio : 1) + interest;
    }
    excessReturn[session] = excess;
    totalReturn[session] = total;
  }
  return { day, excessReturn, totalReturn };
}
