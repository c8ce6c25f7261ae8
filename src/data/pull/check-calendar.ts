import { CFE_ONLY_DAYS, isSession, nthWeekday } from '../../time/cboe-calendar.ts';
import { asEpochDay, civilDate, epochDay, weekday } from '../../time/epoch-day.ts';
import { listedVxExpiries } from '../vx-listing.ts';
import type { CheckRule } from './check-rules.ts';
import { isoOf } from './pulled-rows.ts';
import { createTally } from './scan-file.ts';
import type { FileFinding, ScannedRow } from './scan-file.ts';

const MONDAY = 1;
const SATURDAY = 6;
const SUNDAY = 0;
/** The exchange calendar is exact from here on. */
const CALENDAR_FROM = epochDay(1990, 1, 1);

/** What the calendar says of a file. */
export interface CalendarFindings {
  readonly findings: readonly FileFinding[];
  /** Gaps that the backtest bridges. */
  readonly notes: readonly string[];
}

/**
 * Rows missing between the first and the last one, and rows on days that have none.
 *
 * @param futures Whether the futures exchange's own days count as sessions too.
 */
export function calendarFindings(
  rows: readonly ScannedRow[],
  rule: CheckRule,
  futures: boolean,
): CalendarFindings {
  const first = rows[0]?.day ?? 0;
  const last = rows.at(-1)?.day ?? -1;
  const from = Math.max(first, rule.from ?? CALENDAR_FROM, CALENDAR_FROM);
  switch (rule.calendar) {
    case 'any':
      return { findings: [], notes: [] };
    case 'months':
      return { findings: gapsOf(monthsMissing(rows), 'month'), notes: [] };
    case 'vx-expiries': {
      const missing = expiriesMissing(rows);
      const note = `${counted(missing.length, 'expiry', 'expiries')} without a final settlement: VIX open stands in`;
      return { findings: [], notes: missing.length === 0 ? [] : [note] };
    }
    case 'sessions':
    case 'bond-days': {
      const isBond = rule.calendar === 'bond-days';
      const expected = daysBetween(from, last).filter((day) => isExpected(day, isBond));
      const gaps = dayGaps(expected, rows, rule.carried);
      return { ...gaps, findings: [...gaps.findings, ...closedDays(rows, isBond, futures)] };
    }
    default:
      return rule.calendar;
  }
}

function daysBetween(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_unused, i) => first + i);
}

function isExpected(day: number, isBond: boolean): boolean {
  return isSession(asEpochDay(day)) && !(isBond && isBondHoliday(day));
}

/**
 * Days on which the bond market alone rests: Columbus Day and Veterans Day (the Monday after when
 * it is a Sunday). Source: SIFMA holiday recommendations.
 */
function isBondHoliday(day: number): boolean {
  const { year, month, day: dayOfMonth } = civilDate(asEpochDay(day));
  if (month === 10) return day === nthWeekday(year, 10, MONDAY, 2);
  if (month !== 11) return false;
  return dayOfMonth === 11 || (dayOfMonth === 12 && weekday(asEpochDay(day)) === MONDAY);
}

function dayGaps(
  expected: readonly number[],
  rows: readonly ScannedRow[],
  carried: number,
): CalendarFindings {
  const there = new Set(rows.map(({ day }) => day));
  const runs: number[][] = [];
  for (const [i, day] of expected.entries()) {
    if (there.has(day)) continue;
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === expected[i - 1]) run.push(day);
    else runs.push([day]);
  }
  const bridged = runs.filter((run) => run.length <= carried).flat();
  const open = runs.filter((run) => run.length > carried);
  const longest = open.reduce<readonly number[]>(
    (most, run) => (run.length > most.length ? run : most),
    [],
  );
  const span =
    longest.length === 1
      ? isoOf(longest[0] ?? 0)
      : `${longest.length} from ${isoOf(longest[0] ?? 0)} to ${isoOf(longest.at(-1) ?? 0)}`;
  const example = `no row on a session; longest gap: ${span}`;
  const count = open.flat().length;
  return {
    findings: count === 0 ? [] : [{ rule: 'gap', count, example }],
    notes:
      bridged.length === 0
        ? []
        : [
            `${counted(bridged.length, 'missing session')} bridged, the first ${isoOf(bridged[0] ?? 0)}`,
          ],
  };
}

function closedDays(
  rows: readonly ScannedRow[],
  isBond: boolean,
  futures: boolean,
): readonly FileFinding[] {
  const tally = createTally();
  for (const { day, line } of rows) {
    const dayOfWeek = weekday(asEpochDay(day));
    const isWeekend = dayOfWeek === SATURDAY || dayOfWeek === SUNDAY;
    const isOpen =
      day < CALENDAR_FROM ||
      (isBond ? !isWeekend : isSession(asEpochDay(day))) ||
      (futures && CFE_ONLY_DAYS.some((each) => each === day));
    if (!isOpen) tally.add('closed-day', `line ${line}: ${isoOf(day)} is no session`);
  }
  return tally.list();
}

function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function monthsMissing(rows: readonly ScannedRow[]): readonly string[] {
  const months = rows.map(({ day }) => {
    const { year, month } = civilDate(asEpochDay(day));
    return year * 12 + month - 1;
  });
  return months.flatMap((month, i) => {
    const before = months[i - 1] ?? month - 1;
    return daysBetween(before + 1, month - 1).map(
      (each) => `${Math.floor(each / 12)}-${String((each % 12) + 1).padStart(2, '0')}`,
    );
  });
}

function expiriesMissing(rows: readonly ScannedRow[]): readonly number[] {
  const first = rows[0]?.day ?? 0;
  const last = rows.at(-1)?.day ?? -1;
  if (last <= first) return [];
  const there = new Set(rows.map(({ day }) => day));
  return listedVxExpiries(first, Math.ceil((last - first) / 28) + 1).filter(
    (expiry) => expiry < last && !there.has(expiry),
  );
}

function gapsOf(missing: readonly string[], unit: string): readonly FileFinding[] {
  const [first] = missing;
  if (first === undefined) return [];
  return [{ rule: 'gap', count: missing.length, example: `no row for the ${unit} ${first}` }];
}
