import { CALIBRATED, QUOTED, REGRESSED } from '../market/provenance.ts';
import { asOfRow, asOfSeries } from '../signals/as-of.ts';
import { seriesColumn } from './csv-series.ts';
import type { ReleasedSeries } from './release-rules.ts';

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

/**
 * A daily series as known at the close of each session; a value carried past the session of its
 * release is CALIBRATED, one older than the series' maxAge in sessions is NO_DATA.
 *
 * `sessions` are EpochDays, ascending. A value released between sessions counts for the next one.
 */
export function alignDaily(
  sessions: Int32Array,
  series: ReleasedSeries | undefined,
  columnName: string,
): SourcedColumn {
  if (series === undefined) return emptyColumn(sessions.length);
  return alignValues(sessions, series, seriesColumn(series, columnName));
}

/** As `alignDaily`, for a column computed from a series. */
export function alignValues(
  sessions: Int32Array,
  { day: days, release, maxAge }: Pick<ReleasedSeries, 'day' | 'release' | 'maxAge'>,
  values: Float64Array,
): SourcedColumn {
  const out = emptyColumn(sessions.length);
  const availableAt: number[] = [];
  const newest: number[] = [];
  let session = 0;
  for (let row = 0; row < days.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    const day = days[row] ?? 0;
    if (Number.isNaN(value) || day < (sessions[0] ?? Number.POSITIVE_INFINITY)) continue;
    const known = release[row] ?? Number.NaN;
    while (session < sessions.length && (sessions[session] ?? 0) < known) session += 1;
    if (availableAt.at(-1) === session) {
      newest[newest.length - 1] = value;
      continue;
    }
    availableAt.push(session);
    newest.push(value);
  }
  const series = asOfSeries(Int32Array.from(availableAt), Float64Array.from(newest), maxAge);
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
