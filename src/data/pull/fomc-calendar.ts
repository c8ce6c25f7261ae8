import { civilDate, epochDay } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';

import { monthOfName, validDay } from '../chains/date-text.ts';
import type { BuiltFile, ParsedPart, PulledRow, PulledText, RawPart } from './pull-source.ts';
import { isoOf, refusal } from './pulled-rows.ts';

const PAGES = 'https://www.federalreserve.gov/monetarypolicy';
/** Decisions have been announced on the day of the meeting since February 1994. */
const FIRST_YEAR = 1994;
/** The running calendar has this many past years; older ones have a page each. */
const YEARS_ON_CALENDAR = 5;

/** The running calendar and a page for each older year. */
export function fomcParts(today: EpochDay): readonly RawPart[] {
  const older = Math.max(0, civilDate(today).year - YEARS_ON_CALENDAR - FIRST_YEAR);
  const years = Array.from({ length: older }, (_unused, i) => FIRST_YEAR + i);
  return [
    {
      key: 'fomccalendars.htm',
      url: `${PAGES}/fomccalendars.htm`,
      optional: false,
      mayBeEmpty: false,
    },
    ...years.map((year) => ({
      key: `fomchistorical${year}.htm`,
      url: `${PAGES}/fomchistorical${year}.htm`,
      // The newest of them may not have left the running calendar yet.
      optional: year === FIRST_YEAR + older - 1,
      mayBeEmpty: false,
      finalOn: epochDay(year + YEARS_ON_CALENDAR + 1, 1, 1),
      through: epochDay(year, 12, 31),
    })),
  ];
}

/**
 * Meetings on a page of the Federal Reserve: the last day of each, `scheduled` 1 or 0. Notation
 * votes decide no rate and are left out; so are cancelled meetings.
 *
 * Errors: DataError `bad-data` for a page without meetings or without an end, and for a date that
 * does not exist.
 */
export function parseFomcPage(pulled: PulledText): readonly PulledRow[] {
  const { file, text } = pulled;
  if (!/<\/html>\s*$/i.test(text)) {
    throw refusal(file, { rule: 'the page must end with </html>', value: 'cut off or no page' });
  }
  const meetings = [...calendarMeetings(text), ...yearPageMeetings(text)];
  const rows = meetings.flatMap((meeting) => meetingRow(meeting, file));
  if (rows.length === 0) {
    throw refusal(file, { rule: 'the page must list FOMC meetings', value: 'none' });
  }
  return byDay(rows);
}

interface Meeting {
  readonly year: number;
  readonly months: string;
  readonly days: string;
  readonly isConferenceCall: boolean;
}

/** `2024 FOMC Meetings`, then month and days of each in elements of their own. */
function calendarMeetings(text: string): readonly Meeting[] {
  return text.split(/(?=\d{4} FOMC Meetings)/).flatMap((section) => {
    const year = Number(/^(\d{4}) FOMC Meetings/.exec(section)?.[1] ?? Number.NaN);
    if (Number.isNaN(year)) return [];
    const pairs = section.matchAll(
      /fomc-meeting__month[^>]*>([\s\S]*?)<\/div>[\s\S]*?fomc-meeting__date[^>]*>([\s\S]*?)<\/div>/g,
    );
    return [...pairs].map((pair) => ({
      year,
      months: plain(pair[1] ?? ''),
      days: plain(pair[2] ?? ''),
      isConferenceCall: false,
    }));
  });
}

/** `<h5>January 31-February 1 Meeting - 2006</h5>` on the page of a year. */
function yearPageMeetings(text: string): readonly Meeting[] {
  return [...text.matchAll(/<h5[^>]*>([\s\S]*?)<\/h5>/gi)].flatMap((match) => {
    const heading = plain(match[1] ?? '');
    const parts = /^([A-Za-z/]+)\s+(.*\d.*?)\s*-\s*(\d{4})$/.exec(heading);
    if (parts === null || !/meeting|call|unscheduled|notation/i.test(heading)) return [];
    const span = (parts[2] ?? '').replace(/\s*(?:Meetings?|Conference Calls?)\s*/gi, ' ');
    const second = /\d+\s*-\s*([A-Za-z]+)\s*\d+/.exec(span)?.[1];
    return [
      {
        year: Number(parts[3]),
        months: second === undefined ? (parts[1] ?? '') : `${parts[1] ?? ''}/${second}`,
        days: span.trim(),
        isConferenceCall: /conference call/i.test(heading),
      },
    ];
  });
}

function meetingRow(meeting: Meeting, file: string): readonly PulledRow[] {
  const { year, months, days } = meeting;
  if (/notation|cancel/i.test(days)) return [];
  const numbers = [...days.matchAll(/\d{1,2}/g)].map((match) => Number(match[0]));
  const names = months.split('/');
  const [first = Number.NaN] = numbers;
  const last = numbers.at(-1) ?? Number.NaN;
  // `Apr/May 30-1`: the decision falls into the second month; `Jan/Feb 30-31` would not.
  const name = last < first || /[A-Za-z]{3,}\s*\d/.test(days) ? names.at(-1) : names[0];
  const month = monthOfName(name ?? '');
  const day = month === undefined ? undefined : validDay(year, month, last);
  if (day === undefined) {
    throw refusal(file, {
      rule: 'a meeting must have a date that exists',
      value: `${months} ${days}, ${year}`,
    });
  }
  const unscheduled = meeting.isConferenceCall || /unscheduled/i.test(days);
  return [{ day, cells: { scheduled: unscheduled ? 0 : 1 } }];
}

/** Rows by day; a day that has a meeting and a call counts as scheduled. */
function byDay(rows: readonly PulledRow[]): readonly PulledRow[] {
  const scheduled = new Map<number, number>();
  for (const { day, cells } of rows) {
    scheduled.set(day, Math.max(scheduled.get(day) ?? 0, cells['scheduled'] ?? 0));
  }
  return [...scheduled]
    .map(([day, value]) => ({ day, cells: { scheduled: value } }))
    .toSorted((a, b) => a.day - b.day);
}

/** The meetings of all pages in the layout of the market folder. */
export function buildFomc(parts: readonly ParsedPart[]): readonly BuiltFile[] {
  const rows = byDay(parts.flatMap((part) => part.rows));
  const lines = rows.map(({ day, cells }) => `${isoOf(day)},${cells['scheduled'] ?? 0},fed`);
  return [
    {
      file: 'fomc_meetings.csv',
      text: `${['date,scheduled,source', ...lines].join('\n')}\n`,
      notes: [],
    },
  ];
}

function plain(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(?:nbsp|#160);/g, ' ')
    .replaceAll(/&(?:ndash|mdash|#8211);|[\u2010-\u2015]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
