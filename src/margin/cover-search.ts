import type { LegColumns } from '../contracts/leg-columns.ts';
import { canCover } from './cover-shorts.ts';
import type { Cover, CoveredSeries } from './cover-shorts.ts';
import { MarginLots, NAKED, NETTED, PAID, sameSeries } from './margin-lots.ts';
import type { OptionTerms } from './short-requirement.ts';

/** Requirement of the lots of one series, dollars; `lead` is a leg that names the series. */
export type SeriesCost = (lots: MarginLots, lead: number) => number;

/** The legs of one option kind that a search assigns to each other, and at which cost. */
export interface CoverProblem {
  readonly legs: LegColumns;
  readonly kind: number;
  readonly terms: OptionTerms;
  readonly cost: SeriesCost;
}

/** Improvements smaller than this are rounding, dollars. */
const LEAST_GAIN = 1e-6;

/** Trials after which a search returns what it has; books of a dozen legs need far fewer. */
const MOST_TRIALS = 20_000;

/** The same for books of more legs than `SMALL_BOOK`, where each trial takes longer. */
const MOST_TRIALS_OF_LARGE = 1000;

/** Legs of one kind. */
const SMALL_BOOK = 24;

/** An assignment of longs to shorts under improvement. */
interface CoverSearch {
  readonly problem: CoverProblem;
  readonly shorts: readonly number[];
  readonly longs: readonly number[];
  /** First leg of each series that has shorts. */
  readonly leads: readonly number[];
  /** Series of each short. */
  readonly series: Int32Array;
  readonly allowed: Uint8Array;
  /** Contracts by [short][long]. */
  readonly used: Int32Array;
  /** Longs that cover each short, ascending. */
  readonly covering: readonly number[][];
  /** Shorts of each series, ascending. */
  readonly members: readonly (readonly number[])[];
  readonly naked: Int32Array;
  readonly free: Int32Array;
  readonly costs: Float64Array;
  readonly lots: MarginLots;
  readonly mostTrials: number;
  trials: number;
}

/**
 * Series of one option kind with longs assigned to shorts at a requirement that no exchange of
 * covers lowers, starting from covers applied in their order.
 *
 * A move covers, uncovers, replaces, takes over or swaps covers, or does two of it at once on either
 * side of a strangle, for as many contracts as help.
 * Accuracy: never below the least requirement; from one start above it in fewer than one of a
 * hundred random books of up to twelve legs.
 */
export function searchCovers(
  problem: CoverProblem,
  covers: readonly Cover[],
): { readonly series: readonly CoveredSeries[]; readonly total: number } {
  const search = startOf(problem);
  for (const { short, long } of covers) {
    const s = search.shorts.indexOf(short);
    const l = search.longs.indexOf(long);
    apply(search, s, l, Math.min(search.naked[s] ?? 0, search.free[l] ?? 0));
  }
  search.costs.forEach((_cost, series) => {
    search.costs[series] = costOf(search, series);
  });
  while (improve(search) && search.trials < search.mostTrials);
  const total = search.costs.reduce((sum, cost) => sum + cost, 0);
  return { series: seriesOf(search), total };
}

function startOf(problem: CoverProblem): CoverSearch {
  const { legs, kind, terms } = problem;
  const slots = Array.from({ length: legs.count }, (_unused, slot) => slot).filter(
    (slot) => legs.kind[slot] === kind,
  );
  const shorts = slots.filter((slot) => (legs.quantity[slot] ?? 0) < 0);
  const longs = slots.filter((slot) => (legs.quantity[slot] ?? 0) > 0);
  const leads: number[] = [];
  const series = Int32Array.from(shorts, (short) => {
    const at = leads.findIndex((lead) => sameSeries(legs, lead, short));
    return at >= 0 ? at : leads.push(short) - 1;
  });
  const allowed = new Uint8Array(shorts.length * longs.length);
  for (const [s, short] of shorts.entries()) {
    for (const [l, long] of longs.entries()) {
      allowed[s * longs.length + l] = canCover(legs, long, short, terms) ? 1 : 0;
    }
  }
  return {
    problem,
    shorts,
    longs,
    leads,
    series,
    allowed,
    used: new Int32Array(allowed.length),
    covering: shorts.map(() => []),
    members: leads.map((_lead, at) => [...shorts.keys()].filter((s) => series[s] === at)),
    naked: Int32Array.from(shorts, (slot) => -(legs.quantity[slot] ?? 0)),
    free: Int32Array.from(longs, (slot) => legs.quantity[slot] ?? 0),
    costs: new Float64Array(leads.length),
    lots: new MarginLots(),
    mostTrials: slots.length > SMALL_BOOK ? MOST_TRIALS_OF_LARGE : MOST_TRIALS,
    trials: 0,
  };
}

