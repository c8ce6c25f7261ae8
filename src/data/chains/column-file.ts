import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { err, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { OptionChain } from '../../market/option-chain.ts';
import { asEpochDay } from '../../time/epoch-day.ts';

/** Version of the format; a file of another one is made anew. */
const VERSION = 1;
const MAGIC = 'ALVHCOL';
/** Magic 8 bytes, version, checksum of all that follows, header length, rows: 4 bytes each. */
const PREFIX = 24;
const FLOAT_COLUMNS = [
  'strike',
  'bid',
  'ask',
  'last',
  'volume',
  'openInterest',
  'sourceVol',
  'sourceDelta',
] as const;
const CODE_COLUMNS = ['settlement', 'right', 'root'] as const;
const ROW_BYTES = 8 * FLOAT_COLUMNS.length + 4 + CODE_COLUMNS.length;

const headerSchema = z.strictObject({
  underlying: z.string(),
  quoteDay: z.int(),
  quoteMinute: z.int().nullable(),
  spot: z.number().nullable(),
  roots: z.array(z.string()),
  /** SHA-256 of the Parquet file that it stands for. */
  source: z.string(),
});

/** Why a column file cannot serve; it is then made anew from its Parquet file. */
export interface ColumnFileFault {
  readonly kind: 'absent' | 'damaged' | 'other-version' | 'other-source';
}

/**
 * Bytes of a chain as columns: little-endian, checksummed (CRC-32), eight-byte aligned.
 *
 * `source` is the SHA-256 of the Parquet file beside it, so that a stale cache is known.
 */
export function columnBytes(chain: OptionChain, source: string): Uint8Array {
  const header = JSON.stringify({
    underlying: chain.underlying,
    quoteDay: chain.quoteDay,
    quoteMinute: chain.quoteMinute ?? null,
    spot: Number.isFinite(chain.spot) ? chain.spot : null,
    roots: chain.roots,
    source,
  });
  const headerBytes = Buffer.from(header);
  const dataAt = align(PREFIX + headerBytes.length);
  const bytes = Buffer.alloc(dataAt + chain.rows * ROW_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt32LE(VERSION, 8);
  bytes.writeUInt32LE(headerBytes.length, 16);
  bytes.writeUInt32LE(chain.rows, 20);
  headerBytes.copy(bytes, PREFIX);
  let at = dataAt;
  const put = (column: Float64Array | Int32Array | Uint8Array): void => {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  };
  for (const name of FLOAT_COLUMNS) put(chain[name]);
  put(chain.expiry);
  for (const name of CODE_COLUMNS) put(chain[name]);
  bytes.writeUInt32LE(crc32(bytes.subarray(16)), 12);
  return bytes;
}

/** The chain in a column file, checked; its columns are views of the file's bytes. */
export function readColumnFile(file: string, source: string): Result<OptionChain, ColumnFileFault> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return err({ kind: 'absent' });
  }
  if (bytes.length < PREFIX || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    return err({ kind: 'damaged' });
  }
  if (bytes.readUInt32LE(8) !== VERSION) return err({ kind: 'other-version' });
  const headerLength = bytes.readUInt32LE(16);
  const rows = bytes.readUInt32LE(20);
  const dataAt = align(PREFIX + headerLength);
  const isWhole = bytes.length === dataAt + rows * ROW_BYTES;
  if (!isWhole || bytes.readUInt32LE(12) !== crc32(bytes.subarray(16))) {
    return err({ kind: 'damaged' });
  }
  const header = headerSchema.parse(
    JSON.parse(bytes.toString('utf8', PREFIX, PREFIX + headerLength)),
  );
  if (header.source !== source) return err({ kind: 'other-source' });
  return ok(chainOf(bytes, dataAt, rows, header));
}

function chainOf(
  bytes: Buffer,
  dataAt: number,
  rows: number,
  header: z.infer<typeof headerSchema>,
): OptionChain {
  // A buffer from a pool may start anywhere; views of eight-byte numbers need their place.
  const owned = (bytes.byteOffset + dataAt) % 8 === 0 ? bytes : Buffer.from(new Uint8Array(bytes));
  const base = owned.byteOffset + dataAt;
  const floats = (column: number): Float64Array =>
    new Float64Array(owned.buffer, base + 8 * rows * column, rows);
  const codesAt = base + 8 * rows * FLOAT_COLUMNS.length + 4 * rows;
  const codes = (column: number): Uint8Array =>
    new Uint8Array(owned.buffer, codesAt + rows * column, rows);
  return {
    underlying: header.underlying,
    quoteDay: asEpochDay(header.quoteDay),
    quoteMinute: header.quoteMinute ?? undefined,
    spot: header.spot ?? Number.NaN,
    rows,
    roots: header.roots,
    strike: floats(0),
    bid: floats(1),
    ask: floats(2),
    last: floats(3),
    volume: floats(4),
    openInterest: floats(5),
    sourceVol: floats(6),
    sourceDelta: floats(7),
    expiry: new Int32Array(owned.buffer, base + 8 * rows * FLOAT_COLUMNS.length, rows),
    settlement: codes(0),
    right: codes(1),
    root: codes(2),
  };
}

function align(length: number): number {
  return Math.ceil(length / 8) * 8;
}
