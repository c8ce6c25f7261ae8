import { describe, expect, it } from 'vitest';
import { VIX_OPTION } from '../contracts/contract-kind.ts';
import { condorOf, legsOf } from './legs.fixture.ts';
import type { LegSketch } from './legs.fixture.ts';
import { EXCHANGE_PROFILE, IBKR_PROFILE } from './margin-profile.ts';
import type { MarginProfile } from './margin-profile.ts';
import { strategyRequirement } from './strategy-requirement.ts';

/** The index is high and marks are 0: no naked requirement is near that of a spread. */
const SPOTS = { spx: 50_000, vix: 20 };

function required(legs: readonly LegSketch[], profile: MarginProfile = IBKR_PROFILE): number {
  return strategyRequirement(legsOf(legs), SPOTS, profile);
}

function putSpread(strike: number, width: number, quantity = 1): readonly LegSketch[] {
  return [
    { right: 'put', strike, quantity: -quantity },
    { right: 'put', strike: strike - width, quantity },
  ];
}

function callSpread(strike: number, width: number, quantity = 1): readonly LegSketch[] {
  return [
    { right: 'call', strike, quantity: -quantity },
    { right: 'call', strike: strike + width, quantity },
  ];
}

/** Sides of a condor, and what each rule requires for them: the wider side, or widths shared. */
const SIDES: readonly (readonly [string, readonly LegSketch[], number, number])[] = [
  ['50 and 50', [...putSpread(4700, 50), ...callSpread(5300, 50)], 5000, 5000],
  ['100 and 50', [...putSpread(4700, 100), ...callSpread(5300, 50)], 10_000, 15_000],
  ['50 and 100', [...putSpread(4700, 50), ...callSpread(5300, 100)], 10_000, 15_000],
  ['two of 50 and one', [...putSpread(4700, 50, 2), ...callSpread(5300, 50)], 10_000, 10_000],
  ['one of 50 and two', [...putSpread(4700, 50), ...callSpread(5300, 50, 2)], 10_000, 10_000],
  [
    'two of 50 and one of 100',
    [...putSpread(4700, 50, 2), ...callSpread(5300, 100)],
    10_000,
    20_000,
  ],
  [
    'two widths on both sides',
    [
      ...putSpread(4700, 50),
      ...putSpread(4500, 100),
      ...callSpread(5300, 100),
      ...callSpread(5500, 50),
    ],
    15_000,
    15_000,
  ],
  [
    'three of 50 against two of 50 and one of 25',
    [...putSpread(4700, 50, 3), ...callSpread(5300, 50, 2), ...callSpread(5500, 25)],
    15_000,
    17_500,
  ],
  [
    'two expiries of equal width',
    [...putSpread(4700, 50), ...callSpread(5300, 50).map((leg) => ({ ...leg, expiry: 107 }))],
    10_000,
    10_000,
  ],
  ['half a point and half a point', [...putSpread(20, 0.5), ...callSpread(30, 0.5)], 50, 50],
  ['half a point and one', [...putSpread(20, 0.5), ...callSpread(30, 1)], 100, 150],
];

// Cboe Rule 10.3: the greater of both sides. Interactive Brokers knowledge base 600: a condor only
// where both sides are equally wide, else two verticals.
describe('condors under either rule', () => {
  it.each(SIDES)('%s', (_name, legs, exchange, ibkr) => {
    expect(required(legs, EXCHANGE_PROFILE)).toBe(exchange);
    expect(required(legs)).toBe(ibkr);
    expect(required(legs.toReversed(), EXCHANGE_PROFILE)).toBe(exchange);
    expect(required(legs.toReversed())).toBe(ibkr);
  });

  it('scale with the number of contracts', () => {
    for (const [name, legs, exchange, ibkr] of SIDES) {
      const many = legs.map((leg) => ({ ...leg, quantity: 7 * leg.quantity }));
      expect(required(many, EXCHANGE_PROFILE), name).toBe(7 * exchange);
      expect(required(many), name).toBe(7 * ibkr);
    }
  });
});

// Interactive Brokers' margin page: 102 % of the largest loss where no known spread explains it.
describe('spreads that only the universal rule knows, at Interactive Brokers', () => {
  it.each<readonly [string, readonly LegSketch[], number, number]>([
    // 540, two 550, 555: loses 5 at most; its verticals would be 10 and 0.
    ['a broken put butterfly', [put(540, 1), put(550, -2), put(555, 1)], 500, 510],
    ['a broken call butterfly', [call(545, 1), call(550, -2), call(565, 1)], 1000, 1020],
    ['a put butterfly', [put(540, 1), put(550, -2), put(560, 1)], 0, 0],
    ['a put condor', [put(500, 1), put(525, -1), put(550, -1), put(575, 1)], 0, 0],
    // Short 550 with 530 and long 560 with 555 short: 20 less the 5 that the upper pair gains.
    [
      'a spread beside one bought',
      [put(530, 1), put(550, -1), put(555, -1), put(560, 1)],
      1500,
      1530,
    ],
  ])('%s', (_name, legs, exchange, ibkr) => {
    expect(required(legs, EXCHANGE_PROFILE)).toBeCloseTo(exchange, 6);
    expect(required(legs)).toBeCloseTo(ibkr, 6);
  });
});

