import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { err, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { OptionChain } from '../../market/option-chain.ts';
import { DataError } from '../data-error.ts';
import { finishDraft } from './chain-draft.ts';
import { detectLayout } from './chain-layout.ts';
import type { ChainLayoutName, ChainReadOptions } from './chain-plan.ts';
import { createChainReader } from './chain-reader.ts';
import type { ChainReader } from './chain-reader.ts';
import type { ChainReading } from './record-state.ts';
import type { Rejections } from './row-rules.ts';

const HEAD = 64 * 1024;
const CHUNK = 4 * 1024 * 1024;
/** Bytes up to which a file is read at once; larger ones pass through piece by piece. */
const WHOLE = 32 * 1024 * 1024;
const LINE_FEED = 10;

/** The chains of one file and what was left out of it. */
export interface ChainFile {
  readonly file: string;
  readonly layout: ChainLayoutName;
  /** One per underlying, session and minute, ascending by day. */
  readonly chains: readonly OptionChain[];
  /** Rows rejected of each chain, in the order of `chains`. */
  readonly rejectedOfChain: readonly number[];
  /** Rows of each chain that named another underlying price than its first row. */
  readonly otherSpots: readonly number[];
  /** Contracts in the file, taken or not. */
  readonly offered: number;
  readonly rejections: Rejections;
}

/**
 * The option chains in a CSV or gzipped CSV file of any known layout, found by its content.
 *
 * `name` is what errors call the file. Errors: DataError `not-found` when it cannot be read,
 * `bad-data` when its layout is unknown, it has no date or it is damaged, `no-data` when it has no
 * rows. Broken rows do not fail the file: they are counted and listed in `rejections`.
 */
export async function readTextFile(
  path: string,
  name: string,
  options: ChainReadOptions,
): Promise<Result<ChainFile, DataError>> {
  try {
    const magic = await firstBytes(path);
    const isPacked = magic[0] === 0x1f && magic[1] === 0x8b;
    const { size } = await stat(path);
    if (!isPacked && size <= WHOLE) return readChainBytes(await readFile(path), name, options);
    const source = createReadStream(path, { highWaterMark: CHUNK });
    if (!isPacked) return await readStream(source, name, options);
    const plain = createGunzip({ chunkSize: CHUNK });
    source.on('error', (error) => plain.destroy(error));
    try {
      return await readStream(source.pipe(plain), name, options);
    } finally {
      source.destroy();
    }
  } catch (error) {
    if (error instanceof DataError) return err(error);
    return err(streamError(name, error));
  }
}

/** As readTextFile, for the bytes of an unpacked text file. */
export function readChainBytes(
  bytes: Uint8Array,
  file: string,
  options: ChainReadOptions = {},
): Result<ChainFile, DataError> {
  const plan = detectLayout(bytes.subarray(0, HEAD), file, options);
  if (!plan.ok) return plan;
  const reader = createChainReader(plan.value);
  reader.read(bytes, plan.value.dataAt, bytes.length);
  return finishReading(reader.reading, file);
}

async function readStream(
  stream: AsyncIterable<Uint8Array>,
  file: string,
  options: ChainReadOptions,
): Promise<Result<ChainFile, DataError>> {
  let rest: Uint8Array = new Uint8Array(0);
  let reader: ChainReader | undefined;
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    if (reader === undefined) {
      if (bytes.length < HEAD) {
        rest = bytes;
        continue;
      }
      const plan = detectLayout(bytes.subarray(0, HEAD), file, options);
      if (!plan.ok) return plan;
      reader = createChainReader(plan.value);
      from = plan.value.dataAt;
    }
    const to = bytes.lastIndexOf(LINE_FEED) + 1;
    if (to > from) reader.read(bytes, from, to);
    rest = bytes.subarray(Math.max(to, from));
    if (rest.length > CHUNK) return err(endlessLine(file, reader.reading.line));
  }
  if (reader === undefined) return readChainBytes(rest, file, options);
  reader.read(rest, 0, rest.length);
  return finishReading(reader.reading, file);
}

function finishReading(reading: ChainReading, file: string): Result<ChainFile, DataError> {
  const drafts = [...reading.drafts.values()].filter((draft) => draft.rows > 0);
  drafts.sort((a, b) => a.day - b.day || compare(a.underlying, b.underlying));
  const chains: OptionChain[] = [];
  const rejectedOfChain: number[] = [];
  for (const draft of drafts) {
    const { chain, duplicateLines } = finishDraft(draft, reading.roots);
    chains.push(chain);
    rejectedOfChain.push(draft.rejected + duplicateLines.length);
    if (duplicateLines.length === 0) continue;
    const before = reading.counts.get('duplicate') ?? 0;
    reading.counts.set('duplicate', before + duplicateLines.length);
    for (const line of duplicateLines.slice(0, 1000)) {
      reading.rejected.push({ line, rule: 'duplicate', record: '' });
    }
  }
  if (chains.length === 0) return err(nothingTaken(reading, file));
  return ok({
    file,
    layout: reading.plan.layout,
    chains,
    rejectedOfChain,
    otherSpots: drafts.map((draft) => draft.otherSpots),
    offered: reading.offered,
    rejections: { counts: reading.counts, rows: reading.rejected },
  });
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The first four bytes of a file, fewer when it is shorter. */
export async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function nothingTaken(reading: ChainReading, file: string): DataError {
  const worst = [...reading.counts].sort((a, b) => b[1] - a[1])[0];
  const first = reading.rejected.find(({ rule }) => rule === worst?.[0]);
  const lacksDay = worst?.[0] === 'day' && reading.plan.shared.day < 0;
  const lacksName = worst?.[0] === 'underlying';
  return new DataError({
    code: worst === undefined ? 'no-data' : 'bad-data',
    file,
    ...(first === undefined ? {} : { line: first.line, column: 1 }),
    rule: 'a chain file must have at least one row that keeps the rules',
    value: worst === undefined ? 'no rows' : `${worst[1]} rows breaking '${worst[0]}'`,
    remedy: lacksDay
      ? 'the file has no date that can be read: give --day YYYY-MM-DD'
      : lacksName
        ? 'the file does not name its underlying: give --underlying SYMBOL'
        : 'check the layout and the values of the file',
  });
}

function endlessLine(file: string, line: number): DataError {
  return new DataError({
    code: 'bad-data',
    file,
    line,
    column: 1,
    rule: `a line must be shorter than ${CHUNK} bytes`,
    value: 'longer',
    remedy: 'the file is no text table, or it is damaged: fetch it again',
  });
}

function streamError(file: string, error: unknown): DataError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isDamaged = code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE';
  return new DataError({
    code: isDamaged ? 'bad-data' : 'not-found',
    file,
    rule: isDamaged ? 'gzip data must be whole' : 'file must exist and be readable',
    value: code === '' ? String(error) : code,
    remedy: isDamaged ? 'fetch the file again' : 'check the path and its permissions',
  });
}
