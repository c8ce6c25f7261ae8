import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../math/philox.ts';
import { rollingZScore, trailingZScore, zScoreAt } from './z-score.ts';

describe('zScoreAt', () => {
  it('scores a row against the sample deviation of its window', () => {
    // 2, 4, 9: mean 5, sample variance (9 + 1 + 16) / 2 = 13.
    const values = Float64Array.of(100, 2, 4, 9);
    expect(zScoreAt(values, 3, { rows: 3, minimum: 3 })).toBeCloseTo(4 / Math.sqrt(13), 14);
  });

  it('is NO DATA below the minimum, for a missing row and for a constant window', () => {
    const values = Float64Array.of(1, Number.NaN, 2, 2, 2);
    expect(zScoreAt(values, 2, { rows: 3, minimum: 3 })).toBeNaN();
    expect(zScoreAt(values, 1, { rows: 3, minimum: 1 })).toBeNaN();
    expect(zScoreAt(values, 4, { rows: 3, minimum: 2 })).toBeNaN();
  });

  it('leaves missing rows of the window out', () => {
    const values = Float64Array.of(2, Number.NaN, 4, 9);
    expect(zScoreAt(values, 3, { rows: 4, minimum: 3 })).toBeCloseTo(4 / Math.sqrt(13), 14);
    expect(trailingZScore(values, { rows: 4, minimum: 3 })[2]).toBeNaN();
  });
});

describe('rollingZScore', () => {
  it('is the trailing score, row by row, over holes and levels far from zero', () => {
    const random = createRandomStream(3);
    for (const level of [0, 1, 1e4]) {
      const values = Float64Array.from({ length: 900 }, (_unused, i) => {
        const hole = random.uniform(1, i, 0) < 0.1;
        return hole ? Number.NaN : level + random.uniform(0, i, 0);
      });
      const window = { rows: 120, minimum: 30 };
      const slow = trailingZScore(values, window);
      rollingZScore(values, window).forEach((score, row) => {
        if (Number.isNaN(slow[row])) expect(score).toBeNaN();
        else expect(Math.abs(score - (slow[row] ?? Number.NaN))).toBeLessThan(1e-7);
      });
    }
  });

  it('is NO DATA for a window of one value', () => {
    const values = new Float64Array(40).fill(0.1);
    values[0] = 7;
    expect(rollingZScore(values, { rows: 10, minimum: 2 })[39]).toBeNaN();
  });
});
