import { CALIBRATED, QUOTED, REGRESSED } from '../market/provenance.ts';
import { asOfRow, asOfSeries } from '../signals/as-of.ts';
import type { CsvSeries } from './csv-series.ts';
import { seriesColumn } from './csv-series.ts';

/** Source code of a row without data. */
export const NO_DATA = 255;

/** Values by session and the provenance code of each; NaN goes with NO_DATA. */
export interface SourcedColumn {
  readonly values: Float64Array;
  readonly source: Uint8Array;
}

/** A column of `length` rows without data. */
export function emptyColumn(length: number): SourcedColumn {
  return {
    values: new Float64Array(length).fill(Number.NaN),
    source: new Uint8Array(length).fill(NO_DATA),
  };
}

/** When a daily value may be used: `lag` sessions after its own, for `maxAge` sessions more. */
export interface Availability {
  readonly lag: number;
  readonly maxAge: number;
}

/**
 * A daily series as known at the close of each session; a value carried past its first session is
 * CALIBRATED, an older one than maxAge is NO_DATA.
 *
 * `sessions` are EpochDays, ascending. A value dated between sessions counts for the next one.
 */
export function alignDaily(
  sessions: Int32Array,
  series: CsvSeries | undefined,
  columnName: string,
  availability: Availability,
): SourcedColumn {
  if (series === undefined) return emptyColumn(sessions.length);
  return alignValues(sessions, series.day, seriesColumn(series, columnName), availability);
}

/** As `alignDaily`, for a column computed from a series. */
export function alignValues(
  sessions: Int32Array,
  days: Int32Array,
  values: Float64Array,
  availability: Availability,
): SourcedColumn {
  const out = emptyColumn(sessions.length);
  const availableAt: number[] = [];
  const known: number[] = [];
  let session = 0;
  for (let row = 0; row < days.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    const day = days[row] ?? 0;
    if (Number.isNaN(value) || day < (sessions[0] ?? Number.POSITIVE_INFINITY)) continue;
    while (session < sessions.length && (sessions[session] ?? 0) < day) session += 1;
    const at = session + availability.lag;
    if (availableAt.at(-1) === at) {
      known[known.length - 1] = value;
      continue;
    }
    availableAt.push(at);
    known.push(value);
  }
  const series = asOfSeries(
    Int32Array.from(availableAt),
    Float64Array.from(known),
    availability.maxAge,
  );
  for (let i = 0; i < sessions.length; i += 1) {
    const row = asOfRow(series, i);
    const age = i - (series.availableAt[row] ?? Number.NaN);
    if (!(age <= series.maxAge)) continue;
    out.values[i] = series.value[row] ?? Number.NaN;
    out.source[i] = age === 0 ? QUOTED : CALIBRATED;
  }
  return out;
}

/** How often a column was quoted, modelled or missing over a run of sessions, and when first/last. */
export interface ColumnCoverage {
  readonly quoted: number;
  /** Carried within its age, or a model pinned to levels of the same day. */
  readonly calibrated: number;
  readonly regressed: number;
  /** NO DATA. */
  readonly missing: number;
  /** EpochDay of the first and last row with data; absent when there is none. */
  readonly firstDay?: number;
  readonly lastDay?: number;
}

/**
 * Coverage of rows from `start` on. `source` has the same whole number of cells in every session;
 * cells coded `skip` do not exist (an unused node) and are not counted.
 */
export function coverageOf(
  day: Int32Array,
  source: Uint8Array,
  start: number,
  skip?: number,
): ColumnCoverage {
  const width = source.length / day.length;
  const counts = [0, 0, 0, 0];
  let missing = 0;
  let firstDay: number | undefined;
  let lastDay: number | undefined;
  for (let cell = start * width; cell < source.length; cell += 1) {
    const code = source[cell] ?? NO_DATA;
    if (code === skip) continue;
    if (code === NO_DATA) {
      missing += 1;
      continue;
    }
    counts[code] = (counts[code] ?? 0) + 1;
    lastDay = day[Math.floor(cell / width)];
    firstDay ??= lastDay;
  }
  return {
    quoted: counts[QUOTED] ?? 0,
    calibrated: counts[CALIBRATED] ?? 0,
    regressed: counts[REGRESSED] ?? 0,
    missing,
    ...(firstDay === undefined || lastDay === undefined ? {} : { firstDay, lastDay }),
  };
}
