import { zScoreAt } from './z-score.ts';

/** An observation of one vintage; periods count months. */
export interface VintageObservation {
  /** First day, or session, on which the vintage may be used. */
  readonly usableFrom: number;
  readonly period: number;
  readonly value: number;
}

/** Months of first releases a surprise is held against. */
const SURPRISE_WINDOW = { rows: 60, minimum: 36 };

/** A change as first released, and when it could be known. */
export interface FirstChange {
  readonly period: number;
  readonly usableFrom: number;
  /** Log change over the period before, both of one vintage. */
  readonly change: number;
}

/**
 * Log changes as first released, by period ascending: each period's change comes from the first
 * vintage that holds it together with the period `step` months before.
 */
export function firstChanges(
  rows: readonly VintageObservation[],
  step: number,
): readonly FirstChange[] {
  const byVintage = new Map<number, Map<number, number>>();
  for (const { usableFrom, period, value } of rows) {
    const vintage = byVintage.get(usableFrom) ?? new Map<number, number>();
    vintage.set(period, value);
    byVintage.set(usableFrom, vintage);
  }
  const first = new Map<number, FirstChange>();
  for (const [usableFrom, vintage] of [...byVintage].toSorted(([a], [b]) => a - b)) {
    for (const [period, value] of vintage) {
      const before = vintage.get(period - step);
      if (before === undefined || first.has(period)) continue;
      first.set(period, { period, usableFrom, change: Math.log(value / before) });
    }
  }
  return [...first.values()].toSorted((a, b) => a.period - b.period);
}

/**
 * Standard score of the newest first-released change known at a day within the last 60 months of
 * them; NaN = NO DATA, also when the newest is older than `maxAge`.
 */
export function releaseSurprise(
  changes: readonly FirstChange[],
  day: number,
  maxAge: number,
): number {
  const known = changes.filter(({ usableFrom }) => usableFrom <= day);
  const newest = known.at(-1);
  if (newest === undefined || !(day - newest.usableFrom <= maxAge)) return Number.NaN;
  const values = Float64Array.from(known, ({ change }) => change);
  return zScoreAt(values, values.length - 1, SURPRISE_WINDOW);
}

/**
 * Revision of the newest period that two vintages known at a day both hold: the later log change
 * less the first, over `step` months; NaN = NO DATA.
 */
export function latestRevision(
  rows: readonly VintageObservation[],
  day: number,
  step: number,
): number {
  const known = rows.filter(({ usableFrom }) => usableFrom <= day);
  const vintages = [...new Set(known.map(({ usableFrom }) => usableFrom))].toSorted(
    (a, b) => b - a,
  );
  const [later, earlier] = vintages;
  if (later === undefined || earlier === undefined) return Number.NaN;
  const periods = known.filter((row) => row.usableFrom === earlier).map(({ period }) => period);
  const newest = Math.max(...periods);
  const change = (vintage: number): number => {
    const value = (period: number): number =>
      known.find((row) => row.usableFrom === vintage && row.period === period)?.value ?? Number.NaN;
    return Math.log(value(newest) / value(newest - step));
  };
  return change(later) - change(earlier);
}
