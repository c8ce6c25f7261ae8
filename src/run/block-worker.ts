import { parentPort } from 'node:worker_threads';
import { runBlock } from './run-block.ts';
import type { BlockRequest } from './run-block.ts';

/* A worker thread: one block in, its summaries out, until the pool lets it go. */
parentPort?.on('message', (task: { readonly index: number; readonly request: BlockRequest }) => {
  parentPort?.postMessage({ index: task.index, result: runBlock(task.request) });
});
