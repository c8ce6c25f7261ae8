import { LEVELS, THETA, VIX } from './daily-states.ts';
import type { DailyStates } from './daily-states.ts';
import { PILLARS } from '../market/market-path.ts';

/** Largest gap of two states that may be joined, in log VIX and in log volatility of 184 days. */
export const JOIN_TOLERANCE = 0.05;

/** For each row the rows that look like it. The relation is symmetric and every row has itself. */
export interface MatchedStarts {
  /** Where the matches of a row begin in `match`; one more at the end. Shape: [row + 1]. */
  readonly first: Int32Array;
  readonly match: Int32Array;
}

/**
 * Rows of the history that may follow as if they were a given row: VIX within 5 % of its own and
 * the volatility of the 184-day pillar too, so that neither the level nor the slope of the term
 * structure breaks at a join. Only rows whose next session is complete are listed; a row that is
 * not complete matches none.
 */
export function matchedStarts(states: DailyStates): MatchedStarts {
  const { count, levels, sources } = states;
  const vix = (row: number): number => levels[row * LEVELS + VIX] ?? Number.NaN;
  // theta is a variance: half its log is the log of a volatility.
  const long = (row: number): number =>
    0.5 * (levels[row * LEVELS + THETA + PILLARS - 1] ?? Number.NaN);
  const byVix = sources.slice().sort((a, b) => vix(a) - vix(b) || a - b);
  const first = new Int32Array(count + 1);
  const match: number[] = [];
  const place = placesOf(byVix, vix, count);
  for (let row = 0; row < count; row += 1) {
    first[row] = match.length;
    for (let k = place[row] ?? 0; k < byVix.length; k += 1) {
      const other = byVix[k] ?? 0;
      const gap = vix(other) - vix(row);
      if (!(gap <= JOIN_TOLERANCE)) break;
      if (Math.abs(long(other) - long(row)) <= JOIN_TOLERANCE) match.push(other);
    }
  }
  first[count] = match.length;
  return { first, match: Int32Array.from(match) };
}

/** For each row the place of the first row of `byVix` whose VIX is not too far below its own. */
function placesOf(byVix: Int32Array, vix: (row: number) => number, count: number): Int32Array {
  const out = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    let low = 0;
    let high = byVix.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (vix(row) - vix(byVix[middle] ?? 0) > JOIN_TOLERANCE) low = middle + 1;
      else high = middle;
    }
    out[row] = low;
  }
  return out;
}
