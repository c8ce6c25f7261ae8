import { allNakedOf, netLong, netShort, seriesCost, uncoverSeries } from './cover-state.ts';
import type { CoverState } from './cover-state.ts';
import { CoverBounds } from './cover-bounds.ts';

/** Improvements smaller than this are rounding, dollars. */
export const LEAST_GAIN = 1e-6;

/** One change of a move: [series, rank, contracts netted for each unit of the move]. */
type Step = readonly [series: number, rank: number, contracts: number];

/** A local search under way. */
interface Walk {
  readonly state: CoverState;
  readonly bounds: CoverBounds;
  /** Trials that are left. */
  trials: number;
}

/**
 * Improves an assignment until no move helps or so many were tried; returns how many are left.
 *
 * A move covers, uncovers, replaces, hands over or swaps covers, or does two of it at once on either
 * side of a strangle, for as many contracts as help. Moves that cannot gain, because the loss at the
 * level that is worst now stays as it is, are passed over.
 */
export function walkCovers(state: CoverState, trials: number): number {
  const walk: Walk = { state, bounds: new CoverBounds(state), trials };
  while (improve(walk) && walk.trials > 0);
  return walk.trials;
}

/** Tries every move once; whether any helped. */
function improve(walk: Walk): boolean {
  let helped = false;
  for (let side = 0; side < walk.state.shorts.length; side += 1) {
    if (side % 2 === 0) release(walk, side / 2);
    for (const long of walk.state.longs[side] ?? []) {
      if (walk.trials <= 0) return helped;
      if (improveLong(walk, side, long)) helped = true;
    }
    for (let other = side % 2; other < walk.state.shorts.length; other += 2) {
      if (walk.trials <= 0) return helped;
      if (other !== side && improvePair(walk, side, other)) helped = true;
    }
  }
  return helped;
}

function improveLong(walk: Walk, side: number, long: number): boolean {
  const { open } = walk.state;
  let helped = false;
  if ((open[long] ?? 0) > 0 && (tryCover(walk, side, long) || tryReplace(walk, side, long))) {
    helped = true;
  }
  if (nettedOf(walk, side, long) > 0 && tryUncover(walk, side, long)) helped = true;
  return helped;
}

function nettedOf({ state }: Walk, side: number, long: number): number {
  return state.net[(side >> 1) * state.count + long] ?? 0;
}

/** Contracts of a short that are covered. */
function coveredOf({ state }: Walk, short: number): number {
  return -(state.net[(state.series[short] ?? 0) * state.count + short] ?? 0);
}

/** Leaves a series that requires as much as without any cover without it: its longs are free. */
function release(walk: Walk, series: number): void {
  const { state } = walk;
  const cost = state.costs[series] ?? 0;
  if (cost < (state.leastNaked[series] ?? 0) || !(cost >= allNakedOf(state, series))) return;
  // The cost stays; what is free may help another series.
  uncoverSeries(state, series);
  walk.bounds.renew(series);
}

/** A free long covers a naked short, alone, together with another, or while another gives one up. */
function tryCover(walk: Walk, side: number, long: number): boolean {
  const { state } = walk;
  const series = side >> 1;
  for (const short of state.shorts[side] ?? []) {
    const most = Math.min(state.open[short] ?? 0, state.open[long] ?? 0);
    if (most <= 0) continue;
    if (
      attempt(walk, most, [
        [series, long, 1],
        [series, short, 1],
      ])
    )
      return true;
    for (let other = 2 * series; other < 2 * series + 2; other += 1) {
      for (const short2 of state.shorts[other] ?? []) {
        if (tryBoth(walk, [side, long, short], [other, short2])) return true;
      }
    }
  }
  return false;
}

