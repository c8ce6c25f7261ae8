import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { DataError } from '../data/data-error.ts';
import { writeWhole } from '../data/write-whole.ts';
import type { PathTally } from '../evaluation/path-tally.ts';
import type { PendingRows } from './path-rows.ts';

/** How far a simulation has come: what its finished blocks added up to, not the blocks themselves. */
export interface Progress {
  /** 1 for each block that is in the tallies, by its place. */
  readonly done: Uint8Array;
  /** By policy. */
  readonly tallies: readonly PathTally[];
  /** Rows that are in no part of the Parquet file yet; absent: no rows are kept. */
  readonly rows?: PendingRows;
}

/** Where a simulation keeps how far it has come. */
export interface Checkpoint {
  /** What was kept by an earlier run, or undefined when there was none. */
  readonly saved: Progress | undefined;
  /** Keeps it, whole or not at all; what was kept before stays until then. */
  readonly save: (progress: Progress) => void;
}

const SCHEMA = 'alvh/checkpoint/2';
const DIGEST_BYTES = 32;

/**
 * Opens the checkpoint of a run. Its size does not depend on how many paths are behind it.
 *
 * Errors: DataError `bad-data` when the file belongs to another run (other policies, options, seed
 * or program), since its numbers would not be those of this one, or is not whole.
 */
export function openCheckpoint(file: string, key: string): Checkpoint {
  const header = Buffer.from(`${JSON.stringify({ schema: SCHEMA, key })}\n`);
  return {
    saved: existsSync(file) ? readProgress(file, header) : undefined,
    save: (progress) => {
      const body = serialize(progress);
      writeWhole(file, Buffer.concat([header, digest(body), body]));
    },
  };
}

function readProgress(file: string, header: Buffer): Progress {
  const bytes = readFileSync(file);
  if (!bytes.subarray(0, header.length).equals(header)) {
    const first = bytes.subarray(0, 100).toString('utf8').split('\n')[0] ?? '';
    throw refused(
      file,
      'a checkpoint must come from the same program, policies, options and seed',
      first,
    );
  }
  const body = bytes.subarray(header.length + DIGEST_BYTES);
  if (!digest(body).equals(bytes.subarray(header.length, header.length + DIGEST_BYTES))) {
    throw refused(file, 'a checkpoint must be the bytes that were written', 'other bytes');
  }
  return deserialize(body) as Progress;
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function refused(file: string, rule: string, value: string): DataError {
  return new DataError({
    code: 'bad-data',
    file,
    rule,
    value,
    remedy: 'name another --checkpoint file, or remove this one',
  });
}
