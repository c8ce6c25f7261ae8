import { describe, expect, it } from 'vitest';
import { benjaminiHochbergAdjusted, holmAdjusted } from './multiple-testing.ts';

const close = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 12);
  });
};

describe('adjusted p-values', () => {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm" / "BH").
  it('equal those of R', () => {
    const p = [0.01, 0.04, 0.03, 0.005];
    close(holmAdjusted(p), [0.03, 0.06, 0.06, 0.02]);
    close(benjaminiHochbergAdjusted(p), [0.02, 0.04, 0.04, 0.02]);
  });

  it('never fall below the p-value, never exceed 1, and keep the order', () => {
    const p = [0.5, 0.9, 0.02, 0.7];
    for (const adjusted of [holmAdjusted(p), benjaminiHochbergAdjusted(p)]) {
      adjusted.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(p[i] ?? 1);
        expect(value).toBeLessThanOrEqual(1);
      });
    }
    // Holm is the stricter of the two.
    const holm = holmAdjusted(p);
    benjaminiHochbergAdjusted(p).forEach((value, i) => {
      expect(value).toBeLessThanOrEqual(holm[i] ?? 0);
    });
  });

  it('leave an unknown p-value unknown and out of the count', () => {
    expect(holmAdjusted([Number.NaN, 0.02])).toEqual([Number.NaN, 0.02]);
    expect(benjaminiHochbergAdjusted([0.02, Number.NaN])).toEqual([0.02, Number.NaN]);
  });
});
