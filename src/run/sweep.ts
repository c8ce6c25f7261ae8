import type { PathSummary } from '../evaluation/path-summary.ts';
import { blocksOf } from './block-plan.ts';
import type { ChunkCache } from './chunk-cache.ts';
import type { BlockRequest } from './run-block.ts';
import type { FuturesRequest } from './simulate.ts';
import type { BlockPool } from './worker-pool.ts';

/** How much of a sweep was run now and how much was found in the cache. */
export interface SweepRun {
  /** Chunks: a policy over a block of futures. */
  readonly chunksRun: number;
  readonly chunksFound: number;
}

/** Takes the summaries of a chunk: place of the policy, first path, and one summary a path. */
export type ChunkObserver = (
  policy: number,
  firstPath: number,
  summaries: readonly PathSummary[],
) => void;

/** What runs the blocks, who takes the chunks, and who hears of progress. */
export interface SweepRunner {
  /** Opens the pool, given how many blocks there are to run. */
  readonly openPool: (blocks: number) => Promise<BlockPool>;
  readonly onChunk: ChunkObserver;
  readonly progress: (done: number, total: number) => void;
}

/**
 * Runs every policy over the same futures, block by block; a chunk the cache holds is not run again.
 * Every chunk is handed on once, in no certain order, and not kept: memory does not grow with paths.
 *
 * Errors: those of the file system when a chunk cannot be written; what was written stays.
 */
export async function runSweep(
  request: FuturesRequest,
  cache: ChunkCache,
  { openPool, onChunk, progress }: SweepRunner,
): Promise<SweepRun> {
  const { policies } = request;
  const blocks = blocksOf(request, policies, request.paths);
  const missing: BlockRequest[] = [];
  for (const block of blocks) {
    const wanted = policies.filter((policy, place) => {
      const known = cache.get({ ...rangeOf(block), policy });
      if (known !== undefined) onChunk(place, block.firstPath, known);
      return known === undefined;
    });
    if (wanted.length > 0) missing.push({ ...block, policies: wanted });
  }
  const before = blocks.length - missing.length;
  const pool = await openPool(missing.length);
  let chunksRun = 0;
  try {
    await pool.run(missing, (done, _total, { index, result }) => {
      const block = missing[index];
      if (block === undefined) return;
      for (const [place, policy] of block.policies.entries()) {
        const summaries = result[place] ?? [];
        cache.put({ ...rangeOf(block), policy }, summaries);
        onChunk(policies.indexOf(policy), block.firstPath, summaries);
        chunksRun += 1;
      }
      progress(before + done, blocks.length);
    });
  } finally {
    await pool.close();
  }
  return { chunksRun, chunksFound: blocks.length * policies.length - chunksRun };
}

/** The futures of a block, whatever runs on them. */
function rangeOf(block: BlockRequest): Omit<BlockRequest, 'policies'> {
  const { policies: _, ...range } = block;
  return range;
}
