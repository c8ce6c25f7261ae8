import { describe, expect, it } from 'vitest';
import { moments } from './moments.ts';

describe('moments', () => {
  it('of 2 4 4 4 5 5 7 9', () => {
    const shape = moments([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(shape.mean).toBe(5);
    expect(shape.standardDeviation).toBeCloseTo(Math.sqrt(32 / 7), 14);
    // m2 = 4, m3 = 42 / 8, m4 = 356 / 8.
    expect(shape.skewness).toBeCloseTo(42 / 8 / 8, 14);
    expect(shape.kurtosis).toBeCloseTo(356 / 8 / 16, 14);
    expect(shape.count).toBe(8);
  });

  it('do not lose digits to a large mean', () => {
    expect(moments([1e9 + 1, 1e9 + 2, 1e9 + 3]).standardDeviation).toBe(1);
  });

  it('are NaN where the sample does not define them', () => {
    expect(moments([]).mean).toBeNaN();
    expect(moments([3])).toMatchObject({ mean: 3, standardDeviation: Number.NaN });
    expect(moments([3, 3]).skewness).toBeNaN();
    expect(moments([1, Number.NaN]).mean).toBeNaN();
  });
});
