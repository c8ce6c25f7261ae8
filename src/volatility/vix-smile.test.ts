import { describe, expect, it } from 'vitest';
import { ssviVarianceSwap } from '../kernels/ssvi.ts';
import {
  createVixSlice,
  loadVixSlice,
  VIX_SMILE_RHO,
  vixSliceTotalVol,
  vvixAtTenor,
} from './vix-smile.ts';

const TENORS = [2, 7, 9, 23, 30, 58, 90, 114, 180, 260];

function vols(vvix: number, days: number, moneyness: readonly number[]): readonly number[] {
  const slice = createVixSlice();
  loadVixSlice(vvix, days / 365, slice);
  return moneyness.map((m) => vixSliceTotalVol(slice, 20, 20 * m) / slice.rootYears);
}

describe('the VIX option smile', () => {
  it('returns VVIX as the variance swap of every tenor within 0.2 points', () => {
    const slice = createVixSlice();
    for (const vvix of [60, 86, 96, 150, 200]) {
      for (const days of TENORS) {
        loadVixSlice(vvix, days / 365, slice);
        const swap = ssviVarianceSwap(slice.theta, VIX_SMILE_RHO, slice.phi);
        const implied = 100 * Math.sqrt(swap / slice.years);
        expect(Math.abs(implied - vvixAtTenor(vvix, days / 365))).toBeLessThan(0.2);
      }
    }
  });

  it.each([
    [30, 1],
    [60, 0.86],
    [90, 0.77],
    [180, 0.6],
  ])('has the term structure of VVIX at %d days', (days, ratio) => {
    expect(vvixAtTenor(100, days / 365)).toBeCloseTo(100 * ratio, 9);
  });

  it('lets total variance rise with tenor', () => {
    let previous = 0;
    for (const days of TENORS) {
      const variance = vvixAtTenor(90, days / 365) ** 2 * days;
      expect(variance).toBeGreaterThan(previous);
      previous = variance;
    }
  });

  // Two-factor quintic OU model, published parameters, VVIX-like 93.2 at 30 days (86.9 at 58 and
  // 71.7 at 114 days: each compared at the VVIX that gives the same index vol).
  it.each([
    [30, 93.2, [0.887, 1.007, 1.142], 0.05],
    [58, 86.9 / 0.867, [0.855, 0.938, 1.033], 0.05],
    [114, 71.7 / 0.71, [0.72, 0.776, 0.841], 0.05],
  ])('is near a market-calibrated smile at K/F 1, 1.1, 1.25, %d days', (days, vvix, ivs, gap) => {
    vols(vvix, days, [1, 1.1, 1.25]).forEach((vol, i) => {
      expect(Math.abs(vol - (ivs[i] ?? Number.NaN))).toBeLessThan(gap);
    });
  });

  it('rises in strike above the future', () => {
    const curve = vols(93, 30, [1, 1.1, 1.25, 1.5, 2, 3]);
    for (let i = 1; i < curve.length; i += 1) {
      expect(curve[i]).toBeGreaterThan(curve[i - 1] ?? Number.NaN);
    }
  });

  it('has no variance at expiry, and no number without VVIX', () => {
    const slice = createVixSlice();
    loadVixSlice(90, 0, slice);
    expect(vixSliceTotalVol(slice, 20, 25)).toBe(0);
    loadVixSlice(Number.NaN, 0.1, slice);
    expect(vixSliceTotalVol(slice, 20, 25)).toBeNaN();
  });
});
