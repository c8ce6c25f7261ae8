import type { MarketPath } from '../market/market-path.ts';
import { rollingExtreme } from './rolling-extreme.ts';
import { FLAG_NO, FLAG_NO_DATA, FLAG_YES, rollingLow } from './rolling-low.ts';
import { rsi } from './rsi.ts';
import { macdScore } from './stress-scores.ts';
import { constantMaturityVx, VX_SLOPE_DAYS, VX_SLOPE_SESSIONS, vxSlope } from './vx-slope.ts';

/** Sessions over which the share above the 50-day average must have fallen: one week. */
export const FALLING_SESSIONS = 5;

const RSI_SESSIONS = 14;
const RSI_MEMORY = 3;
const LOW_SESSIONS = 20;

/**
 * Signals over the sessions of a market path, one row each. Row i rests on rows <= i of the path
 * only. NaN and FLAG_NO_DATA mean "no data"; they never stand for a value.
 */
export interface SignalFrame {
  readonly length: number;
  /** Wilder RSI(14) of SPX closes, 0..100. */
  readonly rsi14: Float64Array;
  /** Lowest rsi14 of the last three sessions, this one included. */
  readonly rsi14Min3: Float64Array;
  /** Flag: the SPX close is its 20-session low, ties included. */
  readonly spxLow20: Uint8Array;
  /** Flag: the advance-decline line, as known, is at its 20-session low, ties included. */
  readonly breadthLow20: Uint8Array;
  /** Flag: the share above the 50-day average, as known, is below its value a week earlier. */
  readonly aboveFiftyFalling: Uint8Array;
  /** VX price at 90 calendar days, VIX points. */
  readonly constantMaturityVx90: Float64Array;
  /** Rise of that price for a fall of SPX by 1 %, VIX points; not floored. */
  readonly vxSlope90: Float64Array;
  /** Standard error of vxSlope90. */
  readonly vxSlope90StandardError: Float64Array;
  /** z-score of the MACD histogram over price within ten years: the path's own, or of its closes. */
  readonly macdZ: Float64Array;
}

/** Every signal of a market path. */
export function computeSignals(path: MarketPath): SignalFrame {
  const rsi14 = rsi(path.spxClose, RSI_SESSIONS);
  const vx90 = constantMaturityVx(path, VX_SLOPE_DAYS);
  const slope = vxSlope(path.spxClose, vx90, VX_SLOPE_SESSIONS);
  return {
    length: path.length,
    rsi14,
    rsi14Min3: rollingExtreme(rsi14, RSI_MEMORY, 'low'),
    spxLow20: rollingLow(path.spxClose, LOW_SESSIONS),
    breadthLow20: rollingLow(path.advanceDeclineLine, LOW_SESSIONS),
    aboveFiftyFalling: falling(path.aboveFiftyDay, FALLING_SESSIONS),
    constantMaturityVx90: vx90,
    vxSlope90: slope.slope,
    vxSlope90StandardError: slope.standardError,
    macdZ: path.macdZ ?? macdScore(path.spxClose),
  };
}

function falling(values: Float64Array, sessions: number): Uint8Array {
  const out = new Uint8Array(values.length).fill(FLAG_NO_DATA);
  for (let i = sessions; i < values.length; i += 1) {
    const change = (values[i] ?? Number.NaN) - (values[i - sessions] ?? Number.NaN);
    if (!Number.isNaN(change)) out[i] = change < 0 ? FLAG_YES : FLAG_NO;
  }
  return out;
}
