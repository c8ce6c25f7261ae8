import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { parseCsvSeries } from './csv-series.ts';
import type { CsvSeries } from './csv-series.ts';
import { DataError } from './data-error.ts';
import { CPI_VINTAGES, MARKET_FILES, REQUIRED_FILES } from './market-files.ts';
import type { MarketFile } from './market-files.ts';
import { newestReleased, RELEASE_RULES, releasedBy } from './release-rules.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { parseVintages } from './vintages.ts';
import type { VintageRow } from './vintages.ts';

/** The files of a market folder that are there, as read. */
export interface MarketFolder {
  readonly dir: string;
  /** Series by name; an optional file that is not there has none. */
  readonly series: Readonly<Partial<Record<MarketFile, ReleasedSeries>>>;
  /** Vintages of monthly CPI in file order; empty when the file is not there. */
  readonly cpi: readonly VintageRow[];
  /** SHA-256 over the bytes of every file read, in order of file name; hexadecimal. */
  readonly hash: string;
  /** File names of optional files that are not there. */
  readonly absent: readonly string[];
}

/**
 * Every market file in a folder, checked.
 *
 * Errors: DataError `not-found` when the folder or a required file is not there, and the errors of
 * `parseCsvSeries`, with the path as file name.
 */
export function readMarketFolder(dir: string): MarketFolder {
  if (!existsSync(dir)) throw notFound(dir, 'the data folder must exist');
  const names = Object.keys(MARKET_FILES) as MarketFile[];
  names.sort((a, b) => (MARKET_FILES[a].file < MARKET_FILES[b].file ? -1 : 1));
  const series: Partial<Record<MarketFile, CsvSeries>> = {};
  const absent: string[] = [];
  const hash = createHash('sha256');
  // Its name sorts before those of all other files.
  const vintages = join(dir, CPI_VINTAGES.file);
  const cpi = readIfPresent(vintages);
  if (cpi === undefined) absent.push(CPI_VINTAGES.file);
  else hash.update(cpi);
  for (const name of names) {
    const schema = MARKET_FILES[name];
    const path = join(dir, schema.file);
    const bytes = readIfPresent(path);
    if (bytes === undefined) {
      if (REQUIRED_FILES.includes(name)) throw notFound(path, 'the file must exist');
      absent.push(schema.file);
      continue;
    }
    hash.update(bytes);
    series[name] = parseCsvSeries({ file: path, text: bytes.toString('utf8') }, schema);
  }
  return {
    dir,
    series: withReleases(series),
    cpi: cpi === undefined ? [] : parseVintages(vintages, cpi.toString('utf8'), CPI_VINTAGES),
    hash: hash.digest('hex'),
    absent,
  };
}

/** Every series with the release of each row; the rows of SPX are the sessions. */
function withReleases(
  series: Readonly<Partial<Record<MarketFile, CsvSeries>>>,
): Readonly<Partial<Record<MarketFile, ReleasedSeries>>> {
  const sessions = series.spx?.day ?? new Int32Array();
  const out: Partial<Record<MarketFile, ReleasedSeries>> = {};
  for (const name of Object.keys(series) as MarketFile[]) {
    const whole = series[name];
    if (whole !== undefined) out[name] = releasedBy(RELEASE_RULES[name], whole, sessions);
  }
  return out;
}

/** First and last day on which a folder has both SPX and VIX. */
export interface MarketSpan {
  readonly first: EpochDay;
  readonly last: EpochDay;
}

/**
 * Days for which a folder has both SPX and VIX; reads these two files only.
 *
 * Errors: those of `readMarketFolder`; DataError `no-data` when the two have no day in common.
 */
export function marketSpan(dir: string): MarketSpan {
  if (!existsSync(dir)) throw notFound(dir, 'the data folder must exist');
  const [spx, vix] = (['spx', 'vix'] as const).map((name) => {
    const path = join(dir, MARKET_FILES[name].file);
    const bytes = readIfPresent(path);
    if (bytes === undefined) throw notFound(path, 'the file must exist');
    return parseCsvSeries({ file: path, text: bytes.toString('utf8') }, MARKET_FILES[name]);
  });
  const span = commonSpan(spx?.day ?? new Int32Array(), vix?.day ?? new Int32Array());
  if (span.first <= span.last) return span;
  throw new DataError({
    code: 'no-data',
    file: dir,
    rule: 'SPX and VIX must have a day in common',
    value: 'none',
    remedy: 'name a folder whose files overlap',
  });
}

/** From the later first day of two ascending columns to the earlier last one. */
export function commonSpan(a: Int32Array, b: Int32Array): MarketSpan {
  return {
    first: asEpochDay(Math.max(a[0] ?? 0, b[0] ?? 0)),
    last: asEpochDay(Math.min(a.at(-1) ?? 0, b.at(-1) ?? 0)),
  };
}

/** The folder as it was at the close of a day: every row released later is missing. */
export function folderUpTo(folder: MarketFolder, day: EpochDay): MarketFolder {
  const series: Partial<Record<MarketFile, ReleasedSeries>> = {};
  for (const name of Object.keys(folder.series) as MarketFile[]) {
    const whole = folder.series[name];
    if (whole === undefined) continue;
    series[name] = seriesUpTo(whole, day);
  }
  return { ...folder, series, cpi: folder.cpi.filter(({ usableFrom }) => usableFrom <= day) };
}

function seriesUpTo(series: ReleasedSeries, day: EpochDay): ReleasedSeries {
  const rows = newestReleased(series, day) + 1;
  const columns = [...series.columns].map(
    ([name, values]) => [name, values.subarray(0, rows)] as const,
  );
  return {
    ...series,
    day: series.day.subarray(0, rows),
    release: series.release.subarray(0, rows),
    columns: new Map(columns),
  };
}

function readIfPresent(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new DataError({
      code: 'not-found',
      file: path,
      rule: 'the file must be readable',
      value: error instanceof Error ? error.message : 'unreadable',
      remedy: 'check its type and permissions',
    });
  }
}

function notFound(file: string, rule: string): DataError {
  const required = REQUIRED_FILES.map((name) => MARKET_FILES[name].file)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');
  return new DataError({
    code: 'not-found',
    file,
    rule,
    value: 'missing',
    remedy: `name a folder with at least ${required}`,
  });
}
