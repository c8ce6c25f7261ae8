import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { isSession } from '../../time/cboe-calendar.ts';
import { asEpochDay } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { DataError } from '../data-error.ts';
import type { DataErrorCode } from '../data-error.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import type { PoliteFetch, PullEffects } from './polite-fetch.ts';
import { readManifest, sha256Of, storedText, writeManifest } from './pull-manifest.ts';
import type { PulledFile, PullManifest } from './pull-manifest.ts';
import type { ParsedPart, PullSource, RawPart, TermsName } from './pull-source.ts';
import { isoOf } from './pulled-rows.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { tableExtent, worseThan } from './worse-file.ts';
import { writeWhole } from '../write-whole.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A copy that lacks a row which is due is asked for again after this long, ms. */
const RECHECK = 6 * HOUR;
/** A part that its publisher does not have is asked for again after this long, ms. */
const ABSENT_FOR = DAY;

/** What to pull, where to, and under which terms. */
export interface PullOptions {
  readonly dir: string;
  readonly sources: readonly PullSource[];
  readonly accepted: ReadonlySet<TermsName>;
  readonly fredKey?: string;
  /** Fetch everything again, and let it replace what is stored even where it is worse. */
  readonly force: boolean;
  readonly baseUrl?: string;
  readonly userAgent: string;
  readonly effects: PullEffects;
  readonly onPart: (done: number, total: number, label: string) => void;
}

/** A file of a source after a pull. */
export interface PulledOutcome {
  readonly file: string;
  /** written; unchanged: it was up to date; kept: the stored one is better. */
  readonly status: 'written' | 'unchanged' | 'kept';
  readonly rows: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly notes: readonly string[];
}

/** What became of one source. */
export interface SourceOutcome {
  readonly source: string;
  readonly status: 'pulled' | 'skipped' | 'failed';
  readonly requests: number;
  /** Parts that the publisher does not have, though their time has come. */
  readonly missing: readonly string[];
  readonly files: readonly PulledOutcome[];
  /** Why it was skipped or failed. */
  readonly reason?: string;
  /** Kind of the failure. */
  readonly code?: DataErrorCode;
}

/**
 * Pulls sources into a data folder, one after another. Parts are stored under `raw/`, each as a
 * whole and with its checksum, and those that are valid and fresh are not fetched again; so a pull
 * that was broken off goes on where it was. Files in the layout of the backtest are made when all
 * parts of a source are there, and never replace better ones unless forced.
 *
 * A source that fails does not stop the others; DataError only for a broken manifest.
 */
export async function pullSources(options: PullOptions): Promise<readonly SourceOutcome[]> {
  const store = createStore(options.dir);
  const secrets: Record<string, string> =
    options.fredKey === undefined ? {} : { ALVH_FRED_KEY: options.fredKey };
  const polite = createPoliteFetch({ ...options, secrets });
  const outcomes: SourceOutcome[] = [];
  for (const source of options.sources) {
    const refused = refusedTerms(source, options.accepted);
    outcomes.push(
      refused === undefined
        ? await pullSource(source, { options, store, polite })
        : {
            source: source.id,
            status: 'skipped',
            requests: 0,
            missing: [],
            files: [],
            reason: refused,
          },
    );
  }
  return outcomes;
}

interface PullRun {
  readonly options: PullOptions;
  readonly store: Store;
  readonly polite: PoliteFetch;
}

async function pullSource(source: PullSource, run: PullRun): Promise<SourceOutcome> {
  const before = run.polite.requests();
  const missing: string[] = [];
  const outcome = { source: source.id, missing };
  try {
    const parts = source.parts(dayOf(run.options.effects.now()));
    const parsed: ParsedPart[] = [];
    for (const [i, part] of parts.entries()) {
      const rows = await pullPart(source, part, run);
      if (rows !== undefined) parsed.push({ part, rows });
      else if (isDue(part, run.options.effects.now())) missing.push(part.key);
      run.options.onPart(i + 1, parts.length, source.id);
    }
    const files = buildFiles(source, parsed, run);
    return { ...outcome, status: 'pulled', requests: run.polite.requests() - before, files };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const requests = run.polite.requests() - before;
    const { message: reason, code } = error;
    return { ...outcome, status: 'failed', requests, files: [], reason, code };
  }
}

