import { normalInverse } from '../math/normal.ts';
import type { MarketPath } from '../market/market-path.ts';
import { LV2JH_PARAMETERS } from './lv2jh-parameters.ts';
import type { Lv2jhParameters } from './lv2jh-parameters.ts';
import type { Lv2jhState } from './lv2jh-state.ts';

/** SPX at the close before the first session of a path, index points. */
export const START_SPX = 5000;

/** Uniforms of the bar of a session, by place. */
const OVERNIGHT = 7;
const HIGH = 8;
const LOW = 9;

/**
 * Writes SPX and VIX of session i: open, extremes, close, SPX settlement value (the open).
 *
 * The overnight return is a Brownian bridge on the return of the session; high and low each have
 * the exact law of a Brownian bridge from open to close, but are drawn independently of each other.
 * VIX opens on the same bridge, its extremes are VIX at the extremes of SPX by the daily slope.
 *
 * Source: maximum of a Brownian bridge, e.g. Karatzas and Shreve (1991), problem 2.8.
 */
export function writeBar(
  path: MarketPath,
  i: number,
  state: Lv2jhState,
  draws: Float64Array,
  p: Lv2jhParameters,
): void {
  const share = p.overnightShare;
  const vol = state.sessionVol;
  const bridge = Math.sqrt(share * (1 - share)) * vol;
  const overnight =
    share * state.logReturn + bridge * normalInverse(draws[OVERNIGHT] ?? Number.NaN);
  const intraday = state.logReturn - overnight;
  const square = intraday * intraday;
  const spread = 2 * (1 - share) * vol * vol;
  const high = 0.5 * (intraday + Math.sqrt(square - spread * Math.log(draws[HIGH] ?? Number.NaN)));
  const low = 0.5 * (intraday - Math.sqrt(square - spread * Math.log(draws[LOW] ?? Number.NaN)));
  const close = Math.exp(state.logSpx);
  const open = close * Math.exp(-intraday);
  path.spxClose[i] = close;
  path.spxOpen[i] = open;
  path.spxSettlement[i] = open;
  // Rounding must not leave the open or the close outside the range.
  path.spxHigh[i] = Math.max(open, close, open * Math.exp(high));
  path.spxLow[i] = Math.min(open, close, open * Math.exp(low));
  const change = Math.log(state.vix / state.priorVix);
  const vixOpen =
    state.priorVix * Math.exp(share * change + p.vixSlope * (overnight - share * state.logReturn));
  path.vixClose[i] = state.vix;
  path.vixHigh[i] = Math.max(
    vixOpen,
    state.vix,
    state.vix * Math.exp(p.vixSlope * (low - intraday)),
  );
  path.vixLow[i] = Math.min(
    vixOpen,
    state.vix,
    state.vix * Math.exp(p.vixSlope * (high - intraday)),
  );
  path.vixSettlement[i] = vixOpen;
}

/**
 * VIX at the opening of a session whose bar is written already, from the change of ln VIX over the
 * session and the close of SPX before it: the same bridge as `writeBar`, kept within the day's range.
 */
export function openingVix(path: MarketPath, i: number, change: number, spxBefore: number): number {
  const { overnightShare: share, vixSlope } = LV2JH_PARAMETERS;
  const overnight = Math.log((path.spxOpen[i] ?? Number.NaN) / spxBefore);
  const whole = Math.log((path.spxClose[i] ?? Number.NaN) / spxBefore);
  const opening = (share - 1) * change + vixSlope * (overnight - share * whole);
  const vix = (path.vixClose[i] ?? Number.NaN) * Math.exp(opening);
  return Math.min(path.vixHigh[i] ?? Number.NaN, Math.max(path.vixLow[i] ?? Number.NaN, vix));
}

/** VIX settlement value of a final settlement day from the VIX opening written by `writeBar`. */
export function noisySettlement(vixOpen: number, noise: number, uniform: number): number {
  return vixOpen * Math.exp(noise * normalInverse(uniform) - 0.5 * noise * noise);
}
