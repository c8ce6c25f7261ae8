import { describe, expect, it } from 'vitest';
import { SPX_OPTION } from '../contracts/contract-kind.ts';
import { walkCovers } from './cover-moves.ts';
import { searchCovers } from './cover-search.ts';
import type { SearchEffort } from './cover-search.ts';
import { assignmentOf, emptyState, seriesCost } from './cover-state.ts';
import type { CoverProblem } from './cover-state.ts';
import { exactRequirement } from './exact-requirement.fixture.ts';
import { legsOf } from './legs.fixture.ts';
import { EXCHANGE_PROFILE } from './margin-profile.ts';
import { closeBookOf, SPOT } from './random-books.fixture.ts';
import { shortRequirement } from './short-requirement.ts';
import { createSpreadRequirement } from './spread-requirement.ts';

const BOOKS = 1000;
/** Dollars: sums of doubles in another order. */
const ROUNDING = 1e-3;

/** Books above the least requirement by way of searching, as measured: a change misses no more. */
const MISSED = { fromNothing: 58, greedy: 60, moved: 7, released: 3 };

/** Requirements that may be computed, and books known to be at the least by then, as measured. */
const KNOWN = [
  [50, 675],
  [200, 991],
] as const;

const MOVES = 20_000;

/** Requirements that walks from nothing compute, as measured: what cannot gain is not tried. */
const MOST_TRIALS = 6555;

const spreadOf = createSpreadRequirement(EXCHANGE_PROFILE);
const terms = { rule: EXCHANGE_PROFILE.options.spx, spot: SPOT, multiplier: 100 };
const books = Array.from({ length: BOOKS }, (_unused, book) => {
  const sketches = closeBookOf(book);
  return { legs: legsOf(sketches), least: exactRequirement(sketches, terms) };
});

interface Found {
  /** Books above the least requirement, and below it. */
  readonly above: number;
  readonly below: number;
  /** Books known to be at the least, and those among them that are not. */
  readonly known: number;
  readonly wrong: number;
}

type Search = (problem: CoverProblem) => { readonly total: number; readonly isLeast: boolean };

/** All books by one way of searching. */
function searched(search: Search): Found {
  const found = { above: 0, below: 0, known: 0, wrong: 0 };
  for (const { legs, least } of books) {
    const { total, isLeast } = search({
      legs,
      kind: SPX_OPTION,
      terms,
      spread: (lots) => spreadOf(legs, lots, terms),
      naked: (lots) => shortRequirement(legs, lots, terms, 'naked'),
      allNaked: (lots) => shortRequirement(legs, lots, terms, 'all-shorts'),
    });
    const isAbove = !(total <= least + ROUNDING);
    if (isAbove) found.above += 1;
    if (!(total >= least - ROUNDING)) found.below += 1;
    if (isLeast) found.known += 1;
    if (isLeast && isAbove) found.wrong += 1;
  }
  return found;
}

function withEffort(effort: SearchEffort): Found {
  return searched((problem) => searchCovers(problem, effort));
}

/** Moves alone, from books in which nothing is covered; what is tried is counted in `tally`. */
function walkingFromNothing(tally: { trials: number }): Search {
  return (problem) => {
    const state = emptyState(problem);
    for (const series of state.leads.keys()) state.costs[series] = seriesCost(state, series);
    tally.trials += MOVES - walkCovers(state, MOVES);
    return { total: assignmentOf(state).total, isLeast: false };
  };
}

describe('covers of a thousand books of six to nine legs that stand close together', () => {
  it('by moves from nothing come to the least in all but a few', () => {
    const tally = { trials: 0 };
    const { above, below } = searched(walkingFromNothing(tally));
    expect(below).toBe(0);
    expect(above).toBeLessThanOrEqual(MISSED.fromNothing);
    expect(tally.trials).toBeLessThanOrEqual(MOST_TRIALS);
  });

  it('by preference miss it in some, by moves from there in hardly any', () => {
    const greedy = withEffort({ moves: 0, enumerated: 0, releasedLegs: 0 });
    const moved = withEffort({ moves: 20_000, enumerated: 0, releasedLegs: 0 });
    const released = withEffort({ moves: 20_000, enumerated: 0, releasedLegs: 64 });
    expect([greedy.below, moved.below, released.below]).toEqual([0, 0, 0]);
    expect(greedy.above).toBeLessThanOrEqual(MISSED.greedy);
    expect(moved.above).toBeLessThanOrEqual(MISSED.moved);
    expect(released.above).toBeLessThanOrEqual(MISSED.released);
  });

  it('by branch and bound alone are the least in all, and known to be', () => {
    const { above, below, known } = withEffort({ moves: 0, enumerated: 1e9, releasedLegs: 0 });
    expect([above, below, known]).toEqual([0, 0, BOOKS]);
  });

  it('are not called the least where the enumeration ends before it knows', () => {
    for (const [enumerated, most] of KNOWN) {
      const { known, wrong } = withEffort({ moves: 0, enumerated, releasedLegs: 0 });
      expect(wrong).toBe(0);
      expect(known).toBeGreaterThanOrEqual(most);
    }
  });
});
