import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsvSeries } from '../csv-series.ts';
import { DataError } from '../data-error.ts';
import { MARKET_FILES } from '../market-files.ts';
import type { MarketFile } from '../market-files.ts';
import { CHECK_RULES } from './check-rules.ts';
import { calendarFindings } from './check-calendar.ts';
import { tenfoldFindings, valueFindings } from './check-values.ts';
import { isoOf } from './pulled-rows.ts';
import { readManifest, sha256Of, storedText } from './pull-manifest.ts';
import type { PullManifest } from './pull-manifest.ts';
import { scanFile } from './scan-file.ts';
import type { FileFinding, FileScan } from './scan-file.ts';
import { tableExtent } from './worse-file.ts';

/** What the manifest says of a file: pulled and as it was, changed since, not pulled, gone. */
export type FileState = 'pulled' | 'changed' | 'own' | 'missing';

/** The report card of one file. */
export interface FileCard {
  readonly file: string;
  /** Name of the series; absent for a file that the backtest does not read. */
  readonly series?: MarketFile;
  readonly state: FileState;
  readonly rows: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly findings: readonly FileFinding[];
  /** What the backtest bridges by itself, in sentences. */
  readonly notes: readonly string[];
}

/** The report card of a folder. */
export interface FolderCard {
  readonly files: readonly FileCard[];
  /** Files below `raw/`: how many, and those that changed or are gone. */
  readonly raw: {
    readonly files: number;
    readonly changed: readonly string[];
    readonly missing: readonly string[];
  };
}

/**
 * Checks every file of a market folder against its checksum, its layout, the trading calendar and
 * the range its values ever had.
 *
 * Errors: DataError `not-found` without the folder, `no-data` without any known file, `bad-data` for
 * a broken manifest. All else is a finding.
 */
export function checkFolder(dir: string): FolderCard {
  if (!existsSync(dir))
    throw folderError(dir, 'not-found', 'the data folder must exist', 'missing');
  const manifest = readManifest(dir);
  const scans = new Map<MarketFile, FileScan>();
  const texts = new Map<MarketFile, string>();
  for (const name of Object.keys(MARKET_FILES) as MarketFile[]) {
    const text = storedText(join(dir, MARKET_FILES[name].file));
    if (text === undefined) continue;
    texts.set(name, text);
    scans.set(name, scanFile(text, MARKET_FILES[name]));
  }
  const known = Object.values(MARKET_FILES).map(({ file }) => file);
  const cards = [...scans].map(([name, scan]) =>
    marketCard(name, texts.get(name) ?? '', { dir, manifest, scan, vix: scans.get('vix') }),
  );
  const gone = known.filter((file) => !existsSync(join(dir, file)) && file in manifest.files);
  const others = Object.keys(manifest.files).filter(
    (file) => !file.startsWith('raw/') && !known.includes(file),
  );
  const files = [...cards, ...[...gone, ...others].map((file) => otherCard(dir, file, manifest))];
  if (files.length === 0) {
    throw folderError(dir, 'no-data', 'the folder must have market files', 'none');
  }
  return { files, raw: rawFiles(dir, manifest) };
}

/** Whether a check found anything. */
export function hasFolderFindings({ files, raw }: FolderCard): boolean {
  return (
    files.some(({ findings }) => findings.length > 0) || raw.changed.length + raw.missing.length > 0
  );
}

interface CardInputs {
  readonly dir: string;
  readonly manifest: PullManifest;
  readonly scan: FileScan;
  readonly vix: FileScan | undefined;
}

function marketCard(name: MarketFile, text: string, inputs: CardInputs): FileCard {
  const { dir, manifest, scan, vix } = inputs;
  const { file } = MARKET_FILES[name];
  const rule = CHECK_RULES[name];
  const calendar = calendarFindings(scan.rows, rule, name === 'vxCurve');
  const own = [
    ...scan.findings,
    ...valueFindings(scan.rows, rule),
    ...tenfoldFindings(name, scan.rows, vix?.rows ?? []),
    ...calendar.findings,
  ];
  const state = stateOf(file, text, manifest);
  const findings = [
    ...checksumFindings(state),
    ...(own.length > 0 ? own : unreadable(join(dir, file), text, name)),
  ];
  const { rows } = scan;
  return {
    file,
    series: name,
    state,
    rows: rows.length,
    first: rows[0] === undefined ? null : isoOf(rows[0].day),
    last: rows.length === 0 ? null : isoOf(rows.at(-1)?.day ?? 0),
    findings: merged(findings),
    notes: calendar.notes,
  };
}

/** What only the backtest's own reader notices: a missing column, a broken quote, no rows. */
function unreadable(path: string, text: string, name: MarketFile): readonly FileFinding[] {
  try {
    parseCsvSeries({ file: path, text }, MARKET_FILES[name]);
    return [];
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return [{ rule: 'unreadable', count: 1, example: error.message }];
  }
}

/** A file that the backtest does not read, or that is gone: its checksum alone. */
function otherCard(dir: string, file: string, manifest: PullManifest): FileCard {
  const text = storedText(join(dir, file));
  const state = stateOf(file, text, manifest);
  const { rows, first, last } = tableExtent(text ?? '');
  return { file, state, rows, first, last, findings: checksumFindings(state), notes: [] };
}

function stateOf(file: string, text: string | undefined, manifest: PullManifest): FileState {
  const known = manifest.files[file];
  if (text === undefined) return 'missing';
  if (known === undefined) return 'own';
  return sha256Of(text) === known.sha256 ? 'pulled' : 'changed';
}

function checksumFindings(state: FileState): readonly FileFinding[] {
  if (state === 'changed') {
    return [{ rule: 'checksum', count: 1, example: 'the file was changed after it was pulled' }];
  }
  if (state === 'missing') {
    return [{ rule: 'missing', count: 1, example: 'the file was pulled and is gone' }];
  }
  return [];
}

/** Findings of one rule as one. */
function merged(findings: readonly FileFinding[]): readonly FileFinding[] {
  const byRule = new Map<string, FileFinding>();
  for (const finding of findings) {
    const old = byRule.get(finding.rule);
    const count = (old?.count ?? 0) + finding.count;
    byRule.set(finding.rule, { ...(old ?? finding), count });
  }
  return [...byRule.values()];
}

function rawFiles(dir: string, manifest: PullManifest): FolderCard['raw'] {
  const paths = Object.keys(manifest.files).filter((path) => path.startsWith('raw/'));
  const states = paths.map((path) => stateOf(path, storedText(join(dir, path)), manifest));
  return {
    files: paths.length,
    changed: paths.filter((_path, i) => states[i] === 'changed'),
    missing: paths.filter((_path, i) => states[i] === 'missing'),
  };
}

function folderError(
  file: string,
  code: 'not-found' | 'no-data',
  rule: string,
  value: string,
): DataError {
  const remedy = `run 'alvh data pull --data ${file}', or name another folder`;
  return new DataError({ code, file, rule, value, remedy });
}
