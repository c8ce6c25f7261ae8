import { normalCdf, normalInverse } from '../math/normal.ts';
import type { Lv2jhParameters } from './lv2jh-parameters.ts';
import { createSkewT, skewTQuantile } from './skew-t.ts';
import type { SkewT } from './skew-t.ts';
import { createStudentTable, studentQuantile } from './student-quantile.ts';
import type { StudentTable } from './student-quantile.ts';

/** Length of a session in years. */
export const SESSION_YEARS: number = 1 / 252;

const ROOT_SESSION = Math.sqrt(SESSION_YEARS);

/** The uniform of the return's innovation among a session's draws. */
export const INNOVATION = 0;
/** Uniforms of the other dynamics, by place. */
const X_SHOCK = 1;
const Y_SHOCK = 2;
const U_SHOCK = 3;
const JUMP = 4;
const RETURN_JUMP = 5;
const VOL_JUMP = 6;

/** Uniforms `advance` reads: the first of each session's draws. */
export const DYNAMIC_DRAWS = 7;

/** State of the physical dynamics; a reused block. */
export interface Lv2jhState {
  x: number;
  y: number;
  u: number;
  /** Jump intensity per year. */
  intensity: number;
  logSpx: number;
  /** VIX at the last close, points. */
  vix: number;
  /** Of the last session: log return, standardised return, VIX before. */
  logReturn: number;
  standardReturn: number;
  priorVix: number;
  /** Standard deviation of the session's return without jumps. */
  sessionVol: number;
  /** Whether the last session had a jump. */
  jumped: boolean;
}

/** What `advance` needs and the parameters imply; computed once per model. */
export interface Lv2jhLaws {
  readonly p: Lv2jhParameters;
  readonly innovation: SkewT;
  readonly shock: StudentTable;
  /** Mean of the positive part of the scaled innovation; the negative part has minus that. */
  readonly half: number;
  readonly intensityDecay: number;
  readonly excitation: number;
  /** Standard deviation of the slow factor's law before it is cut at its floor. */
  readonly slowDeviation: number;
}

/** Laws of a parameter set. */
export function createLv2jhLaws(p: Lv2jhParameters): Lv2jhLaws {
  const innovation = createSkewT(p.innovation.shape, p.innovation.skew);
  const intensityDecay = Math.exp(-1 / p.jump.decaySessions);
  // Variance of one session's change of y; the two halves of the innovation load almost equally.
  const load = 0.5 * (p.y.down + p.y.up) * p.innovation.scale;
  const jumps = 2 * p.jump.mean * SESSION_YEARS * p.y.jump * p.y.jump;
  const session = load * load + p.y.shock * p.y.shock + jumps;
  return {
    p,
    innovation,
    shock: createStudentTable(p.shockShape),
    half: p.innovation.scale * innovation.meanPositive,
    intensityDecay,
    excitation: (p.jump.excitation / SESSION_YEARS) * (1 - intensityDecay),
    slowDeviation: Math.sqrt(session / (2 * p.y.speed * SESSION_YEARS)),
  };
}

/** A state to be set by `drawStart`. */
export function createLv2jhState(): Lv2jhState {
  return {
    x: Number.NaN,
    y: Number.NaN,
    u: Number.NaN,
    intensity: Number.NaN,
    logSpx: Number.NaN,
    vix: Number.NaN,
    logReturn: Number.NaN,
    standardReturn: Number.NaN,
    priorVix: Number.NaN,
    sessionVol: Number.NaN,
    jumped: false,
  };
}

/**
 * Sets a state near the stationary law: the slow factor from a normal cut at its floor (the law of
 * a reflected Ornstein-Uhlenbeck process), the others at rest. A year of silent sessions does the
 * rest: it leaves nothing of x and u, and three quarters of y's start is drawn from its own law.
 */
export function drawStart(state: Lv2jhState, laws: Lv2jhLaws, uniform: number): void {
  const { p, slowDeviation } = laws;
  const below = normalCdf((p.y.floor - p.y.mean) / slowDeviation);
  state.x = p.x.mean;
  state.y = p.y.mean + slowDeviation * normalInverse(below + (1 - below) * uniform);
  state.u = 0;
  state.intensity = p.jump.mean;
  state.logSpx = 0;
  state.vix = Math.exp(p.level + state.x + state.y);
}

