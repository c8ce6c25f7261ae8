import { describe, expect, it } from 'vitest';
import { lcgNormals } from '../math/lcg-series.fixture.ts';
import {
  closeToCloseVolatility,
  dailyVolatility,
  garmanKlassVolatility,
  logReturns,
  parkinsonVolatility,
} from './realised-volatility.ts';
import type { DailyBars } from './realised-volatility.ts';

/** Ten bars from a generator any tool can repeat. */
function madeUpBars(): DailyBars {
  const z = lcgNormals(7, 40);
  const at = (row: number, k: number): number => z[4 * row + k] ?? Number.NaN;
  const bars = { open: [], high: [], low: [], close: [] } as Record<keyof DailyBars, number[]>;
  let prior = 100;
  for (let row = 0; row < 10; row += 1) {
    const open = prior * Math.exp(0.004 * at(row, 0));
    const close = open * Math.exp(0.01 * at(row, 1));
    bars.open.push(open);
    bars.high.push(Math.max(open, close) * Math.exp(0.003 * Math.abs(at(row, 2))));
    bars.low.push(Math.min(open, close) * Math.exp(-0.003 * Math.abs(at(row, 3))));
    bars.close.push(close);
    prior = close;
  }
  return {
    open: Float64Array.from(bars.open),
    high: Float64Array.from(bars.high),
    low: Float64Array.from(bars.low),
    close: Float64Array.from(bars.close),
  };
}

const BARS = madeUpBars();
/** Digits on which this code and numpy agree; both round differently. */
const DIGITS = 12;

describe('realised volatility', () => {
  // Computed with numpy 2.4 from the definitions, over the last five rows.
  it('equals the independent values of three estimators', () => {
    expect(closeToCloseVolatility(BARS.close, 5)[9]).toBeCloseTo(0.13139968083891299, DIGITS);
    expect(parkinsonVolatility(BARS, 5)[9]).toBeCloseTo(0.10526855021177563, DIGITS);
    expect(garmanKlassVolatility(BARS, 5)[9]).toBeCloseTo(0.10392527566392255, DIGITS);
    expect(dailyVolatility(BARS)[9]).toBeCloseTo(0.008091131156092297, DIGITS);
  });

  it('is what a constant range says: Parkinson of ln(H/L) = 1 % is 0.6006 of it a day', () => {
    const low = new Float64Array(5).fill(100);
    const high = low.map((value) => value * Math.exp(0.01));
    const daily = 0.01 / Math.sqrt(4 * Math.LN2);
    expect(parkinsonVolatility({ high, low }, 5)[4]).toBeCloseTo(daily * Math.sqrt(252), DIGITS);
  });

  it('is NO DATA until its window is complete and while a NaN is in it', () => {
    const close = BARS.close.slice();
    close[3] = Number.NaN;
    const vol = closeToCloseVolatility(close, 4);
    expect([...vol].map(Number.isNaN)).toEqual([...Array(8).fill(true), false, false]);
    expect([...garmanKlassVolatility(BARS, 4)].map(Number.isNaN).lastIndexOf(true)).toBe(2);
    expect(dailyVolatility(BARS)[0]).toBeNaN();
  });

  it('has no return at a price of zero', () => {
    expect([...logReturns(Float64Array.of(1, 0, 1, Math.E))]).toEqual([NaN, NaN, NaN, 1]);
  });
});
