import { enumerateCovers } from './cover-enumeration.ts';
import { LEAST_GAIN, walkCovers } from './cover-moves.ts';
import { startCovers } from './cover-start.ts';
import {
  assignmentOf,
  emptyState,
  fillLots,
  restore,
  seriesCost,
  uncoverSeries,
} from './cover-state.ts';
import type { Assignment, CoverProblem, CoverState } from './cover-state.ts';
import { MarginLots, PAID, sameSeries } from './margin-lots.ts';

/** The lots of one series (underlying, expiry, settlement) after longs were assigned to shorts. */
export interface CoveredSeries {
  /** First leg of the series. */
  readonly lead: number;
  readonly lots: MarginLots;
}

/** How long a search goes on. */
export interface SearchEffort {
  /** Requirements computed at most in one walk of moves, and while enumerating. */
  readonly moves: number;
  readonly enumerated: number;
  /** Legs up to which a result that is not known to be the least is also walked on from. */
  readonly releasedLegs: number;
}

/** Series of one option kind with longs assigned to shorts. */
export interface CoverSearch {
  /** The series with their lots; allocates. */
  readonly series: () => readonly CoveredSeries[];
  /** Dollars. */
  readonly total: number;
  /** Whether no other assignment requires less: every one was looked at or ruled out. */
  readonly isLeast: boolean;
}

/** Legs of one kind up to which every start is walked from. */
const SMALL_BOOK = 32;

/**
 * The assignment of longs to shorts that requires least, so far as the effort goes: improved by
 * moves from several starts, then compared with all others by branch and bound.
 *
 * Accuracy: never below the least requirement; the least where `isLeast` says so.
 */
export function searchCovers(problem: CoverProblem, effort: SearchEffort): CoverSearch {
  const state = emptyState(problem);
  let best = bestWalked(state, effort.moves);
  const isLeast = enumerateCovers(state, best.total, effort.enumerated, (found) => {
    best = found;
  });
  if (!isLeast && state.count <= effort.releasedLegs)
    best = afterReleases(state, best, effort.moves);
  restore(state, best);
  return { series: () => seriesOf(state), total: best.total, isLeast };
}

/** The best of walks on from an assignment with each series, or two, left without covers in turn. */
function afterReleases(state: CoverState, from: Assignment, moves: number): Assignment {
  let best = from;
  for (let one = 0; one < state.leads.length; one += 1) {
    for (let two = one; two < state.leads.length; two += 1) {
      restore(state, best);
      for (const series of one === two ? [one] : [one, two]) {
        uncoverSeries(state, series);
        state.costs[series] = seriesCost(state, series);
      }
      walkCovers(state, moves);
      const found = assignmentOf(state);
      if (found.total < best.total - LEAST_GAIN) best = found;
    }
  }
  return best;
}

/** The better of what walks from two starts come to; large books walk from the better start only. */
function bestWalked(state: CoverState, moves: number): Assignment {
  startCovers(state, 'own-series-first');
  const own = assignmentOf(state);
  startCovers(state, 'saving-first');
  const saving = assignmentOf(state);
  const isSame = own.net.every((contracts, at) => contracts === saving.net[at]);
  const savingIsBetter = saving.total < own.total || Number.isNaN(own.total);
  const [first, second] = savingIsBetter ? [saving, own] : [own, saving];
  restore(state, first);
  walkCovers(state, moves);
  const walked = assignmentOf(state);
  if (isSame || state.count > SMALL_BOOK) return walked;
  restore(state, second);
  walkCovers(state, moves);
  const other = assignmentOf(state);
  return other.total < walked.total || Number.isNaN(walked.total) ? other : walked;
}

/** All series of the kind, with the longs that cover nothing as paid in full. */
function seriesOf(state: CoverState): readonly CoveredSeries[] {
  const { slot, series, open, leads, problem } = state;
  const all = leads.map((lead, at) => {
    const lots = new MarginLots();
    fillLots(state, at, lots);
    return { lead, lots };
  });
  for (const [rank, long] of slot.entries()) {
    const contracts = open[rank] ?? 0;
    if (contracts === 0 || (series[rank] ?? -1) >= 0) continue;
    let own = all.find(({ lead }) => sameSeries(problem.legs, lead, long));
    if (own === undefined) {
      own = { lead: long, lots: new MarginLots() };
      all.push(own);
    }
    own.lots.add(long, contracts, PAID);
  }
  return all;
}
