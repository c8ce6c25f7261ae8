import { assert, integer, property, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asOfRow, asOfSeries, valueAsOf } from './as-of.ts';

describe('as-of series', () => {
  const series = asOfSeries(Int32Array.of(10, 20, 30), Float64Array.of(1, 2, 3), 5);

  it('gives the newest value known on the day', () => {
    expect(valueAsOf(series, 10)).toBe(1);
    expect(valueAsOf(series, 15)).toBe(1);
    expect(valueAsOf(series, 21)).toBe(2);
  });

  it('is NO DATA before the first value and beyond its age', () => {
    expect(valueAsOf(series, 9)).toBeNaN();
    expect(valueAsOf(series, 16)).toBeNaN();
    expect(asOfRow(series, 9)).toBe(-1);
    expect(asOfRow(series, 99)).toBe(2);
  });

  it('never sees a later value', () => {
    assert(
      property(uniqueArray(integer({ min: 0, max: 200 }), { minLength: 1 }), (days) => {
        const sorted = Int32Array.from(days.sort((a, b) => a - b));
        const own = asOfSeries(sorted, Float64Array.from(sorted), 1000);
        for (let at = 0; at <= 200; at += 7) {
          const value = valueAsOf(own, at);
          if (!Number.isNaN(value)) expect(value).toBeLessThanOrEqual(at);
          else expect(sorted[0]).toBeGreaterThan(at);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('refuses times that do not ascend', () => {
    expect(() => asOfSeries(Int32Array.of(2, 2), Float64Array.of(1, 1), 1)).toThrow('ascends');
  });
});