function put(strike: number, quantity: number, mark = 0): LegSketch {
  return { right: 'put', strike, quantity, mark };
}

function call(strike: number, quantity: number, mark = 0): LegSketch {
  return { right: 'call', strike, quantity, mark };
}

describe('the least of a spread: 150 dollars for VIX at Interactive Brokers', () => {
  const vix = (legs: readonly LegSketch[]): number =>
    required(legs.map((leg) => ({ ...leg, kind: VIX_OPTION, mark: 3 })));

  it.each([
    ['one point', callSpread(25, 1), 150],
    ['one and a half', callSpread(25, 1.5), 150],
    ['two points', callSpread(25, 2), 200],
    ['three of one point', callSpread(25, 1, 3), 450],
    // A condor has two shorts.
    ['a condor of one point', [...putSpread(18, 1), ...callSpread(25, 1)], 300],
    ['a condor of four points', [...putSpread(18, 4), ...callSpread(25, 4)], 400],
    ['a debit spread', [call(25, -1), call(24, 1)], 0],
    // One is covered, the other is naked: 3 + 20 % of 20 less 5, at least 10 %.
    ['two shorts and one long', [call(25, -2), call(26, 1)], 150 + 500],
  ])('%s', (_name, legs, expected) => {
    expect(vix(legs)).toBeCloseTo(expected, 6);
  });
});

// Interactive Brokers' margin page: the more of its width and 1.02 times the cost to close.
describe('short boxes', () => {
  /** Sold at the lower strike as calls, at the upper as puts; closing costs `cost` points. */
  const box = (low: number, high: number, cost: number, quantity = 1): readonly LegSketch[] => [
    call(low, -quantity, cost),
    call(high, quantity),
    put(low, quantity),
    put(high, -quantity),
  ];

  it.each([
    ['cheaper to close than its width', box(4900, 5000, 95), 10_000, 10_000],
    ['where 1.02 times the cost is the width', box(4900, 5000, 100 / 1.02), 10_000, 10_000],
    ['dearer', box(4900, 5000, 99), 10_000, 10_098],
    ['three of them', box(4900, 5000, 99, 3), 30_000, 30_294],
    ['two apart', [...box(4900, 5000, 99), ...box(5100, 5150, 49.8)], 15_000, 15_177.6],
    ['two in a chain', [...box(4900, 5000, 99), ...box(5000, 5100, 99)], 20_000, 20_196],
    ['one inside another', [...box(4900, 5200, 299), ...box(5000, 5100, 99)], 40_000, 40_596],
    ['a long one', box(4900, 5000, 99, -1), 0, 0],
  ])('%s', (_name, legs, exchange, ibkr) => {
    expect(required(legs, EXCHANGE_PROFILE)).toBe(exchange);
    expect(required(legs)).toBeCloseTo(ibkr, 6);
  });

  it('cost what their marks say, each leg by its sign', () => {
    // 150 - 60 - 20 + 30 = 100.
    const legs = [call(4900, -1, 150), call(5000, 1, 60), put(4900, 1, 20), put(5000, -1, 30)];
    expect(required(legs)).toBeCloseTo(10_200, 6);
  });

  it('of unknown marks are unknown, where the rule of the broker needs them', () => {
    const blind = box(4900, 5000, Number.NaN);
    expect(required(blind)).toBeNaN();
    expect(required(blind, EXCHANGE_PROFILE)).toBe(10_000);
  });

  it('are none where a side or a contract differs: marks do not matter then', () => {
    const dear = (legs: readonly LegSketch[]): readonly LegSketch[] =>
      legs.map((leg) => ({ ...leg, mark: leg.quantity < 0 ? 400 : 0 }));
    const condor = condorOf(4700, 5300, 50, 1);
    expect(required(dear(condor))).toBe(required(condor));
    const butterfly = [put(4900, 1), put(5000, -1), call(5000, -1), call(5100, 1)];
    expect(required(dear(butterfly))).toBe(required(butterfly));
    const uneven = [call(4900, -2), call(5000, 2), put(4900, 1), put(5000, -1)];
    expect(required(dear(uneven))).toBe(required(uneven));
  });
});
