import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOverPrice, macdScore } from './stress-scores.ts';

const CLOSES = Float64Array.from(
  { length: 600 },
  (_unused, i) => 1000 * Math.exp(i / 2000 + 0.05 * Math.sin(i / 9)),
);

describe('macdScore', () => {
  it('starts when 200 sessions of the histogram are there', () => {
    // The histogram needs 26 + 9 - 2 sessions before its first value.
    const scores = macdScore(CLOSES);
    expect(scores[33 + 198]).toBeNaN();
    expect(scores[33 + 199]).not.toBeNaN();
  });

  it('does not change when all prices are in another unit', () => {
    const tenth = macdScore(CLOSES.map((close) => close / 10));
    macdScore(CLOSES).forEach((score, i) => {
      if (!Number.isNaN(score)) expect(tenth[i]).toBeCloseTo(score, 8);
    });
  });

  it('is low after a fall', () => {
    const fallen = CLOSES.map((close, i) => (i >= 590 ? 0.8 * close : close));
    expect(macdScore(fallen)[599]).toBeLessThan(-2);
    expect(histogramOverPrice(fallen)[599]).toBeLessThan(0);
  });

  it('rests on rows up to its own only', () => {
    assert(
      property(integer({ min: 240, max: 598 }), (row) => {
        const cut = macdScore(CLOSES.slice(0, row + 1));
        const garbage = macdScore(CLOSES.map((close, i) => (i > row ? 7 * close : close)));
        const whole = macdScore(CLOSES);
        for (let i = 0; i <= row; i += 1) {
          expect(Object.is(cut[i], whole[i]) && Object.is(garbage[i], whole[i])).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });
});
