import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasRealMarket, REAL_MARKET } from '../history/real-market.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

function lookahead(...rest: readonly string[]): { code: number | null; out: string } {
  const run = spawnSync(process.execPath, [MAIN, 'lookahead', ...rest], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout };
}

describe('alvh lookahead', () => {
  it('wants a history', () => {
    expect(lookahead()).toEqual({ code: 2, out: '' });
    expect(lookahead('--data', '.')).toEqual({ code: 3, out: '' });
  });

  it.skipIf(!hasRealMarket('lookahead'))('finds no knowledge of the future in history', () => {
    const span = ['--data', REAL_MARKET, '--from', '2019-06-03', '--to', '2020-06-30'];
    const { code, out } = lookahead(...span, '--every', '40', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ policy: 'alvh-45', cuts: 6, findings: [] });
  });
});
