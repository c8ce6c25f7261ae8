import { invariant } from '../core/invariant.ts';

/**
 * A series that remembers when each value became known.
 *
 * `availableAt` ascends strictly and counts either civil days (EpochDay) or session indices; the
 * unit of `maxAge` and of every look-up is the same.
 */
export interface AsOfSeries {
  readonly availableAt: Int32Array;
  readonly value: Float64Array;
  /** Oldest age, since the value became known, at which it may still be used. */
  readonly maxAge: number;
}

/** An as-of series; its columns have one length and `availableAt` ascends. */
export function asOfSeries(
  availableAt: Int32Array,
  value: Float64Array,
  maxAge: number,
): AsOfSeries {
  invariant(availableAt.length === value.length, 'as-of columns have one length');
  for (let i = 1; i < availableAt.length; i += 1) {
    invariant((availableAt[i - 1] ?? 0) < (availableAt[i] ?? 0), 'availableAt ascends');
  }
  return { availableAt, value, maxAge };
}

/** Row of the newest value known at `at`, whatever its age; -1 when there is none. */
export function asOfRow(series: AsOfSeries, at: number): number {
  let low = 0;
  let high = series.availableAt.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((series.availableAt[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The newest value known at `at`; NaN = NO DATA when there is none or it is older than maxAge. */
export function valueAsOf(series: AsOfSeries, at: number): number {
  const row = asOfRow(series, at);
  if (row < 0) return Number.NaN;
  const age = at - (series.availableAt[row] ?? Number.NaN);
  return age <= series.maxAge ? (series.value[row] ?? Number.NaN) : Number.NaN;
}
