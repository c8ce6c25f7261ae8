import { QUOTED } from '../market/provenance.ts';
import { asOfSeries, valueAsOf } from '../signals/as-of.ts';
import { firstChanges, releaseSurprise } from '../signals/first-release.ts';
import { macdScore, MULTIPLE_WINDOW } from '../signals/stress-scores.ts';
import { rollingZScore } from '../signals/z-score.ts';
import { asEpochDay, civilDate } from '../time/epoch-day.ts';
import { seriesColumn } from './csv-series.ts';
import { VINTAGE_RULES } from './release-rules.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { emptyColumn, NO_DATA } from './sourced-column.ts';
import type { SourcedColumn } from './sourced-column.ts';
import type { VintageRow } from './vintages.ts';

/** z-score of the MACD histogram over price within ten years of closes; NaN = NO DATA. */
export function macdColumn(closes: Float64Array): SourcedColumn {
  return quoted(macdScore(closes));
}

/**
 * The close of each session over the trailing earnings known by then, and the z-score of that ratio
 * within ten years (at least five).
 *
 * Earnings of a month are its mean close over its published ratio. The source interpolates between
 * quarters, so that a month holds the quarter that ends up to two months after it begins a third;
 * that quarter is taken as known three months after its end. Both columns are NO DATA where
 * the series is absent, or its newest value older than 120 days.
 */
export function earningsColumns(
  day: Int32Array,
  closes: Float64Array,
  ratios: ReleasedSeries | undefined,
): { readonly ratio: SourcedColumn; readonly score: SourcedColumn } {
  if (ratios === undefined)
    return { ratio: emptyColumn(day.length), score: emptyColumn(day.length) };
  const means = monthlyMeans(day, closes);
  const at: number[] = [];
  const earnings: number[] = [];
  const published = seriesColumn(ratios, 'pe_ttm');
  for (const [row, date] of ratios.day.entries()) {
    const value = (means.get(monthOf(date)) ?? Number.NaN) / (published[row] ?? Number.NaN);
    if (Number.isNaN(value)) continue;
    at.push(ratios.release[row] ?? Number.NaN);
    earnings.push(value);
  }
  const series = asOfSeries(Int32Array.from(at), Float64Array.from(earnings), ratios.maxAge);
  const ratio = closes.map((close, i) => close / valueAsOf(series, day[i] ?? 0));
  return { ratio: quoted(ratio), score: quoted(rollingZScore(ratio, MULTIPLE_WINDOW)) };
}

/**
 * z-score of the newest first release of monthly CPI within 60 of them (at least 36), as known at
 * each close; NaN = NO DATA, also when the newest vintage is older than 200 days.
 *
 * Stored vintages are quarterly and usable from the 15th of a quarter's second month: approximate.
 */
export function cpiSurpriseColumn(day: Int32Array, vintages: readonly VintageRow[]): SourcedColumn {
  const changes = firstChanges(vintages, 1);
  const releases = [...new Set(changes.map(({ usableFrom }) => usableFrom))].toSorted(
    (a, b) => a - b,
  );
  const scores = releases.map((release) =>
    releaseSurprise(changes, release, VINTAGE_RULES.cpi.maxAge),
  );
  const series = asOfSeries(
    Int32Array.from(releases),
    Float64Array.from(scores),
    VINTAGE_RULES.cpi.maxAge,
  );
  return quoted(Float64Array.from(day, (today) => valueAsOf(series, today)));
}

/** Mean close of each month that has any, by months since year 0. */
function monthlyMeans(day: Int32Array, closes: Float64Array): ReadonlyMap<number, number> {
  const sums = new Map<number, { total: number; count: number }>();
  for (const [row, today] of day.entries()) {
    const close = closes[row] ?? Number.NaN;
    if (Number.isNaN(close)) continue;
    const sum = sums.get(monthOf(today)) ?? { total: 0, count: 0 };
    sum.total += close;
    sum.count += 1;
    sums.set(monthOf(today), sum);
  }
  return new Map([...sums].map(([month, { total, count }]) => [month, total / count]));
}

function monthOf(day: number): number {
  const { year, month } = civilDate(asEpochDay(day));
  return 12 * year + month - 1;
}

/** A column whose values rest on published ones. */
function quoted(values: Float64Array): SourcedColumn {
  return {
    values,
    source: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NO_DATA : QUOTED)),
  };
}
