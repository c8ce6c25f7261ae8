import { asEpochDay, civilDate } from '../time/epoch-day.ts';

/** Returns of one calendar year by month, fractions. */
export interface YearOfReturns {
  readonly year: number;
  /** January to December; null in months without a session. */
  readonly months: readonly (number | null)[];
  /** Of the sessions of the year, all together. */
  readonly total: number;
}

/**
 * Returns by calendar month from closes, the first month from the start equity.
 *
 * Shape: one close per day, days ascend. Domain: equity > 0 at every month's start; a month that
 * starts at or below 0 is NaN.
 */
export function monthlyReturns(
  startEquity: number,
  day: Int32Array,
  equityClose: Float64Array,
): readonly YearOfReturns[] {
  const years: { year: number; months: (number | null)[]; total: number }[] = [];
  let monthStart = startEquity;
  let yearStart = startEquity;
  let previous = startEquity;
  let last = { year: Number.NaN, month: Number.NaN };
  for (const [row, close] of equityClose.entries()) {
    const { year, month } = civilDate(asEpochDay(day[row] ?? 0));
    if (year !== last.year || month !== last.month) monthStart = previous;
    if (year !== last.year) {
      yearStart = previous;
      years.push({ year, months: Array.from({ length: 12 }, () => null), total: Number.NaN });
    }
    const current = years.at(-1);
    if (current !== undefined) {
      current.months[month - 1] = change(monthStart, close);
      current.total = change(yearStart, close);
    }
    last = { year, month };
    previous = close;
  }
  return years;
}

function change(from: number, to: number): number {
  return from > 0 ? to / from - 1 : Number.NaN;
}
