import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsvSeries, seriesColumn } from '../data/csv-series.ts';
import type { CsvSchema } from '../data/csv-series.ts';
import { readVintages } from '../data/vintages.ts';
import type { MarketPath } from '../market/market-path.ts';
import { firstChanges, latestRevision, releaseSurprise } from '../signals/first-release.ts';
import type { ConceptName } from '../strategy/method-table.ts';
import { asEpochDay, civilDate, epochDay } from '../time/epoch-day.ts';
import type { ConceptInput } from './concept-inputs.ts';

/** A slow series of the market folder that a concept shows. */
interface SlowSeries {
  readonly concept: ConceptName;
  readonly name: string;
  readonly unit: string;
  readonly schema: CsvSchema;
  readonly column: string;
  /** Months after the row's date until it is known, and the days after which it is too old. */
  readonly lagMonths: number;
  readonly maxAge: number;
}

function schemaOf(file: string, column: string, unit: string): CsvSchema {
  return { file, key: 'date', columns: [{ name: column, rule: 'finite', unit, blank: 'missing' }] };
}

const SERIES: readonly SlowSeries[] = [
  {
    concept: 'price-to-earnings',
    name: 'cape',
    unit: 'ratio',
    schema: schemaOf('spx_cape_monthly.csv', 'cape', 'ratio'),
    column: 'cape',
    lagMonths: 1,
    maxAge: 120,
  },
  {
    concept: 'market-cap',
    name: 'marketCapToGdp',
    unit: 'percent',
    schema: schemaOf('buffett_indicator_quarterly.csv', 'mktcap_to_gdp_pct', 'percent'),
    column: 'mktcap_to_gdp_pct',
    lagMonths: 3,
    maxAge: 200,
  },
  {
    concept: 'ipo',
    name: 'ipoCount',
    unit: 'issues a month',
    schema: schemaOf('sentiment_bw_monthly.csv', 'ipo_count', 'issues'),
    column: 'ipo_count',
    lagMonths: 2,
    maxAge: 75,
  },
  {
    concept: 'etf-flow',
    name: 'fundFlow',
    unit: '$',
    schema: schemaOf('etf_flows_qqq_daily.csv', 'flow_usd', 'USD'),
    column: 'flow_usd',
    lagMonths: 0,
    maxAge: 5,
  },
];

/** Days after which the newest quarterly vintage is too old. */
const VINTAGE_MAX_AGE = 200;
const EARNINGS_LAG_MONTHS = 3;
const EARNINGS_MAX_AGE = 210;

/**
 * Inputs of the slow concepts as known at the last close of a path: nothing released later is used.
 * A file that is not there, or a value that is too old, is NO DATA with its reason.
 *
 * Errors: DataError with the place of a broken cell.
 */
export function slowInputs(
  dir: string,
  path: MarketPath,
): ReadonlyMap<ConceptName, readonly ConceptInput[]> {
  const today = path.day[path.length - 1] ?? 0;
  const found = new Map<ConceptName, readonly ConceptInput[]>();
  const add = (concept: ConceptName, input: ConceptInput): void => {
    found.set(concept, [...(found.get(concept) ?? []), input]);
  };
  add('price-to-earnings', earningsInput(dir, path, today));
  for (const series of SERIES) add(series.concept, seriesInput(dir, series, today));
  const cpi = readVintages(join(dir, 'cpi_vintages.csv'), {
    file: 'cpi_vintages.csv',
    period: 'obs_month',
    value: 'cpi_sa',
  });
  add('cpi', {
    name: 'surpriseZ',
    value: releaseSurprise(firstChanges(cpi, 1), today, VINTAGE_MAX_AGE),
    unit: 'deviations of 60 first releases (days of release approximate)',
    reason: cpi.length === 0 ? 'cpi_vintages.csv is not there' : 'no vintage young enough',
  });
  const gdp = readVintages(join(dir, 'gdp_real_vintages.csv'), {
    file: 'gdp_real_vintages.csv',
    period: 'obs_quarter',
    value: 'real_output',
  });
  add('gdp-revision', {
    name: 'revision',
    value: 400 * latestRevision(gdp, today, 3),
    unit: 'points of annual growth',
    reason: gdp.length === 0 ? 'gdp_real_vintages.csv is not there' : 'no two vintages known',
  });
  for (const [concept, reason] of NEVER)
    add(concept, { name: concept, value: Number.NaN, unit: '', reason });
  return found;
}

/** Concepts for which no point-in-time data exist or nothing is measured daily, and why. */
const NEVER: readonly (readonly [ConceptName, string])[] = [
  ['price-to-cash-flow', 'no public point-in-time series'],
  ['ppi', 'no release dates: first values cannot be dated'],
  ['reit', 'no point-in-time share of real estate in dividends'],
  ['conversion-reversal', 'needs a quoted chain: see chains check'],
  ['irr', 'reported for closed trades, not by day'],
  ['false-binary', 'no threatened position is compared here'],
  ['time-shift', 'condors are not rolled; hedges only by age or delta band'],
  ['second-engine', 'no such sleeve'],
];

/** The close over trailing earnings known three months after their quarter. */
function earningsInput(dir: string, path: MarketPath, today: number): ConceptInput {
  const schema = schemaOf('spx_pe_monthly.csv', 'pe_ttm', 'ratio');
  const missing = { name: 'priceToEarnings', value: Number.NaN, unit: 'ratio' };
  const series = readSeries(dir, schema);
  if (series === undefined) return { ...missing, reason: 'spx_pe_monthly.csv is not there' };
  const row = lastKnown(series.day, today, EARNINGS_LAG_MONTHS);
  const at = series.day[row] ?? Number.NaN;
  const session = path.day.findIndex((day) => day >= at);
  if (!(today - at <= EARNINGS_MAX_AGE) || session < 0) {
    return { ...missing, reason: 'earnings are too old' };
  }
  const ratio = seriesColumn(series, 'pe_ttm')[row] ?? Number.NaN;
  const earnings = (path.spxClose[session] ?? Number.NaN) / ratio;
  const value = (path.spxClose[path.length - 1] ?? Number.NaN) / earnings;
  return { ...missing, value, reason: 'no earnings known' };
}

function seriesInput(dir: string, source: SlowSeries, today: number): ConceptInput {
  const { name, unit, schema } = source;
  const series = readSeries(dir, schema);
  if (series === undefined) {
    return { name, value: Number.NaN, unit, reason: `${schema.file} is not there` };
  }
  const row = lastKnown(series.day, today, source.lagMonths);
  const known = series.day[row];
  if (known === undefined || !(today - addMonths(known, source.lagMonths) <= source.maxAge)) {
    return { name, value: Number.NaN, unit, reason: 'the newest known value is too old' };
  }
  const value = seriesColumn(series, source.column)[row] ?? Number.NaN;
  return { name, value, unit, reason: 'blank' };
}

function readSeries(dir: string, schema: CsvSchema): ReturnType<typeof parseCsvSeries> | undefined {
  const file = join(dir, schema.file);
  if (!existsSync(file)) return undefined;
  return parseCsvSeries({ file, text: readFileSync(file, 'utf8') }, schema);
}

/** Row of the newest observation known before a day: strictly earlier, so that a close is safe. */
function lastKnown(days: Int32Array, today: number, lagMonths: number): number {
  return days.findLastIndex((day) => addMonths(day, lagMonths) < today);
}

function addMonths(day: number, months: number): number {
  const { year, month, day: ofMonth } = civilDate(asEpochDay(day));
  const total = month - 1 + months;
  return epochDay(year + Math.floor(total / 12), (total % 12) + 1, Math.min(ofMonth, 28));
}
