import { seriesColumn } from '../data/csv-series.ts';
import { FREQUENCY_RULES } from '../data/series-frequency.ts';
import type { UserSeries } from '../data/user-series.ts';
import { zScoreAt } from '../signals/z-score.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** A user's series as known at one close. */
export interface UserSeriesState {
  readonly series: UserSeries;
  /** Values released by then. */
  readonly visible: number;
  /** Newest of them; NaN = NO DATA, with the reason. */
  readonly value: number;
  /** Its z-score among the visible values of ten years; NaN = NO DATA, with the reason. */
  readonly zScore: number;
  readonly reason: string;
  readonly zScoreReason: string;
  /** Reference date and release of the newest value, whatever its age; undefined = none visible. */
  readonly referenceDate: EpochDay | undefined;
  readonly availableSince: EpochDay | undefined;
  /** Days since the release. */
  readonly age: number;
}

/**
 * A user's series at the close of a day. Values released later are not seen, whatever their
 * reference date; a value older than the series' maxAge is NO DATA.
 */
export function userSeriesState(from: UserSeries, day: EpochDay): UserSeriesState {
  const { series, frequency } = from;
  const column = seriesColumn(series, 'value');
  const rows = [...series.day.keys()].filter((row) => (series.release[row] ?? Number.NaN) <= day);
  const newest = rows.at(-1);
  const release = newest === undefined ? Number.NaN : (series.release[newest] ?? Number.NaN);
  const age = day - release;
  const isYoung = age <= series.maxAge;
  const values = Float64Array.from(rows, (row) => column[row] ?? Number.NaN);
  const { window } = FREQUENCY_RULES[frequency];
  const reason = newest === undefined ? 'nothing released yet' : `older than ${series.maxAge} days`;
  return {
    series: from,
    visible: rows.length,
    value: isYoung ? (values.at(-1) ?? Number.NaN) : Number.NaN,
    zScore: isYoung ? zScoreAt(values, values.length - 1, window) : Number.NaN,
    reason,
    zScoreReason: isYoung ? `fewer than ${window.minimum} values, or no variation` : reason,
    referenceDate: newest === undefined ? undefined : asEpochDay(series.day[newest] ?? 0),
    availableSince: newest === undefined ? undefined : asEpochDay(release),
    age,
  };
}
