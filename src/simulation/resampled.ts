import { invariant } from '../core/invariant.ts';
import { createRandomStream } from '../math/philox.ts';
import type { RandomStream } from '../math/philox.ts';
import { PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { removeCalendarArbitrage } from '../volatility/surface-pillars.ts';
import {
  BAR,
  BILL,
  CLOSE,
  DIVIDEND,
  ETA,
  HIGH,
  LEVELS,
  LOW,
  OPEN,
  SETTLEMENT,
  TENOR_STEP,
  THETA,
  VIX,
  VVIX,
} from './daily-states.ts';
import type { DailyStates } from './daily-states.ts';
import { LV2JH_PARAMETERS } from './lv2jh-parameters.ts';
import { SESSION_YEARS } from './lv2jh-state.ts';
import { matchedStarts } from './matched-starts.ts';
import type { MatchedStarts } from './matched-starts.ts';
import type { PathModel, PathOptions } from './path-model.ts';
import { MEAN_BLOCK, PATH_MODEL_NAMES } from './path-spec.ts';
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

/** Uniforms of the join of a session, by place. */
const END = 0;
const WHERE = 1;
const ACCEPT = 2;

/**
 * Share of the distance from the history's level that a level loses per session. Blocks: a joined
 * level is half home after a week. Single days: the pull of ln VIX in 1990-2026, AR(1) of 0.98,
 * without which a sum of shuffled changes would wander off.
 */
const BLOCK_PULL = 0.1;
const SHUFFLE_PULL = 0.02;

/** What the paths of a model share, and the blocks they reuse. */
interface Workspace {
  readonly states: DailyStates;
  /** Undefined: any row may follow any. */
  readonly matches: MatchedStarts | undefined;
  /** Chance that a block ends at a session. */
  readonly endChance: number;
  readonly keep: number;
  readonly calendar: SimulatedCalendar;
  readonly draws: Float64Array;
  /** Levels of the path at its last session. Shape: [LEVELS]. */
  readonly levels: Float64Array;
  readonly theta: Float64Array;
}

/**
 * Stationary block bootstrap of the joint state of recorded sessions: SPX bar, VIX and VX curve,
 * VVIX, surface, rates.
 *
 * Rule: a block ends with chance 1 / meanBlock a session. The next one is drawn among the rows that
 * look like the last (`matchedStarts`: VIX and 184-day volatility within 5 %) and goes on from
 * there; it is taken with chance min(1, matches of the last / matches of the drawn), else the block
 * goes on. That keeps every row equally likely (Metropolis), up to the ends of the window. Within a
 * block every level moves as it did; over a join it keeps its place and then gives up a tenth of
 * its distance from the recorded level per session.
 *
 * SPX begins at 5000; breadth, macro scores, FOMC days and the noise of the VIX settlement are those
 * of LV2J-H.
 *
 * Domain: meanBlock >= 1. Source: Politis and Romano (1994); Metropolis and others (1953).
 */
export function createBootstrap(
  states: DailyStates,
  options: PathOptions & { readonly meanBlock?: number },
): PathModel {
  const { meanBlock = MEAN_BLOCK } = options;
  const space = {
    matches: matchedStarts(states),
    endChance: 1 / meanBlock,
    keep: 1 - BLOCK_PULL,
  };
  return resampledModel(PATH_MODEL_NAMES.bootstrap, states, options, space);
}

/**
 * The same states in random order, each session drawn alone with its joint changes: a control that
 * keeps the law of a day and breaks the clustering of volatility. Levels follow their shuffled
 * changes and lose 2 % of the distance from the drawn row's level per session.
 */
export function createShuffle(states: DailyStates, options: PathOptions): PathModel {
  const space = { matches: undefined, endChance: 1, keep: 1 - SHUFFLE_PULL };
  return resampledModel(PATH_MODEL_NAMES.iid, states, options, space);
}

function resampledModel(
  name: string,
  states: DailyStates,
  options: PathOptions,
  own: Pick<Workspace, 'matches' | 'endChance' | 'keep'>,
): PathModel {
  const { startDay = SIMULATED_START, warmUp = WARM_UP_SESSIONS } = options;
  const calendar = simulatedCalendar(tradedSessions(options.years), startDay, warmUp);
  const space: Workspace = {
    ...own,
    states,
    calendar,
    draws: new Float64Array(SESSION_DRAWS),
    levels: new Float64Array(LEVELS),
    theta: new Float64Array(PILLARS),
  };
  return {
    name,
    paths: Number.POSITIVE_INFINITY,
    generate: (seed, index, into) => {
      const label = `simulated ${name}, seed ${seed}, path ${index}`;
      // The calendar's own array tells a path of this model from any other.
      invariant(into === undefined || into.day === calendar.day, '`into` is of the same model');
      const path = relabelled(into ?? emptySimulatedPath(calendar, LV2JH_PARAMETERS, label), label);
      fillPath(path, createRandomStream(seed), index, space);
      return path;
    },
  };
}

function fillPath(path: MarketPath, stream: RandomStream, index: number, space: Workspace): void {
  const { states, calendar, draws, levels, keep } = space;
  const sides = startSides(stream, index);
  const session = { calendar, stream, index, step: 0, draws, standardReturn: Number.NaN };
  let row = pick(states.sources, stream.uniform(index, 0, START_DRAW));
  levels.set(states.levels.subarray(row * LEVELS, (row + 1) * LEVELS));
  let close = START_SPX;
  for (let i = 0; i < path.length; i += 1) {
    stream.fillUniforms(index, i, draws);
    const from = i === 0 ? row : sourceAfter(row, draws, space);
    const foretold = (Math.exp(levels[VIX] ?? Number.NaN) / 100) * Math.sqrt(SESSION_YEARS);
    row = from + 1;
    moveLevels(levels, states.levels, row, keep);
    close = writeRecordedBar(path, i, row, close, space);
    session.step = i;
    session.standardReturn = (states.bars[row * BAR + CLOSE] ?? Number.NaN) / foretold;
    writeLevels(path, i, space);
    writeSides(path, i, session, LV2JH_PARAMETERS.settlementNoise, sides);
  }
}

/** The row whose next session comes now: the last row itself, or one that looks like it. */
function sourceAfter(row: number, draws: Float64Array, space: Workspace): number {
  const { states, matches, endChance } = space;
  const ends = states.isSource[row] !== 1;
  if (!ends && !((draws[END] ?? Number.NaN) < endChance)) return row;
  const where = draws[WHERE] ?? Number.NaN;
  if (matches === undefined) return pick(states.sources, where);
  const { first, match } = matches;
  const own = match.subarray(first[row], first[row + 1]);
  // The end of the data may look like no other row: the block then begins anywhere.
  if (own.length === 0) return pick(states.sources, where);
  const drawn = pick(own, where);
  const others = (first[drawn + 1] ?? 0) - (first[drawn] ?? 0);
  const taken = (draws[ACCEPT] ?? Number.NaN) * others < own.length;
  return ends || taken ? drawn : row;
}

function pick(rows: Int32Array, uniform: number): number {
  return rows[Math.floor(uniform * rows.length)] ?? 0;
}

/** Moves every level by what it did from the row before to this one, less the pull. */
function moveLevels(levels: Float64Array, recorded: Float64Array, row: number, keep: number): void {
  const now = row * LEVELS;
  const before = now - LEVELS;
  for (let k = 0; k < LEVELS; k += 1) {
    const distance = (levels[k] ?? Number.NaN) - (recorded[before + k] ?? Number.NaN);
    levels[k] = (recorded[now + k] ?? Number.NaN) + keep * distance;
  }
}

/** Writes SPX and VIX of session i from a recorded row; gives back the close. */
function writeRecordedBar(
  path: MarketPath,
  i: number,
  row: number,
  before: number,
  { states, levels }: Workspace,
): number {
  const { bars, vixRange } = states;
  const bar = row * BAR;
  const log = (place: number): number => bars[bar + place] ?? Number.NaN;
  const close = before * Math.exp(log(CLOSE));
  path.spxOpen[i] = before * Math.exp(log(OPEN));
  path.spxHigh[i] = before * Math.exp(log(HIGH));
  path.spxLow[i] = before * Math.exp(log(LOW));
  path.spxSettlement[i] = before * Math.exp(log(SETTLEMENT));
  path.spxClose[i] = close;
  const vix = Math.exp(levels[VIX] ?? Number.NaN);
  path.vixClose[i] = vix;
  path.vixHigh[i] = vix * Math.exp(vixRange[2 * row] ?? Number.NaN);
  path.vixLow[i] = vix * Math.exp(vixRange[2 * row + 1] ?? Number.NaN);
  const change = i === 0 ? 0 : Math.log(vix / (path.vixClose[i - 1] ?? Number.NaN));
  path.vixSettlement[i] = openingVix(path, i, change, before);
  return close;
}

/** Writes surface, VX curve, VVIX and rates of session i. */
function writeLevels(path: MarketPath, i: number, space: Workspace): void {
  const { levels, theta, states, calendar } = space;
  path.vvix[i] = Math.exp(levels[VVIX] ?? Number.NaN);
  // Distances carried over joins must not leave the range in which the surface was seen.
  path.eta[i] = Math.min(states.maxEta, Math.max(states.minEta, levels[ETA] ?? Number.NaN));
  path.billRate[i] = levels[BILL] ?? Number.NaN;
  path.dividendYield[i] = levels[DIVIDEND] ?? Number.NaN;
  for (let pillar = 0; pillar < PILLARS; pillar += 1) {
    theta[pillar] = Math.exp(levels[THETA + pillar] ?? Number.NaN);
  }
  removeCalendarArbitrage(theta);
  path.theta.set(theta, i * PILLARS);
  const day = calendar.day[i] ?? Number.NaN;
  for (let node = 0; node < SIMULATED_NODES; node += 1) {
    const tenor = ((calendar.expiry[i * SIMULATED_NODES + node] ?? Number.NaN) - day) / TENOR_STEP;
    const below = Math.floor(tenor);
    const low = levels[below] ?? Number.NaN;
    const high = levels[below + 1] ?? Number.NaN;
    path.vxSettle[i * VX_NODES + node] = Math.exp(low + (tenor - below) * (high - low));
  }
}
