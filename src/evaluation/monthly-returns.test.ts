import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { monthlyReturns } from './monthly-returns.ts';

describe('monthlyReturns', () => {
  const day = Int32Array.of(
    epochDay(2020, 11, 27),
    epochDay(2020, 11, 30),
    epochDay(2020, 12, 31),
    epochDay(2021, 2, 26),
  );

  it('compounds months to years and years to the whole', () => {
    const years = monthlyReturns(100, day, Float64Array.of(101, 110, 99, 118.8));
    expect(years.map(({ year }) => year)).toEqual([2020, 2021]);
    expect(years[0]?.months[10]).toBeCloseTo(0.1, 12);
    expect(years[0]?.months[11]).toBeCloseTo(-0.1, 12);
    expect(years[0]?.total).toBeCloseTo(-0.01, 12);
    expect(years[1]?.months[1]).toBeCloseTo(0.2, 12);
    expect(years[1]?.months[0]).toBeNull();
    const whole = years.reduce((growth, { total }) => growth * (1 + total), 1);
    expect(whole).toBeCloseTo(1.188, 12);
  });

  it('has no return for a month that starts with nothing', () => {
    const years = monthlyReturns(100, day, Float64Array.of(50, 0, 5, 5));
    expect(years[0]?.months[11]).toBeNaN();
    expect(years[0]?.total).toBeCloseTo(-0.95, 12);
  });
});
