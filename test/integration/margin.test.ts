import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/source-tree.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');

function margin(
  request: object | string,
  ...args: readonly string[]
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'margin', '-', ...args], {
    encoding: 'utf8',
    input: typeof request === 'string' ? request : JSON.stringify(request),
  });
  return { code: status, out: stdout, err: stderr };
}

const expiry = { date: '2024-07-19', settlement: 'PM' };
const leg = (right: string, strike: number, quantity: number, price: number): object => ({
  kind: 'spx-option',
  right,
  strike,
  expiry,
  quantity,
  price,
});
const REQUEST = {
  regime: 'reg-t',
  broker: 'ibkr',
  date: '2024-06-03',
  spot: { SPX: 5283, VIX: 13 },
  positions: [
    leg('put', 5000, 2, 17),
    leg('put', 5100, -2, 24),
    leg('call', 5450, -2, 22),
    leg('call', 5550, 2, 8),
  ],
};

describe('alvh margin', () => {
  it('of a condor is the wider side, gross; premium and effect beside it', () => {
    const { code, out, err } = margin(REQUEST, '--json');
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'alvh/margin/1',
      initial: 20_000,
      maintenance: 20_000,
      premium: 4200,
      buyingPowerEffect: 15_800,
      segments: { securities: 20_000, futures: 0 },
      groups: [{ rule: 'universal-spread', legs: [0, 1, 2, 3], requirement: 20_000 }],
    });
  });

  it('works the numbers out with --explain', () => {
    const { out } = margin(REQUEST, '--explain');
    expect(out).toContain('at 5000: −$20,000');
    expect(out).toContain('universal spread rule');
  });

  it('counts the credit of held positions once: it is in the cash already', () => {
    const folder = mkdtempSync(join(tmpdir(), 'alvh-margin-'));
    try {
      const order = join(folder, 'order.json');
      writeFileSync(order, JSON.stringify([leg('put', 4900, 1, 10), leg('put', 5000, -1, 15)]));
      // 20,000 are held already; one order requires 10,000 and brings 500 in.
      const most = (cash: number): unknown =>
        JSON.parse(
          margin(
            { ...REQUEST, positions: [leg('put', 5100, 2, 17), leg('put', 5200, -2, 24)], cash },
            '--what-if',
            order,
            '--max-contracts',
            '--json',
          ).out,
        ).maxContracts;
      expect(most(20_000)).toBe(0);
      expect(most(29_499)).toBe(0);
      expect(most(29_500)).toBe(1);
      expect(most(39_000)).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [
      'more contracts than columns hold',
      { positions: [leg('put', 5000, -4_294_967_296, 17)] },
      'positions.0.quantity',
    ],
    [
      'a short without its level, whatever its forward',
      { spot: { VIX: 13 }, positions: [{ ...leg('put', 5000, -1, 17), forward: 5300 }] },
      'add spot.SPX',
    ],
    [
      'a fraction of a contract',
      { positions: [leg('put', 5000, -1.5, 17)] },
      'positions.0.quantity',
    ],
    ['an expired contract', { date: '2024-08-01' }, 'the contract has expired'],
    [
      'an unknown product',
      { positions: [{ ...leg('put', 5000, -1, 17), kind: 'ndx-option' }] },
      'positions.0.kind',
    ],
    ['a missing level', { spot: { VIX: 13 } }, 'add spot.SPX'],
    [
      'a day before the rules',
      { date: '2011-01-03', positions: [] },
      'rule tables begin on 2012-10-26',
    ],
    ['a day after the rules', { date: '2099-01-02', positions: [] }, 'choose 2027-11-22'],
    [
      'an expiry on a Saturday',
      { positions: [{ ...leg('put', 5000, -1, 17), expiry: { ...expiry, date: '2024-07-20' } }] },
      'the one before is 2024-07-19',
    ],
    ['a level of 0', { spot: { SPX: 0, VIX: 13 } }, 'give levels in points, above 0'],
    ['closes below 0', { vixCloses: [-3] }, 'give closes of the VIX in points'],
    ['cash that is text', { cash: '1e9' }, 'give dollars as a number'],
    ['no list of positions', { positions: {} }, 'give a list of positions'],
    ['an unknown broker', { broker: 'ibrk' }, 'did you mean ibkr?'],
    [
      'a mistyped product',
      { positions: [{ ...leg('put', 5000, -1, 17), kind: 'spx-optoin' }] },
      'did you mean spx-option?',
    ],
    [
      'a quantity that is no number',
      { positions: [{ ...leg('put', 5000, -1, 17), quantity: null }] },
      'give a whole number of contracts',
    ],
  ])('refuses %s with 8 and the place', (_name, change, text) => {
    const { code, out, err } = margin({ ...REQUEST, ...change });
    expect([code, out]).toEqual([8, '']);
    expect(err).toContain(text);
    expect(err).toMatch(/^.*stdin:1:\d+: /);
  });

  it('refuses a quantity beyond every number', () => {
    const { code, err } = margin(
      JSON.stringify(REQUEST).replace('"quantity":2', '"quantity":1e999'),
    );
    expect(code).toBe(8);
    expect(err).toContain('Infinity');
  });

  it('says where the account stands, and until when a call is to be met', () => {
    const of = (cash: number, broker: string): Readonly<Record<string, unknown>> =>
      JSON.parse(margin({ ...REQUEST, broker, cash }, '--json').out);
    expect(of(30_000, 'tastytrade')).toMatchObject({ status: { status: 'OK' } });
    expect(of(21_000, 'tastytrade')).toMatchObject({ status: { status: 'WARNING' } });
    expect(of(19_000, 'tastytrade')).toMatchObject({
      status: { status: 'DEFICIT', due: '2024-06-06' },
      minimumEquity: { maintain: 2000, shortfall: 0, mayOpen: true },
    });
    expect(of(19_000, 'ibkr')).toMatchObject({ status: { status: 'LIQUIDATE' } });
  });

  it('shows the ten points of portfolio margin and the charge that decides', () => {
    const request = { ...REQUEST, regime: 'portfolio', cash: 90_000 };
    const json = JSON.parse(margin(request, '--json').out);
    const [group] = json.groups;
    expect(group.points).toHaveLength(10);
    expect(group.charge).toBe('volatility-scan');
    expect(group.requirement).toBeCloseTo(1.1 * group.volatilityScanning, 4);
    expect(json.minimumEquity).toMatchObject({ open: 110_000, maintain: 100_000, mayOpen: false });
    const { out } = margin(request, '--explain');
    expect(out).toMatch(/at −8\.0\s%: /u);
    expect(out).toContain('(decides)');
    expect(out).toContain('positions may only be reduced');
  });

  it('says the same numbers in text as in JSON', () => {
    const cash = { ...REQUEST, cash: 30_000 };
    const json = JSON.parse(margin(cash, '--json').out);
    const { out } = margin(cash, '--explain');
    const usd = (value: number): string =>
      value.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
    for (const value of [json.initial, json.buyingPowerEffect, json.account.netLiquidation]) {
      expect(out).toContain(usd(value));
    }
  });

  it('refuses what is no JSON', () => {
    expect(margin('{"regime": reg-t}').code).toBe(8);
  });
});
