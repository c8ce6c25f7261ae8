import { normalInverse } from '../math/normal.ts';
import { createRandomStream } from '../math/philox.ts';
import { PILLAR_DAYS, PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { etaFromSkew, pillarTheta } from '../volatility/ssvi-surface.ts';
import { twoFactorLogMean, twoFactorTermVix } from '../volatility/two-factor-curve.ts';
import { LV2JH_PARAMETERS } from './lv2jh-parameters.ts';
import type { Lv2jhParameters } from './lv2jh-parameters.ts';
import type { PathModel } from './path-model.ts';
import { emptySimulatedPath, SIMULATED_NODES, simulatedCalendar } from './simulated-calendar.ts';
import type { SimulatedCalendar } from './simulated-calendar.ts';
import { createSkewT, drawSkewT, drawStudent } from './skew-t.ts';
import type { SkewT } from './skew-t.ts';
import { writeBreadth, writeMacro } from './side-inputs.ts';

const SESSION_YEARS = 1 / 252;
/** Silent sessions before the warm-up, so that paths begin in a random regime. */
const BURN_IN = 500;
const START_SPX = 5000;

/** Uniforms of one session by use. */
const DRAWS = 20;
const SIDE = 0;
const RADIUS = 1;
const ANGLE = 2;
const X_SHOCK = 3;
const Y_SHOCK = 5;
const U_SHOCK = 7;
const JUMP = 9;
const RETURN_JUMP = 10;
const VOL_JUMP = 11;
const OVERNIGHT = 12;
const HIGH = 13;
const LOW = 14;
const SETTLEMENT = 15;
const BREADTH = 16;
const REER = 17;
const RATES = 18;

/** Log standard deviation of the VIX settlement value around the estimated open. */
const SETTLEMENT_NOISE = 0.025;

/** What a model is asked for. */
export interface Lv2jhOptions {
  /** Trading years of 252 sessions after the warm-up. */
  readonly years: number;
  readonly parameters?: Lv2jhParameters;
}

/** State of the physical dynamics. */
interface State {
  x: number;
  y: number;
  u: number;
  /** Jump intensity per year. */
  intensity: number;
  logSpx: number;
  /** VIX at the last close, points; log return of the session and its overnight part. */
  vix: number;
  logReturn: number;
  overnight: number;
  dailyVol: number;
}

/**
 * LV2J-H: a two-factor log-VIX with a transient and self-exciting joint jumps under the physical
 * measure, and its closed-form VX curve. Draws are addressed by (seed, path, session, use), so a
 * path does not depend on which others are generated, where, or in which order.
 *
 * Source: log-VIX with central tendency, Mencia and Sentana (2013); upward jumps, Park (2015).
 */
export function createLv2jh(options: Lv2jhOptions): PathModel {
  const p = options.parameters ?? LV2JH_PARAMETERS;
  const calendar = simulatedCalendar(options.years);
  const law = createSkewT(p.innovation.shape, p.innovation.skew);
  const curve = curveTable(calendar, p);
  const uniforms = new Float64Array(DRAWS);
  return {
    name: 'LV2J-H',
    generate: (seed, index, into) => {
      const path = into ?? emptySimulatedPath(calendar, 'simulated LV2J-H');
      const stream = createRandomStream(seed);
      const state = restingState(p);
      for (let step = 0; step < BURN_IN; step += 1) {
        stream.fillUniforms(index, step, uniforms);
        advance(state, uniforms, law, p);
      }
      state.logSpx = Math.log(START_SPX);
      for (let i = 0; i < path.length; i += 1) {
        const before = { vix: state.vix, logSpx: state.logSpx };
        stream.fillUniforms(index, BURN_IN + i, uniforms);
        advance(state, uniforms, law, p);
        writeBars(path, i, { state, before, uniforms, settles: calendar.settles[i] === 1, p });
        writeSurface(path, i, state, p);
        writeCurve(path, i, state, curve);
        writeBreadth(path, i, state.logReturn / state.dailyVol, uniforms[BREADTH] ?? Number.NaN);
        writeMacro(path, i, uniforms[REER] ?? Number.NaN, uniforms[RATES] ?? Number.NaN);
      }
      return path;
    },
  };
}

function restingState(p: Lv2jhParameters): State {
  return {
    x: p.x.mean,
    y: p.y.mean,
    u: 0,
    intensity: p.jump.mean,
    logSpx: Math.log(START_SPX),
    vix: Math.exp(p.level + p.x.mean + p.y.mean),
    logReturn: 0,
    overnight: 0,
    dailyVol: 0.01,
  };
}

/** One session of the physical dynamics; the return uses VIX before the update. */
function advance(state: State, draws: Float64Array, law: SkewT, p: Lv2jhParameters): void {
  const draw = (use: number): number => draws[use] ?? Number.NaN;
  const v = state.vix;
  const innovation = p.innovation.scale * drawSkewT(law, draw(SIDE), draw(RADIUS), draw(ANGLE));
  const half = p.innovation.scale * law.meanPositive;
  const down = Math.min(innovation, 0) + half;
  const up = Math.max(innovation, 0) - half;
  const rate = state.intensity * SESSION_YEARS;
  const jumped = draw(JUMP) < rate;
  const meanJump = p.jump.mean * SESSION_YEARS;
  const volJump = jumped ? -Math.log(draw(VOL_JUMP)) * Math.min(1, p.jump.damping / v) : 0;
  const size = jumped ? -Math.log(draw(RETURN_JUMP)) : 0;
  const z = innovation + p.jump.returnSize * (rate - size);
  state.dailyVol = (v / 100) * Math.sqrt(SESSION_YEARS);
  state.logReturn =
    p.drift * SESSION_YEARS * (v / p.driftVix) +
    state.dailyVol * z -
    0.5 * (0.809 * state.dailyVol) ** 2;
  const share = p.overnightShare;
  const bridge = Math.sqrt(share * (1 - share)) * 0.8 * state.dailyVol;
  state.overnight = share * state.logReturn + bridge * normalInverse(draw(OVERNIGHT));
  state.logSpx += state.logReturn;
  const shock = (use: number): number => drawStudent(p.shockShape, draw(use), draw(use + 1));
  const gapX = state.x - p.x.mean;
  const pull = p.x.speed * (1 + p.x.convexity * Math.max(gapX, 0)) * gapX * SESSION_YEARS;
  const excess = volJump - meanJump;
  state.x += -pull + p.x.down * down + p.x.up * up + p.x.shock * shock(X_SHOCK) + p.x.jump * excess;
  const gapY = state.y - p.y.mean;
  state.y +=
    -p.y.speed * gapY * SESSION_YEARS +
    p.y.down * down +
    p.y.up * up +
    p.y.shock * shock(Y_SHOCK) +
    p.y.jump * excess;
  if (state.y < p.y.floor) state.y = 2 * p.y.floor - state.y;
  state.u =
    p.u.persistence * state.u +
    p.u.down * down +
    p.u.up * up +
    p.u.shock * shock(U_SHOCK) +
    p.u.jump * excess;
  const decay = Math.exp(-1 / p.jump.decaySessions);
  state.intensity = p.jump.rest + (state.intensity - p.jump.rest) * decay;
  if (jumped) state.intensity += (p.jump.excitation / SESSION_YEARS) * (1 - decay);
  state.vix = Math.exp(p.level + state.x + state.y + state.u);
}

interface BarView {
  readonly state: State;
  readonly before: { readonly vix: number; readonly logSpx: number };
  readonly uniforms: Float64Array;
  readonly settles: boolean;
  readonly p: Lv2jhParameters;
}

/**
 * Open, extremes and settlement values. The high and low are the exact laws of a Brownian bridge
 * from open to close, drawn independently of each other (they are weakly dependent in truth).
 */
function writeBars(path: MarketPath, i: number, view: BarView): void {
  const { state, before, uniforms, p } = view;
  const intraday = state.logReturn - state.overnight;
  const variance = (1 - p.overnightShare) * (0.8 * state.dailyVol) ** 2;
  const root = (use: number): number =>
    Math.sqrt(intraday * intraday - 2 * variance * Math.log(uniforms[use] ?? Number.NaN));
  const high = 0.5 * (intraday + root(HIGH));
  const low = 0.5 * (intraday - root(LOW));
  const logOpen = before.logSpx + state.overnight;
  path.spxOpen[i] = Math.exp(logOpen);
  path.spxClose[i] = Math.exp(state.logSpx);
  path.spxHigh[i] = Math.exp(logOpen + high);
  path.spxLow[i] = Math.exp(logOpen + low);
  path.spxSettlement[i] = path.spxOpen[i] ?? Number.NaN;
  path.vixClose[i] = state.vix;
  path.vixHigh[i] = state.vix * Math.exp(p.vixSlope * (low - intraday));
  path.vixLow[i] = state.vix * Math.exp(p.vixSlope * (high - intraday));
  const noise = SETTLEMENT_NOISE * normalInverse(uniforms[SETTLEMENT] ?? Number.NaN);
  path.vixSettlement[i] = view.settles
    ? before.vix * Math.exp(p.vixSlope * state.overnight + noise)
    : Number.NaN;
}

function writeSurface(path: MarketPath, i: number, state: State, p: Lv2jhParameters): void {
  const eta = etaFromSkew(p.skewIndex);
  const vix3m = termVix(state, p, 93);
  const vix6m = termVix(state, p, 184);
  const slope = Math.log(vix3m / state.vix) / Math.log(93 / 30);
  const vix9d = state.vix * Math.exp(slope * Math.log(9 / 30));
  const levels = [vix9d, state.vix, vix3m, vix6m];
  let floor = 0;
  for (let pillar = 0; pillar < PILLARS; pillar += 1) {
    const theta = pillarTheta(levels[pillar] ?? Number.NaN, PILLAR_DAYS[pillar] ?? 30, eta);
    floor = Math.max(floor, theta);
    path.theta[i * PILLARS + pillar] = floor;
  }
  path.eta[i] = eta;
  path.vvix[i] = p.vvix;
  path.billRate[i] = p.billRate;
  path.dividendYield[i] = p.dividendYield;
}

/** Index of a longer window: today's VIX for the first 30 days, forward variance for the rest. */
function termVix(state: State, p: Lv2jhParameters, days: number): number {
  const model = twoFactorTermVix(p.pricing, state.x, state.y, days);
  const front = Math.exp(p.level + state.x + state.y);
  return Math.sqrt(model * model + (30 * (state.vix * state.vix - front * front)) / days);
}

/** What the VX curve needs per node, computed once per model. */
interface CurveTable {
  readonly logMean: Float64Array;
  readonly decayX: Float64Array;
  readonly decayY: Float64Array;
  readonly decayU: Float64Array;
}

function curveTable(calendar: SimulatedCalendar, p: Lv2jhParameters): CurveTable {
  const size = calendar.expiry.length;
  const table: CurveTable = {
    logMean: new Float64Array(size),
    decayX: new Float64Array(size),
    decayY: new Float64Array(size),
    decayU: new Float64Array(size),
  };
  for (let node = 0; node < size; node += 1) {
    const session = Math.floor(node / SIMULATED_NODES);
    const days = (calendar.expiry[node] ?? 0) - (calendar.day[session] ?? 0);
    const years = days / 365;
    table.logMean[node] = twoFactorLogMean(p.pricing, years);
    table.decayX[node] = Math.exp(-p.pricing.kappa1 * years);
    table.decayY[node] = Math.exp(-p.pricing.kappa2 * years);
    table.decayU[node] = p.u.persistence ** ((days * 252) / 365);
  }
  return table;
}

function writeCurve(path: MarketPath, i: number, state: State, curve: CurveTable): void {
  for (let node = 0; node < SIMULATED_NODES; node += 1) {
    const at = i * SIMULATED_NODES + node;
    path.vxSettle[i * VX_NODES + node] = Math.exp(
      (curve.logMean[at] ?? Number.NaN) +
        (curve.decayX[at] ?? Number.NaN) * state.x +
        (curve.decayY[at] ?? Number.NaN) * state.y +
        (curve.decayU[at] ?? Number.NaN) * state.u,
    );
  }
}