/** With a cover of one short another of the series is covered too, or gives its cover up. */
function tryBoth(
  walk: Walk,
  [side, long, short]: readonly [number, number, number],
  [other, short2]: readonly [number, number],
): boolean {
  const { state } = walk;
  const { open } = state;
  const series = side >> 1;
  const most = Math.min(open[short] ?? 0, open[long] ?? 0);
  const first: readonly Step[] = [
    [series, long, 1],
    [series, short, 1],
  ];
  const spare = short2 === short ? Math.floor((open[short] ?? 0) / 2) : (open[short2] ?? 0);
  const covered = short2 === short ? 0 : coveredOf(walk, short2);
  for (const long2 of state.longs[other] ?? []) {
    if (long2 === long) continue;
    const both = Math.min(most, spare, open[long2] ?? 0);
    if (both > 0) {
      if (attempt(walk, both, [...first, [series, long2, 1], [series, short2, 1]])) return true;
    }
    const given = Math.min(most, covered, nettedOf(walk, other, long2));
    if (given > 0) {
      if (attempt(walk, given, [...first, [series, long2, -1], [series, short2, -1]])) return true;
    }
  }
  return false;
}

/** A free long takes the place of one that is netted in the series. */
function tryReplace(walk: Walk, side: number, long: number): boolean {
  const { state, bounds } = walk;
  const series = side >> 1;
  for (const long2 of state.longs[side] ?? []) {
    const most = Math.min(state.open[long] ?? 0, nettedOf(walk, side, long2));
    if (most <= 0 || long2 === long) continue;
    if (bounds.gain(series, long2, long) <= 0) continue;
    if (
      attempt(walk, most, [
        [series, long, 1],
        [series, long2, -1],
      ])
    )
      return true;
  }
  return false;
}

/** A cover is taken away: its short stays naked, alone or with another, or a naked one takes it. */
function tryUncover(walk: Walk, side: number, long: number): boolean {
  const { state, bounds } = walk;
  const series = side >> 1;
  if (bounds.gainOfAnyNaked(series) <= 0) return false;
  for (const short of state.shorts[side] ?? []) {
    const most = Math.min(coveredOf(walk, short), nettedOf(walk, side, long));
    if (most <= 0) continue;
    if (bounds.gainOfNaked(series, long, short) > 0) {
      const bare: readonly Step[] = [
        [series, long, -1],
        [series, short, -1],
      ];
      if (attempt(walk, most, bare)) return true;
    }
    for (let other = 2 * series; other <= side; other += 1) {
      if (bounds.gainOfPair(series, [long, short], other) <= 0) continue;
      if (tryUncoverTwo(walk, [side, long, short], other)) return true;
    }
    for (const taker of state.shorts[side] ?? []) {
      const both = Math.min(most, state.open[taker] ?? 0);
      if (both <= 0 || taker === short) continue;
      const given: readonly Step[] = [
        [series, short, -1],
        [series, taker, 1],
      ];
      if (attempt(walk, both, given)) return true;
      if (tryThird(walk, side, given, both)) return true;
    }
  }
  return false;
}

/** Two covers of a series are taken away together. */
function tryUncoverTwo(
  walk: Walk,
  [side, long, short]: readonly [number, number, number],
  other: number,
): boolean {
  const { state, bounds } = walk;
  const series = side >> 1;
  for (const short2 of state.shorts[other] ?? []) {
    const covered = Math.min(coveredOf(walk, short), coveredOf(walk, short2));
    if (covered <= 0 || short2 === short) continue;
    for (const long2 of state.longs[other] ?? []) {
      const netted = Math.min(nettedOf(walk, side, long), nettedOf(walk, other, long2));
      const most = Math.min(covered, netted);
      if (most <= 0 || long2 === long) continue;
      if (bounds.gainOfTwo(series, [long, long2], [short, short2]) <= 0) continue;
      const steps: readonly Step[] = [
        [series, long, -1],
        [series, short, -1],
        [series, long2, -1],
        [series, short2, -1],
      ];
      if (attempt(walk, most, steps)) return true;
    }
  }
  return false;
}

