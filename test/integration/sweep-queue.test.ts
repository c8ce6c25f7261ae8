import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const GRID =
  '{policy: unhedged, axes: {wings.width: [0.02, 0.03, 0.04], entry.targetDays: [35, 45]}}';

const server = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
if (server === undefined) console.log('skipped: sweep over a queue (no redis-server here)');

/** Settles when something listens on a port of this machine, or after 30 seconds. */
async function answering(port: number): Promise<void> {
  for (let waits = 0; waits < 300; waits += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.end());
    });
    if (isOpen) return;
    await pause(100);
  }
}

/** Sends one command to the server and waits for its answer. */
async function ask(port: number, command: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('data', () => {
      socket.end();
      resolve();
    });
  });
}

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

describe('alvh sweep and worker without a server', () => {
  it('say so and exit 3', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    for (const args of [['worker'], ['sweep', '-']]) {
      const run = spawnSync(process.execPath, [MAIN, ...args, '--queue', url], {
        encoding: 'utf8',
        input: GRID,
        cwd: tmpdir(),
      });
      expect(run.status).toBe(3);
      expect(run.stderr).toContain('a Redis or Valkey server must answer');
    }
    const run = spawnSync(process.execPath, [MAIN, 'worker', '--queue', 'localhost']);
    expect(run.status).toBe(2);
  });
});

describe.skipIf(server === undefined)('alvh sweep over a queue', () => {
  let dir: string;
  let url: string;
  let port: number;
  const children: ChildProcess[] = [];

  const start = (command: string, args: readonly string[]): ChildProcess => {
    const child = spawn(command, [...args], { cwd: dir, stdio: 'ignore' });
    children.push(child);
    return child;
  };
  const startServer = (...rest: readonly string[]): ChildProcess =>
    start(server ?? '', ['--port', String(port), '--save', '', '--bind', '127.0.0.1', ...rest]);
  const startWorker = (): ChildProcess =>
    start(process.execPath, [MAIN, 'worker', '--queue', url, '--workers', '1']);
  let told = '';
  const sweep = (name: string, ...rest: readonly string[]): Promise<Outcome> =>
    new Promise((resolve) => {
      told = '';
      const files = ['--cache', join(dir, name), '--out', join(dir, `${name}.html`)];
      const args = [MAIN, 'sweep', '-', '--json', '--paths', '100', ...files, ...rest];
      const child = spawn(process.execPath, args, { cwd: dir });
      children.push(child);
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        told += text;
      });
      child.on('close', (code) => resolve({ code, out, err }));
      child.stdin.end(GRID);
    });

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'alvh-queue-'));
    port = await freePort();
    url = `redis://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await pause(200);
    rmSync(dir, { recursive: true, force: true });
  });

  it('says that the memory of the server is full, keeps no result, and can be run again', async () => {
    const full = startServer('--maxmemory', '1mb');
    await answering(port);
    const { code, out, err } = await sweep('full', '--queue', url);
    full.kill('SIGKILL');
    await once(full, 'exit');
    expect({ code, out }, err).toEqual({ code: 1, out: '' });
    expect(err).toContain('the server must have memory for jobs and results, was full (OOM');
    expect(err).toContain('Remedy: give it more (maxmemory)');
    expect(existsSync(join(dir, 'full.html'))).toBe(false);
  }, 60_000);

  it('tells a worker that work of another version waits', async () => {
    const own = startServer();
    await answering(port);
    await ask(port, 'SADD alvh-queues alvh-blocks-0.0.1+old');
    await ask(port, 'RPUSH bull:alvh-blocks-0.0.1+old:wait 1');
    const worker = spawn(process.execPath, [MAIN, 'worker', '--queue', url, '--workers', '1'], {
      cwd: dir,
    });
    children.push(worker);
    const told = await new Promise<string>((resolve) => {
      let err = '';
      worker.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        if (err.includes('another version')) resolve(err);
      });
      worker.on('close', () => resolve(err));
    });
    worker.kill('SIGKILL');
    own.kill('SIGKILL');
    await once(own, 'exit');
    expect(told).toContain('work of another version waits (alvh-blocks-0.0.1+old)');
  }, 60_000);

  it('has the bytes of this machine alone, though a worker dies and the server forgets', async () => {
    const alone = await sweep('alone', '--workers', '2');
    expect(alone.code).toBe(0);
    const first = startServer();
    await answering(port);
    const doomed = startWorker();
    const shared = sweep('shared', '--queue', url);
    // On a busy machine programs take their time to start: some work must be under way.
    for (let waits = 0; !/\] [1-9]\d*\/\d+ blocks/.test(told) && waits < 600; waits += 1)
      await pause(100);
    doomed.kill('SIGKILL');
    first.kill('SIGKILL');
    await pause(500);
    startServer();
    await answering(port);
    startWorker();
    const { code, out, err } = await shared;
    expect({ code, out }, err).toEqual({ code: 0, out: alone.out });
    expect(err).toContain('chunks: 24 run');
    expect(readFileSync(join(dir, 'shared.html'), 'utf8')).toBe(
      readFileSync(join(dir, 'alone.html'), 'utf8'),
    );
  }, 90_000);
});
