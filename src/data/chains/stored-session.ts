import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { formatIsoDate, parseIsoDate } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { DataError } from '../data-error.ts';
import { writeWhole } from '../write-whole.ts';

const SCHEMA = 'alvh/chains-manifest/1';

/** One stored session: what it holds, where it came from and the hash of its file. */
export interface StoredSession {
  readonly underlying: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Minutes after midnight, New York; null when the source gives only a date. */
  readonly minute: number | null;
  readonly rows: number;
  readonly expirations: number;
  /** Underlying price in index points; null when the source gives none. */
  readonly spot: number | null;
  readonly layout: string;
  /** Files that it came from, each by name and SHA-256. */
  readonly sources: readonly { readonly file: string; readonly sha256: string }[];
  /** SHA-256 of its Parquet file. */
  readonly sha256: string;
}

const sessionSchema = z.strictObject({
  underlying: z.string().regex(/^[A-Z][A-Z0-9.]{0,9}$/),
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  minute: z.int().nullable(),
  rows: z.int(),
  expirations: z.int(),
  spot: z.number().nullable(),
  layout: z.string(),
  sources: z.array(z.strictObject({ file: z.string(), sha256: z.string() })),
  sha256: z.string(),
});
const manifestSchema = z.strictObject({
  schema: z.literal(SCHEMA),
  sessions: z.array(sessionSchema),
});

/** Folder of all chains in a data folder. */
export function chainsFolder(dir: string): string {
  return join(dir, 'chains');
}

/** Folder of one session, in the key=value form that query engines know as partitions. */
export function sessionFolder(dir: string, underlying: string, day: EpochDay | string): string {
  const text = typeof day === 'string' ? day : formatIsoDate(day);
  return join(chainsFolder(dir), `underlying=${underlying}`, `day=${text}`);
}

/** The sessions of a store in order; none when nothing was ever stored there. */
export function readSessions(dir: string): readonly StoredSession[] {
  const file = manifestFile(dir);
  if (!existsSync(file)) return [];
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    content = undefined;
  }
  const parsed = manifestSchema.safeParse(content);
  const isSound = parsed.success && parsed.data.sessions.every(({ day }) => parseIsoDate(day).ok);
  if (isSound && parsed.data !== undefined) return parsed.data.sessions;
  throw new DataError({
    code: 'bad-data',
    file,
    rule: `manifest must be JSON of schema ${SCHEMA}`,
    value: 'something else',
    remedy: 'import the chains again into a new folder',
  });
}

/** Writes the list of sessions as a whole: what is not in it is not in the store. */
export function writeSessions(dir: string, sessions: readonly StoredSession[]): void {
  const file = manifestFile(dir);
  const sorted = [...sessions].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  writeWhole(file, `${JSON.stringify({ schema: SCHEMA, sessions: sorted }, null, 1)}\n`);
}

function manifestFile(dir: string): string {
  return join(chainsFolder(dir), 'manifest.json');
}

function sortKey({ underlying, day }: StoredSession): string {
  return `${underlying} ${day}`;
}
