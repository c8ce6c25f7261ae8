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

/**
 * Minus the least-squares slope of daily changes of `vx` (VIX points) on SPX simple returns
 * (percent) over the `sessions` changes that end with each row, and its standard error.
 *
 * Domain: a window with a NaN or without variance gives NaN. The slope is not floored here.
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
  for (let i = sessions; i < length; i += 1) {
    fitWindow(x, y, i, sessions, { slope, standardError });
  }
  return { slope, standardError };
}

function fitWindow(
  x: Float64Array,
  y: Float64Array,
  row: number,
  sessions: number,
  out: VxSlope,
): void {
  let meanX = 0;
  let meanY = 0;
  for (let i = row - sessions + 1; i <= row; i += 1) {
    meanX += x[i] ?? Number.NaN;
    meanY += y[i] ?? Number.NaN;
  }
  meanX /= sessions;
  meanY /= sessions;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = row - sessions + 1; i <= row; i += 1) {
    const dx = (x[i] ?? Number.NaN) - meanX;
    const dy = (y[i] ?? Number.NaN) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  if (!(xx > 0)) return;
  const beta = xy / xx;
  const residual = Math.max(0, yy - beta * xy);
  out.slope[row] = -beta;
  out.standardError[row] = Math.sqrt(residual / (sessions - 2) / xx);
}
