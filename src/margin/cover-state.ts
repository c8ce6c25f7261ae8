import { CALL, PUT } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { expiresOnOrAfter, MarginLots, NAKED, NETTED, sameSeries } from './margin-lots.ts';
import { nakedRequirement } from './short-requirement.ts';
import type { OptionTerms } from './short-requirement.ts';

/** The legs of one option kind that a search assigns to each other, and at which cost, dollars. */
export interface CoverProblem {
  readonly legs: LegColumns;
  readonly kind: number;
  /** A leg of the only series to look at; all series of the kind unless told. */
  readonly series?: number;
  readonly terms: OptionTerms;
  /** Requirement of the netted lots of one series. */
  readonly spread: (lots: MarginLots) => number;
  /** Requirement of its naked lots. */
  readonly naked: (lots: MarginLots) => number;
  /** Requirement of all its shorts as if nothing covered them. */
  readonly allNaked: (lots: MarginLots) => number;
}

/**
 * An assignment of longs to the series (underlying, expiry, settlement) of shorts, as columns.
 *
 * A cover is a contract of a long netted in a series, against any short of its right there: which of
 * them makes no difference to net intrinsic. Legs are named by their rank: their place by ascending
 * strike. A side is 2 × series + right.
 */
export interface CoverState {
  readonly problem: CoverProblem;
  /** Legs of the kind. */
  readonly count: number;
  /** By rank. */
  readonly slot: Int32Array;
  readonly strike: Float64Array;
  readonly right: Uint8Array;
  /** Series of each short; -1 for a long. By rank. */
  readonly series: Int32Array;
  /** First leg of each series. */
  readonly leads: readonly number[];
  /** Ranks of the shorts of each side. */
  readonly shorts: readonly (readonly number[])[];
  /** Ranks of the longs that may cover each side, most intrinsic value first. */
  readonly longs: readonly (readonly number[])[];
  /** Whether a long may cover a series: [series][rank]. */
  readonly allowed: Uint8Array;
  /** Requirement of one naked contract of a short, dollars. By rank. */
  readonly alone: Float64Array;
  /** Signed contracts netted in a series: [series][rank]. */
  readonly net: Int32Array;
  /** Ranks with contracts netted in each series, ascending. */
  readonly held: readonly number[][];
  /** Contracts that are not netted: naked shorts, free longs; >= 0. By rank. */
  readonly open: Int32Array;
  /** Dollars by series. */
  readonly costs: Float64Array;
  /** Dollars by series that all its shorts as naked require at least, and what they do if known. */
  readonly leastNaked: Float64Array;
  readonly allNaked: Float64Array;
  readonly isKnown: Uint8Array;
  readonly lots: MarginLots;
}

/** A state in which nothing is covered. */
export function emptyState(problem: CoverProblem): CoverState {
  const { legs, kind, terms } = problem;
  const slots = slotsByStrike(legs, kind, problem.series);
  const count = slots.length;
  const isShort = (rank: number): boolean => (legs.quantity[slots[rank] ?? -1] ?? 0) < 0;
  const leads: number[] = [];
  const series = Int32Array.from(slots, (slot, rank) => {
    if (!isShort(rank)) return -1;
    const at = leads.findIndex((lead) => sameSeries(legs, lead, slot));
    return at >= 0 ? at : leads.push(slot) - 1;
  });
  const allowed = new Uint8Array(leads.length * count);
  const shorts: number[][] = leads.flatMap(() => [[], []]);
  const longs: number[][] = leads.flatMap(() => [[], []]);
  for (let rank = 0; rank < count; rank += 1) {
    const slot = slots[rank] ?? -1;
    const right = legs.right[slot] === PUT ? PUT : CALL;
    const own = series[rank] ?? -1;
    if (own >= 0) shorts[2 * own + right]?.push(rank);
    else {
      for (const [at, lead] of leads.entries()) {
        if (!mayCover(legs, slot, lead, terms)) continue;
        allowed[at * count + rank] = 1;
        longs[2 * at + right]?.push(rank);
      }
    }
  }
  for (const [side, ranks] of longs.entries()) if (side % 2 === PUT) ranks.reverse();
  const state: CoverState = {
    problem,
    count,
    slot: Int32Array.from(slots),
    strike: Float64Array.from(slots, (slot) => legs.strike[slot] ?? Number.NaN),
    right: Uint8Array.from(slots, (slot) => (legs.right[slot] === PUT ? PUT : CALL)),
    series,
    leads,
    shorts,
    longs,
    allowed,
    alone: Float64Array.from(slots, (slot, rank) =>
      isShort(rank) ? nakedRequirement(legs, slot, terms) : 0,
    ),
    net: new Int32Array(leads.length * count),
    held: leads.map(() => []),
    open: Int32Array.from(slots, (slot) => Math.abs(legs.quantity[slot] ?? 0)),
    costs: new Float64Array(leads.length),
    leastNaked: new Float64Array(leads.length),
    allNaked: new Float64Array(leads.length),
    isKnown: new Uint8Array(leads.length),
    lots: new MarginLots(),
  };
  leads.forEach((_lead, at) => {
    const sum = (side: number): number =>
      (shorts[side] ?? []).reduce(
        (dollars, rank) => dollars + (state.alone[rank] ?? 0) * (state.open[rank] ?? 0),
        0,
      );
    state.leastNaked[at] = Math.max(sum(2 * at), sum(2 * at + 1));
  });
  return state;
}

