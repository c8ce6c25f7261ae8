import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasRealMarket, REAL_MARKET } from '../history/real-market.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

function claims(...rest: readonly string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [MAIN, 'claims', ...rest], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('alvh claims', () => {
  it('wants a history', () => {
    expect(claims()).toMatchObject({ code: 2, out: '' });
    expect(claims('--data', '/nowhere', '--from', '2010-01-04', '--to', '2011-01-03').code).toBe(3);
  });

  it.skipIf(!hasRealMarket('claims'))('measures each on recorded history and futures', () => {
    const span = ['--data', REAL_MARKET, '--from', '2004-03-26', '--to', '2024-06-28'];
    const { code, out } = claims(...span, '--paths', '25', '--json');
    expect(code).toBe(0);
    const { claims: ledger } = JSON.parse(out) as {
      claims: { id: string; verdict: string; estimate: number | null }[];
    };
    const verdicts = new Map(ledger.map(({ id, verdict }) => [id, verdict]));
    // Wings bound the loss of a condor, whatever else the article says.
    expect(verdicts.get('undefined-risk')).toBe('contradicted');
    expect(verdicts.get('unhedged-drawdown')).toBe('contradicted');
    for (const { verdict, estimate } of ledger) {
      expect(estimate === null).toBe(verdict === 'not measurable');
    }
  });
});
