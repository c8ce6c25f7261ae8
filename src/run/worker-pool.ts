import { Worker } from 'node:worker_threads';
import { createBlockRunner } from './run-block.ts';
import type { BlockRequest, BlockResult } from './run-block.ts';

/** A finished block: its place among the requests, and what it found. */
export interface FinishedBlock {
  readonly index: number;
  readonly result: BlockResult;
}

/** Told after each finished block, in the order in which they finish. */
export type BlockObserver = (done: number, total: number, block: FinishedBlock) => void;

/** Runs blocks. It keeps no result: the observer takes each as it comes. */
export interface BlockPool {
  readonly run: (requests: readonly BlockRequest[], onBlock: BlockObserver) => Promise<void>;
  /** Lets the workers go. */
  readonly close: () => Promise<void>;
}

/** Results of blocks in request order, so that any worker count gives the same bytes. */
export async function collectBlocks(
  pool: BlockPool,
  requests: readonly BlockRequest[],
  onBlock: BlockObserver,
): Promise<readonly BlockResult[]> {
  const slots: (BlockResult | undefined)[] = requests.map(() => undefined);
  await pool.run(requests, (done, total, block) => {
    slots[block.index] = block.result;
    onBlock(done, total, block);
  });
  return slots.map((slot) => {
    if (slot === undefined) throw new Error('Invariant: every block has a result');
    return slot;
  });
}

/**
 * A pool of worker threads that lives over several calls, since a thread is slow until its code is
 * compiled. One worker means this thread. The URL is that of the built worker: a TypeScript source
 * cannot start a thread on Node 20.
 */
export function createBlockPool(workers: number, workerUrl: URL): BlockPool {
  return workers <= 1 ? inlinePool() : createThreadPool(workers, workerUrl);
}

/** A pool that never computes in this thread, which stays free to answer. */
export function createThreadPool(workers: number, workerUrl: URL): BlockPool {
  const threads = Array.from({ length: workers }, () => new Worker(workerUrl));
  return {
    run: (requests, onBlock) => share(threads, requests, onBlock),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function inlinePool(): BlockPool {
  const runBlock = createBlockRunner();
  let isOpen = true;
  return {
    run: async (requests, onBlock) => {
      for (const [index, request] of requests.entries()) {
        // Closed in the middle of a run: what is left is not wanted.
        if (!isOpen) return;
        onBlock(index + 1, requests.length, { index, result: runBlock(request) });
        // Lets signals be heard between blocks.
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    },
    close: async () => {
      isOpen = false;
    },
  };
}

async function share(
  threads: readonly Worker[],
  requests: readonly BlockRequest[],
  onBlock: BlockObserver,
): Promise<void> {
  let next = 0;
  let done = 0;
  const work = async (thread: Worker): Promise<void> => {
    while (next < requests.length) {
      const index = next;
      next += 1;
      const request = requests[index];
      if (request === undefined) return;
      const answer = await ask(thread, index, request);
      done += 1;
      onBlock(done, requests.length, answer);
    }
  };
  await Promise.all(threads.map(work));
}

function ask(thread: Worker, index: number, request: BlockRequest): Promise<FinishedBlock> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      thread.off('message', onMessage);
      thread.off('error', onError);
      thread.off('exit', onExit);
    };
    const onMessage = (answer: FinishedBlock): void => {
      settle();
      resolve(answer);
    };
    const onError = (error: Error): void => {
      settle();
      reject(error);
    };
    const onExit = (): void => onError(new Error('a worker thread ended before its block'));
    thread.on('message', onMessage);
    thread.on('error', onError);
    thread.on('exit', onExit);
    thread.postMessage({ index, request });
  });
}
