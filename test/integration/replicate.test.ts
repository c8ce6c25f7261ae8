import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasRealMarket, REAL_MARKET } from '../history/real-market.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function replicate(index: string, ...rest: readonly string[]): Outcome {
  const run = spawnSync(process.execPath, [MAIN, 'replicate', index, ...rest], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** On recorded history between two dates. */
function onHistory(index: string, from: string, to: string, ...rest: readonly string[]): Outcome {
  return replicate(index, '--data', REAL_MARKET, '--from', from, '--to', to, ...rest);
}

describe('alvh replicate', () => {
  it('knows its indices and suggests the one meant', () => {
    const { code, err } = replicate('vxt', '--data', '.');
    expect(code).toBe(2);
    expect(err).toContain('cndr or vxth or spvxsp or spvxmp or szado');
    expect(err).toContain('Did you mean vxth?');
  });

  it('wants dates in order', () => {
    const dates = ['--from', '2010-01-04', '--to', '2010-01-04'];
    expect(replicate('vxth', '--data', '.', ...dates)).toMatchObject({ code: 2, out: '' });
  });
});

const present = hasRealMarket('alvh replicate');

describe.skipIf(!present)('alvh replicate on history', () => {
  it.each(['cndr', 'vxth', 'spvxsp', 'spvxmp'])('writes %s as the contract has it', (index) => {
    const { code, out, err } = onHistory(index, '2017-06-01', '2018-12-31', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const document = JSON.parse(out) as {
      readonly years: readonly { readonly year: number; readonly return: number }[];
      readonly level: readonly (readonly [string, number])[];
    };
    expect(document).toMatchObject({ schema: 'alvh/replicate/1', name: index });
    expect(document).toMatchObject({
      annualReturn: expect.any(Number) as number,
      annualStdev: expect.any(Number) as number,
    });
    expect(document.years.map(({ year }) => year)).toEqual([2017, 2018]);
    expect(document.level[0]).toEqual(['2017-06-01', 100]);
    const product = document.years.reduce((growth, row) => growth * (1 + row.return), 1);
    expect((document.level.at(-1)?.[1] ?? 0) / 100).toBeCloseTo(product, 9);
  });

  it('lists years, published levels and the months that paid', () => {
    const { out } = onHistory('vxth', '2006-03-31', '2023-11-01');
    expect(out).toMatch(/^year\s+VXTH\s+SPX total return\s+calls\n/);
    expect(out).toContain('\n2008');
    expect(out).toMatch(/2006-03-31\s+2014-09-05\s+88\.83 %.*within\n/);
    expect(out).toMatch(/2018-10-31\s+2023-10-31\s+98\.60 %.*OUTSIDE\n/);
  });

  it('holds funds against their prices', () => {
    const { out } = onHistory('spvxsp', '2012-01-03', '2019-12-31');
    expect(out).toMatch(/\n\s*VXX\s+2012-01-03\s+2019-12-31/);
    expect(onHistory('spvxmp', '2012-01-03', '2013-12-31').out).toContain(
      'NO DATA: prices of a fund',
    );
  });

  it('names the worst five months of CNDR', () => {
    const { out } = onHistory('cndr', '2010-01-15', '2012-01-20');
    expect(out).toMatch(/\nworst five months\n/);
    expect(out).toContain('2011-08-19');
  });

  it('shows the overlays beside the published ones', () => {
    const { out } = onHistory('szado', '2008-07-31', '2008-12-31');
    expect(out).toContain('3 % VIX calls 25 % out of the money');
    expect(out).toContain('another portfolio');
  });

  it('has no data before VX', () => {
    const { code, out, err } = onHistory('vxth', '2000-01-03', '2005-12-30');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('Remedy: choose dates from 2004-03-26 on');
  });
});
