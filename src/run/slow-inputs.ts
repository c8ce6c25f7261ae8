import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsvSeries, seriesColumn } from '../data/csv-series.ts';
import type { CsvSchema } from '../data/csv-series.ts';
import { CPI_VINTAGES } from '../data/market-files.ts';
import { newestReleased, RELEASE_RULES, releasedBy, VINTAGE_RULES } from '../data/release-rules.ts';
import type { ReleasedSeries, SlowFile, VintageFile } from '../data/release-rules.ts';
import { readVintages } from '../data/vintages.ts';
import type { VintageRow, VintageSchema } from '../data/vintages.ts';
import type { MarketPath } from '../market/market-path.ts';
import { latestRevision } from '../signals/first-release.ts';
import type { ConceptName } from '../strategy/method-table.ts';
import type { ConceptInput } from './concept-inputs.ts';

/** A slow series of the market folder that a concept shows. */
interface SlowSeries {
  readonly concept: ConceptName;
  readonly file: SlowFile;
  readonly name: string;
  readonly unit: string;
}

function schemaOf(file: string, column: string, unit: string): CsvSchema {
  return { file, key: 'date', columns: [{ name: column, rule: 'finite', unit, blank: 'missing' }] };
}

/** Layout of the files of slow series. */
export const SLOW_FILES: Readonly<Record<SlowFile, CsvSchema>> = {
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
  cpi: CPI_VINTAGES,
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
  /** Every vintage of real GDP; empty without the file. */
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
  for (const series of SERIES) add(series.concept, seriesInput(store, series, today));
  const { gdp } = store;
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
];

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
