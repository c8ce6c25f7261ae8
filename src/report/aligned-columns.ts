import type { RunRecord } from '../engine/run-record.ts';

/** Days of the longest run: the axis that all runs of a report share. */
export function sharedDays(records: readonly RunRecord[]): Int32Array {
  let longest: Int32Array = new Int32Array();
  for (const { columns } of records) {
    if (columns.day.length > longest.length) longest = columns.day;
  }
  return longest;
}

/** A column of a run on shared days; NaN on days that the run does not have. */
export function alignColumn(
  days: Int32Array,
  record: RunRecord,
  column: Float64Array,
): Float64Array {
  const aligned = new Float64Array(days.length).fill(Number.NaN);
  const own = record.columns.day;
  let row = 0;
  for (const [index, day] of days.entries()) {
    while (row < own.length && (own[row] ?? day) < day) row += 1;
    if (own[row] === day) aligned[index] = column[row] ?? Number.NaN;
  }
  return aligned;
}

/** Equity at closes on or last before a day, for placing an event on the curve. */
export function equityOn(record: RunRecord, day: number): number {
  const row = record.columns.day.findLastIndex((at) => at <= day);
  return record.columns.equityClose[row] ?? record.startEquity;
}
