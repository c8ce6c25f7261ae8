import { array, assert, constantFrom, integer, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollingExtreme } from './rolling-extreme.ts';

describe('rollingExtreme', () => {
  it('equals a search of every window', () => {
    const value = oneof({ weight: 9, arbitrary: integer({ min: -5, max: 5 }) }, constantFrom(NaN));
    assert(
      property(array(value, { maxLength: 40 }), integer({ min: 1, max: 6 }), (list, sessions) => {
        const values = Float64Array.from(list);
        const low = rollingExtreme(values, sessions, 'low');
        const high = rollingExtreme(values, sessions, 'high');
        for (let i = 0; i < values.length; i += 1) {
          const window = [...values.subarray(Math.max(0, i - sessions + 1), i + 1)];
          const complete = window.length === sessions;
          expect(low[i]).toBe(complete ? Math.min(...window) : NaN);
          expect(high[i]).toBe(complete ? Math.max(...window) : NaN);
        }
      }),
      { numRuns: 300 },
    );
  });
});
