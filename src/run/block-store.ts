import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { DataError } from '../data/data-error.ts';
import type { BlockResult } from './run-block.ts';

/** Finished blocks of a simulation on disk, so that an interrupted run goes on where it stopped. */
export interface BlockStore {
  /** Result of a block, or undefined when it has not been run. */
  readonly get: (index: number) => BlockResult | undefined;
  /** Writes a finished block through to the file. */
  readonly put: (index: number, result: BlockResult) => void;
  readonly size: number;
}

const SCHEMA = 'alvh/blocks/1';

interface BlockLine {
  readonly index: number;
  readonly hash: string;
  readonly data: string;
}

/**
 * Opens the store of a run, or begins one. A line that a kill cut short is left out and its block
 * run again.
 *
 * Errors: DataError `bad-data` when the file belongs to another run (other policies, options,
 * seed or program), since its numbers would not be those of this one.
 */
export function openBlockStore(file: string, key: string): BlockStore {
  const header = JSON.stringify({ schema: SCHEMA, key });
  const blocks = new Map<number, BlockResult>();
  if (existsSync(file)) {
    const [first = '', ...lines] = readFileSync(file, 'utf8').split('\n');
    if (first !== header) throw otherRun(file, first);
    for (const line of lines) {
      const block = readLine(line);
      if (block !== undefined) blocks.set(block.index, block.result);
    }
    // A line cut short must not swallow the next one.
    if (lines.at(-1) !== '') appendFileSync(file, '\n');
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${header}\n`);
  }
  return {
    get: (index) => blocks.get(index),
    get size() {
      return blocks.size;
    },
    put: (index, result) => {
      blocks.set(index, result);
      const data = serialize(result).toString('base64');
      const line: BlockLine = { index, hash: hashOf(data), data };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    },
  };
}

function readLine(
  line: string,
): { readonly index: number; readonly result: BlockResult } | undefined {
  let parsed: BlockLine;
  try {
    parsed = JSON.parse(line) as BlockLine;
  } catch {
    return undefined;
  }
  if (hashOf(parsed.data) !== parsed.hash) return undefined;
  const bytes = Buffer.from(parsed.data, 'base64');
  return { index: parsed.index, result: deserialize(bytes) as BlockResult };
}

function hashOf(data: string): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 16);
}

function otherRun(file: string, header: string): DataError {
  return new DataError({
    code: 'bad-data',
    file,
    line: 1,
    column: 1,
    rule: 'a checkpoint must come from the same program, policies, options and seed',
    value: header.slice(0, 100),
    remedy: 'name another --checkpoint file, or remove this one',
  });
}
