import { describe, expect, it } from 'vitest';
import { optimalBlockLengths } from './block-length.ts';
import { crashReturns, lcgNormals } from './lcg-series.fixture.ts';

describe('optimalBlockLengths', () => {
  // Reference: optimal_block_length of the Python package arch 8.0 on the same series.
  it('equals the reference on a year of returns and on their squares', () => {
    const returns = crashReturns();
    expect(optimalBlockLengths(returns).stationary).toBeCloseTo(1.0814002263971876, 9);
    expect(optimalBlockLengths(returns).circular).toBeCloseTo(1.2378942410572582, 9);
    const squares = returns.map((r) => r * r);
    expect(optimalBlockLengths(squares).stationary).toBeCloseTo(0.48266858491405695, 9);
    expect(optimalBlockLengths(squares).circular).toBeCloseTo(0.5525176035841832, 9);
  });

  it('grows with dependence, and as the cube root of the length', () => {
    const lengths = [0.2, 0.5, 0.8].map((phi) => {
      let last = 0;
      const series = lcgNormals(5, 4000).map((z) => {
        last = phi * last + z;
        return last;
      });
      return optimalBlockLengths(series).stationary;
    });
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    // For AR(1): (2 (2 phi / (1 − phi^2))^2 / 2)^(1/3) n^(1/3): 19.3 at phi = 0.5 and n = 4000.
    expect(lengths[1]).toBeGreaterThan(12);
    expect(lengths[1]).toBeLessThan(28);
  });

  it('is NaN for a handful of values or none that vary', () => {
    expect(optimalBlockLengths([1, 2, 3]).stationary).toBeNaN();
    expect(optimalBlockLengths(new Float64Array(50)).circular).toBeNaN();
  });
});
