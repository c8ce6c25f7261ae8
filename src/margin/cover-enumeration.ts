import { CALL, PUT } from '../contracts/contract-kind.ts';
import { LEAST_GAIN } from './cover-moves.ts';
import { assignmentOf, netLong, netShort, seriesCost, uncoverAll } from './cover-state.ts';
import type { Assignment, CoverState } from './cover-state.ts';

/** Requirements that may be computed for each way to cover one side of a series. */
const TRIALS_PER_WAY = 10;

/** One way to cover a side of a series. */
interface Way {
  /** [rank, contracts] of longs and of shorts that are netted. */
  readonly longs: readonly (readonly [number, number])[];
  readonly shorts: readonly (readonly [number, number])[];
  /** Loss of what is netted far out in its direction, dollars; < 0 is a gain. */
  readonly far: number;
  /** Requirement of the naked shorts of the side one by one, dollars. */
  readonly naked: number;
  /** No requirement of the series is less with it, dollars. */
  readonly bound: number;
}

interface Enumeration {
  readonly state: CoverState;
  /** Least requirement that series from each on can have, if each had all longs to itself. */
  readonly rest: Float64Array;
  readonly found: (assignment: Assignment) => void;
  /** Ways to cover one side beyond which a book is not enumerated. */
  readonly mostWays: number;
  least: number;
  trials: number;
  complete: boolean;
}

/**
 * Whether an assignment is known to be the least after looking for one below `least` dollars; what
 * is found below it is told, better and better.
 *
 * Branch and bound: series by series, every number of each long and each short that may be netted.
 * A partial assignment is given up when its requirement and the least that the other series can have
 * come to no less than the best one. At most so many requirements are computed.
 */
export function enumerateCovers(
  state: CoverState,
  least: number,
  trials: number,
  found: (assignment: Assignment) => void,
): boolean {
  uncoverAll(state);
  const count = state.leads.length;
  const rest = new Float64Array(count + 1);
  const mostWays = trials / TRIALS_PER_WAY;
  const complete = trials > 0;
  const run: Enumeration = { state, rest, found, mostWays, least, trials, complete };
  for (let series = count - 1; series >= 0 && run.complete; series -= 1) {
    rest[series] = (rest[series + 1] ?? 0) + leastOf(run, series);
  }
  if (run.complete && !((rest[0] ?? 0) >= least - LEAST_GAIN)) visit(run, 0, 0);
  return run.complete;
}

/** The least of the bounds of a series with all longs that are free. */
function leastOf(run: Enumeration, series: number): number {
  const calls = waysOf(run, 2 * series + CALL);
  const puts = waysOf(run, 2 * series + PUT);
  let least = Number.POSITIVE_INFINITY;
  for (const put of puts) {
    if (put.bound >= least) break;
    for (const call of calls) {
      if (call.bound >= least) break;
      least = Math.min(least, boundOf(put, call));
    }
  }
  return least;
}

/** Puts lose far down, calls far up; a strangle requires its greater side at least. */
function boundOf(put: Way, call: Way): number {
  return Math.max(0, put.far, call.far) + Math.max(put.naked, call.naked);
}

function visit(run: Enumeration, series: number, spent: number): void {
  const { state, rest } = run;
  if (series === state.leads.length) {
    if (!(spent < run.least - LEAST_GAIN)) return;
    run.least = spent;
    run.found(assignmentOf(state));
    return;
  }
  const calls = waysOf(run, 2 * series + CALL);
  const puts = waysOf(run, 2 * series + PUT);
  const left = rest[series + 1] ?? 0;
  const most = (): number => run.least - LEAST_GAIN - spent - left;
  for (const put of puts) {
    if (put.bound >= most() || !run.complete) break;
    for (const call of calls) {
      if (call.bound >= most()) break;
      if (boundOf(put, call) >= most()) continue;
      if (run.trials <= 0) run.complete = false;
      if (!run.complete) return;
      run.trials -= 1;
      take(state, series, put, 1);
      take(state, series, call, 1);
      const cost = seriesCost(state, series);
      state.costs[series] = cost;
      if (!(cost >= most())) visit(run, series + 1, spent + cost);
      take(state, series, call, -1);
      take(state, series, put, -1);
    }
  }
}

function take(state: CoverState, series: number, way: Way, sign: number): void {
  for (const [long, contracts] of way.longs) netLong(state, series, long, sign * contracts);
  for (const [short, contracts] of way.shorts) netShort(state, short, sign * contracts);
}

/** Every way to cover a side with the longs that are free, by ascending bound. */
function waysOf(run: Enumeration, side: number): readonly Way[] {
  const { state } = run;
  const { open } = state;
  const shorts = state.shorts[side] ?? [];
  const longs = (state.longs[side] ?? []).filter((long) => (open[long] ?? 0) > 0);
  const sum = (ranks: readonly number[]): number =>
    ranks.reduce((contracts, rank) => contracts + (open[rank] ?? 0), 0);
  const most = Math.min(sum(shorts), sum(longs));
  const covered = choices(run, shorts, most);
  const covering = choices(run, longs, most);
  const ways: Way[] = [];
  for (const of of covered) {
    for (const by of covering) {
      if (of.contracts === by.contracts) ways.push(wayOf(state, side, of.taken, by.taken));
    }
    if (ways.length > run.mostWays) run.complete = false;
    if (!run.complete) return [];
  }
  return ways.sort((a, b) => a.bound - b.bound);
}

interface Choice {
  readonly taken: readonly (readonly [number, number])[];
  readonly contracts: number;
}

/** Every number of contracts of each rank, at most so many together. */
function choices(run: Enumeration, ranks: readonly number[], most: number): readonly Choice[] {
  let all: readonly Choice[] = [{ taken: [], contracts: 0 }];
  for (const rank of ranks) {
    const more: Choice[] = [...all];
    for (const choice of all) {
      const room = Math.min(run.state.open[rank] ?? 0, most - choice.contracts);
      for (let contracts = 1; contracts <= room; contracts += 1) {
        more.push({
          taken: [...choice.taken, [rank, contracts]],
          contracts: choice.contracts + contracts,
        });
      }
    }
    all = more;
    if (all.length > run.mostWays) run.complete = false;
    if (!run.complete) return [];
  }
  return all;
}

function wayOf(
  { strike, alone, open, shorts: ofSides, problem }: CoverState,
  side: number,
  shorts: Choice['taken'],
  longs: Choice['taken'],
): Way {
  const { multiplier } = problem.terms;
  const sign = side % 2 === PUT ? 1 : -1;
  let far = 0;
  for (const [rank, contracts] of shorts) far += sign * contracts * (strike[rank] ?? Number.NaN);
  for (const [rank, contracts] of longs) far -= sign * contracts * (strike[rank] ?? Number.NaN);
  let naked = 0;
  for (const rank of ofSides[side] ?? []) naked += (open[rank] ?? 0) * (alone[rank] ?? 0);
  for (const [rank, contracts] of shorts) naked -= contracts * (alone[rank] ?? 0);
  far *= multiplier;
  // What an unknown naked short requires is nothing that a bound could count on.
  if (Number.isNaN(naked)) naked = 0;
  return { shorts, longs, far, naked, bound: Math.max(0, far) + naked };
}
