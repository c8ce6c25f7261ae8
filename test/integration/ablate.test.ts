import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

function ablate(...rest: readonly string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [MAIN, 'ablate', ...rest], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('alvh ablate', () => {
  it('says what each part is worth, the same for any worker count', () => {
    const asked = ['--paths', '6', '--seed', '2', '--json'];
    const { code, out } = ablate(...asked, '--workers', '2');
    expect(code).toBe(0);
    expect(ablate(...asked, '--workers', '1').out).toBe(out);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'alvh/ablate/1',
      policy: 'alvh-45',
      markets: [
        {
          market: '6 simulated futures (LV2J-H, calibrated on 2006-10-23 to 2017-05-11) of 1 year',
        },
      ],
    });
    const { markets } = JSON.parse(out) as {
      markets: { parts: { id: string; cagr: Record<'estimate' | 'low' | 'high', number> }[] }[];
    };
    const parts = new Map(markets[0]?.parts.map((part) => [part.id, part.cagr]));
    const all = parts.get('all-layers');
    expect(all?.low).toBeLessThan(all?.estimate ?? Number.NaN);
    expect(all?.high).toBeGreaterThan(all?.estimate ?? Number.NaN);
    expect(parts.get('quick-ratio')).toMatchObject({
      estimate: 0,
      verdict: 'no measurable effect',
    });
  });

  it('has a table, and wants --data with dates', () => {
    const { out } = ablate('--policy', 'unhedged', '--paths', '4');
    expect(out).toContain('guard: no larger risk after a loss (R-21)');
    expect(out).not.toMatch(/layer:|NaN|undefined/);
    expect(ablate('--from', '2010-01-04')).toMatchObject({ code: 2, out: '' });
  });
});
