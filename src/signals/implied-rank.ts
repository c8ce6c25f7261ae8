import type { ZScoreWindow } from './z-score.ts';

/** A year of sessions, of which nine tenths must have a value. */
export const RANK_WINDOW: ZScoreWindow = { rows: 252, minimum: 227 };

/**
 * Rank of a row within its trailing window, 0..100: 100 (now - lowest) / (highest - lowest). Read
 * on VIX closes it is what brokers show as IV rank.
 *
 * NaN rows are left out. NaN = NO DATA when the row is NaN, fewer than `minimum` values are there,
 * or they do not vary.
 */
export function rankAt(
  values: Float64Array,
  row: number,
  window: ZScoreWindow = RANK_WINDOW,
): number {
  const known = knownIn(values, row, window);
  if (known === undefined) return Number.NaN;
  const low = Math.min(...known);
  const high = Math.max(...known);
  return high > low ? (100 * ((values[row] ?? Number.NaN) - low)) / (high - low) : Number.NaN;
}

/**
 * Percentile of a row within its trailing window, 0..100: share of the window's other rows that
 * stand below it. One spike moves the rank of every later day, but not its percentile.
 *
 * NaN rows are left out; NaN as for `rankAt`, but a flat window gives 0.
 */
export function percentileAt(
  values: Float64Array,
  row: number,
  window: ZScoreWindow = RANK_WINDOW,
): number {
  const known = knownIn(values, row, window);
  if (known === undefined) return Number.NaN;
  const now = values[row] ?? Number.NaN;
  return (100 * known.filter((value) => value < now).length) / (known.length - 1);
}

function knownIn(
  values: Float64Array,
  row: number,
  window: ZScoreWindow,
): readonly number[] | undefined {
  if (Number.isNaN(values[row] ?? Number.NaN)) return undefined;
  const from = Math.max(0, row - window.rows + 1);
  const known = [...values.subarray(from, row + 1)].filter((value) => !Number.isNaN(value));
  return known.length >= Math.max(2, window.minimum) ? known : undefined;
}
