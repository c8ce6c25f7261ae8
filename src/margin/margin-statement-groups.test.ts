import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import type { MarginPosition, MarginRequest } from './margin-position.ts';
import { marginStatement } from './margin-statement.ts';
import type { MarginStatement } from './margin-statement.ts';

const DAY = epochDay(2024, 6, 3);
const EXPIRY = { day: epochDay(2024, 7, 19), settlement: 'PM' as const };
const LEVELS = [
  ['SPX', 5000],
  ['VIX', 20],
  ['ABC', 100],
  ['XYZ', 100],
] as const;

function statement(
  positions: readonly MarginPosition[],
  change: Partial<MarginRequest> = {},
): MarginStatement {
  const rest = { broker: 'exchange', day: DAY, spot: new Map(LEVELS) } as const;
  return marginStatement({ regime: 'reg-t', ...rest, positions, ...change });
}

function shares(quantity: number, underlying = 'XYZ'): MarginPosition {
  return { kind: 'equity', underlying, quantity, price: 100 };
}

function option(
  right: 'call' | 'put',
  strike: number,
  quantity: number,
  change: Partial<MarginPosition> = {},
): MarginPosition {
  const base = { kind: 'equity-option', underlying: 'XYZ', expiry: EXPIRY, price: 2 } as const;
  return { ...base, right, strike, quantity, ...change };
}

function rulesOf({ groups }: MarginStatement): readonly (readonly [string, readonly number[]])[] {
  return groups.map(({ rule, legs }) => [rule, legs]);
}

// Cboe Rule 10.3: a short call against a hundred shares held needs no margin of its own.
describe('calls against shares', () => {
  it.each([
    ['99 shares cover none', [shares(99), option('call', 110, -1)], []],
    ['100 shares cover one', [shares(100), option('call', 110, -1)], [-1]],
    ['199 shares cover one of two', [shares(199), option('call', 110, -2)], [-1]],
    ['200 shares cover two', [shares(200), option('call', 110, -2)], [-2]],
    ['500 shares cover two of two', [shares(500), option('call', 110, -2)], [-2]],
    ['60 and 40 shares cover one', [shares(60), shares(40), option('call', 110, -1)], [-1]],
    ['sold shares count against them', [shares(150), shares(-60), option('call', 110, -1)], []],
    ['sold shares cover no call', [shares(-100), option('call', 110, -1)], []],
    ['shares of another name cover none', [shares(100, 'ABC'), option('call', 110, -1)], []],
    ['shares cover no long call', [shares(100), option('call', 110, 1)], []],
    ['shares held cover no put', [shares(100), option('put', 90, -1)], []],
  ])('%s', (_name, positions, quantities) => {
    const covered = statement(positions).groups.filter(({ rule }) => rule === 'covered-call');
    expect(covered.flatMap((group) => group.quantities)).toEqual(quantities);
    for (const { requirement, maintenance } of covered)
      expect([requirement, maintenance]).toEqual([0, 0]);
  });

  it('need nothing in the money either', () => {
    const found = statement([shares(100), option('call', 80, -1, { price: 21 })]);
    expect(found.initial).toBe(5000);
  });

  it('are taken from the lowest strike, which would require most', () => {
    const positions = [
      option('call', 120, -1),
      option('call', 100, -1),
      shares(100),
      option('call', 110, -1),
    ];
    const found = statement(positions);
    expect(rulesOf(found)).toEqual([
      ['long-share', [2]],
      ['covered-call', [1]],
      ['short-option', [0, 3]],
    ]);
    // 2 + 10 at 120 and 2 + 10 at 110, where 20 % less 10 is the minimum of 10 %.
    expect(found.groups[2]?.requirement).toBeCloseTo(2400, 6);
    const two = statement([shares(200), ...positions.filter(({ kind }) => kind !== 'equity')]);
    expect(rulesOf(two)).toEqual([
      ['long-share', [0]],
      ['covered-call', [2, 3]],
      ['short-option', [1]],
    ]);
  });

  it('leave what they do not cover to spreads', () => {
    const found = statement([shares(100), option('call', 110, -2), option('call', 115, 2)]);
    expect(rulesOf(found)).toEqual([
      ['long-share', [0]],
      ['covered-call', [1]],
      ['universal-spread', [1, 2]],
      ['long-option', [2]],
    ]);
    expect(found.groups.map(({ quantities }) => quantities)).toEqual([[100], [-1], [-1, 1], [1]]);
    expect(found.groups[2]?.requirement).toBe(500);
  });
});

