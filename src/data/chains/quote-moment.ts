import { isEarlyClose, isSession, nthWeekday, previousSession } from '../../time/cboe-calendar.ts';
import { asEpochDay, civilDate } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { namedDay, textDay } from './date-text.ts';

const OPEN = 9 * 60 + 30;
const CLOSE = 16 * 60 + 15;
const EARLY_CLOSE = 13 * 60 + 15;
const DAY = 24 * 60;

/** The session and the minute that quotes belong to, New York. */
export interface QuoteMoment {
  readonly day: EpochDay;
  /** Minutes after midnight; undefined when only a date is known. */
  readonly minute: number | undefined;
}

/**
 * The session whose quotes a download of that date line shows, or undefined when it has no date.
 *
 * Lenient about language, order and the words between: `January 7, 2024 at 10:52 AM EST`,
 * `23 de marzo de 2022, 10:11 GMT-4`, `Jan 24 2011 @ 14:03 ET`, `2024-01-05 16:20`. A download
 * before the open, at a weekend or on a holiday shows the close of the session before; one after
 * the close (16:15, 13:15 on early closes) shows that close.
 */
export function parseQuoteMoment(line: string): QuoteMoment | undefined {
  const text = line.replace(/^[\s"#]*(date|fecha|datum)\s*:\s*/i, '');
  const downloaded = namedDay(text) ?? anywhereDay(text);
  if (downloaded === undefined) return undefined;
  const minute = minuteOf(text);
  if (minute === undefined) {
    return { day: sessionAtOrBefore(downloaded), minute: undefined };
  }
  const shifted = minute + zoneShift(text, downloaded);
  const day = asEpochDay(downloaded + Math.floor(shifted / DAY));
  const local = shifted - DAY * Math.floor(shifted / DAY);
  if (!isSession(day) || local < OPEN) {
    const session = previousSession(day);
    return { day: session, minute: closeOf(session) };
  }
  return { day, minute: Math.min(local, closeOf(day)) };
}

function anywhereDay(text: string): EpochDay | undefined {
  const found = /\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}/.exec(text);
  return found === null ? undefined : textDay(found[0]);
}

function sessionAtOrBefore(day: EpochDay): EpochDay {
  return isSession(day) ? day : previousSession(day);
}

function closeOf(day: EpochDay): number {
  return isEarlyClose(day) ? EARLY_CLOSE : CLOSE;
}

function minuteOf(text: string): number | undefined {
  const match = /(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?/i.exec(text);
  if (match === null) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2]);
  if (!(hour <= 23 && minute <= 59)) return undefined;
  const half = match[3]?.toLowerCase();
  if (half === undefined || hour > 12) return hour * 60 + minute;
  return ((hour % 12) + (half === 'p' ? 12 : 0)) * 60 + minute;
}

/** Minutes to add to the written time for New York time. */
function zoneShift(text: string, day: EpochDay): number {
  const numeric = /(?:GMT|UTC)\s*([+-\u2212])\s*(\d{1,2})(?::?(\d{2}))?/i.exec(text);
  if (numeric !== null) {
    const size = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return newYorkOffset(day) - (numeric[1] === '+' ? size : -size);
  }
  if (/\b(GMT|UTC)\b/.test(text)) return newYorkOffset(day);
  if (/\bC[SD]?T\b/.test(text)) return 60;
  if (/\bM[SD]T\b/.test(text)) return 120;
  return /\bP[SD]?T\b/.test(text) ? 180 : 0;
}

/** Minutes that New York is ahead of UTC. Source: Energy Policy Act of 2005, section 110. */
function newYorkOffset(day: EpochDay): number {
  const { year } = civilDate(day);
  const from = nthWeekday(year, 3, 0, 2);
  const until = nthWeekday(year, 11, 0, 1);
  return day >= from && day < until ? -240 : -300;
}