function apply(search: CoverSearch, s: number, l: number, contracts: number): void {
  const { used, naked, free, longs } = search;
  const at = s * longs.length + l;
  const before = used[at] ?? 0;
  const after = before + contracts;
  used[at] = after;
  if ((before === 0) !== (after === 0)) relist(search.covering[s] ?? [], l);
  naked[s] = (naked[s] ?? 0) - contracts;
  free[l] = (free[l] ?? 0) - contracts;
}

/** Puts a long into an ascending list, or takes it out. */
function relist(list: number[], l: number): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] ?? 0) >= l) at -= 1;
  if (list[at] === l) list.splice(at, 1);
  else list.splice(at, 0, l);
}

function costOf(search: CoverSearch, series: number): number {
  fill(search, series, search.lots);
  return search.problem.cost(search.lots, search.leads[series] ?? -1);
}

function fill(search: CoverSearch, series: number, lots: MarginLots): void {
  const { shorts, longs, used, naked, covering, members } = search;
  lots.clear();
  for (const s of members[series] ?? []) {
    let covered = 0;
    for (const l of covering[s] ?? []) {
      const contracts = used[s * longs.length + l] ?? 0;
      lots.add(longs[l] ?? 0, contracts, NETTED);
      covered += contracts;
    }
    if (covered > 0) lots.add(shorts[s] ?? 0, -covered, NETTED);
    const alone = naked[s] ?? 0;
    if (alone > 0) lots.add(shorts[s] ?? 0, -alone, NAKED);
  }
}

/** Tries every move once; whether any helped. */
function improve(search: CoverSearch): boolean {
  const { shorts, longs, used, allowed } = search;
  let helped = false;
  for (let s = 0; s < shorts.length; s += 1) {
    for (let l = 0; l < longs.length; l += 1) {
      const at = s * longs.length + l;
      if (allowed[at] !== 1) continue;
      if (search.trials >= search.mostTrials) return helped;
      if (tryCover(search, s, l)) helped = true;
      if ((used[at] ?? 0) > 0 && tryRelease(search, s, l)) helped = true;
    }
  }
  return helped;
}

/** Covers a naked short, alone or together with one of the other right. */
function tryCover(search: CoverSearch, s: number, l: number): boolean {
  const { shorts, longs, naked, free, allowed } = search;
  const most = Math.min(naked[s] ?? 0, free[l] ?? 0);
  if (most <= 0) return false;
  if (attempt(search, most, [s, l, 1])) return true;
  for (let s2 = s; s2 < shorts.length; s2 += 1) {
    if ((naked[s2] ?? 0) === 0 || search.series[s2] !== search.series[s]) continue;
    for (let l2 = 0; l2 < longs.length; l2 += 1) {
      if (l2 === l || (free[l2] ?? 0) === 0 || allowed[s2 * longs.length + l2] !== 1) continue;
      const room = s2 === s ? Math.floor((naked[s] ?? 0) / 2) : (naked[s2] ?? 0);
      const both = Math.min(most, room, free[l2] ?? 0);
      if (attempt(search, both, [s, l, 1, s2, l2, 1])) return true;
    }
  }
  return tryExchange(search, s, l, most);
}

/** Covers a naked short while another of the series gives its cover up. */
function tryExchange(search: CoverSearch, s: number, l: number, most: number): boolean {
  const { shorts, longs, used } = search;
  for (let s2 = 0; s2 < shorts.length; s2 += 1) {
    if (s2 === s || search.series[s2] !== search.series[s]) continue;
    for (let l2 = 0; l2 < longs.length; l2 += 1) {
      const both = Math.min(most, used[s2 * longs.length + l2] ?? 0);
      if (both > 0 && attempt(search, both, [s, l, 1, s2, l2, -1])) return true;
    }
  }
  return false;
}

/** Takes a cover away: its short stays naked, or takes another; its long pays, or covers another. */
function tryRelease(search: CoverSearch, s: number, l: number): boolean {
  const { shorts, longs, used, naked, free, allowed } = search;
  const width = longs.length;
  const most = used[s * width + l] ?? 0;
  if (attempt(search, most, [s, l, -1])) return true;
  for (let l2 = 0; l2 < width; l2 += 1) {
    const open = Math.min(most, free[l2] ?? 0);
    if (open > 0 && l2 !== l && allowed[s * width + l2] === 1) {
      if (attempt(search, open, [s, l, -1, s, l2, 1])) return true;
    }
  }
  for (let s2 = 0; s2 < shorts.length; s2 += 1) {
    if (s2 === s) continue;
    const takes = allowed[s2 * width + l] === 1;
    const open = Math.min(most, naked[s2] ?? 0);
    if (takes && open > 0 && tryTakeOver(search, s, l, s2)) return true;
    for (let l2 = 0; l2 < width; l2 += 1) {
      const both = Math.min(most, used[s2 * width + l2] ?? 0);
      if (both === 0) continue;
      if (l2 !== l && takes) {
        if (allowed[s * width + l2] === 1) {
          if (attempt(search, both, [s, l, -1, s2, l2, -1, s, l2, 1, s2, l, 1])) return true;
        }
        if (attempt(search, both, [s, l, -1, s2, l2, -1, s2, l, 1])) return true;
      }
      if (l2 !== l && allowed[s * width + l2] === 1 && tryShift(search, both, [s, l, s2, l2])) {
        return true;
      }
      if (search.series[s2] === search.series[s] && s2 > s) {
        if (attempt(search, both, [s, l, -1, s2, l2, -1])) return true;
      }
    }
  }
  return false;
}

