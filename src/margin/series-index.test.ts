import { describe, expect, it } from 'vitest';
import { CALL, PUT, SPX_OPTION, VIX_OPTION, VX_FUTURE } from '../contracts/contract-kind.ts';
import { condorOf, legsOf } from './legs.fixture.ts';
import type { LegSketch } from './legs.fixture.ts';
import { EXCHANGE_PROFILE } from './margin-profile.ts';
import { needsAssignment, SeriesIndex } from './series-index.ts';
import { createMarginCalculator } from './strategy-requirement.ts';

const SPOTS = { spx: 5000, vix: 20 };

function put(strike: number, quantity: number, expiry = 100): LegSketch {
  return { right: 'put', strike, quantity, expiry };
}

function call(strike: number, quantity: number, expiry = 100): LegSketch {
  return { right: 'call', strike, quantity, expiry };
}

function indexOf(sketches: readonly LegSketch[]): SeriesIndex {
  const index = new SeriesIndex();
  index.load(legsOf(sketches));
  return index;
}

describe('an index of series', () => {
  it('has a series for each kind, date and hour, with its legs in their order', () => {
    const sketches = [
      put(4700, -1),
      put(4700, -1, 107),
      { ...put(4700, -1), settlement: 'AM' as const },
      { ...put(4700, -1), kind: VIX_OPTION },
      call(5300, 2),
      call(5400, 3, 107),
      put(4600, 4),
    ];
    const index = indexOf(sketches);
    expect(index.count).toBe(4);
    expect([...index.lead.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    expect([...index.next.subarray(0, 7)]).toEqual([4, 5, -1, -1, 6, -1, -1]);
  });

  it('counts contracts of either sign by right', () => {
    const index = indexOf([
      put(4700, -3),
      put(4600, 2),
      put(4500, 2),
      call(5300, -1),
      call(5400, -4),
      call(5500, 6),
    ]);
    expect([index.longOf(0, PUT), index.shortOf(0, PUT)]).toEqual([4, 3]);
    expect([index.longOf(0, CALL), index.shortOf(0, CALL)]).toEqual([6, 5]);
  });

  it('passes futures and legs without contracts over', () => {
    const future: LegSketch = { right: 'future', strike: 0, quantity: 2, kind: VX_FUTURE };
    const index = indexOf([put(4700, 0), future, put(4600, -1), future]);
    expect(index.count).toBe(1);
    expect(index.lead[0]).toBe(2);
    expect(index.shortOf(0, PUT)).toBe(1);
  });

  it('starts anew with each load, however large the book before', () => {
    const index = new SeriesIndex();
    const many = Array.from({ length: 50 }, (_unused, i) =>
      condorOf(4700, 5300, 50, 2).map((leg) => ({ ...leg, expiry: 100 + i })),
    ).flat();
    index.load(legsOf(many));
    expect(index.count).toBe(50);
    for (let series = 0; series < 50; series += 1) {
      expect(index.lead[series]).toBe(4 * series);
      expect([index.longOf(series, PUT), index.shortOf(series, CALL)]).toEqual([2, 2]);
    }
    index.load(legsOf([put(4700, -1)]));
    expect(index.count).toBe(1);
    expect([index.longOf(0, PUT), index.shortOf(0, PUT)]).toEqual([0, 1]);
    expect([index.longOf(0, CALL), index.shortOf(0, CALL)]).toEqual([0, 0]);
  });

  it('forgets the contracts of each series of the book before', () => {
    const index = new SeriesIndex();
    const spread = (expiry: number): readonly LegSketch[] => [
      put(4700, -3, expiry),
      put(4600, 3, expiry),
      call(5300, -2, expiry),
      call(5400, 2, expiry),
    ];
    index.load(legsOf([90, 91, 92, 93].flatMap(spread)));
    index.load(legsOf([100, 101, 102, 103].map((expiry) => put(4700, 1, expiry))));
    for (let series = 0; series < 4; series += 1) {
      const counts = [PUT, CALL].flatMap((right) => [
        index.longOf(series, right),
        index.shortOf(series, right),
      ]);
      expect(counts).toEqual([1, 0, 0, 0]);
    }
  });

  it('of fifty condors carries their margin, in fifty series', () => {
    const many = Array.from({ length: 50 }, (_unused, i) =>
      condorOf(4700, 5300, 50, 2).map((leg) => ({ ...leg, expiry: 100 + i })),
    ).flat();
    const calculator = createMarginCalculator(EXCHANGE_PROFILE);
    expect(calculator.requirement(legsOf(many), SPOTS)).toBe(50 * 10_000);
    expect(calculator.requirement(legsOf(condorOf(4700, 5300, 50, 2)), SPOTS)).toBe(10_000);
    const groups = calculator.groups(legsOf(many), SPOTS);
    expect(groups).toHaveLength(50);
  });
});

/** A book, and whether its longs must be assigned one by one: at any expiry, at the same only. */
const BOOKS: readonly (readonly [string, readonly LegSketch[], boolean, boolean])[] = [
  ['nothing', [], false, false],
  ['longs alone', [put(4700, 1), call(5300, 2)], false, false],
  ['shorts alone', [put(4700, -1), call(5300, -2)], false, false],
  ['a condor', condorOf(4700, 5300, 50, 1), false, false],
  ['a short beside a long of the other right', [put(4700, -1), call(5300, 1)], false, false],
  ['a ratio', [put(4700, -2), put(4600, 1)], true, true],
  ['a backspread', [put(4700, -1), put(4600, 2)], true, true],
  ['a call ratio', [call(5300, -2), call(5400, 1)], true, true],
  ['a ratio on one side of two', [...condorOf(4700, 5300, 50, 1), call(5400, 1)], true, true],
  ['a long that ends later', [put(4700, -1), put(4600, 1, 107)], true, false],
  ['a long that ends earlier', [put(4700, -1), put(4600, 1, 93)], false, false],
  ['a later long of the other right', [put(4700, -1), call(5300, 1, 107)], false, false],
  [
    'two balanced spreads',
    [put(4700, -1), put(4600, 1), put(4500, -1, 107), put(4400, 1, 107)],
    false,
    false,
  ],
  [
    'a balanced spread before one with a long to spare',
    [put(4700, -1), put(4600, 1), put(4400, 1, 107)],
    true,
    false,
  ],
  [
    'a naked short before a balanced spread',
    [put(4700, -1), put(4500, -1, 107), put(4400, 1, 107)],
    true,
    false,
  ],
  [
    'a balanced spread before two shorts for one long',
    [put(4700, -1), put(4600, 1), put(4500, -2, 107), put(4400, 1, 107)],
    true,
    true,
  ],
  [
    'a balanced spread after one with a long to spare',
    [put(4700, -1, 107), put(4600, 1, 107), put(4400, 1)],
    false,
    false,
  ],
];

describe('needsAssignment', () => {
  it.each(BOOKS)('%s', (_name, sketches, any, same) => {
    const legs = legsOf(sketches);
    const index = indexOf(sketches);
    expect(needsAssignment(index, legs, SPX_OPTION, 'on-or-after')).toBe(any);
    expect(needsAssignment(index, legs, SPX_OPTION, 'same-expiry')).toBe(same);
    expect(needsAssignment(index, legs, VIX_OPTION, 'on-or-after')).toBe(false);
  });

  it('looks at the hour on one date: PM covers AM', () => {
    const am = { settlement: 'AM' as const };
    const needs = (sketches: readonly LegSketch[]): boolean =>
      needsAssignment(indexOf(sketches), legsOf(sketches), SPX_OPTION, 'on-or-after');
    expect(needs([{ ...put(4700, -1), ...am }, put(4600, 1)])).toBe(true);
    expect(needs([put(4700, -1), { ...put(4600, 1), ...am }])).toBe(false);
  });

  it('does not look at another underlying', () => {
    const sketches = [put(30, -1), { ...put(25, 1, 107), kind: VIX_OPTION }];
    expect(needsAssignment(indexOf(sketches), legsOf(sketches), SPX_OPTION, 'on-or-after')).toBe(
      false,
    );
  });
});
