import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';

/** Multiples of the stated half-spreads at which policies are run. */
export const SPREAD_MULTIPLES: readonly number[] = [0, 0.5, 1, 1.5, 2];

/** What spreads and a day's delay do to a policy; fractions a year. */
export interface SlippageRow {
  readonly policy: string;
  /** Growth at each of `SPREAD_MULTIPLES`. */
  readonly growth: readonly number[];
  /** Growth when every decision is filled one close later, at the stated spreads. */
  readonly delayed: number;
  /** Multiple of the spreads at which growth equals that of bills, by re-running. */
  readonly breakEven: Measured;
}

/**
 * Multiple of the spreads at which growth falls to that of bills: linear between the multiples that
 * enclose it, the lowest such place.
 *
 * Unknown where growth is below bills at every multiple or above at all of them.
 */
export function breakEvenSpreads(
  multiples: readonly number[],
  growth: readonly number[],
  bills: number,
): Measured {
  if (!multiples.every((_, place) => Number.isFinite(growth[place])) || !Number.isFinite(bills)) {
    return unknown('growth is not known');
  }
  for (let place = 1; place < multiples.length; place += 1) {
    const above = (growth[place - 1] ?? Number.NaN) - bills;
    const below = (growth[place] ?? Number.NaN) - bills;
    if (!(above >= 0 && below < 0)) continue;
    const from = multiples[place - 1] ?? Number.NaN;
    const width = (multiples[place] ?? Number.NaN) - from;
    return measured(from + (width * above) / (above - below), 'growth does not vary');
  }
  return (growth[0] ?? Number.NaN) < bills
    ? unknown('it earns less than bills even without spreads')
    : unknown('it earns more than bills at every spread tried');
}
