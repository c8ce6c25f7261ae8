import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readChainBytes } from '../../src/data/chains/chain-file.ts';
import { writeChainParquet } from '../../src/data/chains/chain-parquet.ts';
import { CHAIN_TEXTS } from '../../src/data/chains/chain-text.fixture.ts';
import { mutate, randomStream } from './mutate.ts';

const READER = new URL('../../dist/data/chains/read-chain-file.js', import.meta.url).href;
/** Resident memory that a reader may take, MiB. */
const MOST_MB = 512;

/* Reads every file named on the command line, and tells how many, whether each error was clear and
   the most memory taken: a death or a hang shows in the exit code. */
const CHILD = `
import { readChainFile } from ${JSON.stringify(READER)};
let read = 0, isClear = true;
for (const file of process.argv.slice(1)) {
  const result = await readChainFile(file);
  read += 1;
  if (!result.ok && !/Remedy: /.test(result.error.message)) isClear = false;
}
process.stdout.write(JSON.stringify({ read, isClear, mb: process.resourceUsage().maxRSS / 1024 }));
`;

/** What became of a child that read the broken files. */
export interface BinaryFuzz {
  readonly exit: number | null;
  readonly read: number;
  /** Every error named a remedy and memory stayed within bounds. */
  readonly isClear: boolean;
}

/** Has a process of its own read `inputs` broken gzip or Parquet files. */
export async function fuzzBinaries(kind: 'gzip' | 'parquet', inputs: number): Promise<BinaryFuzz> {
  const folder = mkdtempSync(join(tmpdir(), 'alvh-fuzz-'));
  try {
    const seed = kind === 'gzip' ? gzipSeed() : await parquetSeed(join(folder, 'seed'));
    const next = randomStream(seed.length);
    const files = Array.from({ length: inputs }, (_, input) => {
      const file = join(folder, String(input));
      writeFileSync(file, mutate(seed, next));
      return file;
    });
    return await readInChild(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function gzipSeed(): Uint8Array {
  return gzipSync(CHAIN_TEXTS['optionsbacktester']?.text ?? '');
}

async function parquetSeed(file: string): Promise<Uint8Array> {
  const sample = CHAIN_TEXTS['cboe-quotedata'];
  const read = readChainBytes(Buffer.from(sample?.text ?? ''), sample?.file ?? '');
  const chain = read.ok ? read.value.chains[0] : undefined;
  if (chain === undefined) throw new Error('Invariant: the seed is a chain');
  await writeChainParquet(chain, file);
  return readFileSync(file);
}

async function readInChild(files: readonly string[]): Promise<BinaryFuzz> {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=256', '--input-type=module', '-e', CHILD, ...files],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: 1_000 + 1_000 * files.length },
  );
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  const [exit] = (await once(child, 'close')) as [number | null];
  if (exit !== 0) return { exit, read: 0, isClear: false };
  const told = JSON.parse(out) as { read: number; isClear: boolean; mb: number };
  return { exit, read: told.read, isClear: told.isClear && told.mb < MOST_MB };
}
