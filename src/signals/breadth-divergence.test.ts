import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breadthDivergence, breadthDivergenceAt } from './breadth-divergence.ts';

const RULE = { within: 0.01, extremeSessions: 4, lineSessions: 2, persistence: 2 };
const rising = Float64Array.from({ length: 10 }, (_unused, i) => 100 + i);
const falling = rising.map((value) => 200 - value);

describe('breadthDivergence', () => {
  it('is bearish when a high is not confirmed, bullish when a low is not', () => {
    expect([...breadthDivergence(rising, falling, RULE)].slice(4)).toEqual(Array(6).fill(1));
    expect([...breadthDivergence(falling, rising, RULE)].slice(4)).toEqual(Array(6).fill(-1));
  });

  it('is none when the line confirms', () => {
    expect([...breadthDivergence(rising, rising, RULE)].slice(4)).toEqual(Array(6).fill(0));
  });

  it('must hold for several sessions in a row', () => {
    const line = falling.slice();
    line[7] = 500;
    expect([...breadthDivergence(rising, line, RULE)].slice(4)).toEqual([1, 1, 1, 0, 0, 1]);
  });

  it('does not depend on where the line starts', () => {
    const shifted = falling.map((value) => value - 50_000);
    expect(breadthDivergence(rising, shifted, RULE)).toEqual(
      breadthDivergence(rising, falling, RULE),
    );
  });

  it('is NO DATA where a window is incomplete or breadth has ended', () => {
    const line = falling.slice();
    line[8] = Number.NaN;
    const out = [...breadthDivergence(rising, line, RULE)].map(Number.isNaN);
    expect(out).toEqual([true, true, true, true, false, false, false, false, true, true]);
  });

  it('is at one row what it is in the column', () => {
    const value = fc.oneof(
      { weight: 30, arbitrary: fc.integer({ min: 100, max: 103 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const column = fc.array(value, { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(column, column, (closes, levels) => {
        const [spx, line] = [Float64Array.from(closes), Float64Array.from(levels)];
        const whole = breadthDivergence(spx, line, RULE);
        const rows = whole.map((_unused, row) => breadthDivergenceAt(spx, line, row, RULE));
        expect([...rows]).toEqual([...whole]);
      }),
    );
  });
});
