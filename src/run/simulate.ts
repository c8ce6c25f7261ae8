import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { DataError } from '../data/data-error.ts';
import type { RunOptions } from '../engine/context.ts';
import type { FigureKind } from '../evaluation/path-figure.ts';
import type { PathSummary } from '../evaluation/path-summary.ts';
import { createTally } from '../evaluation/path-tally.ts';
import type { PathTally } from '../evaluation/path-tally.ts';
import { enterPath } from '../evaluation/tally-paths.ts';
import type { Policy } from '../strategy/policy.ts';
import { blocksOf } from './block-plan.ts';
import type { Checkpoint, Progress } from './checkpoint.ts';
import type { MarketModel } from './load-path-model.ts';
import { openPathRows } from './path-rows.ts';
import type { PathRows } from './path-rows.ts';
import type { BlockRequest, BlockResult } from './run-block.ts';
import { collectBlocks, createBlockPool } from './worker-pool.ts';
import type { BlockPool } from './worker-pool.ts';

/** Futures up to which quantiles are exact unless told: every path is kept. */
export const EXACT_PATHS = 10_000;

/** Time between two writings of a checkpoint, milliseconds. */
const SAVE_EVERY_MS = 30_000;

/** Futures to simulate, after arguments and files were validated. */
export interface FuturesRequest extends MarketModel {
  readonly paths: number;
  readonly years: number;
  readonly seed: number;
  /** Worker threads; 0 = as many as the machine has. */
  readonly workers: number;
  readonly policies: readonly Policy[];
  readonly options: RunOptions;
  /** Futures up to which every path is kept; `EXACT_PATHS` unless told. */
  readonly exactPaths?: number;
}

/** Who hears of a run, where it is kept, and how it is told to stop. */
export interface TallyRun {
  readonly progress: (done: number, total: number) => void;
  readonly checkpoint?: Checkpoint;
  /** Parquet file with a row a path, and a key that names the run. */
  readonly rows?: { readonly file: string; readonly key: string };
  /** Aborted: the run is kept and ends with `Interrupted`. */
  readonly signal?: AbortSignal;
}

/** The run was told to stop before its end; what was done is in its checkpoint. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly done: number;
  readonly total: number;

  constructor(done: number, total: number) {
    super(`interrupted after ${done} of ${total} blocks`);
    this.done = done;
    this.total = total;
  }
}

/**
 * Summaries of every policy over the same simulated futures, by policy, in path order: the same
 * for any worker count. Memory grows with paths; `tallyFutures` does without.
 */
export async function simulateFutures(
  request: FuturesRequest,
  workerUrl: URL,
  progress: (done: number, total: number) => void,
): Promise<readonly (readonly PathSummary[])[]> {
  const { policies, paths } = request;
  const pool = createBlockPool(threadsOf(request.workers), workerUrl);
  try {
    const blocks = await collectBlocks(pool, blocksOf(request, policies, paths), (done, total) =>
      progress(done, total),
    );
    return policies.map((_, index) => blocks.flatMap((block) => block[index] ?? []));
  } finally {
    await pool.close();
  }
}

/** Empty tallies of policies: exact up to so many paths, sketched beyond. */
export function createTallies(
  policies: readonly Policy[],
  paths: number,
  exactPaths: number = EXACT_PATHS,
): readonly PathTally[] {
  const kind: FigureKind = paths <= exactPaths ? 'exact' : 'sketched';
  return policies.map(({ name }) => createTally(name, kind, paths));
}

/** Enters a finished block into the tallies of its policies. */
export function enterBlock(
  tallies: readonly PathTally[],
  firstPath: number,
  result: BlockResult,
): void {
  for (const [policy, tally] of tallies.entries()) {
    for (const [place, summary] of (result[policy] ?? []).entries()) {
      enterPath(tally, firstPath + place, summary);
    }
  }
}

/**
 * Tallies of every policy over the same simulated futures: the same for any worker count and however
 * often the run was interrupted. No path is kept longer than its block takes, so memory does not grow
 * with paths beyond those up to which quantiles are exact.
 *
 * Errors: `Interrupted`; DataError `not-written` of the checkpoint and the rows, `bad-data` when the
 * checkpoint kept no rows, or those of another file. Whatever the error, what was done is kept.
 */
export async function tallyFutures(
  request: FuturesRequest,
  workerUrl: URL,
  run: TallyRun,
): Promise<readonly PathTally[]> {
  const { policies, paths } = request;
  const blocks = blocksOf(request, policies, paths);
  const saved = run.checkpoint?.saved;
  const tallies = saved?.tallies ?? createTallies(policies, paths, request.exactPaths);
  const done = saved?.done ?? new Uint8Array(blocks.length);
  const rows = openRows(request, run, saved);
  const save = (): void => {
    const pending = rows?.pending();
    run.checkpoint?.save({ done, tallies, ...(pending === undefined ? {} : { rows: pending }) });
  };
  try {
    await runMissing(createBlockPool(threadsOf(request.workers), workerUrl), blocks, done, {
      ...run,
      save,
      enter: (firstPath, result) => {
        enterBlock(tallies, firstPath, result);
        for (const [policy, summaries] of result.entries())
          rows?.enter(policy, firstPath, summaries);
      },
    });
    // What comes now, rows and reports, may fail: the futures need not be run again.
    save();
    await rows?.finish();
  } catch (error) {
    // What was done is worth keeping whatever went wrong; a second refusal would hide the first.
    try {
      save();
    } catch (refusal) {
      if (error instanceof Interrupted) throw refusal;
    }
    throw error;
  }
  return tallies;
}

interface BlockSink extends TallyRun {
  readonly save: () => void;
  readonly enter: (firstPath: number, result: BlockResult) => void;
}

/** Runs the blocks that are not done, and marks them. */
async function runMissing(
  pool: BlockPool,
  blocks: readonly BlockRequest[],
  done: Uint8Array,
  { progress, signal, save, enter }: BlockSink,
): Promise<void> {
  const missing = blocks.filter((_, index) => done[index] !== 1);
  const places = [...blocks.keys()].filter((index) => done[index] !== 1);
  let finished = blocks.length - missing.length;
  let savedAt = performance.now();
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Interrupted(finished, blocks.length));
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
  try {
    const running = pool.run(missing, (_done, _total, { index, result }) => {
      const place = places[index] ?? -1;
      enter(blocks[place]?.firstPath ?? Number.NaN, result);
      done[place] = 1;
      finished += 1;
      progress(finished, blocks.length);
      if (finished === blocks.length || performance.now() - savedAt < SAVE_EVERY_MS) return;
      save();
      savedAt = performance.now();
    });
    await Promise.race([running, stopped]);
  } finally {
    await pool.close();
  }
}

function openRows(
  { policies, paths }: FuturesRequest,
  { rows }: TallyRun,
  saved: Progress | undefined,
): PathRows | undefined {
  if (rows === undefined) return undefined;
  if (saved !== undefined && saved.rows?.file !== rows.file) {
    throw new DataError({
      code: 'bad-data',
      file: rows.file,
      rule: 'the rows of an interrupted run must go where they began to go',
      value: saved.rows === undefined ? 'a checkpoint without rows' : `rows in ${saved.rows.file}`,
      remedy: 'name the same --parquet file, or another --checkpoint to begin anew',
    });
  }
  const plan = { ...rows, policies: policies.map(({ name }) => name), paths };
  return openPathRows(plan, saved?.rows);
}

function threadsOf(workers: number): number {
  return workers === 0 ? availableParallelism() : workers;
}
