import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { PathSummary } from '../evaluation/path-summary.ts';
import { writeWhole } from '../data/write-whole.ts';
import { configHash } from './code-version.ts';
import type { BlockRequest } from './run-block.ts';

/** One policy over one block of futures: the unit that is kept and found again. */
export type Chunk = Omit<BlockRequest, 'policies'> & {
  readonly policy: BlockRequest['policies'][number];
};

/** Finished chunks in a folder, found by what they are: program, configuration and counters. */
export interface ChunkCache {
  /** Summaries of a chunk, or undefined when it has not been run, or not whole. */
  readonly get: (chunk: Chunk) => readonly PathSummary[] | undefined;
  /** Writes a finished chunk, whole or not at all. */
  readonly put: (chunk: Chunk, summaries: readonly PathSummary[]) => void;
}

const HASH_BYTES = 32;

/**
 * A cache in a folder, which is made. The address of a chunk is a hash of code version, Node
 * version, policy (its name and summary aside), account, seed, path model with the hash of its data,
 * and range of paths; so any grid that comes to the same configuration finds it, and another program
 * does not.
 */
export function openChunkCache(dir: string, codeVersion: string, node: string): ChunkCache {
  mkdirSync(dir, { recursive: true });
  const fileOf = ({ policy, data: ___, ...range }: Chunk): string => {
    const { name: _, summary: __, ...rules } = policy;
    return join(dir, `${configHash({ codeVersion, node, rules, ...range })}.chunk`);
  };
  return {
    get: (chunk) => {
      const file = fileOf(chunk);
      if (!existsSync(file)) return undefined;
      const bytes = readFileSync(file);
      const body = bytes.subarray(HASH_BYTES);
      if (!digest(body).equals(bytes.subarray(0, HASH_BYTES))) return undefined;
      const summaries = deserialize(body) as readonly PathSummary[];
      return summaries.map((path) => ({ ...path, policy: chunk.policy.name }));
    },
    put: (chunk, summaries) => {
      const body = serialize(summaries);
      writeWhole(fileOf(chunk), Buffer.concat([digest(body), body]));
    },
  };
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
