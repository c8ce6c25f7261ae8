/*
 * Blocks of futures over many machines: a sweep puts them into a queue on a Redis server, `alvh
 * worker` processes anywhere take them out. A job is named by a hash of what it computes, so asking
 * twice is asking once, and a job run twice (a worker was killed) has the same result.
 */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { DataError } from '../data/data-error.ts';
import type { BlockRequest, BlockResult } from './run-block.ts';
import { collectBlocks, createThreadPool } from './worker-pool.ts';
import type { BlockObserver, BlockPool } from './worker-pool.ts';

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
/** Silence of the queue after which a sweep looks for what is wrong, milliseconds. */
const LOOK_FOR_CAUSE_MS = 5_000;
/** How often a worker looks for work it cannot do, milliseconds. */
const LOOK_FOR_OTHERS_MS = 30_000;
/** Server's set of queues that sweeps have used, by name. */
const QUEUES = 'alvh-queues';
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
 * @param notice Told when no worker of this version listens, and when the server goes and comes back.
 *
 * Errors: DataError `not-found` when no server answers, `not-written` when its memory is full; the
 * worker's error when a block fails there. A server that restarts is waited for, and jobs it has lost
 * are put in again.
 */
export async function openQueuePool(
  address: QueueAddress,
  notice: (text: string) => void,
): Promise<BlockPool> {
  const connection = await connect(address.url);
  const queue = new Queue<ChunkJob, string>(queueName(address), { connection });
  queue.on('error', () => {});
  const link: Link = { address, connection, queue, notice };
  tellOutages(link);
  return {
    run: async (requests, onBlock) => {
      try {
        await runJobs(link, requests, onBlock);
      } catch (error) {
        throw isFull(error) ? fullServer(address.url, error) : error;
      }
    },
    close: async () => {
      connection.removeAllListeners('close');
      await queue.close();
      connection.disconnect();
    },
  };
}

/** A sweep's end of a queue. */
interface Link {
  readonly address: QueueAddress;
  readonly connection: Redis;
  readonly queue: Queue<ChunkJob, string>;
  readonly notice: (text: string) => void;
}

async function runJobs(
  link: Link,
  requests: readonly BlockRequest[],
  onBlock: BlockObserver,
): Promise<void> {
  const { queue, connection, address } = link;
  const jobs = requests.map(jobOf);
  await connection.sadd(QUEUES, queueName(address));
  await enqueue(queue, jobs);
  let hadWorkers = await warnWithoutWorkers(link);
  let open = jobs.map((job, index) => ({ job, index }));
  let heardAt = performance.now();
  while (open.length > 0) {
    const done = new Set<number>();
    for (const { job, index } of open.slice(0, POLLED_JOBS)) {
      const result = await finished(queue, job);
      if (result === undefined) continue;
      done.add(index);
      onBlock(jobs.length - open.length + done.size, jobs.length, { index, result });
    }
    open = open.filter(({ index }) => !done.has(index));
    if (done.size > 0) heardAt = performance.now();
    else await pause(POLL_MS);
    if (performance.now() - heardAt < LOOK_FOR_CAUSE_MS) continue;
    heardAt = performance.now();
    // A full server takes no results either: a write of our own tells.
    await connection.set(`${queueName(address)}-probe`, '', 'EX', 1);
    hadWorkers = hadWorkers ? await warnWithoutWorkers(link) : (await queue.getWorkersCount()) > 0;
  }
}

/** Tells when the server goes and when it is back; it is waited for. */
function tellOutages({ connection, address, notice }: Link): void {
  let isAway = false;
  connection.on('close', () => {
    if (!isAway) notice(`the server at ${address.url} does not answer; it is waited for`);
    isAway = true;
  });
  connection.on('ready', () => {
    if (isAway) notice('the server answers again');
    isAway = false;
  });
}

/** Whether a server refused a command because its memory is full. */
function isFull(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('OOM ');
}

function fullServer(url: string, error: unknown): DataError {
  return new DataError({
    code: 'not-written',
    file: url,
    rule: 'the server must have memory for jobs and results',
    value: `full (${error instanceof Error ? error.message.split('.')[0] : ''})`,
    remedy:
      'give it more (maxmemory) or remove what is not needed, and run the same sweep again: chunks in ' +
      'its cache are not run again',
  });
}

/**
 * Works on a queue until the process ends. The thread that keeps the connection never computes, so
 * that a long block is not taken for a dead worker.
 *
 * @param tell Told how many blocks were run, of work that waits for workers of another version, and
 *   of what the server refuses.
 *
 * Errors: DataError `not-found` when no server answers.
 */
export async function serveQueue(
  address: QueueAddress,
  threads: number,
  workerUrl: URL,
  tell: (text: string) => void,
): Promise<never> {
  const connection = await connect(address.url);
  const told = new Set<string>();
  const once = (text: string): void => {
    if (!told.has(text)) tell(text);
    told.add(text);
  };
  const lookForOthers = (): void => {
    void otherVersions(connection, address).then((names) => {
      for (const name of names) once(`work of another version waits (${name}): start its program`);
    });
  };
  lookForOthers();
  setInterval(lookForOthers, LOOK_FOR_OTHERS_MS).unref();
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
        tell(`${blocks} blocks run`);
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
  worker.on('error', (error) => once(`the server: ${error.message}`));
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

/** Whether a worker listens; tells when none does. */
async function warnWithoutWorkers({ queue, address, notice }: Link): Promise<boolean> {
  if ((await queue.getWorkersCount()) > 0) return true;
  const { url, codeVersion } = address;
  notice(
    `no worker of version ${codeVersion} on Node ${process.version} listens; ` +
      `start one anywhere: alvh worker --queue ${url}`,
  );
  return false;
}

/** Queues of other versions on which jobs wait; none when the server does not answer. */
async function otherVersions(connection: Redis, address: QueueAddress): Promise<readonly string[]> {
  try {
    const names = await connection.smembers(QUEUES);
    const waiting: string[] = [];
    for (const name of names) {
      if (name === queueName(address)) continue;
      if ((await connection.llen(`bull:${name}:wait`)) > 0) waiting.push(name);
    }
    return waiting;
  } catch {
    return [];
  }
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
