import { PILLARS, PILLAR_DAYS } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { rollingExtreme } from './rolling-extreme.ts';
import { FLAG_NO, FLAG_NO_DATA, FLAG_YES, rollingLow } from './rolling-low.ts';
import { rsi } from './rsi.ts';
import { constantMaturityVx, VX_SLOPE_DAYS, VX_SLOPE_SESSIONS, vxSlope } from './vx-slope.ts';

/** Sessions per year in annualised volatility. */
export const SESSIONS_PER_YEAR = 252;

/** Sessions over which the share above the 50-day average must have fallen: one week. */
export const FALLING_SESSIONS = 5;

const RSI_SESSIONS = 14;
const RSI_MEMORY = 3;
const LOW_SESSIONS = 20;
const REALISED_SESSIONS = 21;
const RANK_SESSIONS = 252;
const PILLAR_30 = 1;
const PILLAR_93 = 2;

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
  /** Root mean square of the last 21 daily log returns, per year (0.20 = 20 %). */
  readonly realisedVol21: Float64Array;
  /** Place of VIX between its lowest (0) and highest (1) close of the last 252 sessions. */
  readonly ivRank252: Float64Array;
  /** At-the-money volatility at 93 days over that at 30 days; above 1 = upward sloping. */
  readonly termRatio: Float64Array;
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
    realisedVol21: realisedVol(path.spxClose, REALISED_SESSIONS),
    ivRank252: rangeRank(path.vixClose, RANK_SESSIONS),
    termRatio: termRatio(path),
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

function realisedVol(closes: Float64Array, sessions: number): Float64Array {
  const out = new Float64Array(closes.length).fill(Number.NaN);
  const squares = new Float64Array(closes.length).fill(Number.NaN);
  for (let i = 1; i < closes.length; i += 1) {
    const logReturn = Math.log((closes[i] ?? Number.NaN) / (closes[i - 1] ?? Number.NaN));
    squares[i] = logReturn * logReturn;
  }
  for (let i = sessions; i < closes.length; i += 1) {
    let sum = 0;
    for (let row = i - sessions + 1; row <= i; row += 1) sum += squares[row] ?? Number.NaN;
    out[i] = Math.sqrt((sum / sessions) * SESSIONS_PER_YEAR);
  }
  return out;
}

function rangeRank(values: Float64Array, sessions: number): Float64Array {
  const low = rollingExtreme(values, sessions, 'low');
  const high = rollingExtreme(values, sessions, 'high');
  return values.map((value, i) => {
    const bottom = low[i] ?? Number.NaN;
    const range = (high[i] ?? Number.NaN) - bottom;
    return range > 0 ? (value - bottom) / range : Number.NaN;
  });
}

function termRatio(path: MarketPath): Float64Array {
  const out = new Float64Array(path.length);
  const days30 = PILLAR_DAYS[PILLAR_30] ?? Number.NaN;
  const days93 = PILLAR_DAYS[PILLAR_93] ?? Number.NaN;
  for (let i = 0; i < path.length; i += 1) {
    const near = (path.theta[i * PILLARS + PILLAR_30] ?? Number.NaN) / days30;
    const far = (path.theta[i * PILLARS + PILLAR_93] ?? Number.NaN) / days93;
    out[i] = Math.sqrt(far / near);
  }
  return out;
}
