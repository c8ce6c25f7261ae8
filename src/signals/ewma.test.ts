import { describe, expect, it } from 'vitest';
import { emaFromAverage, ewma, halfLifeWeight, spanWeight } from './ewma.ts';

describe('ewma', () => {
  it('starts at the first value and moves by the weight', () => {
    expect([...ewma(Float64Array.of(10, 20, 20), 0.5)]).toEqual([10, 15, 17.5]);
  });

  it('keeps its level over missing rows', () => {
    const values = ewma(Float64Array.of(Number.NaN, 10, Number.NaN, 20), 0.5);
    expect(values[0]).toBeNaN();
    expect([...values.subarray(1)]).toEqual([10, 10, 15]);
  });

  it('halves a deviation in one half-life', () => {
    const values = new Float64Array(22);
    values[0] = 1;
    expect(ewma(values, halfLifeWeight(21))[21]).toBeCloseTo(0.5, 12);
  });
});

describe('emaFromAverage', () => {
  it('starts at the average of the first span', () => {
    const values = emaFromAverage(Float64Array.of(Number.NaN, 1, 2, 3, 5), 3);
    expect([...values.subarray(0, 3)].every(Number.isNaN)).toBe(true);
    expect(values[3]).toBe(2);
    expect(values[4]).toBe(2 + spanWeight(3) * 3);
  });

  it('is empty when the series is shorter than the span', () => {
    expect([...emaFromAverage(Float64Array.of(1, 2), 3)].every(Number.isNaN)).toBe(true);
  });
});
