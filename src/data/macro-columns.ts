import { CALIBRATED, QUOTED, REGRESSED } from '../market/provenance.ts';
import { asOfRow, asOfSeries, valueAsOf } from '../signals/as-of.ts';
import type { AsOfSeries } from '../signals/as-of.ts';
import { trailingZScore } from '../signals/z-score.ts';
import { asEpochDay, civilDate } from '../time/epoch-day.ts';
import { seriesColumn } from './csv-series.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { emptyColumn } from './sourced-column.ts';
import type { SourcedColumn } from './sourced-column.ts';

/** Days after which a dividend level in use counts as carried. */
const DIVIDEND_FRESH = 120;
const YEAR = 12;
const Z_WINDOW = { rows: 10 * YEAR, minimum: 5 * YEAR };

/** z-score of the 12-month log change of the real effective exchange rate, as known; NaN = NO DATA. */
export function reerChangeColumn(day: Int32Array, reer: ReleasedSeries | undefined): SourcedColumn {
  if (reer === undefined) return emptyColumn(day.length);
  const level = monthly(reer, seriesColumn(reer, 'value').map(Math.log));
  return macroColumn(day, level, reer.maxAge);
}

/**
 * z-score of the 12-month change of US - mean(DE, JP) three-month rates, as known; NaN = NO DATA.
 * The euro area stands in for Germany where that is blank (they are one rate since 1999).
 */
export function rateDifferentialColumn(
  day: Int32Array,
  rates: ReleasedSeries | undefined,
): SourcedColumn {
  if (rates === undefined) return emptyColumn(day.length);
  const germany = seriesColumn(rates, 'de_3m');
  const euro = seriesColumn(rates, 'ez_3m');
  const japan = seriesColumn(rates, 'jp_3m');
  const differential = seriesColumn(rates, 'us_3m').map((us, row) => {
    const own = germany[row] ?? Number.NaN;
    const foreign = Number.isNaN(own) ? (euro[row] ?? Number.NaN) : own;
    return us - (foreign + (japan[row] ?? Number.NaN)) / 2;
  });
  return macroColumn(day, monthly(rates, differential), rates.maxAge);
}

/** SPX dividend yield where there is no series: the mean of 1990-2023, Shiller's 12-month dividends. */
export const ASSUMED_DIVIDEND_YIELD = 0.019;

/**
 * SPX dividend yield, continuous, per year: ln(1 + D / price), D the newest released 12-month
 * dividend, held back three months beyond its own. Past the end of the dividend series its last
 * level is carried and coded CALIBRATED; without a series it is `ASSUMED_DIVIDEND_YIELD`, coded
 * REGRESSED.
 */
export function dividendYieldColumn(
  day: Int32Array,
  close: Float64Array,
  shiller: ReleasedSeries | undefined,
): SourcedColumn {
  const out = emptyColumn(day.length);
  if (shiller === undefined) {
    // A yield half a percent off moves a 45-day forward by 6 basis points: worth an assumption.
    out.values.fill(ASSUMED_DIVIDEND_YIELD);
    out.source.fill(REGRESSED);
    return out;
  }
  const months = monthly(shiller, seriesColumn(shiller, 'dividend'));
  const series = available(months, shiller.maxAge);
  for (let i = 0; i < day.length; i += 1) {
    const row = asOfRow(series, day[i] ?? 0);
    const dividend = series.value[row] ?? Number.NaN;
    if (Number.isNaN(dividend)) continue;
    out.values[i] = Math.log1p(dividend / (close[i] ?? Number.NaN));
    const age = (day[i] ?? 0) - (series.availableAt[row] ?? 0);
    out.source[i] = age <= DIVIDEND_FRESH ? QUOTED : CALIBRATED;
  }
  return out;
}

/** One value a month, without holes: NaN where a month has no row. */
interface Monthly {
  /** Months since year 0 of the first value. */
  readonly first: number;
  readonly values: Float64Array;
  /** EpochDay of release; NaN where a month has no row. */
  readonly release: Float64Array;
}

function monthly(series: ReleasedSeries, values: Float64Array): Monthly {
  const months = Array.from(series.day, (day) => {
    const { year, month } = civilDate(asEpochDay(day));
    return year * YEAR + month - 1;
  });
  const first = months[0] ?? 0;
  const out = new Float64Array((months.at(-1) ?? 0) - first + 1).fill(Number.NaN);
  const release = out.slice();
  months.forEach((month, row) => {
    out[month - first] = values[row] ?? Number.NaN;
    release[month - first] = series.release[row] ?? Number.NaN;
  });
  return { first, values: out, release };
}

function macroColumn(day: Int32Array, level: Monthly, maxAge: number): SourcedColumn {
  const change = level.values.map(
    (value, month) => value - (level.values[month - YEAR] ?? Number.NaN),
  );
  const series = available({ ...level, values: trailingZScore(change, Z_WINDOW) }, maxAge);
  const out = emptyColumn(day.length);
  for (let i = 0; i < day.length; i += 1) {
    const value = valueAsOf(series, day[i] ?? 0);
    if (Number.isNaN(value)) continue;
    out.values[i] = value;
    out.source[i] = QUOTED;
  }
  return out;
}

/** Values by release; missing months are left out. */
function available({ values, release }: Monthly, maxAge: number): AsOfSeries {
  const known = values
    .map((_value, month) => month)
    .filter((month) => !Number.isNaN(values[month]));
  return asOfSeries(
    Int32Array.from(known, (month) => release[month] ?? Number.NaN),
    Float64Array.from(known, (month) => values[month] ?? Number.NaN),
    maxAge,
  );
}
