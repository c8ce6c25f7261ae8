import { nextSession } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate, epochDay } from '../time/epoch-day.ts';
import type { CsvSeries } from './csv-series.ts';
import type { MarketFile } from './market-files.ts';

/** Names of slow series that concepts show beside the market. */
export type SlowFile = 'cape' | 'marketCap' | 'ipo' | 'etfFlow';

/**
 * When the row of a reference date is released, New York: at the close of its own or a later
 * session; on a day of a later month; some months later on the same date, seen the day after; some
 * days later; long ahead, as a calendar is; or with the schedule of its year.
 */
export type ReleaseRule =
  | { readonly on: 'session'; readonly later: number; readonly maxAge: number }
  | {
      readonly on: 'day-of-month';
      readonly monthsLater: number;
      readonly day: number;
      readonly maxAge: number;
    }
  | { readonly on: 'after-months'; readonly months: number; readonly maxAge: number }
  | { readonly on: 'after-days'; readonly days: number; readonly maxAge: number }
  | { readonly on: 'ahead' }
  | {
      readonly on: 'year-schedule';
      /** Days that were moved within their year, and when that was announced; EpochDay. */
      readonly moved: readonly { readonly day: number; readonly announced: number }[];
    };

/** Known at its own close and of use on that session only: a settlement, a quote of the day. */
const OWN_SESSION: ReleaseRule = { on: 'session', later: 0, maxAge: 0 };
/** A price known at its own close; carried for one session when a print is missing. */
const SAME_CLOSE: ReleaseRule = { on: 'session', later: 0, maxAge: 1 };
/** Used from the next session, for signals and marks alike. */
const NEXT_SESSION: ReleaseRule = { on: 'session', later: 1, maxAge: 1 };
const BREADTH: ReleaseRule = { on: 'session', later: 1, maxAge: 3 };
const MACRO: ReleaseRule = { on: 'day-of-month', monthsLater: 1, day: 25, maxAge: 75 };

/**
 * Release and greatest age of every series the product reads from a market folder: the one place
 * that says when a number was known. `maxAge` counts sessions for `session`, days otherwise, from
 * the release on; older is NO DATA.
 *
 * Source: publication calendars of the BIS, OECD and Federal Reserve; dividends and earnings are
 * held back a quarter, because reports follow the quarter by two to three months.
 */
export const RELEASE_RULES: Readonly<Record<MarketFile | SlowFile, ReleaseRule>> = {
  spx: SAME_CLOSE,
  vix: SAME_CLOSE,
  vix9d: SAME_CLOSE,
  vix3m: { on: 'session', later: 0, maxAge: 5 },
  vix6m: SAME_CLOSE,
  vvix: NEXT_SESSION,
  skew: NEXT_SESSION,
  vxCurve: OWN_SESSION,
  vxFinalSettlement: OWN_SESSION,
  vxWeekly: OWN_SESSION,
  spy: OWN_SESSION,
  treasury: SAME_CLOSE,
  shiller: {
    on: 'day-of-month',
    monthsLater: 4,
    day: 1,
    // A dividend level is carried past the end of its series, and said to be.
    maxAge: Number.POSITIVE_INFINITY,
  },
  breadth: BREADTH,
  aboveAverage: BREADTH,
  reer: MACRO,
  shortRates: MACRO,
  fomc: { on: 'ahead' },
  // The agency publishes the days of a year before it begins; the days stored are those kept.
  // Moved: BLS, announcement of 2025-10-10 (lapse in appropriations).
  cpiReleases: {
    on: 'year-schedule',
    moved: [{ day: epochDay(2025, 10, 24), announced: epochDay(2025, 10, 10) }],
  },
  // A month interpolated between quarters holds a third of one that ends two months later.
  priceToEarnings: { on: 'day-of-month', monthsLater: 6, day: 1, maxAge: 120 },
  cape: { on: 'after-months', months: 1, maxAge: 120 },
  marketCap: { on: 'after-months', months: 3, maxAge: 200 },
  ipo: { on: 'after-months', months: 2, maxAge: 75 },
  etfFlow: { on: 'after-days', days: 1, maxAge: 5 },
};

/** Names of series that are revised and read by vintage. */
export type VintageFile = 'cpi' | 'gdp';

/**
 * When a vintage named by its quarter may be used: from a day of the quarter's second month on. The
 * day of release is not stored, so this is approximate and late rather than early.
 */
export interface VintageRule {
  readonly day: number;
  /** Days since then at which the newest vintage is too old. */
  readonly maxAge: number;
}

/** Release and greatest age of every series that is read by vintage. */
export const VINTAGE_RULES: Readonly<Record<VintageFile, VintageRule>> = {
  cpi: { day: 15, maxAge: 200 },
  gdp: { day: 15, maxAge: 200 },
};

/** A rule of vintages as a phrase, with its greatest age. */
export function vintageSentence({ day, maxAge }: VintageRule): string {
  return (
    `from the ${ordinal(day)} of the second month of its quarter (approximate); ` +
    `NO DATA when older than ${maxAge} days`
  );
}

