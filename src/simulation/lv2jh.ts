import { invariant } from '../core/invariant.ts';
import { createRandomStream } from '../math/philox.ts';
import type { RandomStream } from '../math/philox.ts';
import type { MarketPath } from '../market/market-path.ts';
import { LV2JH_PARAMETERS } from './lv2jh-parameters.ts';
import type { Lv2jhParameters } from './lv2jh-parameters.ts';
import {
  advance,
  createLv2jhLaws,
  createLv2jhState,
  drawStart,
  DYNAMIC_DRAWS,
  INNOVATION,
  pullVix,
  SESSION_YEARS,
} from './lv2jh-state.ts';
import type { Lv2jhLaws, Lv2jhState } from './lv2jh-state.ts';
import type { PathModel, PathOptions } from './path-model.ts';
import { PATH_MODEL_NAMES } from './path-spec.ts';
import { createRareLaws, drawByLaw, lawOfPath, rareWeight } from './rare-laws.ts';
import type { RareLaws, RareTilt } from './rare-laws.ts';
import { SESSION_DRAWS, START_DRAW, startSides, writeSides } from './side-inputs.ts';
import { START_SPX, writeBar } from './simulated-bars.ts';
import {
  emptySimulatedPath,
  relabelled,
  SIMULATED_START,
  simulatedCalendar,
  tradedSessions,
  WARM_UP_SESSIONS,
} from './simulated-calendar.ts';
import type { SimulatedCalendar } from './simulated-calendar.ts';
import { createCurveTables, writeCurve, writeSurface } from './simulated-surface.ts';
import type { CurveTables } from './simulated-surface.ts';

/** Silent sessions before the warm-up, which let the fast factors forget their start. */
const BURN_IN = 252;
const MIN_WARM_UP = 260;

/** What the LV2J-H model is asked for. */
export interface Lv2jhOptions extends PathOptions {
  /**
   * Draws paths of odd index by tilted laws; all paths carry weights that make up for it. Absent: no
   * path is tilted and none has a weight.
   */
  readonly tilt?: RareTilt;
  readonly parameters?: Lv2jhParameters;
}

/** Probability of a jump in a session above which its tilt is held back. */
const MOST_LIKELY = 0.5;

/** What the paths of a model share, and the blocks they reuse. */
interface Workspace {
  readonly p: Lv2jhParameters;
  readonly laws: Lv2jhLaws;
  readonly calendar: SimulatedCalendar;
  readonly tables: CurveTables;
  readonly state: Lv2jhState;
  readonly draws: Float64Array;
  readonly silentDraws: Float64Array;
  /** VIX at the last close before trading; NaN = whatever comes. */
  readonly startVix: number;
  /** Tilted laws of every second path; undefined = every path by the plain one. */
  readonly rare: RareLaws | undefined;
}

/**
 * LV2J-H: a two-factor log-VIX with a transient and self-exciting joint jumps under the physical
 * measure, and its closed-form VX curve. Draws are addressed by (seed, path, session, use), so a
 * path does not depend on which others are generated, where, or in which order.
 *
 * Constant in all sessions: bill rate, dividend yield, VVIX, SKEW (hence eta). Breadth and macro
 * scores follow simple laws of their own; FOMC days a fixed pattern.
 *
 * Domain: years x 252 sessions at least 1, warmUp an integer >= 260.
 * Source: see `LV2JH_PARAMETERS`, `advance`, `writeBar`, `writeSurface`.
 */
export function createLv2jh(options: Lv2jhOptions): PathModel {
  const { startDay = SIMULATED_START, warmUp = WARM_UP_SESSIONS, startState } = options;
  const sessions = tradedSessions(options.years);
  invariant(warmUp >= MIN_WARM_UP, `warmUp must be >= 260, was ${warmUp} (sessions)`);
  const p = options.parameters ?? LV2JH_PARAMETERS;
  const calendar = simulatedCalendar(sessions, startDay, warmUp);
  const space: Workspace = {
    p,
    laws: createLv2jhLaws(p),
    calendar,
    tables: createCurveTables(calendar, p),
    state: createLv2jhState(),
    draws: new Float64Array(SESSION_DRAWS),
    silentDraws: new Float64Array(DYNAMIC_DRAWS),
    startVix: typeof startState === 'number' ? startState : Number.NaN,
    rare: options.tilt === undefined ? undefined : createRareLaws(options.tilt, sessions),
  };
  return {
    name: PATH_MODEL_NAMES.lv2jh,
    paths: Number.POSITIVE_INFINITY,
    generate: (seed, index, into) => {
      const label = `simulated LV2J-H, seed ${seed}, path ${index}`;
      // The calendar's own array tells a path of this model from any other.
      invariant(into === undefined || into.day === calendar.day, '`into` is of the same model');
      const path = relabelled(into ?? emptySimulatedPath(calendar, p, label), label);
      const weight = fillPath(path, createRandomStream(seed), index, space);
      return options.tilt === undefined ? path : { ...path, weight };
    },
  };
}

/** Fills a path and gives its weight among paths of which every second one is tilted. */
function fillPath(path: MarketPath, stream: RandomStream, index: number, space: Workspace): number {
  const { state, laws, draws, tables, calendar, p } = space;
  const { rare } = space;
  const law = rare === undefined ? undefined : lawOfPath(rare, index);
  const sums = new Float64Array(rare?.spans.length ?? 0);
  let jumpRatio = 0;
  runSilently(stream, index, space);
  const sides = startSides(stream, index);
  const session = { calendar, stream, index, step: 0, draws, standardReturn: Number.NaN };
  for (let i = 0; i < path.length; i += 1) {
    const step = BURN_IN + i;
    stream.fillUniforms(index, step, draws);
    if (i < path.start || rare === undefined || law === undefined) advance(state, draws, laws);
    else {
      const rate = state.intensity * SESSION_YEARS;
      // Jumps excite jumps by themselves: only the rate at rest is raised, or clusters never end.
      const raised = 1 + (rare.tilt.jumps - 1) * (p.jump.rest / state.intensity);
      const often = Math.max(1, Math.min(raised, MOST_LIKELY / rate));
      const uniform = draws[INNOVATION] ?? Number.NaN;
      draws[INNOVATION] = drawByLaw(rare, law, i - path.start, uniform, sums);
      advance(state, draws, laws, law.kind === 'jumps' ? often : 1);
      jumpRatio += Math.log(state.jumped ? often : (1 - often * rate) / (1 - rate));
    }
    if (i < path.start && !Number.isNaN(space.startVix)) {
      pullVix(state, laws, space.startVix, 1 / (path.start - i));
    }
    writeBar(path, i, state, draws, p);
    writeSurface(path, i, state, tables);
    writeCurve(path, i, state, tables);
    session.step = step;
    session.standardReturn = state.standardReturn;
    writeSides(path, i, session, p.settlementNoise, sides);
  }
  return rare === undefined ? 1 : rareWeight(rare, jumpRatio, sums);
}

/** Puts the state where the warm-up begins: a stationary start and a year that is not recorded. */
function runSilently(stream: RandomStream, index: number, space: Workspace): void {
  const { state, laws, silentDraws } = space;
  drawStart(state, laws, stream.uniform(index, 0, START_DRAW));
  for (let step = 0; step < BURN_IN; step += 1) {
    stream.fillUniforms(index, step, silentDraws);
    advance(state, silentDraws, laws);
  }
  state.logSpx = Math.log(START_SPX);
}
