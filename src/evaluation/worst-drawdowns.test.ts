import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawdownsAtClose, largestDrawdown } from './drawdown.ts';
import { worstDrawdowns } from './worst-drawdowns.ts';

describe('worstDrawdowns', () => {
  it('names peak, trough and recovery, deepest first', () => {
    const closes = Float64Array.of(110, 99, 105, 120, 60, 90, 120, 119);
    expect(worstDrawdowns(100, closes, 10)).toEqual([
      { peak: 3, trough: 4, recovery: 6, depth: 0.5 },
      { peak: 0, trough: 1, recovery: 3, depth: 1 - 99 / 110 },
      { peak: 6, trough: 7, recovery: undefined, depth: 1 - 119 / 120 },
    ]);
    expect(worstDrawdowns(100, closes, 1)).toHaveLength(1);
  });

  it('starts at the deposit, and is empty when nothing falls', () => {
    expect(worstDrawdowns(100, Float64Array.of(90, 95), 3)).toEqual([
      { peak: -1, trough: 0, recovery: undefined, depth: 1 - 90 / 100 },
    ]);
    expect(worstDrawdowns(100, Float64Array.of(100, 101, 101), 3)).toEqual([]);
  });

  it('has the largest drawdown first, and no two that overlap', () => {
    const closes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(closes, (values) => {
        const series = Float64Array.from(values);
        const falls = worstDrawdowns(25, series, 40);
        const deepest = largestDrawdown(drawdownsAtClose(25, series));
        expect(falls[0]?.depth ?? 0).toBeCloseTo(deepest, 12);
        const inOrder = falls.toSorted((a, b) => a.peak - b.peak);
        inOrder.slice(1).forEach((fall, i) => {
          expect(fall.peak).toBeGreaterThanOrEqual(inOrder[i]?.recovery ?? 99);
        });
      }),
    );
  });
});
