import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { OptionChain } from '../../market/option-chain.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { DataError } from '../data-error.ts';
import { makeFolder, makeWhole, writeWhole } from '../write-whole.ts';
import { readChainParquet, writeChainParquet } from './chain-parquet.ts';
import { chainOfExpiries } from './chain-rows.ts';
import { columnBytes, readColumnFile } from './column-file.ts';
import { chainsFolder, readSessions, sessionFolder } from './stored-session.ts';
import type { StoredSession } from './stored-session.ts';

const PARQUET = 'quotes.parquet';
const COLUMNS = 'quotes.columns';

/** Which chain of a store: a session of an underlying, SPX unless told. */
export interface ChainQuery {
  readonly dir: string;
  readonly day: EpochDay;
  readonly underlying?: string;
  /** Only expiries within these inclusive bounds. */
  readonly firstExpiry?: EpochDay;
  readonly lastExpiry?: EpochDay;
}

/**
 * Stores a chain: Parquet for every tool, and beside it the columns that load fast. Both are written
 * aside and moved into place; the caller lists the session afterwards, which makes it count.
 *
 * Returns the SHA-256 of the Parquet file.
 */
export async function storeChain(dir: string, chain: OptionChain): Promise<string> {
  const folder = sessionFolder(dir, chain.underlying, chain.quoteDay);
  makeFolder(folder);
  let sha256 = '';
  await makeWhole(join(folder, PARQUET), async (part) => {
    await writeChainParquet(chain, part);
    sha256 = createHash('sha256').update(readFileSync(part)).digest('hex');
    writeColumns(folder, chain, sha256);
  });
  return sha256;
}

/**
 * The chain of one session of a store; missing or damaged columns are made anew from Parquet.
 *
 * Errors: DataError `no-data` when the session is not stored, `bad-data` when its Parquet file is
 * not the one that was stored.
 */
export async function queryChain(query: ChainQuery): Promise<Result<OptionChain, DataError>> {
  const { dir, day, underlying = 'SPX' } = query;
  const text = formatIsoDate(day);
  const session = readSessions(dir).find(
    (each) => each.underlying === underlying && each.day === text,
  );
  if (session === undefined) return err(notStored(dir, underlying, text));
  const loaded = await loadSession(dir, session);
  if (!loaded.ok) return loaded;
  const { firstExpiry, lastExpiry } = query;
  if (firstExpiry === undefined && lastExpiry === undefined) return loaded;
  return ok(
    chainOfExpiries(loaded.value, firstExpiry ?? 0, lastExpiry ?? Number.MAX_SAFE_INTEGER - 1),
  );
}

/** The SPX chain of one session of a store; errors see queryChain. */
export function loadChainDay(dir: string, day: EpochDay): Promise<Result<OptionChain, DataError>> {
  return queryChain({ dir, day });
}

/** The chain of a listed session; errors see queryChain. */
export async function loadSession(
  dir: string,
  session: StoredSession,
): Promise<Result<OptionChain, DataError>> {
  const folder = sessionFolder(dir, session.underlying, session.day);
  const cached = readColumnFile(join(folder, COLUMNS), session.sha256);
  if (cached.ok) return cached;
  const parquet = join(folder, PARQUET);
  if (!existsSync(parquet)) return err(lostFile(parquet, 'absent'));
  const sha256 = createHash('sha256').update(readFileSync(parquet)).digest('hex');
  if (sha256 !== session.sha256) return err(lostFile(parquet, 'another file'));
  const read = await readChainParquet(parquet);
  if (!read.ok) return read;
  const chain = read.value.chains[0];
  if (chain === undefined) return err(lostFile(parquet, 'without rows'));
  try {
    writeColumns(folder, chain, sha256);
  } catch {
    // A folder that cannot be written is no reason to refuse what it holds.
  }
  return ok(chain);
}

function writeColumns(folder: string, chain: OptionChain, sha256: string): void {
  writeWhole(join(folder, COLUMNS), columnBytes(chain, sha256));
}

function notStored(dir: string, underlying: string, day: string): DataError {
  return new DataError({
    code: 'no-data',
    file: chainsFolder(dir),
    rule: `a chain of ${underlying} must be stored for the session`,
    value: day,
    remedy: `see 'alvh chains list --into ${dir}', or import a file of that session`,
  });
}

function lostFile(file: string, value: string): DataError {
  return new DataError({
    code: 'bad-data',
    file,
    rule: 'a stored chain must be the file that was imported',
    value,
    remedy: 'import its source again',
  });
}
