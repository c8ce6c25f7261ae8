import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.ts';
import {
  createSketch,
  enterSketch,
  mergeSketch,
  SKETCH_ERROR,
  SKETCH_ZERO,
  sketchQuantiles,
} from './quantile-sketch.ts';
import type { QuantileSketch } from './quantile-sketch.ts';

const PROBABILITIES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = createSketch();
  for (const value of values) enterSketch(sketch, value);
  return sketch;
}

describe('a quantile sketch', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
    fc.double({ noNaN: true, min: -1, max: 1 }),
    fc.constant(0),
  );

  it('has every order statistic within its stated error', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const ascending = Float64Array.from(values).sort();
        const ranks = [...ascending.keys()].map((rank) => rank / Math.max(1, values.length - 1));
        const found = sketchQuantiles(sketchOf(values), ranks);
        for (const [rank, exact] of ascending.entries()) {
          // The position of a rank is rounded; it may fall between it and its neighbour.
          const near = [rank - 1, rank, rank + 1].map((r) => ascending[r] ?? exact);
          const low = Math.min(...near.map((v) => v - Math.abs(v) * SKETCH_ERROR * 1.0001));
          const high = Math.max(...near.map((v) => v + Math.abs(v) * SKETCH_ERROR * 1.0001));
          expect(found[rank]).toBeGreaterThanOrEqual(low - SKETCH_ZERO);
          expect(found[rank]).toBeLessThanOrEqual(high + SKETCH_ZERO);
        }
      }),
    );
  });

  it('is near the exact quantiles of many values, and exact at both ends', () => {
    const values = Array.from({ length: 10_001 }, (_, i) => 800_000 + 37 * ((i * 7919) % 10_001));
    const ascending = Float64Array.from(values).sort();
    const found = sketchQuantiles(sketchOf(values), PROBABILITIES);
    for (const [place, probability] of PROBABILITIES.entries()) {
      const exact = quantile(ascending, probability);
      expect(Math.abs((found[place] ?? Number.NaN) / exact - 1)).toBeLessThan(
        SKETCH_ERROR * 1.0001,
      );
    }
    expect(found[0]).toBe(ascending[0]);
    expect(found.at(-1)).toBe(ascending.at(-1));
  });

  it('is the same however the values are shared out and ordered', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.nat(), (values, cut) => {
        const at = cut % (values.length + 1);
        const merged = sketchOf(values.slice(at).toReversed());
        mergeSketch(merged, sketchOf(values.slice(0, at)));
        const whole = sketchOf(values);
        expect(sketchQuantiles(merged, PROBABILITIES)).toEqual(
          sketchQuantiles(whole, PROBABILITIES),
        );
        expect(merged.count).toBe(whole.count);
      }),
    );
  });

  it('keeps infinite values at the ends, and knows nothing without a value', () => {
    const sketch = sketchOf([1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    const [low, middle, high] = sketchQuantiles(sketch, [0, 0.5, 1]);
    expect([low, high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(middle).toBeCloseTo(1, 3);
    expect(sketchQuantiles(createSketch(), [0.5])).toEqual([Number.NaN]);
  });
});
