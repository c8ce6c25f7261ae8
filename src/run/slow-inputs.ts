import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsvSeries, seriesColumn } from '../data/csv-series.ts';
import type { CsvSchema } from '../data/csv-series.ts';
import { newestReleased, RELEASE_RULES, releasedBy, VINTAGE_RULES } from '../data/release-rules.ts';
import type { ReleasedSeries, SlowFile, VintageFile } from '../data/release-rules.ts';
import { readVintages } from '../data/vintages.ts';
import type { VintageRow, VintageSchema } from '../data/vintages.ts';
import type { MarketPath } from '../market/market-path.ts';
import { firstChanges, latestRevision, releaseSurprise } from '../signals/first-release.ts';
import type { ConceptName } from '../strategy/method-table.ts';
import type { ConceptInput } from './concept-inputs.ts';

/** A slow series of the market folder that a concept shows. */
interface SlowSeries {
  readonly concept: ConceptName;
  readonly file: Exclude<SlowFile, 'earnings'>;
  readonly name: string;
  readonly unit: string;
}

function schemaOf(file: string, column: string, unit: string): CsvSchema {
  return { file, key: 'date', columns: [{ name: column, rule: 'finite', unit, blank: 'missing' }] };
}

/** Layout of the files of slow series. */
export const SLOW_FILES: Readonly<Record<SlowFile, CsvSchema>> = {
  earnings: schemaOf('spx_pe_monthly.csv', 'pe_ttm', 'ratio'),
  cape: schemaOf('spx_cape_monthly.csv', 'cape', 'ratio'),
  marketCap: schemaOf('buffett_indicator_quarterly.csv', 'mktcap_to_gdp_pct', 'percent'),
  ipo: schemaOf('sentiment_bw_monthly.csv', 'ipo_count', 'issues'),
  etfFlow: schemaOf('etf_flows_qqq_daily.csv', 'flow_usd', 'USD'),
};

const SERIES: readonly SlowSeries[] = [
  { concept: 'price-to-earnings', file: 'cape', name: 'cape', unit: 'ratio' },
  { concept: 'market-cap', file: 'marketCap', name: 'marketCapToGdp', unit: 'percent' },
  { concept: 'ipo', file: 'ipo', name: 'ipoCount', unit: 'issues a month' },
  { concept: 'etf-flow', file: 'etfFlow', name: 'fundFlow', unit: '$' },
];

/** Layout of the files of series that are revised. */
export const VINTAGE_FILES: Readonly<Record<VintageFile, VintageSchema>> = {
  cpi: {
    file: 'cpi_vintages.csv',
    period: 'obs_month',
    value: 'cpi_sa',
    rule: VINTAGE_RULES.cpi,
  },
  gdp: {
    file: 'gdp_real_vintages.csv',
    period: 'obs_quarter',
    value: 'real_output',
    rule: VINTAGE_RULES.gdp,
  },
};

/** Slow series of a market folder with the release of every value; a file not there has none. */
export interface SlowStore {
  readonly series: Readonly<Partial<Record<SlowFile, ReleasedSeries>>>;
  /** Every vintage of the CPI and of real GDP; empty without the file. */
  readonly cpi: readonly VintageRow[];
  readonly gdp: readonly VintageRow[];
}

/**
 * The slow series of a folder, checked.
 *
 * Errors: DataError with the place of a broken cell.
 */
export function readSlowStore(dir: string): SlowStore {
  const series: Partial<Record<SlowFile, ReleasedSeries>> = {};
  for (const name of Object.keys(SLOW_FILES) as SlowFile[]) {
    const schema = SLOW_FILES[name];
    const file = join(dir, schema.file);
    if (!existsSync(file)) continue;
    const read = parseCsvSeries({ file, text: readFileSync(file, 'utf8') }, schema);
    series[name] = releasedBy(RELEASE_RULES[name], read, new Int32Array());
  }
  return {
    series,
    cpi: readVintages(join(dir, VINTAGE_FILES.cpi.file), VINTAGE_FILES.cpi),
    gdp: readVintages(join(dir, VINTAGE_FILES.gdp.file), VINTAGE_FILES.gdp),
  };
}

/**
 * Inputs of the slow concepts as known at the last close of a path: nothing released later is used.
 * A file that is not there, or a value that is too old, is NO DATA with its reason.
 */
export function slowInputs(
  store: SlowStore,
  path: MarketPath,
): ReadonlyMap<ConceptName, readonly ConceptInput[]> {
  const today = path.day[path.length - 1] ?? 0;
  const found = new Map<ConceptName, readonly ConceptInput[]>();
  const add = (concept: ConceptName, input: ConceptInput): void => {
    found.set(concept, [...(found.get(concept) ?? []), input]);
  };
  add('price-to-earnings', earningsInput(store, path, today));
  for (const series of SERIES) add(series.concept, seriesInput(store, series, today));
  const { cpi, gdp } = store;
  add('cpi', {
    name: 'surpriseZ',
    value: releaseSurprise(firstChanges(cpi, 1), today, VINTAGE_RULES.cpi.maxAge),
    unit: 'deviations of 60 first releases (days of release approximate)',
    reason: cpi.length === 0 ? 'cpi_vintages.csv is not there' : 'no vintage young enough',
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

/** The close over the newest released trailing earnings. */
function earningsInput(store: SlowStore, path: MarketPath, today: number): ConceptInput {
  const missing = { name: 'priceToEarnings', value: Number.NaN, unit: 'ratio' };
  const series = store.series.earnings;
  if (series === undefined) return { ...missing, reason: 'spx_pe_monthly.csv is not there' };
  const row = newestReleased(series, today);
  const at = series.day[row] ?? Number.NaN;
  const session = path.day.findIndex((day) => day >= at);
  if (!isYoung(series, row, today) || session < 0) {
    return { ...missing, reason: 'earnings are too old' };
  }
  const ratio = seriesColumn(series, 'pe_ttm')[row] ?? Number.NaN;
  const earnings = (path.spxClose[session] ?? Number.NaN) / ratio;
  const value = (path.spxClose[path.length - 1] ?? Number.NaN) / earnings;
  return { ...missing, value, reason: 'no earnings known' };
}

function seriesInput(store: SlowStore, source: SlowSeries, today: number): ConceptInput {
  const { name, unit, file } = source;
  const schema = SLOW_FILES[file];
  const series = store.series[file];
  if (series === undefined) {
    return { name, value: Number.NaN, unit, reason: `${schema.file} is not there` };
  }
  const row = newestReleased(series, today);
  if (!isYoung(series, row, today)) {
    return { name, value: Number.NaN, unit, reason: 'the newest known value is too old' };
  }
  const [column] = schema.columns;
  const value = seriesColumn(series, column?.name ?? '')[row] ?? Number.NaN;
  return { name, value, unit, reason: 'blank' };
}

function isYoung(series: ReleasedSeries, row: number, today: number): boolean {
  return today - (series.release[row] ?? Number.NaN) <= series.maxAge;
}
