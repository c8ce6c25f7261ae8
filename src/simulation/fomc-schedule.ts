import { isSession, nthWeekday } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate } from '../time/epoch-day.ts';

const WEDNESDAY = 3;
/** Stands for the last Wednesday of a month in the pattern. */
const LAST = 5;

/**
 * Month and which Wednesday of it an FOMC meeting ends on.
 *
 * Source: Federal Reserve, meeting calendars 2015-2026; real meetings fall within a week of it.
 */
const FOMC_PATTERN: readonly (readonly [number, number])[] = [
  [1, LAST],
  [3, 3],
  [5, 1],
  [6, 3],
  [7, LAST],
  [9, 3],
  [11, 1],
  [12, 2],
];

/** FOMC decision days of the pattern from one day through another: 8 a year, ascending. */
export function patternFomcDays(from: number, to: number): Int32Array {
  const days: number[] = [];
  const lastYear = civilDate(asEpochDay(to)).year;
  for (let { year } = civilDate(asEpochDay(from)); year <= lastYear; year += 1) {
    for (const [month, nth] of FOMC_PATTERN) {
      let day = nthWeekday(year, month, WEDNESDAY, nth);
      if (civilDate(day).month !== month) day = asEpochDay(day - 7);
      // A holiday on a Wednesday moves the decision to the day before.
      if (!isSession(day)) day = asEpochDay(day - 1);
      if (day >= from && day <= to) days.push(day);
    }
  }
  return Int32Array.from(days);
}
