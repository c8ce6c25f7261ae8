/*
 * Blocks of futures over many machines: a sweep puts them into a queue on a Redis server, `alvh
 * worker` processes anywhere take them out. A job is named by a hash of what it computes, so asking
 * twice is asking once, and a job run twice (a worker was killed) has the same result.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { DataError } from '../data/data-error.ts';
import type { BlockRequest, BlockResult } from './run-block.ts';
import { collectBlocks, createThreadPool } from './worker-pool.ts';
import type { BlockPool } from './worker-pool.ts';

/** Silence after which a worker is taken for dead and its job given to another, milliseconds. */
const DEAD_AFTER_MS = 10_000;
/** How often dead workers are looked for, milliseconds. */
const LOOK_FOR_DEAD_MS = 2_500;
/** Times a job may lose its worker before it counts as the job's own fault. */
const LOST_WORKERS = 20;
/** Pause between two looks at the oldest unfinished jobs, milliseconds. */
const POLL_MS = 100;
/** Unfinished jobs that are looked at: the queue is first in, first out. */
const POLLED_JOBS = 32;
/** Seconds that finished jobs are kept for a sweep that comes back. */
const KEPT_SECONDS = 24 * 3600;
const CONNECT_MS = 5_000;

/** What travels: the request as bytes in base64, since JSON has no infinity. */
interface ChunkJob {
  readonly request: string;
}

/** Where the queue is, and which program may work on it. */
export interface QueueAddress {
  /** redis://host:port */
  readonly url: string;
  /** Workers of another version never see the jobs: their numbers might differ. */
  readonly codeVersion: string;
}

/**
 * A pool whose blocks are run by workers on a queue.
 *
 * @param notice Told when no worker of this version listens.
 *
 * Errors: DataError `not-found` when no server answers; the worker's error when a block fails there.
 * A server that restarts is waited for, and jobs it has lost are put in again.
 */
export async function openQueuePool(
  address: QueueAddress,
  notice: (text: string) => void,
): Promise<BlockPool> {
  const connection = await connect(address.url);
  const queue = new Queue<ChunkJob, string>(queueName(address), { connection });
  queue.on('error', () => {});
  return {
    run: async (requests, onBlock) => {
      const jobs = requests.map(jobOf);
      await enqueue(queue, jobs);
      await warnWithoutWorkers(queue, address, notice);
      let open = jobs.map((job, index) => ({ job, index }));
      while (open.length > 0) {
        const done = new Set<number>();
        for (const { job, index } of open.slice(0, POLLED_JOBS)) {
          const result = await finished(queue, job);
          if (result === undefined) continue;
          done.add(index);
          onBlock(jobs.length - open.length + done.size, jobs.length, { index, result });
        }
        open = open.filter(({ index }) => !done.has(index));
        if (done.size === 0) await pause(POLL_MS);
      }
    },
    close: async () => {
      await queue.close();
      connection.disconnect();
    },
  };
}

/**
 * Works on a queue until the process ends. The thread that keeps the connection never computes, so
 * that a long block is not taken for a dead worker.
 *
 * Errors: DataError `not-found` when no server answers.
 */
export async function serveQueue(
  address: QueueAddress,
  threads: number,
  workerUrl: URL,
  onBlock: (blocks: number) => void,
): Promise<never> {
  const connection = await connect(address.url);
  const idle = Array.from({ length: threads }, () => createThreadPool(1, workerUrl));
  let blocks = 0;
  const worker = new Worker<ChunkJob, string>(
    queueName(address),
    async ({ data }) => {
      const pool = idle.pop();
      if (pool === undefined) throw new Error('Invariant: no more jobs at once than threads');
      try {
        const request = deserialize(Buffer.from(data.request, 'base64')) as BlockRequest;
        const [result] = await collectBlocks(pool, [request], () => {});
        blocks += 1;
        onBlock(blocks);
        return serialize(result).toString('base64');
      } finally {
        idle.push(pool);
      }
    },
    {
      connection,
      concurrency: threads,
      lockDuration: DEAD_AFTER_MS,
      stalledInterval: LOOK_FOR_DEAD_MS,
      maxStalledCount: LOST_WORKERS,
    },
  );
  // Without a listener a lost connection would end the process; the client reconnects by itself.
  worker.on('error', () => {});
  return new Promise<never>(() => {});
}

/** BullMQ allows no colon in a name. */
function queueName({ codeVersion }: QueueAddress): string {
  return `alvh-blocks-${codeVersion}-${process.version}`;
}

interface NamedJob {
  readonly id: string;
  readonly data: ChunkJob;
}

function jobOf(request: BlockRequest): NamedJob {
  const bytes = serialize(request);
  const id = createHash('sha256').update(bytes).digest('hex');
  return { id, data: { request: bytes.toString('base64') } };
}

async function enqueue(queue: Queue<ChunkJob, string>, jobs: readonly NamedJob[]): Promise<void> {
  await queue.addBulk(
    jobs.map(({ id, data }) => ({
      name: 'block',
      data,
      opts: { jobId: id, removeOnComplete: { age: KEPT_SECONDS }, removeOnFail: false },
    })),
  );
}

/** Result of a job, undefined while it is not finished; one that the server lost is put in again. */
async function finished(
  queue: Queue<ChunkJob, string>,
  named: NamedJob,
): Promise<BlockResult | undefined> {
  const job = await queue.getJob(named.id);
  if (job === undefined) {
    await enqueue(queue, [named]);
    return undefined;
  }
  const state = await job.getState();
  if (state === 'completed') {
    return deserialize(Buffer.from(job.returnvalue, 'base64')) as BlockResult;
  }
  if (state !== 'failed') return undefined;
  // Forgotten, so that the next sweep may try again.
  await job.remove();
  throw new Error(`a worker failed on a block: ${job.failedReason}`);
}

async function warnWithoutWorkers(
  queue: Queue<ChunkJob, string>,
  { url, codeVersion }: QueueAddress,
  notice: (text: string) => void,
): Promise<void> {
  if ((await queue.getWorkersCount()) > 0) return;
  notice(
    `no worker of version ${codeVersion} on Node ${process.version} listens yet; ` +
      `start one anywhere: alvh worker --queue ${url}`,
  );
}

/** A connection that reconnects for ever once it has been made. */
async function connect(url: string): Promise<Redis> {
  const connection = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
  });
  let reason = '';
  connection.on('error', (error: Error) => {
    reason = error.message;
  });
  try {
    await connection.connect();
  } catch (error) {
    connection.disconnect();
    throw new DataError({
      code: 'not-found',
      file: url,
      rule: 'a Redis or Valkey server must answer',
      value: reason === '' ? String(error) : reason,
      remedy: 'start one (redis-server --port 6379) or name another',
    });
  }
  return connection;
}