/** A rule of release as a phrase, with its greatest age. */
export function releaseSentence(rule: ReleaseRule): string {
  if (rule.on === 'ahead') return 'published ahead';
  if (rule.on === 'year-schedule') return 'known from 1 January of its year (schedule of the year)';
  const unit = rule.on === 'session' ? 'sessions' : 'days';
  if (rule.on === 'session' && rule.maxAge === 0) return `${releasePhrase(rule)}, for it only`;
  const age = Number.isFinite(rule.maxAge)
    ? `NO DATA when older than ${rule.maxAge} ${rule.maxAge === 1 ? unit.slice(0, -1) : unit}`
    : 'the last value is carried on';
  return `${releasePhrase(rule)}; ${age}`;
}

function releasePhrase(rule: Exclude<ReleaseRule, { on: 'ahead' | 'year-schedule' }>): string {
  switch (rule.on) {
    case 'session':
      return rule.later === 0
        ? 'at the close of its own session'
        : `at the close ${rule.later} session${rule.later === 1 ? '' : 's'} later`;
    case 'day-of-month':
      return `from the ${ordinal(rule.day)} of the ${ordinal(rule.monthsLater)} month after`;
    case 'after-months':
      return `the day after ${rule.months} month${rule.months === 1 ? '' : 's'}`;
    case 'after-days':
      return `${rule.days} day${rule.days === 1 ? '' : 's'} later`;
  }
}

function ordinal(day: number): string {
  const endings: Readonly<Record<number, string>> = {
    1: 'st',
    2: 'nd',
    3: 'rd',
    21: 'st',
    22: 'nd',
  };
  return `${day}${endings[day] ?? 'th'}`;
}

/** A series whose every row has a reference date and a release: the point-in-time store. */
export interface ReleasedSeries extends CsvSeries {
  /** First day at whose close each row may be used, EpochDay; does not descend. */
  readonly release: Int32Array;
  /** Age since release at which a row may still be used; unit by its rule, Infinity = any. */
  readonly maxAge: number;
}

/** Release of what was known before any session. */
export const ALWAYS_KNOWN: number = -(2 ** 31);

/** A series with the release of every row by a rule; sessions are EpochDays, ascending. */
export function releasedBy(
  rule: ReleaseRule,
  series: CsvSeries,
  sessions: Int32Array,
): ReleasedSeries {
  const release =
    rule.on === 'session'
      ? sessionsLater(series.day, sessions, rule.later)
      : series.day.map((day) => releaseDay(rule, day));
  return {
    ...series,
    release,
    maxAge: 'maxAge' in rule ? rule.maxAge : Number.POSITIVE_INFINITY,
  };
}

/** Whether a row is released by the close of its own reference date. */
export function isSeenOnItsDay(series: ReleasedSeries, row: number): boolean {
  return (series.release[row] ?? Number.NaN) <= (series.day[row] ?? Number.NaN);
}

/** Row of the newest value released by the close of a day, whatever its age; -1 without one. */
export function newestReleased(series: ReleasedSeries, day: number): number {
  return series.release.findLastIndex((at) => at <= day);
}

function releaseDay(rule: Exclude<ReleaseRule, { on: 'session' }>, day: number): number {
  switch (rule.on) {
    case 'day-of-month': {
      const { year, month } = monthLater(day, rule.monthsLater);
      return epochDay(year, month, rule.day);
    }
    case 'after-months': {
      const { year, month, date } = monthLater(day, rule.months);
      return epochDay(year, month, Math.min(date, 28)) + 1;
    }
    case 'after-days':
      return day + rule.days;
    case 'ahead':
      return ALWAYS_KNOWN;
    case 'year-schedule':
      return (
        rule.moved.find((each) => each.day === day)?.announced ??
        epochDay(civilDate(asEpochDay(day)).year, 1, 1)
      );
  }
}

function monthLater(
  day: number,
  months: number,
): { readonly year: number; readonly month: number; readonly date: number } {
  const { year, month, day: date } = civilDate(asEpochDay(day));
  const total = month - 1 + months;
  return { year: year + Math.floor(total / 12), month: (total % 12) + 1, date };
}

/** The close `later` sessions after the first session on or after each day. */
function sessionsLater(days: Int32Array, sessions: Int32Array, later: number): Int32Array {
  let place = 0;
  return days.map((day) => {
    while (place < sessions.length && (sessions[place] ?? 0) < day) place += 1;
    const at = sessions[place + later];
    if (at !== undefined) return at;
    // Past the last recorded session the calendar goes on.
    let from = sessions[place] ?? nextSession(asEpochDay(day - 1));
    const recorded = place < sessions.length ? sessions.length - 1 - place : 0;
    if (recorded > 0) from = sessions.at(-1) ?? from;
    for (let left = later - recorded; left > 0; left -= 1) from = nextSession(asEpochDay(from));
    return from;
  });
}
