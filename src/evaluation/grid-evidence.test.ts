import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../math/philox.ts';
import { gridEvidence } from './grid-evidence.ts';

const DAYS = 2000;

/** Daily returns of 1 % standard deviation around a mean; `place` is another series. */
function returnsOf(place: number, mean: number): Float64Array {
  const stream = createRandomStream(5);
  return Float64Array.from(
    { length: DAYS },
    (_, day) => mean + 0.01 * stream.normal(place, day, 0),
  );
}

const worthless = (count: number): readonly Float64Array[] =>
  Array.from({ length: count }, (_, place) => returnsOf(place, 0));

describe('gridEvidence', () => {
  it('finds the configuration that earns, on the past alone, and calls it no luck', () => {
    const grid = [...worthless(8), returnsOf(8, 0.002)];
    const found = gridEvidence(grid, 0);
    expect(found.best).toBe(8);
    expect(found.tests.map(({ chosen }) => chosen)).toEqual(Array.from({ length: 7 }, () => 8));
    expect(found.overfitting.value).toBe(0);
    expect(found.bestDeflated.value).toBeGreaterThan(0.99);
    expect(found.chosenSharpe.value).toBeGreaterThan(2);
    expect(Math.abs(found.fixedSharpe.value ?? 9)).toBeLessThan(1);
  });

  it('does not take the best of many worthless ones for good', () => {
    const found = gridEvidence(worthless(27), 0);
    expect(found.bestDeflated.value).toBeLessThan(0.9);
    expect(found.overfitting.value).toBeGreaterThan(0.2);
    for (const { inSample } of found.tests) expect(inSample).toBeGreaterThan(0);
    const after = found.tests.map(({ outOfSample }) => outOfSample);
    const before = found.tests.map(({ inSample }) => inSample);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(after)).toBeLessThan(mean(before));
  });

  it('tests every day after the first fold once', () => {
    const { tests } = gridEvidence(worthless(2), 1);
    expect(tests[0]?.test.first).toBe(250);
    expect(tests.at(-1)?.test.end).toBe(DAYS);
    tests.slice(1).forEach(({ test }, i) => expect(test.first).toBe(tests[i]?.test.end));
  });

  it('has no walk-forward on a record too short for one', () => {
    const short = worthless(2).map((series) => series.subarray(0, 6));
    const found = gridEvidence(short, 0);
    expect(found.tests).toEqual([]);
    expect(found.chosenSharpe.value).toBeNull();
  });
});
