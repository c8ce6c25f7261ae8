import { describe, expect, it } from 'vitest';
import { legsOf } from '../../src/margin/legs.fixture.ts';
import type { LegSketch } from '../../src/margin/legs.fixture.ts';
import { EXCHANGE_PROFILE, TASTYTRADE_PROFILE } from '../../src/margin/margin-profile.ts';
import { createMarginCalculator } from '../../src/margin/strategy-requirement.ts';
import { leastGap } from './margin-least-books.ts';

const SPOT = 5000;
const BOOKS = 2000;
/** Dollars: sums of doubles in another order. */
const ROUNDING = 1e-3;

describe('two thousand random books', () => {
  it.each([EXCHANGE_PROFILE, TASTYTRADE_PROFILE])(
    '$name: the least of complete enumeration, and never below it',
    (profile) => {
      const { below, missed } = leastGap(profile, BOOKS);
      expect(below).toEqual([]);
      expect(missed).toBe(0);
    },
    60_000,
  );
});

/** Strategies that a broker knows by name, each with the requirement of the name; dollars. */
const NAMED: readonly (readonly [readonly LegSketch[], number])[] = [
  [[leg('put', 4700, -1), leg('put', 4650, 1)], 5000],
  [[leg('call', 5300, -1), leg('call', 5350, 1)], 5000],
  [[leg('put', 4700, 1), leg('put', 4650, -1)], 0],
  [
    [leg('put', 4600, 1), leg('put', 4700, -1), leg('call', 5300, -1), leg('call', 5375, 1)],
    10_000,
  ],
  [
    [leg('put', 4900, 1), leg('put', 5000, -1), leg('call', 5000, -1), leg('call', 5100, 1)],
    10_000,
  ],
  [[leg('call', 5000, 1), leg('call', 5050, -2), leg('call', 5100, 1)], 0],
  [[leg('put', 4500, 1), leg('put', 4600, -2), leg('put', 4650, 1)], 5000],
  [
    [leg('put', 4900, 1), leg('put', 5000, -1), leg('call', 4900, -1), leg('call', 5000, 1)],
    10_000,
  ],
  [[leg('put', 4700, -1), { ...leg('put', 4650, 1), expiry: 130 }], 5000],
];

function leg(right: 'call' | 'put', strike: number, quantity: number): LegSketch {
  return {
    right,
    strike,
    quantity,
    mark: Math.max(0, right === 'put' ? strike - SPOT : SPOT - strike) + 10,
  };
}

describe('strategies known by name', () => {
  const calculator = createMarginCalculator(EXCHANGE_PROFILE, 'always');
  const of = (legs: readonly LegSketch[]): number =>
    calculator.requirement(legsOf(legs), { spx: SPOT, vix: 20 });

  it.each(NAMED)('alone: %#', (legs, expected) => {
    expect(of(legs)).toBeCloseTo(expected, 6);
  });

  it('any three together never require more than the sum of their names', () => {
    for (const [first, a] of NAMED) {
      for (const [second, b] of NAMED) {
        for (const [third, c] of NAMED) {
          expect(of([...first, ...second, ...third])).toBeLessThanOrEqual(a + b + c + ROUNDING);
        }
      }
    }
  });
});
