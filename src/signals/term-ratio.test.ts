import { describe, expect, it } from 'vitest';
import { termRatio } from './term-ratio.ts';

describe('termRatio', () => {
  it('is above 1 when the near end is dearer', () => {
    // Closes of 2020-03-16: VIX 82.69, VIX3M 71.76.
    expect(termRatio(82.69, 71.76)).toBeCloseTo(1.1523, 4);
    expect(termRatio(13, 16)).toBeLessThan(1);
  });

  it('is NO DATA without two positive levels', () => {
    for (const [a, b] of [
      [NaN, 15],
      [15, NaN],
      [0, 15],
      [15, 0],
      [15, -1],
    ] as const) {
      expect(termRatio(a, b)).toBeNaN();
    }
  });
});