/** Netted longs of one side go to another of the same right, which gives something for them. */
function improvePair(walk: Walk, side: number, other: number): boolean {
  const { state, bounds } = walk;
  const takes = bounds.hasNaked(other >> 1);
  const row = (other >> 1) * state.count;
  const isMovable = (long: number): boolean =>
    state.allowed[row + long] === 1 && nettedOf(walk, side, long) > 0;
  if (!(state.longs[side] ?? []).some(isMovable)) return false;
  const gain = pairGain(walk, side, other);
  for (const long of state.longs[side] ?? []) {
    if (!isMovable(long)) continue;
    if (takes && tryHandOver(walk, [side, other], long)) return true;
    if (gain(long) <= 0) continue;
    for (const long2 of state.longs[other] ?? []) {
      if (long2 === long || nettedOf(walk, other, long2) <= 0) continue;
      if (trySwap(walk, [side, other], [long, long2])) return true;
    }
  }
  return false;
}

/**
 * The most that anything may gain in which a long goes from one side to another: the other gives
 * its least valuable long back, or that and the most valuable free one takes the place.
 */
function pairGain(walk: Walk, side: number, other: number): (long: number) => number {
  const { state, bounds } = walk;
  const from = side >> 1;
  const to = other >> 1;
  const free = (state.longs[side] ?? []).find((long) => (state.open[long] ?? 0) > 0);
  const bare = bareGain(walk, side);
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const long2 of state.longs[other] ?? []) {
    if (nettedOf(walk, other, long2) <= 0) continue;
    const returns = state.allowed[from * state.count + long2] === 1;
    for (let end = 0; end < 2; end += 1) {
      const given = bounds.valueAt(to, end, long2);
      const back = returns ? bounds.valueAt(from, end, long2) : Number.NEGATIVE_INFINITY;
      const instead =
        free === undefined ? Number.NEGATIVE_INFINITY : bounds.valueAt(from, end, free);
      most[end] = Math.max(most[end] ?? 0, Math.max(back, instead, bare[end] ?? 0) - given);
    }
  }
  const excess = bounds.excessOf(from) + bounds.excessOf(to);
  return (long) => {
    let gain = Number.POSITIVE_INFINITY;
    for (let end = 0; end < 2; end += 1) {
      const moved = bounds.valueAt(to, end, long) - bounds.valueAt(from, end, long);
      gain = Math.min(gain, moved + (most[end] ?? 0));
    }
    return gain + excess;
  };
}

/** The most that leaving a short of a side naked adds at either worst level, less its requirement. */
function bareGain({ state, bounds }: Walk, side: number): readonly number[] {
  const series = side >> 1;
  const hasNaked = bounds.hasNaked(series);
  return [0, 1].map((end) =>
    (state.shorts[side] ?? []).reduce((most, short) => {
      const paid = hasNaked ? 0 : (state.alone[short] ?? 0);
      return Math.max(most, bounds.valueAt(series, end, short) - paid);
    }, Number.NEGATIVE_INFINITY),
  );
}

/** A naked short of the other series takes the long; the first stays naked or takes a free long. */
function tryHandOver(walk: Walk, sides: readonly [number, number], long: number): boolean {
  const { state } = walk;
  const [side, other] = sides;
  const series = side >> 1;
  const series2 = other >> 1;
  for (const taker of state.shorts[other] ?? []) {
    const most = Math.min(state.open[taker] ?? 0, nettedOf(walk, side, long));
    if (most <= 0) continue;
    const given: readonly Step[] = [
      [series, long, -1],
      [series2, long, 1],
      [series2, taker, 1],
    ];
    for (const short of state.shorts[side] ?? []) {
      const both = Math.min(most, coveredOf(walk, short));
      if (both <= 0) continue;
      const bare: readonly Step[] = [...given, [series, short, -1]];
      if (attempt(walk, both, bare)) return true;
      if (tryThird(walk, other, bare, both)) return true;
    }
    for (const long2 of state.longs[side] ?? []) {
      const both = Math.min(most, state.open[long2] ?? 0);
      if (both > 0 && long2 !== long && attempt(walk, both, [...given, [series, long2, 1]])) {
        return true;
      }
    }
  }
  return false;
}

