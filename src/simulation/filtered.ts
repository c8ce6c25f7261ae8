import { invariant } from '../core/invariant.ts';
import { createRandomStream } from '../math/philox.ts';
import type { RandomStream } from '../math/philox.ts';
import { PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { fillPillars } from '../volatility/surface-pillars.ts';
import { ewmaLogVix, panelRegressionVx } from '../volatility/vx-panel-regression.ts';
import { BAR, HIGH, LEVELS, LOW, OPEN, SETTLEMENT, VIX } from './daily-states.ts';
import { FAST_HALF_LIFE, nextLogVix, SLOW_HALF_LIFE, vixRegressors } from './filtered-states.ts';
import type { FilteredStates } from './filtered-states.ts';
import { nextVariance } from './gjr-garch.ts';
import { LV2JH_PARAMETERS } from './lv2jh-parameters.ts';
import { SESSION_YEARS } from './lv2jh-state.ts';
import type { PathModel, PathOptions } from './path-model.ts';
import { PATH_MODEL_NAMES } from './path-spec.ts';
import { SESSION_DRAWS, START_DRAW, startSides, writeSides } from './side-inputs.ts';
import { openingVix, START_SPX } from './simulated-bars.ts';
import {
  emptySimulatedPath,
  relabelled,
  SIMULATED_NODES,
  SIMULATED_START,
  simulatedCalendar,
  tradedSessions,
  WARM_UP_SESSIONS,
} from './simulated-calendar.ts';
import type { SimulatedCalendar } from './simulated-calendar.ts';

/** The uniform that draws the session's residuals. */
const WHICH = 0;

interface Workspace {
  readonly history: FilteredStates;
  readonly calendar: SimulatedCalendar;
  readonly draws: Float64Array;
  readonly theta: Float64Array;
  readonly state: FilteredState;
}

/** State of a path; a reused block. */
interface FilteredState {
  /** Variance foreseen for the next session, percent squared. */
  variance: number;
  logVix: number;
  /** Averages of ln VIX. */
  fast: number;
  slow: number;
  close: number;
}

/**
 * Filtered historical simulation: GJR-GARCH variance, driven by standardised residuals of history
 * drawn at random together with what the same day left of VIX. The recorded bar of the day is
 * stretched to the simulated volatility. VVIX follows VIX, the VX curve and the other pillars follow
 * VIX and its averages by the regressions that stand in for missing history; eta and rates are the
 * means of the window. Breadth, macro scores, FOMC days and the noise of the VIX settlement are those
 * of LV2J-H.
 *
 * Source: Barone-Adesi, Giannopoulos, Vosper (1999), Journal of Futures Markets 19.
 */
export function createFiltered(history: FilteredStates, options: PathOptions): PathModel {
  const { startDay = SIMULATED_START, warmUp = WARM_UP_SESSIONS } = options;
  const calendar = simulatedCalendar(tradedSessions(options.years), startDay, warmUp);
  const space: Workspace = {
    history,
    calendar,
    draws: new Float64Array(SESSION_DRAWS),
    theta: new Float64Array(PILLARS),
    state: {
      variance: Number.NaN,
      logVix: Number.NaN,
      fast: Number.NaN,
      slow: Number.NaN,
      close: Number.NaN,
    },
  };
  const name = PATH_MODEL_NAMES.gjr;
  return {
    name,
    paths: Number.POSITIVE_INFINITY,
    generate: (seed, index, into) => {
      const label = `simulated ${name}, seed ${seed}, path ${index}`;
      invariant(into === undefined || into.day === calendar.day, '`into` is of the same model');
      const path = relabelled(into ?? emptyPath(history, calendar, label), label);
      fillPath(path, createRandomStream(seed), index, space);
      return path;
    },
  };
}

function emptyPath(
  { eta, billRate, dividendYield }: FilteredStates,
  calendar: SimulatedCalendar,
  label: string,
): MarketPath {
  const path = emptySimulatedPath(calendar, LV2JH_PARAMETERS, label);
  path.eta.fill(eta);
  path.billRate.fill(billRate);
  path.dividendYield.fill(dividendYield);
  return path;
}

function fillPath(path: MarketPath, stream: RandomStream, index: number, space: Workspace): void {
  const { history, calendar, draws, state } = space;
  const { rows } = history;
  const sides = startSides(stream, index);
  const session = { calendar, stream, index, step: 0, draws, standardReturn: Number.NaN };
  start(state, history, pick(rows, stream.uniform(index, 0, START_DRAW)));
  for (let i = 0; i < path.length; i += 1) {
    stream.fillUniforms(index, i, draws);
    const row = pick(rows, draws[WHICH] ?? Number.NaN);
    const foretold = Math.exp(state.logVix) * Math.sqrt(SESSION_YEARS);
    const percent = writeSession(path, i, row, space);
    writeCurves(path, i, space);
    session.step = i;
    session.standardReturn = percent / foretold;
    writeSides(path, i, session, LV2JH_PARAMETERS.settlementNoise, sides);
  }
}

/** Puts the state where history was at the close of a row. */
function start(state: FilteredState, history: FilteredStates, row: number): void {
  state.variance = history.variance[row + 1] ?? Number.NaN;
  state.logVix = history.states.levels[row * LEVELS + VIX] ?? Number.NaN;
  state.fast = history.fast[row] ?? Number.NaN;
  state.slow = history.slow[row] ?? Number.NaN;
  state.close = START_SPX;
}

function pick(rows: Int32Array, uniform: number): number {
  return rows[Math.floor(uniform * rows.length)] ?? 0;
}

/** Moves the state by a row's residuals and writes its bar; gives back the return in percent. */
function writeSession(
  path: MarketPath,
  i: number,
  row: number,
  { history, state }: Workspace,
): number {
  const { parameters: p, states, standard, vixLaw } = history;
  const z = history.residual[row] ?? Number.NaN;
  const sigma = Math.sqrt(state.variance);
  const shock = sigma * z;
  const percent = p.mu + shock;
  const before = state.close;
  // The same line through return and residual for the whole bar, so that its close is the return.
  const stretch = sigma / (Math.sqrt(history.variance[row] ?? Number.NaN) * standard.deviation);
  const shift = (p.mu * (1 - stretch) - (sigma * standard.mean) / standard.deviation) / 100;
  const price = (place: number): number =>
    before * Math.exp(stretch * (states.bars[row * BAR + place] ?? Number.NaN) + shift);
  const close = before * Math.exp(percent / 100);
  path.spxOpen[i] = price(OPEN);
  path.spxSettlement[i] = price(SETTLEMENT);
  path.spxClose[i] = close;
  // Rounding must not leave the close outside the range.
  path.spxHigh[i] = Math.max(close, price(HIGH));
  path.spxLow[i] = Math.min(close, price(LOW));
  state.variance = nextVariance(p, state.variance, shock);
  const priorLogVix = state.logVix;
  const law = nextLogVix(vixLaw, vixRegressors(state.variance, state, z));
  state.logVix = law + (history.vixRest[row] ?? Number.NaN);
  state.close = close;
  const vix = Math.exp(state.logVix);
  path.vixClose[i] = vix;
  path.vixHigh[i] = vix * Math.exp(states.vixRange[2 * row] ?? Number.NaN);
  path.vixLow[i] = vix * Math.exp(states.vixRange[2 * row + 1] ?? Number.NaN);
  path.vixSettlement[i] = openingVix(path, i, state.logVix - priorLogVix, before);
  return percent;
}

/** Writes surface, VX curve and VVIX of session i from VIX and its averages. */
function writeCurves(path: MarketPath, i: number, space: Workspace): void {
  const { history, state, theta, calendar } = space;
  const vix = Math.exp(state.logVix);
  state.fast = ewmaLogVix(state.fast, vix, FAST_HALF_LIFE);
  state.slow = ewmaLogVix(state.slow, vix, SLOW_HALF_LIFE);
  const unknown = Number.NaN;
  const levels = { vix9d: unknown, vix, vix3m: unknown, vix6m: unknown };
  fillPillars({ ...levels, ewma21: state.fast, ewma126: state.slow }, history.eta, theta);
  path.theta.set(theta, i * PILLARS);
  path.vvix[i] = Math.exp(history.vvixLaw[0] + history.vvixLaw[1] * state.logVix);
  const day = calendar.day[i] ?? Number.NaN;
  for (let node = 0; node < SIMULATED_NODES; node += 1) {
    const days = (calendar.expiry[i * SIMULATED_NODES + node] ?? Number.NaN) - day;
    path.vxSettle[i * VX_NODES + node] = panelRegressionVx(days, vix, state.fast, state.slow);
  }
}
