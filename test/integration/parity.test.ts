import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL, PUT } from '../../src/contracts/contract-kind.ts';
import { black76 } from '../../src/kernels/black76.ts';
import { ROOT } from '../architecture/source-tree.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const FORWARD = 5012;
const YEARS = 42 / 365;
const RATE = 0.05;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-parity-'));
  writeFileSync(
    join(dir, 'chain.csv'),
    chainText(() => 0),
  );
  writeFileSync(
    join(dir, 'off.csv'),
    chainText((strike) => (strike === 5000 ? 4 : 0)),
  );
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A chain of one expiry, 42 days out, whose calls are off by so many points. */
function chainText(off: (strike: number) => number): string {
  const header =
    'underlying,underlying_last,exchange,optionroot,type,expiration,quotedate,strike,last,net,bid,ask,volume,openinterest,impliedvol,delta,gamma';
  const rows: string[] = [];
  for (let strike = 4500; strike <= 5500; strike += 25) {
    for (const [right, name, letter] of [
      [CALL, 'call', 'C'],
      [PUT, 'put', 'P'],
    ] as const) {
      const value =
        Math.exp(-RATE * YEARS) * black76(right, FORWARD, strike, 0.15 * Math.sqrt(YEARS));
      const mid = value + (right === CALL ? off(strike) : 0);
      const symbol = `SPXW240216${letter}0${strike}000`;
      const quote = `${(mid - 0.1).toFixed(4)},${(mid + 0.1).toFixed(4)}`;
      rows.push(
        `SPX,5000,CBOE,${symbol},${name},02/16/2024,01/05/2024,${strike},1,0,${quote},1,1,0.15,0.5,0.01`,
      );
    }
  }
  return `${[header, ...rows].join('\n')}\n`;
}

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function parity(...args: readonly string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'parity', ...args], {
    encoding: 'utf8',
    cwd: dir,
  });
  return { code: status, out: stdout, err: stderr };
}

describe('alvh parity', () => {
  it('reads the forward and the rate that the quotes were made with', () => {
    const condor = ['--condor', '4700,4800,5200,5300'];
    const { code, out, err } = parity('chain.csv', '--rate', '0.045', ...condor, '--json');
    expect(code, err).toBe(0);
    const document = JSON.parse(out) as {
      readonly chosen: string;
      readonly expiries: readonly {
        readonly forward: number;
        readonly box: { readonly rate: number };
        readonly residuals: readonly { readonly residual: number }[];
      }[];
      readonly condor: { readonly credit: number; readonly byParity: { readonly lower: number } };
    };
    expect(document.chosen).toBe('2024-02-16 PM');
    const [expiry] = document.expiries;
    expect(expiry?.forward).toBeCloseTo(FORWARD, 2);
    expect(expiry?.box.rate).toBeCloseTo(RATE, 3);
    expect(expiry?.residuals).toHaveLength(41);
    expect(document.condor.byParity.lower).toBeCloseTo(4800 - document.condor.credit, 9);
  });

  it('says that pricing should wait when a quote near the money is off, and orders nothing', () => {
    const { code, out } = parity('off.csv', '--rate', '0.045');
    expect(code).toBe(6);
    expect(out).toMatch(/5,000 +4\.\d+ +\d\.\d+ +STALE/);
    expect(out).toContain('BLOCKED');
    expect(out).toMatch(/conversion at 5,000 against [\d,]+: [23]\.\d+ points/);
    expect(out).toContain('never ordered');
  });

  it('takes quotes that have not moved since an earlier chain for no market', () => {
    const { code, out } = parity('chain.csv', '--rate', '0.045', '--previous', 'chain.csv');
    expect(code).toBe(6);
    expect(out).toMatch(/block: calls [\d,]+ to [\d,]+, unchanged/);
  });

  it.each([
    [['none.csv'], 3],
    [['chain.csv', '--condor', '1,2,3'], 2],
    [['chain.csv', '--condor', '5,4,3,2'], 2],
    [['chain.csv', '--expiry', '2024-03-15'], 3],
    [['chain.csv', '--reit-share', '2'], 2],
  ] as const)('refuses %j', (args, code) => {
    expect(parity(...args).code).toBe(code);
  });
});