// Cboe Rule 10.3: a short put against a hundred shares sold needs its in-the-money amount.
describe('puts against shares sold', () => {
  it.each([
    ['out of the money', [shares(-100), option('put', 95, -1)], [[-1], 0]],
    ['at the money', [shares(-100), option('put', 100, -1)], [[-1], 0]],
    ['5 in the money', [shares(-100), option('put', 105, -1)], [[-1], 500]],
    ['three of them', [shares(-300), option('put', 105, -3)], [[-3], 1500]],
    [
      'the highest strike first',
      [shares(-200), option('put', 103, -1), option('put', 107, -1), option('put', 99, -1)],
      [[-1, -1], 1000],
    ],
  ])('%s', (_name, positions, [quantities, expected]) => {
    const [group] = statement(positions).groups.filter(({ rule }) => rule === 'covered-put');
    expect(group?.quantities).toEqual(quantities);
    expect(group?.requirement).toBe(expected);
    expect(group?.maintenance).toBe(expected);
    expect(group?.source).toContain('in-the-money amount');
  });

  it('are not covered by shares held, nor by 99 sold', () => {
    for (const quantity of [100, -99]) {
      const found = statement([shares(quantity), option('put', 90, -1)]);
      expect(found.groups.map(({ rule }) => rule)).not.toContain('covered-put');
    }
  });

  it('are unknown without the level of the share', () => {
    const found = statement([shares(-100), option('put', 105, -1)], { spot: new Map() });
    expect(found.initial).toBeNaN();
  });
});

describe('totals', () => {
  it('take each underlying on its own', () => {
    const naked = option('call', 100, -1);
    const one = statement([naked]).initial;
    const abc = { underlying: 'ABC' };
    expect(statement([naked, { ...naked, ...abc }]).initial).toBeCloseTo(2 * one, 6);
    const hedged = [naked, option('call', 110, 1, abc)];
    expect(statement(hedged).initial).toBeCloseTo(one, 6);
  });

  it('keep securities and futures apart, and add up to both', () => {
    const future: MarginPosition = { kind: 'vx-future', expiry: EXPIRY, quantity: 1, price: 20 };
    const found = statement([shares(100), future, option('put', 90, -1)]);
    // 50 and 25 % of 10,000, 2 + 20 % less 10 for the put; 35 % of 20,000 and 110 % of it.
    expect(found.securities.initial).toBeCloseTo(5000 + 1200, 6);
    expect(found.securities.maintenance).toBeCloseTo(2500 + 1200, 6);
    expect(found.futures.initial).toBeCloseTo(7700, 6);
    expect(found.futures.maintenance).toBeCloseTo(7000, 6);
    expect(found.initial).toBeCloseTo(6200 + 7700, 6);
    expect(found.maintenance).toBeCloseTo(3700 + 7000, 6);
  });

  it('count what options bring and cost, and nothing else, as premium', () => {
    const future: MarginPosition = { kind: 'vx-future', expiry: EXPIRY, quantity: 1, price: 20 };
    const found = statement([
      shares(100),
      future,
      option('call', 110, -3, { price: 1.5 }),
      option('call', 120, 1, { price: 0.5 }),
    ]);
    expect(found.premium).toBe(450 - 50);
    expect(found.buyingPowerEffect).toBeCloseTo(found.initial - 400, 6);
    expect(statement([shares(100)]).premium).toBe(0);
  });

  it('are the same under portfolio margin, but for its own securities groups', () => {
    const found = statement([shares(100), shares(-40, 'ABC')], { regime: 'portfolio' });
    expect(found.groups.map(({ rule }) => rule)).toEqual(['portfolio-margin', 'portfolio-margin']);
    expect(found.initial).toBeCloseTo(1500 + 600, 6);
  });

  it('say which level of which underlying was used', () => {
    const spx: MarginPosition = { ...option('put', 4700, -1), kind: 'spx-option' };
    const vix: MarginPosition = { ...option('call', 25, -1), kind: 'vix-option' };
    const sources = statement([spx, vix]).groups.map(({ source }) => source);
    expect(sources[0]).toContain('SEC Rel. 34-67752');
    expect(sources[1]).toContain('20/10 of spot VIX');
    expect(statement([option('put', 95, 1)]).groups[0]?.source).toContain('paid in full');
  });

  it('tell AM from PM', () => {
    const am = { day: EXPIRY.day, settlement: 'AM' as const };
    const short: MarginPosition = { ...option('put', 4700, -1), kind: 'spx-option' };
    const long: MarginPosition = { ...option('put', 4650, 1), kind: 'spx-option' };
    expect(statement([{ ...short, expiry: am }, long]).initial).toBe(5000);
    expect(statement([short, { ...long, expiry: am }]).initial).toBeCloseTo(47_000 + 200, 6);
  });

  it('search the least assignment: a later long goes to the short that needs it most', () => {
    const spx = (strike: number, quantity: number, month = 7): MarginPosition => ({
      ...option('put', strike, quantity, { price: 5 }),
      kind: 'spx-option',
      expiry: { day: epochDay(2024, month, 19), settlement: 'PM' },
    });
    // 4690 covers 4700 for 10 points; 4400 and the later 4390 cover each other for 10 more.
    const found = statement([spx(4700, -1), spx(4400, -1), spx(4690, 1, 8), spx(4390, 1, 8)]);
    expect(found.initial).toBe(2000);
  });
});
