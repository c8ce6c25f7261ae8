import { VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';

/** Sessions of daily changes behind a VX slope. */
export const VX_SLOPE_SESSIONS = 126;

/** Constant maturity the 90-day layer is sized with, calendar days. */
export const VX_SLOPE_DAYS = 90;

/** VX slope columns; NaN = NO DATA until a full window of daily changes is there. */
export interface VxSlope {
  /** b: rise of the constant-maturity VX price, VIX points, for a fall of SPX by 1 %. */
  readonly slope: Float64Array;
  /** Standard error of b, VIX points per 1 %. */
  readonly standardError: Float64Array;
}

/**
 * VX price at a constant maturity in each session, VIX points: linear in calendar days between the
 * two nodes around it. NaN where no two nodes bracket the maturity.
 */
export function constantMaturityVx(path: MarketPath, days: number): Float64Array {
  const out = new Float64Array(path.length).fill(Number.NaN);
  for (let i = 0; i < path.length; i += 1) {
    const target = (path.day[i] ?? 0) + days;
    const base = i * VX_NODES;
    const count = path.vxCount[i] ?? 0;
    for (let node = 1; node < count; node += 1) {
      const left = path.vxExpiry[base + node - 1] ?? 0;
      const right = path.vxExpiry[base + node] ?? 0;
      if (left > target || right < target) continue;
      const share = (target - left) / (right - left);
      const near = path.vxSettle[base + node - 1] ?? Number.NaN;
      const far = path.vxSettle[base + node] ?? Number.NaN;
      out[i] = near + share * (far - near);
      break;
    }
  }
  return out;
}

/** Least sum of squared returns, percent^2, a slope may rest on; below it the market stood still. */
const LEAST_SQUARES = 1e-9;

/**
 * Minus the least-squares slope of daily changes of `vx` (VIX points) on SPX simple returns
 * (percent) over the `sessions` changes that end with each row, and its standard error.
 *
 * Domain: a window with a NaN or without variance gives NaN. The slope is not floored here.
 * Accuracy: running sums, relative 1e-9 over 10,000 rows.
 */
export function vxSlope(spx: Float64Array, vx: Float64Array, sessions: number): VxSlope {
  const length = spx.length;
  const x = new Float64Array(length).fill(Number.NaN);
  const y = new Float64Array(length).fill(Number.NaN);
  for (let i = 1; i < length; i += 1) {
    x[i] = 100 * ((spx[i] ?? Number.NaN) / (spx[i - 1] ?? Number.NaN) - 1);
    y[i] = (vx[i] ?? Number.NaN) - (vx[i - 1] ?? Number.NaN);
  }
  const slope = new Float64Array(length).fill(Number.NaN);
  const standardError = new Float64Array(length).fill(Number.NaN);
  const sums: Moments = { count: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  for (let i = 1; i < length; i += 1) {
    addPair(sums, x[i] ?? Number.NaN, y[i] ?? Number.NaN, 1);
    const gone = i - sessions;
    if (gone > 0) addPair(sums, x[gone] ?? Number.NaN, y[gone] ?? Number.NaN, -1);
    if (sums.count !== sessions) continue;
    const xx = sums.xx - (sums.x * sums.x) / sessions;
    if (!(xx > LEAST_SQUARES)) continue;
    const xy = sums.xy - (sums.x * sums.y) / sessions;
    const yy = sums.yy - (sums.y * sums.y) / sessions;
    slope[i] = -xy / xx;
    const residual = Math.max(0, yy - (xy * xy) / xx);
    standardError[i] = Math.sqrt(residual / (sessions - 2) / xx);
  }
  return { slope, standardError };
}

/** Running sums over a window of pairs. */
interface Moments {
  count: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

/** Takes a pair into the window (sign 1) or out of it (sign -1); a NaN pair was never in. */
function addPair(sums: Moments, x: number, y: number, sign: number): void {
  if (Number.isNaN(x + y)) return;
  sums.count += sign;
  sums.x += sign * x;
  sums.y += sign * y;
  sums.xx += sign * x * x;
  sums.xy += sign * x * y;
  sums.yy += sign * y * y;
}
