import { asEpochDay, civilDate, epochDay, weekday } from './epoch-day.ts';
import type { EpochDay } from './epoch-day.ts';

const SUNDAY = 0;
const MONDAY = 1;
const WEDNESDAY = 3;
const THURSDAY = 4;
const FRIDAY = 5;
const SATURDAY = 6;

/** Unscheduled full closures of the NYSE and Cboe since 1990. Source: exchange notices. */
const SPECIAL_CLOSURES: readonly (readonly [number, number, number, string])[] = [
  [1994, 4, 27, 'funeral of President Nixon'],
  [2001, 9, 11, 'attacks of 11 September'],
  [2001, 9, 12, 'attacks of 11 September'],
  [2001, 9, 13, 'attacks of 11 September'],
  [2001, 9, 14, 'attacks of 11 September'],
  [2004, 6, 11, 'funeral of President Reagan'],
  [2007, 1, 2, 'mourning for President Ford'],
  [2012, 10, 29, 'Hurricane Sandy'],
  [2012, 10, 30, 'Hurricane Sandy'],
  [2018, 12, 5, 'mourning for President G. H. W. Bush'],
  [2025, 1, 9, 'mourning for President Carter'],
];

/**
 * Days on which the NYSE was closed but CFE traded and settled VX futures: no sessions here.
 *
 * Source: CFE holiday notices; daily settlements exist for these days.
 */
export const CFE_ONLY_DAYS: readonly EpochDay[] = [
  epochDay(2015, 4, 3),
  epochDay(2018, 12, 5),
  epochDay(2025, 1, 9),
];

const SPECIAL: ReadonlySet<number> = new Set(
  SPECIAL_CLOSURES.map(([year, month, day]) => epochDay(year, month, day)),
);

const holidaysByYear: Map<number, ReadonlySet<number>> = new Map();

/** True when Cboe index options trade (the NYSE calendar). Exact from 1990 on. */
export function isSession(day: EpochDay): boolean {
  const dayOfWeek = weekday(day);
  if (dayOfWeek === SUNDAY || dayOfWeek === SATURDAY) return false;
  return !isHoliday(day);
}

/** True on a full holiday closure, scheduled or special. */
export function isHoliday(day: EpochDay): boolean {
  const { year } = civilDate(day);
  let holidays = holidaysByYear.get(year);
  if (holidays === undefined) {
    holidays = new Set(scheduledHolidays(year));
    holidaysByYear.set(year, holidays);
  }
  return holidays.has(day) || SPECIAL.has(day);
}

/** The first session after a day. */
export function nextSession(day: EpochDay): EpochDay {
  let next = day + 1;
  while (!isSession(asEpochDay(next))) next += 1;
  return asEpochDay(next);
}

/** The last session before a day. */
export function previousSession(day: EpochDay): EpochDay {
  let previous = day - 1;
  while (!isSession(asEpochDay(previous))) previous -= 1;
  return asEpochDay(previous);
}

/** Number of sessions in (from, to]. */
export function sessionsBetween(from: EpochDay, to: EpochDay): number {
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) if (isSession(asEpochDay(day))) count += 1;
  return count;
}

/** Early closes that follow no rule. Source: NYSE, special closings. */
const SPECIAL_EARLY_CLOSES: ReadonlySet<number> = new Set([
  epochDay(1990, 12, 24),
  epochDay(1991, 12, 24),
  epochDay(1992, 12, 24),
  epochDay(1996, 12, 24),
  epochDay(1997, 12, 24),
  epochDay(1997, 12, 26),
  epochDay(1998, 12, 24),
  epochDay(2003, 12, 26),
]);

/** Until the end of this year an early close was at 14:00. */
const LAST_YEAR_OF_14_HOURS = 1992;

/**
 * True when equities close early: the day after Thanksgiving since 1992; 24 December on Monday to
 * Thursday since 1999; around 4 July since 1995; and special days.
 *
 * Domain: exact from 1990. Source: NYSE holidays and early closings, as kept by
 * pandas_market_calendars (nyse.py).
 */