/** Another naked short of the taker's series takes a free long. */
function tryThird(walk: Walk, taker: number, steps: readonly Step[], most: number): boolean {
  const { state } = walk;
  const series = taker >> 1;
  for (let side = 2 * series; side < 2 * series + 2; side += 1) {
    for (const third of state.shorts[side] ?? []) {
      const taken = steps.some(([, rank, contracts]) => rank === third && contracts > 0) ? most : 0;
      const spare = (state.open[third] ?? 0) - taken;
      if (spare <= 0) continue;
      for (const long of state.longs[side] ?? []) {
        const three = Math.min(most, spare, state.open[long] ?? 0);
        if (three <= 0 || steps.some(([, rank]) => rank === long)) continue;
        const more: readonly Step[] = [
          [series, long, 1],
          [series, third, 1],
        ];
        if (attempt(walk, three, [...steps, ...more])) return true;
      }
    }
  }
  return false;
}

/** The other series gives a long back for one; the first takes it, a free one, or stays naked. */
function trySwap(
  walk: Walk,
  [side, other]: readonly [number, number],
  [long, long2]: readonly [number, number],
): boolean {
  const { state, bounds } = walk;
  const series = side >> 1;
  const series2 = other >> 1;
  const most = Math.min(nettedOf(walk, side, long), nettedOf(walk, other, long2));
  if (most <= 0) return false;
  const ofTaker = bounds.gain(series2, long2, long);
  const swaps = (instead: Step, contracts: number): boolean =>
    attempt(walk, contracts, [
      [series2, long2, -1],
      [series2, long, 1],
      [series, long, -1],
      instead,
    ]);
  if (state.allowed[series * state.count + long2] === 1) {
    const gain = ofTaker + bounds.gain(series, long, long2);
    if (!(gain <= 0) && swaps([series, long2, 1], most)) return true;
  }
  for (const short of state.shorts[side] ?? []) {
    const covered = Math.min(most, coveredOf(walk, short));
    if (covered <= 0 || ofTaker + bounds.gainOfNaked(series, long, short) <= 0) continue;
    if (swaps([series, short, -1], covered)) return true;
  }
  for (const long3 of state.longs[side] ?? []) {
    const open = Math.min(most, state.open[long3] ?? 0);
    if (open <= 0) continue;
    // Every other free long is worth less.
    if (ofTaker + bounds.gain(series, long, long3) <= 0) return false;
    if (swaps([series, long3, 1], open)) return true;
  }
  return false;
}

/** Keeps a move for the most contracts, halved until it helps; undoes it when it never does. */
function attempt(walk: Walk, most: number, steps: readonly Step[]): boolean {
  for (let contracts = most; contracts >= 1; contracts = Math.floor(contracts / 2)) {
    if (walk.trials <= 0) return false;
    walk.trials -= 1;
    move(walk.state, steps, contracts);
    if (keeps(walk, steps)) return true;
    move(walk.state, steps, -contracts);
  }
  return false;
}

function move(state: CoverState, steps: readonly Step[], contracts: number): void {
  for (const [series, rank, each] of steps) {
    if ((state.series[rank] ?? -1) < 0) netLong(state, series, rank, each * contracts);
    else netShort(state, rank, each * contracts);
  }
}

/** Accepts the costs of the series that a move touched if they are less, or known at last. */
function keeps({ state, bounds }: Walk, steps: readonly Step[]): boolean {
  const first = steps[0]?.[0] ?? 0;
  let second = first;
  for (const [series] of steps) if (series !== first) second = series;
  const ofFirst = seriesCost(state, first);
  const ofSecond = second === first ? 0 : seriesCost(state, second);
  const before = (state.costs[first] ?? 0) + (second === first ? 0 : (state.costs[second] ?? 0));
  const after = ofFirst + ofSecond;
  if (!(after < before - LEAST_GAIN || (Number.isNaN(before) && !Number.isNaN(after)))) {
    return false;
  }
  state.costs[first] = ofFirst;
  bounds.renew(first);
  if (second === first) return true;
  state.costs[second] = ofSecond;
  bounds.renew(second);
  return true;
}
