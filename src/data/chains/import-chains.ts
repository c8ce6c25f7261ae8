import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { OptionChain } from '../../market/option-chain.ts';
import { DataError } from '../data-error.ts';
import type { ChainReadOptions } from './chain-plan.ts';
import { loadSession, storeChain } from './chain-store.ts';
import { mergeChains } from './merge-chains.ts';
import { readChainFile } from './read-chain-file.ts';
import { reportCard } from './report-card.ts';
import type { ReportCard } from './report-card.ts';
import type { ChainFile } from './chain-file.ts';
import { readSessions, writeSessions } from './stored-session.ts';
import type { StoredSession } from './stored-session.ts';

/** What became of one file. */
export type ImportOutcome =
  | {
      readonly kind: 'taken';
      readonly card: ReportCard;
      readonly source: ChainFile;
      readonly stored: number;
    }
  | { readonly kind: 'failed'; readonly error: DataError };

/** Where an import goes and who hears of it. */
export interface ImportSettings {
  /** Data folder; chains go to its folder `chains`. */
  readonly into: string;
  readonly options: ChainReadOptions;
  readonly onFile: (done: number, total: number, file: string) => void;
}

/** The files below paths: a file is itself, a folder all files in it at any depth, sorted. */
export function chainFilesBelow(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path): readonly string[] => {
    if (!existsSync(path)) {
      throw new DataError({
        code: 'not-found',
        file: path,
        rule: 'path must exist',
        value: 'absent',
        remedy: 'check the path',
      });
    }
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).sort();
    return names.flatMap((name) => {
      const below = join(path, name);
      if (statSync(below).isDirectory()) return chainFilesBelow([below]);
      return /\.(csv|txt|gz|parquet)$/i.test(name) ? [below] : [];
    });
  });
}

/**
 * Reads chain files into a store. A session is stored as a whole or not at all, a later import of it
 * replaces it; files of one import that share a session (one file per expiry) are put together.
 *
 * A file that cannot be read does not keep the others out.
 */
export async function importChains(
  files: readonly string[],
  settings: ImportSettings,
): Promise<readonly ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  const fresh = new Set<string>();
  for (const [place, file] of files.entries()) {
    settings.onFile(place, files.length, basename(file));
    const read = await readChainFile(file, settings.options);
    if (!read.ok) {
      outcomes.push({ kind: 'failed', error: read.error });
      continue;
    }
    const card = reportCard(read.value);
    const stored = await storeSessions(read.value, card, settings.into, fresh);
    outcomes.push({ kind: 'taken', card, source: read.value, stored });
  }
  settings.onFile(files.length, files.length, '');
  return outcomes;
}

async function storeSessions(
  source: ChainFile,
  card: ReportCard,
  into: string,
  fresh: Set<string>,
): Promise<number> {
  const latest = latestChains(source.chains.filter((_, place) => card.sessions[place]?.isTaken));
  if (latest.length === 0) return 0;
  const provenance = { file: basename(source.file), sha256: await fileHash(source.file) };
  const sessions = new Map(
    readSessions(into).map((each) => [`${each.underlying} ${each.day}`, each]),
  );
  for (const chain of latest) {
    const day = card.sessions[source.chains.indexOf(chain)]?.day ?? '';
    const key = `${chain.underlying} ${day}`;
    const before = sessions.get(key);
    const joins = before !== undefined && fresh.has(key);
    const old = joins ? await loadSession(into, before) : undefined;
    const whole = old?.ok === true ? mergeChains(old.value, chain) : chain;
    const sources = joins ? [...before.sources, provenance] : [provenance];
    sessions.set(key, {
      ...describe(whole, day),
      layout: source.layout,
      sources,
      sha256: await storeChain(into, whole),
    });
    fresh.add(key);
  }
  writeSessions(into, [...sessions.values()]);
  return latest.length;
}

function describe(
  chain: OptionChain,
  day: string,
): Pick<StoredSession, 'underlying' | 'day' | 'minute' | 'rows' | 'expirations' | 'spot'> {
  return {
    underlying: chain.underlying,
    day,
    minute: chain.quoteMinute ?? null,
    rows: chain.rows,
    expirations: new Set(chain.expiry).size,
    spot: Number.isFinite(chain.spot) ? chain.spot : null,
  };
}

/** Of the moments of one session the last: what stood at the close. */
function latestChains(chains: readonly OptionChain[]): readonly OptionChain[] {
  const latest = new Map<string, OptionChain>();
  for (const chain of chains) {
    const key = `${chain.underlying} ${chain.quoteDay}`;
    const before = latest.get(key);
    if (before === undefined || (chain.quoteMinute ?? 0) >= (before.quoteMinute ?? 0)) {
      latest.set(key, chain);
    }
  }
  return [...latest.values()];
}

async function fileHash(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
