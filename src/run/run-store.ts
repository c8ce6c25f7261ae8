import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../data/data-error.ts';
import { writeParquet } from '../data/duckdb-session.ts';
import type { ReportManifest } from '../report/compare-view.ts';
import type { JsonValue } from '../report/json-value.ts';
import { configHash } from './code-version.ts';
import type { RunTable } from './run-tables.ts';

const SCHEMA = 'alvh/run/1';
const MANIFEST = 'manifest.json';

/** The command line of a run, without what only says where results go. */
export interface RunCommand {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
}

/** What is known of a run without opening its results. */
export interface RunManifest {
  readonly command: RunCommand;
  readonly manifest: ReportManifest;
  /** Everything the results depend on besides program and data: policies, account, broker, span. */
  readonly config: JsonValue;
  /** Name of the market, ISO dates of the first and last session. */
  readonly market: string;
  readonly from: string;
  readonly to: string;
  readonly policies: readonly string[];
}

/** A run of the store. */
export interface StoredRun extends RunManifest {
  readonly id: string;
  /** Folder that holds its files. */
  readonly dir: string;
  /** Instant it was kept, milliseconds since 1970. */
  readonly keptAt: number;
  /** SHA-256 of each of its texts, by file name. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Results of a run: texts whose bytes can be made again, and tables for queries. */
export interface RunResults {
  readonly texts: Readonly<Record<string, string>>;
  readonly tables: readonly RunTable[];
}

/**
 * Address of a run: twelve hexadecimal digits of the hash of command, program, Node, configuration
 * and data or seed. The same inputs have the same address, so that a run is kept once.
 */
export function runId({ command, manifest }: Pick<RunManifest, 'command' | 'manifest'>): string {
  const { codeVersion, configHash: config, dataHash, seed, node } = manifest;
  return configHash([command.name, codeVersion, node, config, dataHash, seed]).slice(0, 12);
}

/**
 * Keeps a run in the folder of the store, whole or not at all, and gives its id: `manifest.json`,
 * its texts, and each table as Parquet. A run that is there already is replaced.
 */
export async function keepRun(
  store: string,
  run: RunManifest,
  { texts, tables }: RunResults,
): Promise<string> {
  const id = runId(run);
  const part = join(store, `.${id}.part`);
  const dir = join(store, id);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  try {
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(part, file), text);
    for (const { name, columns, casts } of tables) {
      await writeParquet(columns, join(part, `${name}.parquet`), casts);
    }
    const hashes = Object.fromEntries(
      Object.entries(texts).map(([file, text]) => [file, textHash(text)]),
    );
    const manifest = { schema: SCHEMA, id, ...run, texts: hashes };
    writeFileSync(join(part, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
    rmSync(dir, { recursive: true, force: true });
    renameSync(part, dir);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
  return id;
}

/** Runs of a store, the last kept first; DataError `not-found` where there is no store. */
export function storedRuns(store: string): readonly StoredRun[] {
  if (!existsSync(store)) {
    throw new DataError({
      code: 'not-found',
      file: store,
      rule: 'the folder of kept runs must exist',
      value: 'absent',
      remedy: 'keep a run with `alvh compare … --runs DIR`, or name its folder with --runs',
    });
  }
  return readdirSync(store)
    .filter((name) => existsSync(join(store, name, MANIFEST)))
    .map((name) => readRun(join(store, name)))
    .toSorted((a, b) => b.keptAt - a.keptAt || (a.id < b.id ? -1 : 1));
}

/**
 * The run whose id begins with the given text.
 *
 * Errors: DataError `not-found` when none or several do.
 */
export function findRun(store: string, start: string): StoredRun {
  const runs = storedRuns(store).filter(({ id }) => id.startsWith(start));
  const [run, other] = runs;
  if (run !== undefined && other === undefined) return run;
  throw new DataError({
    code: 'not-found',
    file: store,
    rule: 'the id must be the beginning of one run',
    value: run === undefined ? `'${start}', of none` : `'${start}', of ${runs.length}`,
    remedy: 'see `alvh runs list`',
  });
}

/** Texts of a run that are no longer what was kept, by file name. */
export function alteredTexts(run: StoredRun): readonly string[] {
  return Object.entries(run.texts)
    .filter(([file, hash]) => {
      const path = join(run.dir, file);
      return !existsSync(path) || textHash(readFileSync(path, 'utf8')) !== hash;
    })
    .map(([file]) => file);
}

/** SHA-256 of a text. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readRun(dir: string): StoredRun {
  const file = join(dir, MANIFEST);
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    read = undefined;
  }
  if (typeof read !== 'object' || read === null || !('schema' in read) || read.schema !== SCHEMA) {
    throw new DataError({
      code: 'bad-data',
      file,
      rule: `a run must have a manifest of schema ${SCHEMA}`,
      value: 'another text',
      remedy: `keep the run again, or remove ${dir}`,
    });
  }
  return { ...(read as unknown as StoredRun), dir, keptAt: statSync(file).mtimeMs };
}
