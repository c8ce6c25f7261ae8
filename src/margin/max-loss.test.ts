import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL, NO_RIGHT, PUT } from '../contracts/contract-kind.ts';
import { legsOf } from './legs.fixture.ts';
import type { LegSketch } from './legs.fixture.ts';
import { MarginLots, NAKED, NETTED, PAID } from './margin-lots.ts';
import { maxLoss, orderNetted } from './max-loss.ts';

/** All legs as netted lots, in their order. */
function netted(sketches: readonly LegSketch[]): MarginLots {
  const lots = new MarginLots();
  for (const [slot, { quantity }] of sketches.entries()) lots.add(slot, quantity, NETTED);
  return lots;
}

function loss(sketches: readonly LegSketch[], right = NO_RIGHT): number {
  return maxLoss(legsOf(sketches), netted(sketches), right);
}

function put(strike: number, quantity: number): LegSketch {
  return { right: 'put', strike, quantity };
}

function call(strike: number, quantity: number): LegSketch {
  return { right: 'call', strike, quantity };
}

/** The same by valuing the lots at every strike, at zero and far above. */
function lossByLevels(sketches: readonly LegSketch[]): number {
  if (sketches.reduce((sum, leg) => sum + (leg.right === 'call' ? leg.quantity : 0), 0) < 0) {
    return Number.POSITIVE_INFINITY;
  }
  const levels = [0, 1e6, ...sketches.map(({ strike }) => strike)];
  const values = levels.map((level) =>
    sketches.reduce((sum, { right, strike, quantity }) => {
      const points = right === 'put' ? strike - level : level - strike;
      return sum + quantity * Math.max(0, points);
    }, 0),
  );
  return 0 - Math.min(0, ...values);
}

// SEC Rel. 34-67752: the largest loss of the whole by intrinsic value, premium excluded.
describe('maxLoss', () => {
  it.each([
    ['nothing', [], 0],
    ['a put credit spread: its width', [put(4650, 1), put(4700, -1)], 50],
    ['a put debit spread: nothing', [put(4650, -1), put(4700, 1)], 0],
    ['a call credit spread: its width', [call(5300, -1), call(5350, 1)], 50],
    ['a call debit spread: nothing', [call(5300, 1), call(5350, -1)], 0],
    ['a short put: its strike, at zero', [put(4700, -2)], 9400],
    [
      'a short call: without bound',
      [call(5300, -2), call(5400, 1), put(9000, 9)],
      Number.POSITIVE_INFINITY,
    ],
    ['a long call beside a short put', [call(5000, 1), put(4000, -1)], 4000],
    ['an iron butterfly', [put(4900, 1), put(5000, -1), call(5000, -1), call(5100, 1)], 100],
    [
      'a condor: the wider side once',
      [put(4600, 1), put(4700, -1), call(5300, -1), call(5325, 1)],
      100,
    ],
    ['a butterfly: nothing', [put(4900, 1), put(5000, -2), put(5100, 1)], 0],
    ['a broken butterfly: what is missing', [put(4850, 1), put(5000, -2), put(5100, 1)], 50],
    ['a short box: its width', [call(4900, -1), call(5000, 1), put(4900, 1), put(5000, -1)], 100],
    ['a long box: nothing', [call(4900, 1), call(5000, -1), put(4900, -1), put(5000, 1)], 0],
    ['sides that overlap: both', [put(5000, 1), put(5100, -1), call(4900, -1), call(5000, 1)], 200],
  ])('of %s', (_name, sketches, expected) => {
    expect(loss(sketches)).toBe(expected);
    expect(lossByLevels(sketches)).toBe(expected);
  });

  it('is the same in whatever order the lots come', () => {
    const legs = [put(4600, 1), put(4700, -1), call(5300, -1), call(5325, 1)];
    expect(loss(legs.toReversed())).toBe(100);
    expect(loss([...legs.slice(2), ...legs.slice(0, 2)])).toBe(100);
  });

  it('takes one side alone where a right is named', () => {
    const legs = [put(4600, 1), put(4700, -1), call(5300, -1), call(5325, 1)];
    expect(loss(legs, PUT)).toBe(100);
    expect(loss(legs, CALL)).toBe(25);
    expect(loss([put(4700, 1), call(5300, -1)], PUT)).toBe(0);
  });

  it('leaves naked and paid lots out', () => {
    const legs = legsOf([put(4650, 1), put(4700, -1), call(5300, -1), call(5000, 1)]);
    const lots = new MarginLots();
    lots.add(0, 1, NETTED);
    lots.add(1, -1, NETTED);
    lots.add(2, -1, NAKED);
    lots.add(3, 1, PAID);
    expect(maxLoss(legs, lots, NO_RIGHT)).toBe(50);
  });

  it('equals the worst of all levels, for any lots', () => {
    const leg = fc.record({
      right: fc.constantFrom('call' as const, 'put' as const),
      strike: fc.integer({ min: 1, max: 12 }).map((step) => 100 * step),
      quantity: fc.constantFrom(-2, -1, 1, 2, 3),
    });
    fc.assert(
      fc.property(fc.array(leg, { maxLength: 20 }), (sketches) => {
        expect(loss(sketches)).toBe(lossByLevels(sketches));
      }),
      { numRuns: 300 },
    );
  });
});

describe('orderNetted', () => {
  it('puts netted lots by ascending strike, equal strikes in the order of the lots', () => {
    const sketches = [put(300, 1), call(100, 1), put(200, 1), call(200, -1), put(100, -1)];
    const lots = netted(sketches);
    lots.add(0, 1, NAKED);
    const count = orderNetted(legsOf(sketches), lots, NO_RIGHT);
    expect([...lots.order.subarray(0, count)]).toEqual([1, 4, 2, 3, 0]);
    expect(orderNetted(legsOf(sketches), lots, CALL)).toBe(2);
    expect([...lots.order.subarray(0, 2)]).toEqual([1, 3]);
  });
});

describe('lots', () => {
  it('keep what they hold as they grow', () => {
    const lots = new MarginLots();
    for (let lot = 0; lot < 40; lot += 1) lots.add(lot, lot - 20, lot % 3);
    expect(lots.count).toBe(40);
    for (let lot = 0; lot < 40; lot += 1) {
      expect([lots.slot[lot], lots.quantity[lot], lots.role[lot]]).toEqual([
        lot,
        lot - 20,
        lot % 3,
      ]);
    }
    expect(lots.left.length).toBeGreaterThanOrEqual(40);
    expect(lots.order.length).toBeGreaterThanOrEqual(40);
  });

  it('know which roles they hold, and nothing once cleared', () => {
    const lots = new MarginLots();
    lots.add(0, -1, NETTED);
    lots.add(1, 1, PAID);
    expect([NETTED, NAKED, PAID].map((role) => lots.has(role))).toEqual([true, false, true]);
    lots.clear();
    expect([NETTED, NAKED, PAID].map((role) => lots.has(role))).toEqual([false, false, false]);
    lots.add(2, -1, NAKED);
    expect([NETTED, NAKED, PAID].map((role) => lots.has(role))).toEqual([false, true, false]);
  });
});
