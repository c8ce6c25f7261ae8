import { describe, expect, it } from 'vitest';
import { rsi } from './rsi.ts';

// Reference values agree to printing precision; the recursion itself is exact to rounding.
const RELATIVE = 1e-12;

interface RsiVector {
  readonly name: string;
  readonly sessions: number;
  readonly prices: readonly number[];
  readonly rsi: readonly number[];
}

const VECTORS: readonly RsiVector[] = [
  {
    name: 'RSI(14), the StockCharts worked example',
    sessions: 14,
    prices: [
      44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826,
      45.8931, 46.0328, 45.614, 46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439,
      46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672,
      43.4205, 42.6628, 43.1314,
    ],
    rsi: [
      70.53278948369497, 66.31856180517232, 66.54982993552764, 69.40630533884433, 66.3551690562718,
      57.97485571430819, 62.929606754597, 63.25714756254528, 56.05929871526324, 62.37707144318042,
      54.70757308126129, 50.4227744114564, 39.989823145376604, 41.46048197570564, 41.86891609254328,
      45.46321244528675, 37.30404208985967, 33.07952299438848, 37.77295211443486,
    ],
  },
  {
    name: 'RSI(5), the Tulip Indicators test series',
    sessions: 5,
    prices: [
      81.59, 81.06, 82.87, 83.0, 83.61, 83.15, 82.84, 83.99, 84.55, 84.36, 85.53, 86.54, 86.89,
      87.77, 87.29,
    ],
    rsi: [
      72.03389830508483, 64.92679821769575, 75.93623758052186, 79.79649830415252, 74.71341440518407,
      83.03285968428, 87.4782865090053, 88.75454469786465, 91.4828535631851, 78.4978305661402,
    ],
  },
  {
    name: 'RSI(6), computed by hand: no loss is 100, then AG = 5/6 and AL = 2/6',
    sessions: 6,
    prices: [1, 2, 3, 4, 5, 6, 7, 5],
    rsi: [100, 71.42857142857143],
  },
];

describe('rsi', () => {
  for (const vector of VECTORS) {
    it(`reproduces ${vector.name}`, () => {
      const values = rsi(Float64Array.from(vector.prices), vector.sessions);
      expect(values.length).toBe(vector.prices.length);
      expect([...values.subarray(0, vector.sessions)].every(Number.isNaN)).toBe(true);
      const tail = [...values.subarray(vector.sessions)];
      expect(tail.length).toBe(vector.rsi.length);
      tail.forEach((value, i) => {
        const expected = vector.rsi[i] ?? Number.NaN;
        expect(Math.abs(value / expected - 1)).toBeLessThan(RELATIVE);
      });
    });
  }

  it('is 100 on a flat series and 0 on a falling one', () => {
    expect(rsi(Float64Array.of(5, 5, 5, 5), 3)[3]).toBe(100);
    expect(rsi(Float64Array.of(5, 4, 3, 2), 3)[3]).toBe(0);
  });

  it('seeds anew after a missing price', () => {
    const values = rsi(Float64Array.of(1, 2, Number.NaN, 5, 4, 3), 2);
    expect([...values.subarray(0, 5)].every(Number.isNaN)).toBe(true);
    expect(values[5]).toBe(0);
  });
});