export function isEarlyClose(day: EpochDay): boolean {
  if (!isSession(day)) return false;
  if (SPECIAL_EARLY_CLOSES.has(day)) return true;
  const { year, month, day: dayOfMonth } = civilDate(day);
  if (month === 7) return year >= 1995 && isBesideIndependenceDay(day);
  if (month === 11) return year >= 1992 && day === thanksgiving(year) + 1;
  return month === 12 && dayOfMonth === 24 && year >= 1999 && weekday(day) <= THURSDAY;
}

/**
 * 3 July on Monday, Tuesday and Thursday, and since 2013 on Wednesday; until 2012 a Wednesday was
 * full and Friday, 5 July, short instead.
 */
function isBesideIndependenceDay(day: EpochDay): boolean {
  const { year, day: dayOfMonth } = civilDate(day);
  const dayOfWeek = weekday(day);
  if (dayOfMonth === 3) {
    return dayOfWeek <= THURSDAY && (dayOfWeek !== WEDNESDAY || year >= 2013);
  }
  return dayOfMonth === 5 && dayOfWeek === FRIDAY && year < 2013;
}

const closeFractions: Map<number, number> = new Map();

/**
 * Fraction of the civil day at which equities close and PM-settled options get their value: 16:00;
 * early 13:00 (14:00 until 1992). Remembered per day: every price asks for it.
 */
export function closeFraction(day: number): number {
  let fraction = closeFractions.get(day);
  if (fraction === undefined) {
    fraction = Number.isInteger(day) ? closeHour(asEpochDay(day)) / 24 : Number.NaN;
    closeFractions.set(day, fraction);
  }
  return fraction;
}

function closeHour(day: EpochDay): number {
  if (!isEarlyClose(day)) return 16;
  return civilDate(day).year <= LAST_YEAR_OF_14_HOURS ? 14 : 13;
}

/** Scheduled NYSE holidays of a year. Source: NYSE Rule 7.2 and its predecessors. */
function scheduledHolidays(year: number): readonly number[] {
  const days: number[] = [
    goodFriday(year),
    nthWeekday(year, 2, MONDAY, 3),
    lastMonday(year, 5),
    observed(epochDay(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1),
    thanksgiving(year),
    observed(epochDay(year, 12, 25)),
  ];
  const newYear = epochDay(year, 1, 1);
  // A New Year's Day on Saturday is not observed on the Friday before (year-end accounting).
  if (weekday(newYear) !== SATURDAY) days.push(observed(newYear));
  if (year >= 1998) days.push(nthWeekday(year, 1, MONDAY, 3));
  if (year >= 2022) days.push(observed(epochDay(year, 6, 19)));
  return days;
}

/** A Sunday holiday is kept on Monday, a Saturday one on Friday. */
function observed(day: EpochDay): EpochDay {
  if (weekday(day) === SUNDAY) return asEpochDay(day + 1);
  return weekday(day) === SATURDAY ? asEpochDay(day - 1) : day;
}

function thanksgiving(year: number): EpochDay {
  return nthWeekday(year, 11, THURSDAY, 4);
}

/** The n-th given weekday of a month; n = 1 is the first. */
export function nthWeekday(year: number, month: number, dayOfWeek: number, n: number): EpochDay {
  const first = epochDay(year, month, 1);
  const shift = (dayOfWeek - weekday(first) + 7) % 7;
  return asEpochDay(first + shift + 7 * (n - 1));
}

function lastMonday(year: number, month: number): EpochDay {
  const last = epochDay(year, month + 1, 1) - 1;
  return asEpochDay(last - ((weekday(asEpochDay(last)) - MONDAY + 7) % 7));
}

/** Good Friday: two days before Easter Sunday. Source: anonymous Gregorian computus (1876). */
function goodFriday(year: number): EpochDay {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return asEpochDay(epochDay(year, month, day) - 2);
}
