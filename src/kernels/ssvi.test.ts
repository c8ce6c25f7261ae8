import { describe, expect, it } from 'vitest';
import { ssviButterfly, ssviPhi, ssviTotalVariance, ssviVarianceSwap } from './ssvi.ts';

const RHO = -0.65;

function swapRatio(eta: number): number {
  return ssviVarianceSwap(0.04, RHO, ssviPhi(0.04, eta)) / 0.04;
}

describe('SSVI', () => {
  // Independent evaluation of Gatheral and Jacquier (2014), eq. (4.1), theta 0.0011, eta 1.25.
  it.each([
    [-0.3, 0.011181576887862152],
    [-0.1, 0.004363446886482768],
    [-0.05, 0.002678947841746559],
    [0, 0.0011],
    [0.05, 0.0006735937251172555],
    [0.1, 0.0009681970897217103],
  ])('has the reference total variance at k = %f', (k, expected) => {
    const phi = ssviPhi(0.0011, 1.25);
    expect(phi).toBeCloseTo(37.68891807222045, 11);
    expect(ssviTotalVariance(k, 0.0011, RHO, phi)).toBeCloseTo(expected, 16);
  });

  it('has the reference value at rho -0.4, theta 0.04, eta 1', () => {
    expect(ssviPhi(0.04, 1)).toBeCloseTo(5, 14);
    expect(ssviTotalVariance(0.5, 0.04, -0.4, 5)).toBeCloseTo(0.0458257569495584, 15);
  });

  it('has the reference all-strike variance strike, 14.57775 vol at 30 days', () => {
    const swap = ssviVarianceSwap(0.0011, RHO, ssviPhi(0.0011, 1.25));
    expect(100 * Math.sqrt(swap / (30 / 365))).toBeCloseTo(14.57775, 4);
  });

  it('has a variance swap equal to theta as the smile flattens', () => {
    expect(Math.abs(swapRatio(0.25) - 1)).toBeLessThan(0.05);
    expect(Math.abs(swapRatio(0.5) - 1)).toBeGreaterThan(Math.abs(swapRatio(0.25) - 1));
  });

  it('reproduces g from finite differences of total variance', () => {
    const theta = 0.01;
    const phi = ssviPhi(theta, 1.2);
    for (const k of [-0.5, -0.1, 0, 0.05, 0.2]) {
      const h = 1e-4;
      const w = ssviTotalVariance(k, theta, RHO, phi);
      const up = ssviTotalVariance(k + h, theta, RHO, phi);
      const down = ssviTotalVariance(k - h, theta, RHO, phi);
      const first = (up - down) / (2 * h);
      const second = (up - 2 * w + down) / (h * h);
      const g = (1 - (k * first) / (2 * w)) ** 2 - (first ** 2 / 4) * (1 / w + 0.25) + second / 2;
      expect(ssviButterfly(k, theta, RHO, phi)).toBeCloseTo(g, 4);
    }
  });

  it('is negative in density where eta exceeds the butterfly bound by far', () => {
    const g = Array.from({ length: 200 }, (_, i) =>
      ssviButterfly(-1 + i * 0.01, 0.01, RHO, ssviPhi(0.01, 3)),
    );
    expect(Math.min(...g)).toBeLessThan(0);
  });

  it('lets NaN through', () => {
    expect(ssviTotalVariance(Number.NaN, 0.01, RHO, 1)).toBeNaN();
    expect(ssviVarianceSwap(Number.NaN, RHO, 1)).toBeNaN();
  });
});
