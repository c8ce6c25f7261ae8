import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/source-tree.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const request = 'compare --to 2024-06-28 --policies unhedged,martingale,alvh-45 --json'.split(' ');

describe.skipIf(!hasRealMarket('compare on history'))('alvh compare on recorded history', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alvh-history-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['2006-10-01', '1990-01-02'])('runs clean from %s to 2024-06-28', (from) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [MAIN, ...request, '--data', REAL_MARKET, '--from', from, '--out', join(folder, 'r.html')],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    expect(status, stderr).toBe(0);
    expect(stdout).not.toMatch(/NaN|Infinity|undefined/);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const { schema, policies, manifest } = JSON.parse(stdout) as {
      readonly schema: string;
      readonly policies: readonly { readonly name: string; readonly finalEquity: number }[];
      readonly manifest: { readonly dataHash: string };
    };
    expect(schema).toBe('alvh/compare/1');
    expect(manifest.dataHash).toMatch(/^[0-9a-f]{64}$/);
    const names = policies.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['unhedged', 'martingale', 'alvh-45']);
    for (const policy of policies) expect(Number.isFinite(policy.finalEquity)).toBe(true);
  });
});
