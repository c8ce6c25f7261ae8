import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.ts';

describe('quantile', () => {
  // R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .5, .9, 1)).
  it.each([
    [0, 1],
    [0.1, 1.4],
    [0.25, 2],
    [0.5, 4],
    [0.9, 12.8],
    [1, 16],
  ])('the %d quantile of powers of two is %d', (p, expected) => {
    expect(quantile([1, 2, 4, 8, 16], p)).toBeCloseTo(expected, 14);
  });

  it('of one value is that value', () => {
    expect(quantile(Float64Array.of(7), 0.3)).toBe(7);
  });

  it('is NaN without values or outside [0, 1]', () => {
    expect(quantile([], 0.5)).toBeNaN();
    for (const p of [-0.1, 1.1, Number.NaN]) expect(quantile([1, 2], p)).toBeNaN();
  });
});
