import type { PathSummary } from '../evaluation/path-summary.ts';
import { blocksOf } from './block-plan.ts';
import type { ChunkCache } from './chunk-cache.ts';
import type { BlockRequest } from './run-block.ts';
import type { FuturesRequest } from './simulate.ts';
import type { BlockPool } from './worker-pool.ts';

/** Configurations run over the same futures, and how much of it was found in the cache. */
export interface SweepRun {
  /** Summaries by policy, in path order. */
  readonly summaries: readonly (readonly PathSummary[])[];
  /** Chunks (a policy over a block of futures) run now, and found. */
  readonly chunksRun: number;
  readonly chunksFound: number;
}

/**
 * Runs every policy over the same futures, block by block; a chunk the cache holds is not run again.
 * The same summaries for any pool and any state of the cache.
 *
 * @param openPool Opens what runs the blocks, given how many there are.
 *
 * Errors: those of the file system when a chunk cannot be written; what was written stays.
 */
export async function runSweep(
  request: FuturesRequest,
  cache: ChunkCache,
  openPool: (blocks: number) => Promise<BlockPool>,
  progress: (done: number, total: number) => void,
): Promise<SweepRun> {
  const { policies } = request;
  const blocks = blocksOf(request, policies, request.paths);
  const rows: (readonly PathSummary[] | undefined)[][] = blocks.map((block) =>
    policies.map((policy) => cache.get({ ...rangeOf(block), policy })),
  );
  const missing = blocks.flatMap((block, index) => {
    const wanted = policies.filter((_policy, place) => rows[index]?.[place] === undefined);
    return wanted.length === 0 ? [] : [{ index, request: { ...block, policies: wanted } }];
  });
  const before = blocks.length - missing.length;
  const pool = await openPool(missing.length);
  let chunksRun = 0;
  try {
    await pool.run(
      missing.map((task) => task.request),
      (done, _total, finished) => {
        const task = missing[finished.index];
        if (task === undefined) return;
        for (const [place, policy] of task.request.policies.entries()) {
          const summaries = finished.result[place] ?? [];
          cache.put({ ...rangeOf(task.request), policy }, summaries);
          const row = rows[task.index];
          if (row !== undefined) row[policies.indexOf(policy)] = summaries;
          chunksRun += 1;
        }
        progress(before + done, blocks.length);
      },
    );
  } finally {
    await pool.close();
  }
  return {
    summaries: policies.map((_policy, place) => rows.flatMap((row) => row[place] ?? [])),
    chunksRun,
    chunksFound: blocks.length * policies.length - chunksRun,
  };
}

/** The futures of a block, whatever runs on them. */
function rangeOf(block: BlockRequest): Omit<BlockRequest, 'policies'> {
  const { policies: _, ...range } = block;
  return range;
}
