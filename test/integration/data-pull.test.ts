import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLoopbackPublisher } from '../../src/data/pull/loopback-publisher.fixture.ts';
import type { LoopbackPublisher } from '../../src/data/pull/loopback-publisher.fixture.ts';
import { readManifest, sha256Of } from '../../src/data/pull/pull-manifest.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/cli/main.js');

let publisher: LoopbackPublisher;
let dir: string;
beforeAll(async () => {
  publisher = await startLoopbackPublisher();
});
afterAll(() => publisher.close());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-data-pull-'));
  publisher.log.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
}

/** Runs the program on the loopback server; `onRequests` is told how many it has sent. */
async function pull(
  source: string,
  onRequests?: (count: number, kill: () => void) => void,
): Promise<Ended> {
  const options = ['--data', dir, '--base-url', publisher.baseUrl, '--only', source, '--json'];
  const child = spawn(
    process.execPath,
    [MAIN, 'data', 'pull', ...options, '--accept-terms', 'cboe'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const watch = setInterval(() => {
    onRequests?.(publisher.log.length, () => child.kill('SIGKILL'));
  }, 20);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearInterval(watch);
  return { code, signal, out };
}

describe('the program itself', () => {
  it('pulls, with at least a second between requests', async () => {
    publisher.answer((address) =>
      address.startsWith('cdn-api.cboe.com')
        ? {
            status: 307,
            headers: { location: address.replace('cdn-api.cboe.com', 'https://cdn.cboe.com') },
          }
        : undefined,
    );
    const started = performance.now();
    const { code, out } = await pull('cboe-vix');
    publisher.answer(() => undefined);
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { schema: 'alvh/data-pull/1', sources: [{ requests: 2, files: [{ status: 'written' }] }] },
    ]);
    expect(performance.now() - started).toBeGreaterThan(1000);
  });

  it('leaves whole files with checksums when it is killed, and asks only for the rest', async () => {
    const killed = await pull('treasury-yields', (count, kill) => {
      if (count >= 3) kill();
    });
    expect(killed.signal).toBe('SIGKILL');
    const { files } = readManifest(dir);
    const stored = Object.keys(files);
    expect(stored.length).toBeGreaterThanOrEqual(2);
    for (const path of stored) {
      expect(sha256Of(readFileSync(join(dir, path), 'utf8'))).toBe(files[path]?.sha256);
    }
    expect(readdirSync(dir)).not.toContain('treasury_yields_daily.csv');
    const asked = publisher.log.length;
    await pull('treasury-yields', (count, kill) => {
      if (count > asked) kill();
    });
    const next = 1990 + stored.length;
    expect(publisher.log[asked]).toContain(`field_tdr_date_value=${next}`);
  });
});
