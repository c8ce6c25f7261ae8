import { describe, expect, it } from 'vitest';
import { trailingZScore, zScoreAt } from './z-score.ts';

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
