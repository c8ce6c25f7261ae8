import { Worker } from 'node:worker_threads';
import { runBlock } from './run-block.ts';
import type { BlockRequest, BlockResult } from './run-block.ts';

/** How a pool runs: worker count (1 = in this thread), the worker's URL and a progress callback. */
export interface PoolOptions {
  readonly workers: number;
  /** URL of the built block worker; a TypeScript source cannot start a thread on Node 20. */
  readonly workerUrl: URL;
  /** Told after each finished block; only for display. */
  readonly onBlock: (done: number, total: number) => void;
}

/** Answer of a worker. */
interface BlockAnswer {
  readonly index: number;
  readonly result: BlockResult;
}

/**
 * Runs blocks on worker threads and returns their results in request order, so that any worker
 * count gives the same bytes. A worker's error rejects and stops the others.
 */
export async function runBlocks(
  requests: readonly BlockRequest[],
  pool: PoolOptions,
): Promise<readonly BlockResult[]> {
  const results: BlockResult[] = [];
  if (pool.workers <= 1 || requests.length <= 1) {
    for (const [index, request] of requests.entries()) {
      results.push(runBlock(request));
      pool.onBlock(index + 1, requests.length);
    }
    return results;
  }
  const count = Math.min(pool.workers, requests.length);
  const workers = Array.from({ length: count }, () => new Worker(pool.workerUrl));
  let next = 0;
  let done = 0;
  const slots: (BlockResult | undefined)[] = requests.map(() => undefined);
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            const feed = (): void => {
              const index = next;
              const request = requests[index];
              next += 1;
              if (request === undefined) resolve();
              else worker.postMessage({ index, request });
            };
            worker.on('error', reject);
            worker.on('message', (answer: BlockAnswer) => {
              slots[answer.index] = answer.result;
              done += 1;
              pool.onBlock(done, requests.length);
              feed();
            });
            feed();
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return slots.map((slot) => {
    if (slot === undefined) throw new Error('Invariant: every block has a result');
    return slot;
  });
}
