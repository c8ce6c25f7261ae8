import { parentPort } from 'node:worker_threads';
import { createBlockRunner } from './run-block.ts';
import type { BlockRequest } from './run-block.ts';

/* A worker thread: one block in, its summaries out, until the pool lets it go. */
const runBlock = createBlockRunner();
parentPort?.on('message', (task: { readonly index: number; readonly request: BlockRequest }) => {
  parentPort?.postMessage({ index: task.index, result: runBlock(task.request) });
});
