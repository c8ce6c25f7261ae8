import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCents } from './cents.ts';

describe('toCents', () => {
  it.each([
    [1.25, 125],
    [0.125, 13],
    [-0.125, -13],
    [-2.5, -250],
    [0, 0],
    [1_000_000.004, 100_000_000],
  ])('of %d dollars is %d', (dollars, cents) => {
    expect(toCents(dollars)).toBe(cents);
  });

  it('never is a negative zero', () => {
    expect(Object.is(toCents(-0.001), 0)).toBe(true);
    expect(Object.is(toCents(-0), 0)).toBe(true);
  });

  it('keeps a non-finite amount non-finite', () => {
    expect(toCents(Number.NaN)).toBeNaN();
    expect(toCents(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('is odd, and gives back every whole cent up to ten billion dollars', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        const back = toCents(cents / 100);
        expect(back).toBe(cents);
        expect(toCents(-cents / 100) + back).toBe(0);
      }),
    );
  });
});
