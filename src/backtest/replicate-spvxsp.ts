import type { MarketPath } from '../market/market-path.ts';
import { shortTermVxIndex } from '../volatility/short-term-vx-index.ts';

/** A total return index by session, level 100 on the first session with two VX months. */
export interface ReplicaLevel {
  /** EpochDay. */
  readonly day: Int32Array;
  readonly level: Float64Array;
}

/**
 * The S&P 500 VIX short-term futures index with bills on the collateral, from `path.start` or the
 * first session with two VX months.
 *
 * Source: S&P VIX Futures Indices methodology; see `shortTermVxIndex` for the roll.
 */
export function shortTermTotalReturn(path: MarketPath): ReplicaLevel {
  const excess = shortTermVxIndex(path);
  const known = excess.findIndex((value) => Number.isFinite(value));
  const first = Math.max(path.start, known);
  if (known < 0 || first >= path.length)
    return { day: new Int32Array(0), level: new Float64Array(0) };
  const day = path.day.slice(first);
  const level = new Float64Array(day.length);
  let bills = 1;
  for (let row = 0; row < day.length; row += 1) {
    const days = row === 0 ? 0 : (day[row] ?? 0) - (day[row - 1] ?? 0);
    bills *= Math.exp(((path.billRate[first + row] ?? Number.NaN) * days) / 365);
    const ratio = (excess[first + row] ?? Number.NaN) / (excess[first] ?? Number.NaN);
    level[row] = 100 * ratio * bills;
  }
  return { day, level };
}
