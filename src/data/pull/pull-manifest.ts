import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../data-error.ts';
import { writeWhole } from '../write-whole.ts';

/** Name of the manifest in a data folder. */
export const CHECKSUMS = 'checksums.json';
const SCHEMA = 'alvh/data-checksums/1';

/** What is known of one file that was pulled, or made from pulled ones. */
export interface PulledFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Id of its source. */
  readonly source: string;
  /** Address, secrets as names in braces; of a file made from several, the template. */
  readonly url: string;
  /** Instant of retrieval, ISO 8601, UTC; of a file made from several, the latest. */
  readonly retrieved: string;
  readonly rows: number;
  /** Date of its first and last row, YYYY-MM-DD; null without rows. */
  readonly first: string | null;
  readonly last: string | null;
  /** Of a made file: SHA-256 over the hashes of its parts, in order. */
  readonly from?: string;
}

/** A part that its publisher does not have. */
export interface AbsentPart {
  readonly url: string;
  readonly retrieved: string;
  readonly status: number;
}

/** The manifest: files and absent parts by path below the data folder. */
export interface PullManifest {
  readonly files: Readonly<Record<string, PulledFile>>;
  readonly absent: Readonly<Record<string, AbsentPart>>;
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const manifestSchema: z.ZodType<PullManifest & { readonly schema: string }> = z.strictObject({
  schema: z.literal(SCHEMA),
  files: z.record(
    z.string(),
    z.strictObject({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.int(),
      source: z.string(),
      url: z.string(),
      retrieved: z.iso.datetime(),
      rows: z.int(),
      first: day.nullable(),
      last: day.nullable(),
      from: z.string().exactOptional(),
    }),
  ),
  absent: z.record(
    z.string(),
    z.strictObject({ url: z.string(), retrieved: z.iso.datetime(), status: z.int() }),
  ),
});

/** The manifest of a data folder, empty where there is none. Errors: DataError `bad-data`. */
export function readManifest(dir: string): PullManifest {
  const file = join(dir, CHECKSUMS);
  if (!existsSync(file)) return { files: {}, absent: {} };
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    content = undefined;
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return { files: parsed.data.files, absent: parsed.data.absent };
  throw new DataError({
    code: 'bad-data',
    file,
    rule: `the manifest must be JSON of schema ${SCHEMA}`,
    value: 'something else',
    remedy: 'remove it and pull again',
  });
}

/** Writes the manifest as a whole, keys in order. */
export function writeManifest(dir: string, manifest: PullManifest): void {
  const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const { files, absent } = manifest;
  const document = { schema: SCHEMA, files: sorted(files), absent: sorted(absent) };
  writeWhole(join(dir, CHECKSUMS), `${JSON.stringify(document, null, 1)}\n`);
}

/** SHA-256 of a text in UTF-8, hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Text of a file, or undefined when it is not there. */
export function storedText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
