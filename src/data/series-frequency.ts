import { asEpochDay, civilDate } from '../time/epoch-day.ts';

/** How often a series of a user has a value. */
export type SeriesFrequency = 'daily' | 'weekly' | 'monthly' | 'quarterly';

/** Every frequency, the shortest first. */
export const SERIES_FREQUENCIES: readonly SeriesFrequency[] = [
  'daily',
  'weekly',
  'monthly',
  'quarterly',
];

/** What follows from a frequency where nothing else is said. */
export interface FrequencyRule {
  /** Days since its release at which a value is too old. */
  readonly maxAge: number;
  /** Values of ten years, and the fewest of them that a z-score may rest on: a year or more. */
  readonly window: { readonly rows: number; readonly minimum: number };
  /** What two dates in a row must keep, in words. */
  readonly spacing: string;
}

/** Spacing, age and z-score window by frequency. */
export const FREQUENCY_RULES: Readonly<Record<SeriesFrequency, FrequencyRule>> = {
  daily: {
    maxAge: 5,
    window: { rows: 2520, minimum: 252 },
    // The longest closure of the exchange, September 2001, left seven days between sessions.
    spacing: 'stand at most 7 days apart',
  },
  weekly: { maxAge: 10, window: { rows: 520, minimum: 52 }, spacing: 'stand 4 to 10 days apart' },
  monthly: { maxAge: 45, window: { rows: 120, minimum: 24 }, spacing: 'lie in months in a row' },
  quarterly: { maxAge: 120, window: { rows: 40, minimum: 8 }, spacing: 'lie three months apart' },
};

/** Whether two dates in a row keep the spacing of a frequency; EpochDays, ascending. */
export function isInStep(frequency: SeriesFrequency, before: number, day: number): boolean {
  const days = day - before;
  switch (frequency) {
    case 'daily':
      return days <= 7;
    case 'weekly':
      return days >= 4 && days <= 10;
    case 'monthly':
      return monthsBetween(before, day) === 1;
    case 'quarterly':
      return monthsBetween(before, day) === 3;
  }
}

/**
 * The frequency most dates keep, by their median distance; undefined when it fits none, or with one
 * date.
 */
export function commonFrequency(days: Int32Array): SeriesFrequency | undefined {
  const gaps = days.slice(1).map((day, row) => day - (days[row] ?? 0));
  const median = gaps.toSorted()[gaps.length >> 1];
  if (median === undefined) return undefined;
  if (median <= 3) return 'daily';
  if (median >= 5 && median <= 9) return 'weekly';
  if (median >= 28 && median <= 31) return 'monthly';
  return median >= 89 && median <= 92 ? 'quarterly' : undefined;
}

function monthsBetween(before: number, day: number): number {
  const [from, to] = [civilDate(asEpochDay(before)), civilDate(asEpochDay(day))];
  return 12 * (to.year - from.year) + to.month - from.month;
}
