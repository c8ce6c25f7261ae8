import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPolicy } from '../data/policy-file.ts';
import { IBKR_PROFILE } from '../margin/margin-profile.ts';
import { openBlockStore } from './block-store.ts';
import { simulateFutures } from './simulate.ts';
import type { FuturesRequest } from './simulate.ts';

const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));
const NO_THREADS = new URL('file:///no-worker.js');
const folder = mkdtempSync(join(tmpdir(), 'alvh-blocks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const REQUEST: FuturesRequest = {
  paths: 60,
  years: 1,
  seed: 3,
  workers: 1,
  policies: [loadPolicy('unhedged', POLICIES)],
  options: { equity: 1_000_000, profile: IBKR_PROFILE, counterfactual: false },
};

describe('simulateFutures with a checkpoint', () => {
  it('gives the same after an interruption, and runs only what is missing', async () => {
    const whole = await simulateFutures(REQUEST, NO_THREADS, () => {});
    const file = join(folder, 'run.blocks');
    await simulateFutures(REQUEST, NO_THREADS, () => {}, openBlockStore(file, 'key'));
    // Three blocks of 25 paths; the last line is cut short as a kill would.
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines).toHaveLength(5);
    writeFileSync(file, `${lines.slice(0, 3).join('\n')}\n${lines[3]?.slice(0, 200) ?? ''}`);
    const store = openBlockStore(file, 'key');
    expect(store.size).toBe(2);
    const seen: string[] = [];
    const resumed = await simulateFutures(
      REQUEST,
      NO_THREADS,
      (done, total) => seen.push(`${done}/${total}`),
      store,
    );
    expect(seen).toEqual(['3/3']);
    expect(resumed).toEqual(whole);
    expect(openBlockStore(file, 'key').size).toBe(3);
  });

  it('refuses the checkpoint of another run', () => {
    const file = join(folder, 'other.blocks');
    openBlockStore(file, 'one');
    expect(() => openBlockStore(file, 'two')).toThrow('must come from the same program');
  });

  it('leaves out a block whose bytes were changed', async () => {
    const file = join(folder, 'changed.blocks');
    await simulateFutures(
      { ...REQUEST, paths: 25 },
      NO_THREADS,
      () => {},
      openBlockStore(file, 'k'),
    );
    writeFileSync(file, readFileSync(file, 'utf8').replace('"data":"/w', '"data":"/x'));
    expect(openBlockStore(file, 'k').size).toBe(0);
  });
});
