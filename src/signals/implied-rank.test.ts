import { describe, expect, it } from 'vitest';
import { percentileAt, rankAt } from './implied-rank.ts';

const WINDOW = { rows: 5, minimum: 5 };

describe('implied volatility rank and percentile', () => {
  it('differ after a spike: rank looks at the range, percentile at the days', () => {
    const vix = Float64Array.of(12, 13, 80, 14, 20);
    expect(rankAt(vix, 4, WINDOW)).toBeCloseTo((100 * (20 - 12)) / (80 - 12), 12);
    expect(percentileAt(vix, 4, WINDOW)).toBe(75);
  });

  it('are 0 at the low and 100 at the high of the window', () => {
    const up = Float64Array.of(1, 2, 3, 4, 5);
    expect([rankAt(up, 4, WINDOW), percentileAt(up, 4, WINDOW)]).toEqual([100, 100]);
    const down = up.toReversed();
    expect([rankAt(down, 4, WINDOW), percentileAt(down, 4, WINDOW)]).toEqual([0, 0]);
  });

  it('forget what left the window and never see what comes', () => {
    const values = Float64Array.of(99, 1, 2, 3, 4, 5, 500);
    expect(rankAt(values, 5, WINDOW)).toBe(100);
  });

  it('are NO DATA with too few values, at a NaN, and rank also in a flat window', () => {
    const values = Float64Array.of(1, NaN, 3, 4, 5);
    expect(rankAt(values, 4, WINDOW)).toBeNaN();
    expect(rankAt(values, 4, { rows: 5, minimum: 4 })).toBe(100);
    expect(percentileAt(values, 1, { rows: 2, minimum: 1 })).toBeNaN();
    const flat = new Float64Array(5).fill(7);
    expect(rankAt(flat, 4, WINDOW)).toBeNaN();
    expect(percentileAt(flat, 4, WINDOW)).toBe(0);
  });
});