function refusedTerms(
  { publisher }: PullSource,
  accepted: ReadonlySet<TermsName>,
): string | undefined {
  const { terms, name, licence, termsUrl } = publisher;
  if (terms === undefined || accepted.has(terms)) return undefined;
  const how = terms === 'fred' ? 'set ALVH_FRED_KEY to your key' : `add --accept-terms ${terms}`;
  return `${name}: ${licence}. Read ${termsUrl}, then ${how}`;
}

/** Whether a part that is not there should be: contracts that have expired. */
function isDue(part: RawPart, now: number): boolean {
  return part.expiry === undefined || part.expiry <= dayOf(now);
}

/** Rows of a part, fetched unless the stored copy is valid and fresh; undefined when absent. */
async function pullPart(
  source: PullSource,
  part: RawPart,
  { options, store, polite }: PullRun,
): Promise<ParsedPart['rows'] | undefined> {
  const path = rawPath(source, part);
  const now = options.effects.now();
  const stored = store.valid(path);
  if (!options.force) {
    const absent = store.manifest().absent[path];
    if (absent !== undefined && isAbsentStill(part, Date.parse(absent.retrieved), now)) {
      return undefined;
    }
    const known = store.manifest().files[path];
    if (stored !== undefined && known !== undefined && isFresh(source, part, known, now)) {
      return source.parse({ file: join(options.dir, path), text: stored }, part);
    }
  }
  const fetched = await polite.get({ url: part.url, hosts: source.hosts });
  const retrieved = new Date(options.effects.now()).toISOString();
  if (fetched.kind === 'absent') {
    if (!part.optional) throw notThere(part.url, fetched.status);
    // What was there once is not given up because a server denies it now.
    if (stored !== undefined) {
      return source.parse({ file: join(options.dir, path), text: stored }, part);
    }
    store.recordAbsent(path, { url: part.url, retrieved, status: fetched.status });
    return undefined;
  }
  const rows = source.parse({ file: part.url, text: fetched.text }, part);
  if (rows.length === 0 && !part.mayBeEmpty) throw emptyPart(part.url);
  const old = store.manifest().files[path];
  if (!options.force && stored !== undefined && old !== undefined && rows.length < old.rows) {
    throw shrunk(part.url, rows.length, old);
  }
  store.put(path, fetched.text, {
    source: source.id,
    url: part.url,
    retrieved,
    rows: rows.length,
    first: rows[0] === undefined ? null : isoOf(rows[0].day),
    last: rows.length === 0 ? null : isoOf(rows.at(-1)?.day ?? 0),
  });
  return rows;
}

/** Whether a stored copy needs no new request. Times in ms since 1970. */
function isFresh(source: PullSource, part: RawPart, known: PulledFile, now: number): boolean {
  const retrieved = Date.parse(known.retrieved);
  if (part.finalOn !== undefined && retrieved >= part.finalOn * DAY) return true;
  const { publication } = source;
  if (publication.kind === 'days') return now - retrieved < publication.days * DAY;
  if (now - retrieved < RECHECK) return true;
  const due = Math.min(lastPublished(now, publication.hours), part.through ?? Infinity);
  return known.last !== null && known.last >= isoOf(due);
}

function isAbsentStill(part: RawPart, retrieved: number, now: number): boolean {
  if (part.finalOn !== undefined && retrieved >= part.finalOn * DAY) return true;
  return now - retrieved < ABSENT_FOR;
}

/** The last session whose rows are out `hours` after its day began in UTC. */
function lastPublished(now: number, hours: number): EpochDay {
  let day = Math.floor((now - hours * HOUR) / DAY);
  while (!isSession(asEpochDay(day))) day -= 1;
  return asEpochDay(day);
}

function dayOf(now: number): EpochDay {
  return asEpochDay(Math.floor(now / DAY));
}

