import { asEpochDay, epochDay } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { fieldText } from './csv-bytes.ts';

/** Code of a field that holds no date. */
export const NO_DATE = -1;

/** Months by the beginning of their names in English, Spanish, French, German and Portuguese. */
const MONTHS: readonly (readonly [number, readonly string[]])[] = [
  [1, ['jan', 'ene', 'gen', 'janv']],
  [2, ['feb', 'fev', 'fév', 'fe']],
  [3, ['mar', 'mär', 'mrz']],
  [4, ['apr', 'abr', 'avr']],
  [5, ['may', 'mai', 'mag']],
  [6, ['jun', 'juin', 'giu']],
  [7, ['jul', 'juil', 'lug']],
  [8, ['aug', 'ago', 'aoû', 'aou']],
  [9, ['sep', 'set']],
  [10, ['oct', 'okt', 'out', 'ott']],
  [11, ['nov']],
  [12, ['dec', 'dic', 'dez', 'déc']],
];
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Month 1..12 of a name, by its beginning in five languages; undefined for another word. */
export function monthOfName(name: string): number | undefined {
  const word = name.toLowerCase();
  return MONTHS.find(([, names]) => names.some((each) => word.startsWith(each)))?.[0];
}

/** The date, or undefined where the calendar has none such; years 1970..2199. */
export function validDay(year: number, month: number, day: number): EpochDay | undefined {
  if (!(year >= 1970 && year <= 2199 && month >= 1 && month <= 12 && day >= 1)) return undefined;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const most = month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day <= most ? epochDay(year, month, day) : undefined;
}

const MEMO_BYTES = 40;

/** Remembers the last date of a column, text and value: neighbours mostly share it. */
export interface DateMemo {
  readonly bytes: Uint8Array;
  length: number;
  day: number;
}

/** A memo that remembers nothing yet. */
export function createDateMemo(): DateMemo {
  return { bytes: new Uint8Array(MEMO_BYTES), length: -1, day: NO_DATE };
}

/**
 * EpochDay in a field, or NO_DATE: 2025-01-31, 2025/01/31, 20250131, 01/31/2025, 1/31/25,
 * Fri Jan 31 2025, 31-Jan-2025; a time after the date is ignored. Numbers alone are month first.
 */
export function dateField(bytes: Uint8Array, start: number, end: number, memo: DateMemo): number {
  const length = end - start;
  if (length === memo.length) {
    const old = memo.bytes;
    let same = length - 1;
    while (same >= 0 && bytes[start + same] === old[same]) same -= 1;
    if (same < 0) return memo.day;
  }
  if (length > MEMO_BYTES || length <= 0) return NO_DATE;
  const key = plainKey(bytes, start, end);
  const day =
    key < 0
      ? textDay(fieldText(bytes, start, end))
      : validDay(Math.floor(key / 10_000), Math.floor(key / 100) % 100, key % 100);
  memo.bytes.set(bytes.subarray(start, end));
  memo.length = length;
  memo.day = day ?? NO_DATE;
  return memo.day;
}

/** yyyymmdd of the three plain forms, or -1. */
function plainKey(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 8) return digits(bytes, start, 8);
  if (end - start !== 10) return -1;
  if (isSeparator(bytes[start + 4]) && isSeparator(bytes[start + 7])) {
    const year = digits(bytes, start, 4);
    const month = digits(bytes, start + 5, 2);
    const day = digits(bytes, start + 8, 2);
    return year < 0 || month < 0 || day < 0 ? -1 : year * 10_000 + month * 100 + day;
  }
  if (bytes[start + 2] === 47 && bytes[start + 5] === 47) {
    const month = digits(bytes, start, 2);
    const day = digits(bytes, start + 3, 2);
    const year = digits(bytes, start + 6, 4);
    return year < 0 || month < 0 || day < 0 ? -1 : year * 10_000 + month * 100 + day;
  }
  return -1;
}

/** Whole number in `count` bytes, or -1 where one of them is no digit. */
export function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function isSeparator(byte: number | undefined): boolean {
  return byte === 45 || byte === 47;
}

/** Date in a short text, or undefined. */
export function textDay(text: string): EpochDay | undefined {
  const iso = /^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)/.exec(text);
  if (iso !== null) return validDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashes = /^(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})(?!\d)/.exec(text);
  if (slashes !== null) {
    return validDay(fullYear(slashes[3]), Number(slashes[1]), Number(slashes[2]));
  }
  return namedDay(text);
}

/**
 * Date with a month in words anywhere in a text: `January 6, 2025`, `9 June 2023`,
 * `23 de marzo de 2022`, `Fri Jan 31 2025`; undefined when there is none.
 */
export function namedDay(text: string): EpochDay | undefined {
  for (const match of text.matchAll(/[A-Za-z\u00C0-\u024F]{3,}/g)) {
    const month = monthOfName(match[0]);
    if (month === undefined) continue;
    const before = /(\d{1,2})\D{0,5}$/.exec(text.slice(0, match.index));
    const after = text.slice(match.index + match[0].length);
    const american = /^\D{0,3}(\d{1,2})(?:st|nd|rd|th)?\D{1,6}(\d{4})(?!\d)/.exec(after);
    const european = /^\D{0,6}(\d{4}|\d{2})(?!\d)/.exec(after);
    const day =
      american === null
        ? validDay(fullYear(european?.[1]), month, Number(before?.[1] ?? Number.NaN))
        : validDay(Number(american[2]), month, Number(american[1]));
    if (day !== undefined) return asEpochDay(day);
  }
  return undefined;
}

function fullYear(text: string | undefined): number {
  const year = Number(text ?? Number.NaN);
  return year < 100 ? 2000 + year : year;
}
