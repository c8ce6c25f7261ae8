import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addExact, createExactSum, exactTotal, mergeExact } from './exact-sum.ts';

function totalOf(values: readonly number[]): number {
  const sum = createExactSum();
  for (const value of values) addExact(sum, value);
  return exactTotal(sum);
}

describe('an exact sum', () => {
  it('loses nothing to cancellation', () => {
    expect(totalOf([1e100, 1, -1e100])).toBe(1);
    expect(totalOf(Array.from({ length: 10 }, () => 0.1))).toBe(1);
    // Half-way between two doubles but for the smallest term (Python: fsum gives the upper one).
    expect(totalOf([2 ** 53, 1, 2 ** -60])).toBe(2 ** 53 + 2);
    expect(totalOf([])).toBe(0);
  });

  it('is that of whole numbers where doubles hold them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), (values) => {
        const exact = values.reduce((sum, value) => sum + BigInt(value), 0n);
        expect(totalOf(values)).toBe(Number(exact));
      }),
    );
  });

  it('is the same for every order and every way of sharing the terms', () => {
    const terms = fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { maxLength: 40 });
    fc.assert(
      fc.property(terms, fc.nat(), (values, cut) => {
        const whole = totalOf(values);
        expect(totalOf(values.toReversed())).toBe(whole);
        const [one, other] = [createExactSum(), createExactSum()];
        for (const [place, value] of values.entries()) {
          addExact(place < cut % (values.length + 1) ? one : other, value);
        }
        mergeExact(one, other);
        expect(exactTotal(one)).toBe(whole);
      }),
    );
  });

  it('is not finite when a term is not', () => {
    expect(totalOf([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
    expect(totalOf([Number.NaN, 1])).toBeNaN();
  });
});