/**
 * Moves a state one session on; `draws` holds the session's uniforms. The return uses VIX of the
 * close before.
 *
 * @param tilt How many times as often a jump comes as the law says; what it does is unchanged.
 *
 * Source: log-VIX with central tendency, Mencia and Sentana (2013); joint upward jumps of VIX,
 * Park (2015); self-excitation, Hawkes (1971).
 */
export function advance(state: Lv2jhState, draws: Float64Array, laws: Lv2jhLaws, tilt = 1): void {
  const { p, half } = laws;
  const v = state.vix;
  const innovation =
    p.innovation.scale * skewTQuantile(laws.innovation, draws[INNOVATION] ?? Number.NaN);
  const down = Math.min(innovation, 0) + half;
  const up = Math.max(innovation, 0) - half;
  const rate = state.intensity * SESSION_YEARS;
  const jumped = (draws[JUMP] ?? Number.NaN) < rate * tilt;
  state.jumped = jumped;
  let excess = -p.jump.mean * SESSION_YEARS;
  let fall = 0;
  if (jumped) {
    excess -= Math.log(draws[VOL_JUMP] ?? Number.NaN) * Math.min(1, p.jump.damping / v);
    fall = -Math.log(draws[RETURN_JUMP] ?? Number.NaN);
  }
  const foretold = (v / 100) * ROOT_SESSION;
  state.standardReturn = innovation + p.jump.returnSize * (rate - fall);
  state.sessionVol = p.innovation.scale * foretold;
  state.logReturn =
    p.drift * SESSION_YEARS * (v / p.driftVix) +
    foretold * state.standardReturn -
    0.5 * (p.standardScale * foretold) ** 2;
  state.logSpx += state.logReturn;
  state.priorVix = v;
  moveFactors(state, draws, laws, { down, up, excess });
  state.intensity = p.jump.rest + (state.intensity - p.jump.rest) * laws.intensityDecay;
  if (jumped) state.intensity += laws.excitation;
  state.vix = Math.exp(p.level + state.x + state.y + state.u);
}

interface Impulse {
  /** Negative and positive part of the innovation less their means. */
  readonly down: number;
  readonly up: number;
  /** Jump of VIX less its mean. */
  readonly excess: number;
}

function moveFactors(
  state: Lv2jhState,
  draws: Float64Array,
  laws: Lv2jhLaws,
  impulse: Impulse,
): void {
  const { x, y, u } = laws.p;
  const { down, up, excess } = impulse;
  const gapX = state.x - x.mean;
  const pullX = x.speed * (1 + x.convexity * Math.max(gapX, 0)) * gapX * SESSION_YEARS;
  const shockX = x.shock * studentQuantile(laws.shock, draws[X_SHOCK] ?? Number.NaN);
  state.x += x.down * down + x.up * up + shockX + x.jump * excess - pullX;
  const pullY = y.speed * (state.y - y.mean) * SESSION_YEARS;
  const shockY = y.shock * studentQuantile(laws.shock, draws[Y_SHOCK] ?? Number.NaN);
  state.y += y.down * down + y.up * up + shockY + y.jump * excess - pullY;
  if (state.y < y.floor) state.y = 2 * y.floor - state.y;
  const shockU = u.shock * studentQuantile(laws.shock, draws[U_SHOCK] ?? Number.NaN);
  state.u = u.persistence * state.u + u.down * down + u.up * up + shockU + u.jump * excess;
}

/**
 * Moves VIX a share of the way to a level, half through the fast and half through the slow factor;
 * what the slow one cannot take below its floor, the fast one does. NaN passes through.
 */
export function pullVix(state: Lv2jhState, laws: Lv2jhLaws, level: number, share: number): void {
  const { p } = laws;
  const step = share * Math.log(level / state.vix);
  const y = Math.max(p.y.floor, state.y + step / 2);
  state.x += step - (y - state.y);
  state.y = y;
  state.vix = Math.exp(p.level + state.x + state.y + state.u);
}
