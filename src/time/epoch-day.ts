import type { Brand } from '../core/brand.ts';
import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';

/** A civil date in New York, as days since 1970-01-01 (proleptic Gregorian). */
export type EpochDay = Brand<number, 'EpochDay'>;

/** Year, month 1..12 and day of month 1..31. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Brands a number read from a typed array as a civil date. Unit: days since 1970-01-01. */
export function asEpochDay(days: number): EpochDay {
  return days as EpochDay;
}

/**
 * Days since 1970-01-01 of a civil date; month 1..12. Days beyond the month's end run on.
 *
 * Source: H. Hinnant (2013), days_from_civil.
 */
export function epochDay(year: number, month: number, day: number): EpochDay {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) as EpochDay;
}

/** Civil date of an epoch day. Source: H. Hinnant (2013), civil_from_days. */
export function civilDate(day: EpochDay): CivilDate {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** Day of the week: 0 = Sunday … 6 = Saturday. */
export function weekday(day: EpochDay): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** ISO 8601 text (YYYY-MM-DD) of an epoch day. */
export function formatIsoDate(day: EpochDay): string {
  const { year, month, day: dayOfMonth } = civilDate(day);
  return `${String(year).padStart(4, '0')}-${pad2(month)}-${pad2(dayOfMonth)}`;
}

/** Epoch day of an ISO 8601 date; an impossible date (2023-02-30) is refused. */
export function parseIsoDate(text: string): Result<EpochDay, { readonly kind: 'bad-date' }> {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return err({ kind: 'bad-date' });
  const day = epochDay(Number(match[1]), Number(match[2]), Number(match[3]));
  return formatIsoDate(day) === text ? ok(day) : err({ kind: 'bad-date' });
}

function pad2(value: number): string {
  return String(value).padStart(2, '0');
}