function buildFiles(
  source: PullSource,
  parsed: readonly ParsedPart[],
  { options, store }: PullRun,
): readonly PulledOutcome[] {
  if (parsed.length === 0) throw notThere(source.urlTemplate, 404);
  const known = store.manifest().files;
  const paths = parsed.map(({ part }) => rawPath(source, part));
  const from = sha256Of(paths.map((path) => known[path]?.sha256 ?? '').join('\n'));
  const retrieved = paths
    .map((path) => known[path]?.retrieved ?? '')
    .reduce((latest, each) => (each > latest ? each : latest), '');
  return source.build(parsed).map((built) => {
    const { file, text, notes } = built;
    refuseUnreadable(source.id, built);
    const made = tableExtent(text);
    const old = storedText(join(options.dir, file));
    const extent = { file, rows: made.rows, first: made.first, last: made.last };
    if (old === text && known[file]?.from === from) {
      return { ...extent, status: 'unchanged', notes };
    }
    const worse = old === undefined ? undefined : worseThan(tableExtent(old), made);
    if (worse !== undefined && !options.force) {
      const note = `kept the stored file: the pulled one ${worse}; --force replaces it`;
      const was = tableExtent(old ?? '');
      const { rows, first, last } = was;
      return { file, rows, first, last, status: 'kept', notes: [note] };
    }
    const saved = old === undefined || old === text ? '' : store.keepOwn(file, old);
    store.put(file, text, {
      source: source.id,
      url: source.urlTemplate,
      retrieved,
      rows: made.rows,
      first: made.first,
      last: made.last,
      from,
    });
    const all = saved === '' ? notes : [...notes, `your own file is kept as ${saved}`];
    return { ...extent, status: old === text ? 'unchanged' : 'written', notes: all };
  });
}

function rawPath(source: PullSource, part: RawPart): string {
  return `raw/${source.id}/${part.key}`;
}

/** The data folder and its manifest, which is written after every file. */
interface Store {
  readonly manifest: () => PullManifest;
  /** Text of a file whose checksum holds. */
  readonly valid: (path: string) => string | undefined;
  readonly put: (path: string, text: string, facts: Omit<PulledFile, 'sha256' | 'bytes'>) => void;
  /** Copies a file that was not pulled as it is, and gives the path; blank for a pulled one. */
  readonly keepOwn: (path: string, text: string) => string;
  readonly recordAbsent: (path: string, absent: PullManifest['absent'][string]) => void;
}

function createStore(dir: string): Store {
  let manifest = readManifest(dir);
  const save = (next: PullManifest): void => {
    // Figures of others: whoever keeps the folder in a repository must not publish them by accident.
    if (!existsSync(join(dir, '.gitignore'))) writeWhole(join(dir, '.gitignore'), '*\n');
    writeManifest(dir, next);
    manifest = next;
  };
  return {
    manifest: () => manifest,
    valid: (path) => {
      const known = manifest.files[path];
      const text = known === undefined ? undefined : storedText(join(dir, path));
      return text !== undefined && sha256Of(text) === known?.sha256 ? text : undefined;
    },
    put: (path, text, facts) => {
      writeWhole(join(dir, path), text);
      const file = { sha256: sha256Of(text), bytes: Buffer.byteLength(text), ...facts };
      const { [path]: _gone, ...absent } = manifest.absent;
      save({ files: { ...manifest.files, [path]: file }, absent });
    },
    keepOwn: (path, text) => {
      const hash = sha256Of(text);
      if (manifest.files[path]?.sha256 === hash) return '';
      const copy = `own/${hash.slice(0, 8)}-${path}`;
      writeWhole(join(dir, copy), text);
      return copy;
    },
    recordAbsent: (path, absent) => {
      save({ ...manifest, absent: { ...manifest.absent, [path]: absent } });
    },
  };
}

function notThere(url: string, status: number): DataError {
  return new DataError({
    code: 'no-data',
    file: url,
    rule: 'the publisher must have the file',
    value: `status ${status}`,
    remedy: 'look at the address in a browser; what is stored is kept',
  });
}

function emptyPart(url: string): DataError {
  return new DataError({
    code: 'no-data',
    file: url,
    rule: 'the answer must have rows',
    value: 'none',
    remedy: 'nothing was stored; pull again later',
  });
}

function shrunk(url: string, rows: number, old: PulledFile): DataError {
  return new DataError({
    code: 'bad-data',
    file: url,
    rule: `the answer must have at least the ${old.rows} rows of ${old.retrieved.slice(0, 10)}`,
    value: String(rows),
    unit: 'rows',
    remedy: 'the stored copy is kept; if the publisher withdrew rows, pull with --force',
  });
}
