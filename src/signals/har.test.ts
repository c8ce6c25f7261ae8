import { describe, expect, it } from 'vitest';
import { lcgNormals } from '../math/lcg-series.fixture.ts';
import { HAR_DAY, HAR_MONTH, harForecast } from './har.ts';

/** Daily volatilities that follow a HAR recursion with lognormal shocks; any tool can repeat them. */
function madeUpVolatility(length: number): Float64Array {
  const z = lcgNormals(11, length);
  const out = new Float64Array(length);
  const mean = (row: number, rows: number): number =>
    out.subarray(row - rows, row).reduce((sum, value) => sum + value, 0) / rows;
  for (let row = 0; row < length; row += 1) {
    const shock = z[row] ?? Number.NaN;
    const level = 0.001 + 0.35 * mean(row, 1) + 0.3 * mean(row, 5) + 0.25 * mean(row, 22);
    out[row] = row < 22 ? 0.01 * Math.exp(0.2 * shock) : level * Math.exp(0.15 * shock);
  }
  return out;
}

const SERIES = madeUpVolatility(400);
const day = { ...HAR_DAY, rows: 300, minimum: 250 };
const month = { ...HAR_MONTH, rows: 300, minimum: 250 };

describe('harForecast', () => {
  // Computed with numpy 2.4 (lstsq) on the same series and the same 300 observations.
  it('equals an independent regression, one session and 22 sessions ahead', () => {
    const one = harForecast(SERIES, 399, day);
    expect(one?.observations).toBe(300);
    expect(one?.volatility).toBeCloseTo(0.01441326711957953, 12);
    expect(one?.rSquared).toBeCloseTo(0.540612534178574, 10);
    [0.0009845, 0.40987037, 0.17215911, 0.33929959].forEach((value, k) =>
      expect(one?.coefficients[k]).toBeCloseTo(value, 7),
    );
    const far = harForecast(SERIES, 399, month);
    expect(far?.volatility).toBeCloseTo(0.013269744269590673, 12);
    expect(harForecast(SERIES, 350, day)?.volatility).toBeCloseTo(0.011054743380095156, 12);
    expect(harForecast(SERIES, 350, month)?.volatility).toBeCloseTo(0.011408882575895925, 12);
  });

  it('reads nothing after its row', () => {
    const garbage = SERIES.map((value, row) => (row > 350 ? 1000 * value : value));
    expect(harForecast(garbage, 350, month)).toEqual(harForecast(SERIES, 350, month));
    expect(harForecast(garbage, 351, month)).not.toEqual(harForecast(SERIES, 351, month));
  });

  it('leaves out what touches a NaN, and is NO DATA at one or with too little', () => {
    const holed = SERIES.slice();
    holed[200] = Number.NaN;
    // The row's own 22 windows, and the row before it as a response.
    expect(harForecast(holed, 399, { ...day, minimum: 280 })).toBeUndefined();
    expect(harForecast(holed, 399, { ...day, minimum: 200 })?.observations).toBe(277);
    expect(harForecast(holed, 205, { ...day, minimum: 10 })).toBeUndefined();
    expect(harForecast(SERIES, 200, day)).toBeUndefined();
    expect(harForecast(new Float64Array(400).fill(0.01), 399, day)).toBeUndefined();
  });
});
