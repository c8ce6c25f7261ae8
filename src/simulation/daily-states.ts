import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import { createSnapshot, loadClose } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { PILLARS } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { vxPrice } from '../volatility/vx-curve.ts';

/** Step of the tenors of a state's log VX curve, calendar days. */
export const TENOR_STEP = 7;
/** Tenors of that curve: 0 (VIX itself) to 294 days. */
export const TENORS = 43;

/** Place of log VIX, the first tenor, among the levels of a state. */
export const VIX = 0;
/** Place of log VVIX. */
export const VVIX: number = VIX + TENORS;
/** Place of the log theta of the first pillar. */
export const THETA: number = VVIX + 1;
/** Place of eta. */
export const ETA: number = THETA + PILLARS;
/** Place of the bill rate. */
export const BILL: number = ETA + 1;
/** Place of the dividend yield. */
export const DIVIDEND: number = BILL + 1;
/** Number of levels of a state. */
export const LEVELS: number = DIVIDEND + 1;

/** Place of the opening in a session's bar; the bar holds logs over the close before. */
export const OPEN = 0;
/** Place of the high. */
export const HIGH = 1;
/** Place of the low. */
export const LOW = 2;
/** Place of the AM settlement value. */
export const SETTLEMENT = 3;
/** Place of the close: the log return of the session. */
export const CLOSE = 4;
/** Number of values of a bar. */
export const BAR = 5;

/** Sessions with a complete state that a window must hold: two years. */
export const MIN_STATES = 504;

/**
 * The joint states of the market on consecutive sessions of history, ready to be put together
 * anew. Row r is the r-th session of the window; NaN means "no data".
 */
export interface DailyStates {
  readonly count: number;
  /** SPX of the session. Shape: [row][BAR]. Unit: log over the close before. */
  readonly bars: Float64Array;
  /** Shape: [row][LEVELS]. Units: log VIX points, log VVIX points, log theta, eta, rates a year. */
  readonly levels: Float64Array;
  /** High and low of VIX, log over its close. Shape: [row][2]. */
  readonly vixRange: Float64Array;
  /** Rows that are complete and whose next row is complete: where a block may come from. */
  readonly sources: Int32Array;
  /** 1 for the rows of `sources`. */
  readonly isSource: Uint8Array;
  readonly minEta: number;
  readonly maxEta: number;
}

/** A calibration window with too few sessions for the model. */
export interface WindowTooShort {
  readonly kind: 'window-too-short';
  readonly need: number;
  readonly have: number;
}

/** A window to which a law of the model cannot be fitted. */
export interface NoFit {
  readonly kind: 'no-fit';
  readonly law: string;
}

/** Why there is no path model. */
export type PathModelError = WindowTooShort | NoFit;

/**
 * States of the sessions from `path.start` on.
 *
 * Errors: `window-too-short` with fewer than `MIN_STATES` rows whose state and next state are
 * complete (SPX bar, VIX, VX curve, VVIX, surface and rates known).
 */
export function dailyStates(path: MarketPath): Result<DailyStates, WindowTooShort> {
  const count = path.length - path.start;
  const bars = new Float64Array(count * BAR);
  const levels = new Float64Array(count * LEVELS);
  const vixRange = new Float64Array(count * 2);
  const snapshot = createSnapshot();
  let minEta = Number.POSITIVE_INFINITY;
  let maxEta = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row += 1) {
    const i = path.start + row;
    fillBar(path, i, bars.subarray(row * BAR, (row + 1) * BAR));
    loadClose(path, i, snapshot);
    fillLevels(snapshot, levels.subarray(row * LEVELS, (row + 1) * LEVELS));
    vixRange[2 * row] = Math.log(at(path.vixHigh, i) / snapshot.vix);
    vixRange[2 * row + 1] = Math.log(at(path.vixLow, i) / snapshot.vix);
    // NaN fails both comparisons, so that a day without data bounds nothing.
    if (snapshot.eta < minEta) minEta = snapshot.eta;
    if (snapshot.eta > maxEta) maxEta = snapshot.eta;
  }
  const isSource = sourceRows(bars, levels, vixRange);
  const sources = Int32Array.from(isSource.keys()).filter((row) => isSource[row] === 1);
  if (sources.length < MIN_STATES) {
    return err({ kind: 'window-too-short', need: MIN_STATES, have: sources.length });
  }
  return ok({
    count,
    bars,
    levels,
    vixRange,
    sources,
    isSource,
    minEta,
    maxEta,
  });
}

function fillBar(path: MarketPath, i: number, out: Float64Array): void {
  const before = at(path.spxClose, i - 1);
  out[OPEN] = Math.log(at(path.spxOpen, i) / before);
  out[HIGH] = Math.log(at(path.spxHigh, i) / before);
  out[LOW] = Math.log(at(path.spxLow, i) / before);
  out[SETTLEMENT] = Math.log(at(path.spxSettlement, i) / before);
  out[CLOSE] = Math.log(at(path.spxClose, i) / before);
}

function fillLevels(snapshot: MarketSnapshot, out: Float64Array): void {
  out[VIX] = Math.log(snapshot.vix);
  for (let tenor = 1; tenor < TENORS; tenor += 1) {
    out[tenor] = Math.log(vxPrice(snapshot, snapshot.day + tenor * TENOR_STEP));
  }
  out[VVIX] = Math.log(snapshot.vvix);
  for (let pillar = 0; pillar < PILLARS; pillar += 1) {
    out[THETA + pillar] = Math.log(snapshot.theta[pillar] ?? Number.NaN);
  }
  out[ETA] = snapshot.eta;
  out[BILL] = snapshot.billRate;
  out[DIVIDEND] = snapshot.dividendYield;
}

/** Rows that are complete and followed by a complete one. */
function sourceRows(bars: Float64Array, levels: Float64Array, vixRange: Float64Array): Uint8Array {
  const count = bars.length / BAR;
  const complete = new Uint8Array(count).map((_unused, row) => {
    const known =
      allFinite(bars.subarray(row * BAR, (row + 1) * BAR)) &&
      allFinite(levels.subarray(row * LEVELS, (row + 1) * LEVELS)) &&
      allFinite(vixRange.subarray(2 * row, 2 * row + 2));
    return known ? 1 : 0;
  });
  return complete.map((known, row) => (known === 1 && complete[row + 1] === 1 ? 1 : 0));
}

function allFinite(values: Float64Array): boolean {
  return values.every((value) => Number.isFinite(value));
}

function at(column: Float64Array, i: number): number {
  return column[i] ?? Number.NaN;
}
