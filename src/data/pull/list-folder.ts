import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatIsoDate, asEpochDay } from '../../time/epoch-day.ts';
import { DataError } from '../data-error.ts';
import { loadHistoricalMarket } from '../historical-market.ts';
import { MARKET_FILES, REQUIRED_FILES } from '../market-files.ts';
import type { MarketFile } from '../market-files.ts';
import { marketSpan } from '../market-folder.ts';
import { readManifest, storedText } from './pull-manifest.ts';
import { PULL_SOURCES } from './pull-sources.ts';
import type { PullSource } from './pull-source.ts';
import { SERIES_USES } from './series-uses.ts';
import { tableExtent } from './worse-file.ts';

/** A file of the folder: what it holds, whose it is, what it is for. */
export interface ListedFile {
  readonly file: string;
  /** Name of the series that the backtest reads; null for a file beside. */
  readonly series: MarketFile | null;
  readonly required: boolean;
  /** Pulled, your own, or not there. */
  readonly state: 'pulled' | 'own' | 'absent';
  readonly rows: number | null;
  readonly rowsReason?: string;
  readonly first: string | null;
  readonly last: string | null;
  /** Id of the public source it came or could come from; null where there is none. */
  readonly source: string | null;
  readonly publisher: string | null;
  readonly licence: string | null;
  readonly termsUrl: string | null;
  readonly retrieved: string | null;
  /** What the backtest does with it, and what it does without. */
  readonly use: string | null;
  readonly without: string | null;
}

/** One column of the market that a backtest would read, in sessions. */
export interface ListedColumn {
  readonly column: string;
  readonly quoted: number;
  readonly calibrated: number;
  readonly regressed: number;
  readonly missing: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** What a backtest over all of the folder would use. */
export interface ListedBacktest {
  readonly from: string;
  readonly to: string;
  readonly columns: readonly ListedColumn[];
  readonly notes: readonly string[];
}

/** The folder as a list; without its required files, or with a broken one, there is no backtest. */
export interface FolderListing {
  readonly files: readonly ListedFile[];
  readonly backtest: ListedBacktest | null;
  readonly backtestReason?: string;
}

/**
 * Lists every series the backtest knows, there or not, and every other file that was pulled.
 *
 * Errors: DataError `not-found` without the folder, `bad-data` for a broken manifest.
 */
export function listFolder(dir: string): FolderListing {
  if (!existsSync(dir)) {
    throw new DataError({
      code: 'not-found',
      file: dir,
      rule: 'the data folder must exist',
      value: 'missing',
      remedy: `run 'alvh data pull --data ${dir}', or name another folder`,
    });
  }
  const manifest = readManifest(dir);
  const names = Object.keys(MARKET_FILES) as MarketFile[];
  const known = names.map((name) => MARKET_FILES[name].file);
  const others = Object.keys(manifest.files).filter(
    (file) => !file.startsWith('raw/') && !known.includes(file),
  );
  const files = [
    ...names.map((name) => listed(dir, MARKET_FILES[name].file, name, manifest.files)),
    ...others.map((file) => listed(dir, file, null, manifest.files)),
  ];
  try {
    return { files, backtest: backtestOf(dir) };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { files, backtest: null, backtestReason: error.message };
  }
}

function listed(
  dir: string,
  file: string,
  series: MarketFile | null,
  pulled: ReturnType<typeof readManifest>['files'],
): ListedFile {
  const text = storedText(join(dir, file));
  const entry = pulled[file];
  const source = PULL_SOURCES.find(({ id, files }) => id === entry?.source || files.includes(file));
  const state = text === undefined ? 'absent' : entry === undefined ? 'own' : 'pulled';
  const extent = text === undefined ? undefined : tableExtent(text);
  const uses = series === null ? undefined : SERIES_USES[series];
  // The figures of your own file are under your own licence, whoever publishes the like of them.
  const publisher = state === 'own' ? undefined : source?.publisher;
  return {
    file,
    series,
    required: series !== null && REQUIRED_FILES.includes(series),
    state,
    rows: extent?.rows ?? null,
    ...(extent === undefined ? { rowsReason: absentReason(source) } : {}),
    first: extent?.first ?? null,
    last: extent?.last ?? null,
    source: source?.id ?? null,
    publisher: publisher?.name ?? null,
    licence: publisher?.licence ?? null,
    termsUrl: publisher?.termsUrl ?? null,
    retrieved: state === 'pulled' ? (entry?.retrieved ?? null) : null,
    use: uses?.use ?? null,
    without: uses?.without ?? null,
  };
}

function absentReason(source: PullSource | undefined): string {
  if (source === undefined) return 'NO DATA: no public source; add a file of your own';
  const { terms } = source.publisher;
  const accept = terms === 'cboe' ? ' --accept-terms cboe' : '';
  const key = terms === 'fred' ? ' with ALVH_FRED_KEY set' : '';
  return `NO DATA: alvh data pull --only ${source.id}${accept}${key}`;
}

function backtestOf(dir: string): ListedBacktest {
  const { first, last } = marketSpan(dir);
  const market = loadHistoricalMarket({ dir, from: first, to: last, counterfactual: false });
  const dayText = (day: number | undefined): string | null =>
    day === undefined ? null : formatIsoDate(asEpochDay(day));
  return {
    from: formatIsoDate(first),
    to: formatIsoDate(last),
    columns: Object.entries(market.coverage).map(([column, covered]) => ({
      column,
      quoted: covered.quoted,
      calibrated: covered.calibrated,
      regressed: covered.regressed,
      missing: covered.missing,
      first: dayText(covered.firstDay),
      last: dayText(covered.lastDay),
    })),
    notes: market.notes,
  };
}
