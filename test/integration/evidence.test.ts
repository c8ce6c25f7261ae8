import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasRealMarket, REAL_MARKET } from '../history/real-market.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

function evidence(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [MAIN, 'evidence', ...args], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('alvh evidence', () => {
  it('needs data, and policies other than the reference', () => {
    expect(evidence().code).toBe(2);
    expect(evidence('--data', '/nowhere').code).toBe(3);
  });
});

describe.skipIf(!hasRealMarket('alvh evidence'))('alvh evidence on history', () => {
  const span = ['--data', REAL_MARKET, '--from', '2016-01-04', '--to', '2019-12-31'];

  it('answers its questions, the same each time', () => {
    const asked = [...span, '--placebos', '2', '--json'];
    const { code, out } = evidence(...asked);
    expect(code).toBe(0);
    expect(evidence(...asked).out).toBe(out);
    const document = JSON.parse(out) as {
      readonly trials: number;
      readonly sharpes: readonly { readonly policy: string; readonly sharpe: number }[];
      readonly grid: {
        readonly cells: readonly { readonly values: readonly string[]; readonly sharpe: number }[];
        readonly walkForward: readonly unknown[];
      };
      readonly slippage: {
        readonly policies: readonly {
          readonly growth: readonly number[];
          readonly delayed: number;
        }[];
      };
      readonly placebo: { readonly finalEquity: number; readonly placebos: readonly number[] };
    };
    expect(document.trials).toBe(4 + 27);
    expect(document.grid.walkForward).toHaveLength(7);
    // The setting of the grid that is the policy itself is that policy.
    const shipped = document.grid.cells.find(({ values }) => values.join(' ') === '1 0.02 0.5');
    const method = document.sharpes.find(({ policy }) => policy === 'alvh-45');
    expect(shipped?.sharpe).toBe(method?.sharpe);
    expect(new Set(document.placebo.placebos).size).toBeGreaterThan(1);
    for (const { growth, delayed } of document.slippage.policies) {
      // Between neighbours growth may rise: after a dearer loss the account trades less.
      expect(growth[0]).toBeGreaterThan(growth[2] ?? 1);
      expect(growth[0]).toBeGreaterThan(growth[4] ?? 1);
      expect(delayed).not.toBe(growth[2]);
    }
  });

  it('takes another grid and refuses the reference among the policies', () => {
    expect(evidence(...span, '--policies', 'unhedged').code).toBe(2);
    expect(evidence(...span, '--grid', '/nowhere.yaml').code).toBe(3);
  });
});