function slotsByStrike(
  legs: LegColumns,
  kind: number,
  series: number | undefined,
): readonly number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < legs.count; slot += 1) {
    if (legs.kind[slot] !== kind || legs.quantity[slot] === 0) continue;
    if (series === undefined || sameSeries(legs, series, slot)) slots.push(slot);
  }
  return slots.sort((a, b) => (legs.strike[a] ?? 0) - (legs.strike[b] ?? 0) || a - b);
}

/** Source: FINRA Rule 4210(f)(2)(A): the long expires on or after the short; houses may want more. */
function mayCover(legs: LegColumns, long: number, short: number, { rule }: OptionTerms): boolean {
  if (rule.cover === 'same-expiry') return sameSeries(legs, long, short);
  return expiresOnOrAfter(legs, long, short);
}

/** Takes everything out of the nets. */
export function uncoverAll(state: CoverState): void {
  for (let series = 0; series < state.leads.length; series += 1) uncoverSeries(state, series);
}

/** Takes everything out of the net of one series. */
export function uncoverSeries(state: CoverState, series: number): void {
  const { count, net, held, open } = state;
  const ranks = held[series] ?? [];
  for (const rank of ranks) {
    open[rank] = (open[rank] ?? 0) + Math.abs(net[series * count + rank] ?? 0);
    net[series * count + rank] = 0;
  }
  ranks.length = 0;
}

/** Nets contracts of a long in a series; takes them out again where contracts < 0. */
export function netLong(state: CoverState, series: number, long: number, contracts: number): void {
  addNet(state, series, long, contracts);
  state.open[long] = (state.open[long] ?? 0) - contracts;
}

/** Nets contracts of a short in its own series; leaves them naked where contracts < 0. */
export function netShort(state: CoverState, short: number, contracts: number): void {
  addNet(state, state.series[short] ?? -1, short, -contracts);
  state.open[short] = (state.open[short] ?? 0) - contracts;
}

function addNet(state: CoverState, series: number, rank: number, contracts: number): void {
  const at = series * state.count + rank;
  const before = state.net[at] ?? 0;
  const after = before + contracts;
  state.net[at] = after;
  if ((before === 0) !== (after === 0)) relist(state.held[series] ?? [], rank);
}

/** Puts a rank into an ascending list, or takes it out. */
function relist(list: number[], rank: number): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] ?? 0) >= rank) at -= 1;
  if (list[at] === rank) list.splice(at, 1);
  else list.splice(at, 0, rank);
}

/** The lots of one series by ascending strike: what is netted, then what is naked. */
export function fillLots(state: CoverState, series: number, lots: MarginLots): void {
  const { count, net, held, open, slot, shorts } = state;
  lots.clear();
  const row = series * count;
  for (const rank of held[series] ?? []) lots.add(slot[rank] ?? -1, net[row + rank] ?? 0, NETTED);
  for (let side = 2 * series; side < 2 * series + 2; side += 1) {
    for (const short of shorts[side] ?? []) {
      const contracts = open[short] ?? 0;
      if (contracts > 0) lots.add(slot[short] ?? -1, -contracts, NAKED);
    }
  }
}

/** Requirement of one series as it is netted, or of all its shorts as naked where less; dollars. */
export function seriesCost(state: CoverState, series: number): number {
  const { problem, lots } = state;
  fillLots(state, series, lots);
  const split = problem.spread(lots) + (lots.has(NAKED) ? problem.naked(lots) : 0);
  // Mostly a spread requires far less than its shorts alone, which then need not be known.
  if (split <= (state.leastNaked[series] ?? Number.NaN)) return split;
  const all = allNakedOf(state, series);
  return all < split ? all : split;
}

/** Requirement of all shorts of a series as if nothing covered them, dollars; NaN when unknown. */
export function allNakedOf(state: CoverState, series: number): number {
  const { problem, lots, allNaked, isKnown } = state;
  if (isKnown[series] !== 1) {
    fillLots(state, series, lots);
    isKnown[series] = 1;
    allNaked[series] = problem.allNaked(lots);
  }
  return allNaked[series] ?? Number.NaN;
}

/** Dollars of all series. */
export function totalCost({ costs }: CoverState): number {
  let total = 0;
  for (const cost of costs) total += cost;
  return total;
}

/** A copy of an assignment, to come back to. */
export interface Assignment {
  readonly net: Int32Array;
  readonly costs: Float64Array;
  readonly total: number;
}

/** The assignment as it is now. */
export function assignmentOf(state: CoverState): Assignment {
  const { net, costs } = state;
  return { net: net.slice(), costs: costs.slice(), total: totalCost(state) };
}

/** Puts an assignment back. */
export function restore(state: CoverState, { net, costs }: Assignment): void {
  uncoverAll(state);
  for (const [at, contracts] of net.entries()) {
    if (contracts > 0) netLong(state, Math.floor(at / state.count), at % state.count, contracts);
    if (contracts < 0) netShort(state, at % state.count, -contracts);
  }
  state.costs.set(costs);
}
