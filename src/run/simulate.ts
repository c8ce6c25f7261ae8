import { availableParallelism } from 'node:os';
import type { RunOptions } from '../engine/context.ts';
import type { PathSummary } from '../evaluation/path-summary.ts';
import type { Policy } from '../strategy/policy.ts';
import type { BlockStore } from './block-store.ts';
import { blocksOf } from './block-plan.ts';
import type { MarketModel } from './load-path-model.ts';
import type { BlockResult } from './run-block.ts';
import { collectBlocks, createBlockPool } from './worker-pool.ts';

/** Futures to simulate, after arguments and files were validated. */
export interface FuturesRequest extends MarketModel {
  readonly paths: number;
  readonly years: number;
  readonly seed: number;
  /** Worker threads; 0 = as many as the machine has. */
  readonly workers: number;
  readonly policies: readonly Policy[];
  readonly options: RunOptions;
}

/**
 * Summaries of every policy over the same simulated futures, by policy, in path order: the same
 * for any worker count. Blocks that a store already holds are not run again.
 */
export async function simulateFutures(
  request: FuturesRequest,
  workerUrl: URL,
  progress: (done: number, total: number) => void,
  store?: BlockStore,
): Promise<readonly (readonly PathSummary[])[]> {
  const { policies, paths } = request;
  const workers = request.workers === 0 ? availableParallelism() : request.workers;
  const blocks = blocksOf(request, policies, paths);
  const known = blocks.map((_block, index) => store?.get(index));
  const missing = blocks.map((_block, index) => index).filter((index) => !known[index]);
  const before = blocks.length - missing.length;
  const pool = createBlockPool(workers, workerUrl);
  try {
    const fresh = await collectBlocks(
      pool,
      missing.map((index) => blocks[index]).filter((block) => block !== undefined),
      (done, _total, finished) => {
        store?.put(missing[finished.index] ?? -1, finished.result);
        progress(before + done, blocks.length);
      },
    );
    missing.forEach((index, place) => {
      known[index] = fresh[place];
    });
  } finally {
    await pool.close();
  }
  const results = known.filter((block): block is BlockResult => block !== undefined);
  return policies.map((_, index) => results.flatMap((block) => block[index] ?? []));
}
