import { normalInverse } from '../math/normal.ts';
import type { RandomStream } from '../math/philox.ts';
import type { MarketPath } from '../market/market-path.ts';
import { noisySettlement } from './simulated-bars.ts';
import type { SimulatedCalendar } from './simulated-calendar.ts';

/** Uniforms a model draws every session: dynamics, bar and breadth. */
export const SESSION_DRAWS = 12;
/** Places of the uniforms drawn only in the sessions that need them. */
const SETTLEMENT = 12;
const REER = 13;
const RATES = 14;
/** Place of the uniform that a path starts from. */
export const START_DRAW = 15;

/** Uniforms of the breadth of a session, by place. */
const BREADTH = 10;
const SHARE_ABOVE = 11;

/** Sessions of the average that `aboveFiftyDay` looks at. */
const AVERAGE_SESSIONS = 50;

/**
 * Net advances on the standardised SPX return: issues at rest and per unit, standard deviation and
 * persistence of the rest. Correlation with the return 0.85.
 *
 * Source: least squares on NYSE advances less declines and SPX over VIX, 1990 … 2015-11.
 */
const NET_ADVANCES = { rest: 34, slope: 1014, deviation: 508, persistence: 0.1 } as const;

/**
 * Log odds of a stock above its 50-day average on the index's distance from its own, in units of
 * VIX / 100; standard deviation and persistence of the rest.
 *
 * Source: least squares on shares of S&P 100 stocks above the average, 2005-03 … 2024-06.
 */
const LOG_ODDS = { slope: 6.38, deviation: 0.54, persistence: 0.88 } as const;

/** Monthly persistence of the macro scores: 12-month changes overlap. Source: BIS REER, 0.95. */
const MACRO_PERSISTENCE = 0.95;

/** Memory of the breadth of a path; a reused block. */
export interface BreadthState {
  line: number;
  rest: number;
  oddsRest: number;
  /** Sum of the last 50 closes. */
  closes: number;
}

/** Breadth at rest, for the first session of a path. */
export function createBreadthState(): BreadthState {
  return { line: 0, rest: 0, oddsRest: 0, closes: 0 };
}

/**
 * Writes breadth of session i where it becomes known, in session i + 1: the advance-decline line
 * and the share of stocks above their 50-day average (NaN until 50 closes are there).
 */
export function writeBreadth(
  path: MarketPath,
  i: number,
  standardReturn: number,
  draws: Float64Array,
  state: BreadthState,
): void {
  const { rest, slope, deviation, persistence } = NET_ADVANCES;
  state.rest =
    persistence * state.rest +
    deviation *
      Math.sqrt(1 - persistence * persistence) *
      normalInverse(draws[BREADTH] ?? Number.NaN);
  state.line += Math.round(rest + slope * standardReturn + state.rest);
  state.oddsRest =
    LOG_ODDS.persistence * state.oddsRest +
    LOG_ODDS.deviation *
      Math.sqrt(1 - LOG_ODDS.persistence * LOG_ODDS.persistence) *
      normalInverse(draws[SHARE_ABOVE] ?? Number.NaN);
  const close = path.spxClose[i] ?? Number.NaN;
  state.closes += close;
  if (i >= AVERAGE_SESSIONS) state.closes -= path.spxClose[i - AVERAGE_SESSIONS] ?? Number.NaN;
  if (i === 0) {
    path.advanceDeclineLine[0] = 0;
    path.aboveFiftyDay[0] = Number.NaN;
  }
  if (i + 1 === path.length) return;
  path.advanceDeclineLine[i + 1] = state.line;
  const distance = (close * AVERAGE_SESSIONS) / state.closes - 1;
  const odds = (100 * LOG_ODDS.slope * distance) / (path.vixClose[i] ?? Number.NaN);
  path.aboveFiftyDay[i + 1] =
    i + 1 < AVERAGE_SESSIONS ? Number.NaN : 100 / (1 + Math.exp(-odds - state.oddsRest));
}

/** The macro z-score that follows another a month later: AR(1), stationary variance 1. */
export function nextMacroScore(before: number, uniform: number): number {
  const rest = Math.sqrt(1 - MACRO_PERSISTENCE * MACRO_PERSISTENCE);
  return MACRO_PERSISTENCE * before + rest * normalInverse(uniform);
}

/** What the side inputs of a path remember from session to session. */
export interface SideState {
  readonly breadth: BreadthState;
  reer: number;
  rates: number;
}

/** Side inputs at the first session of a path. */
export function startSides(stream: RandomStream, index: number): SideState {
  return {
    breadth: createBreadthState(),
    reer: normalInverse(stream.uniform(index, 0, REER)),
    rates: normalInverse(stream.uniform(index, 0, RATES)),
  };
}

/** A session of a path and the uniforms that belong to it; a block reused over the path. */
export interface DrawnSession {
  readonly calendar: SimulatedCalendar;
  readonly stream: RandomStream;
  /** Address of the session's uniforms. */
  readonly index: number;
  step: number;
  readonly draws: Float64Array;
  /** SPX return over the daily standard deviation that VIX foretold. */
  standardReturn: number;
}

/**
 * Writes what goes along with SPX and VIX of session i: the VIX settlement value (the VIX opening
 * written before, with noise, on final settlement days; NaN on others), breadth and macro scores.
 */
export function writeSides(
  path: MarketPath,
  i: number,
  session: DrawnSession,
  settlementNoise: number,
  state: SideState,
): void {
  const { calendar, stream, index, step } = session;
  path.vixSettlement[i] =
    calendar.settles[i] === 1
      ? noisySettlement(
          path.vixSettlement[i] ?? Number.NaN,
          settlementNoise,
          stream.uniform(index, step, SETTLEMENT),
        )
      : Number.NaN;
  writeBreadth(path, i, session.standardReturn, session.draws, state.breadth);
  if (calendar.macroIsNew[i] === 1) {
    state.reer = nextMacroScore(state.reer, stream.uniform(index, step, REER));
    state.rates = nextMacroScore(state.rates, stream.uniform(index, step, RATES));
  }
  path.reerChangeZ[i] = state.reer;
  path.rateDifferentialZ[i] = state.rates;
}
