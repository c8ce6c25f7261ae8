import { describe, expect, it } from 'vitest';
import { CALIBRATED, REGRESSED } from '../market/provenance.ts';
import { pillarTheta } from './ssvi-surface.ts';
import { fillPillars } from './surface-pillars.ts';
import type { IndexVols } from './surface-pillars.ts';

const NONE: IndexVols = {
  vix9d: Number.NaN,
  vix: Number.NaN,
  vix3m: Number.NaN,
  vix6m: Number.NaN,
  ewma21: Number.NaN,
  ewma126: Number.NaN,
};

/** Index level that a filled pillar stands for, found by bisection on pillarTheta. */
function level(theta: number | undefined, days: number): number {
  let low = 1;
  let high = 300;
  for (let i = 0; i < 60; i += 1) {
    const mid = 0.5 * (low + high);
    if (pillarTheta(mid, days, 1.1) < (theta ?? Number.NaN)) low = mid;
    else high = mid;
  }
  return low;
}

describe('fillPillars', () => {
  it('is CALIBRATED and exact where the family is quoted', () => {
    const out = new Float64Array(4);
    // Cboe closes of 2018-02-02: VIX9D 18.86, VIX 17.31, VIX3M 17.03.
    const quoted = { ...NONE, vix9d: 18.86, vix: 17.31, vix3m: 17.03 };
    expect(fillPillars(quoted, 1.1, out)).toBe(CALIBRATED);
    expect(out[0]).toBe(pillarTheta(18.86, 9, 1.1));
    expect(out[1]).toBe(pillarTheta(17.31, 30, 1.1));
    expect(out[2]).toBe(pillarTheta(17.03, 93, 1.1));
    expect(level(out[3], 184)).toBeGreaterThan(16);
    expect(level(out[3], 184)).toBeLessThan(19);
  });

  it('is REGRESSED from VIX alone, near the closes that were published', () => {
    const out = new Float64Array(4);
    // Cboe closes of 2017-06-01: VIX 9.89, VIX9D 8.5, VIX3M 12.42.
    expect(fillPillars({ ...NONE, vix: 9.89 }, 1.1, out)).toBe(REGRESSED);
    expect(Math.abs(Math.log(level(out[0], 9) / 8.5))).toBeLessThan(0.2);
    expect(Math.abs(Math.log(level(out[2], 93) / 12.42))).toBeLessThan(0.12);
    const averages = { ewma21: Math.log(10.6), ewma126: Math.log(12.3) };
    fillPillars({ ...NONE, vix: 9.89, ...averages }, 1.1, out);
    expect(Math.abs(Math.log(level(out[2], 93) / 12.42))).toBeLessThan(0.09);
  });

  it('leaves VIX untouched and ascends where VIX9D is extreme', () => {
    const out = new Float64Array(4);
    fillPillars({ ...NONE, vix9d: 80, vix: 37, vix3m: 20, vix6m: 10 }, 1.1, out);
    expect(out[1]).toBe(pillarTheta(37, 30, 1.1));
    expect(out[0]).toBeLessThan(out[1] ?? Number.NaN);
    expect(out[2]).toBe(out[1]);
    expect(out[3]).toBe(out[1]);
  });

  it('has no number without VIX', () => {
    const out = new Float64Array(4);
    fillPillars({ ...NONE, vix3m: 20 }, 1.1, out);
    expect(Array.from(out).every(Number.isNaN)).toBe(true);
  });
});