/** A short trades its long for another's, which takes a free one. */
function tryShift(
  search: CoverSearch,
  most: number,
  [s, l, s2, l2]: readonly [number, number, number, number],
): boolean {
  const { longs, free, allowed } = search;
  for (let l3 = 0; l3 < longs.length; l3 += 1) {
    const open = Math.min(most, free[l3] ?? 0);
    if (open === 0 || allowed[s2 * longs.length + l3] !== 1) continue;
    if (attempt(search, open, [s2, l2, -1, s, l, -1, s, l2, 1, s2, l3, 1])) return true;
  }
  return false;
}

/** Another short takes the long over; the first stays naked or takes a free long. */
function tryTakeOver(search: CoverSearch, s: number, l: number, other: number): boolean {
  const { shorts, longs, used, naked, free, allowed } = search;
  const most = Math.min(used[s * longs.length + l] ?? 0, naked[other] ?? 0);
  if (attempt(search, most, [s, l, -1, other, l, 1])) return true;
  for (let l2 = 0; l2 < longs.length; l2 += 1) {
    const open = Math.min(most, free[l2] ?? 0);
    if (open === 0 || l2 === l) continue;
    if (allowed[s * longs.length + l2] === 1) {
      if (attempt(search, open, [s, l, -1, other, l, 1, s, l2, 1])) return true;
    }
    for (let third = 0; third < shorts.length; third += 1) {
      if (third === s || allowed[third * longs.length + l2] !== 1) continue;
      if (search.series[third] !== search.series[other]) continue;
      const spare = (naked[third] ?? 0) - (third === other ? open : 0);
      const three = Math.min(open, spare);
      if (three > 0 && attempt(search, three, [s, l, -1, other, l, 1, third, l2, 1])) return true;
    }
  }
  return false;
}

/** Keeps a move for the most contracts, halved until it helps; undoes it when it never does. */
function attempt(search: CoverSearch, most: number, steps: readonly number[]): boolean {
  for (let contracts = most; contracts >= 1; contracts = Math.floor(contracts / 2)) {
    search.trials += 1;
    move(search, steps, contracts);
    if (keeps(search, steps)) return true;
    move(search, steps, -contracts);
  }
  return false;
}

function move(search: CoverSearch, steps: readonly number[], contracts: number): void {
  for (let at = 0; at < steps.length; at += 3) {
    apply(search, steps[at] ?? 0, steps[at + 1] ?? 0, contracts * (steps[at + 2] ?? 0));
  }
}

/** Accepts the costs of the series that a move touched if they are less, or known at last. */
function keeps(search: CoverSearch, steps: readonly number[]): boolean {
  const first = search.series[steps[0] ?? 0] ?? 0;
  const second = search.series[steps[3] ?? steps[0] ?? 0] ?? 0;
  const ofFirst = costOf(search, first);
  const ofSecond = second === first ? 0 : costOf(search, second);
  const before = (search.costs[first] ?? 0) + (second === first ? 0 : (search.costs[second] ?? 0));
  const after = ofFirst + ofSecond;
  if (!(after < before - LEAST_GAIN || (Number.isNaN(before) && !Number.isNaN(after)))) {
    return false;
  }
  search.costs[first] = ofFirst;
  if (second !== first) search.costs[second] = ofSecond;
  return true;
}

/** All series of the kind, with the longs that cover nothing as paid in full. */
function seriesOf(search: CoverSearch): readonly CoveredSeries[] {
  const { longs, free, leads, problem } = search;
  const all = leads.map((lead, series) => {
    const lots = new MarginLots();
    fill(search, series, lots);
    return { lead, lots };
  });
  for (const [l, long] of longs.entries()) {
    const contracts = free[l] ?? 0;
    if (contracts === 0) continue;
    let own = all.find(({ lead }) => sameSeries(problem.legs, lead, long));
    if (own === undefined) {
      own = { lead: long, lots: new MarginLots() };
      all.push(own);
    }
    own.lots.add(long, contracts, PAID);
  }
  return all;
}
