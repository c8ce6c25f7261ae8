import { describe, expect, it } from 'vitest';
import { ssviTotalVariance } from '../kernels/ssvi.ts';
import { slicePoints } from './slice-points.ts';
import type { SlicePoints } from './slice-points.ts';
import { fitSsvi, smileOfSsvi, ssviSurfacePhi } from './ssvi-fit.ts';
import type { SsviSurface } from './ssvi-fit.ts';

const YEARS: readonly number[] = [0.05, 0.1, 0.25, 0.6];
const TRUTH: SsviSurface = {
  rho: -0.62,
  eta: 1.1,
  gamma: 0.42,
  theta: YEARS.map((years) => 0.03 * years),
};

/** Points of a surface, each volatility moved by `error` up and down in turn. */
function pointsOf(truth: SsviSurface, error: number): readonly SlicePoints[] {
  return YEARS.map((years, place) => {
    const theta = truth.theta[place] ?? Number.NaN;
    const phi = ssviSurfacePhi(truth, theta);
    const points = Array.from({ length: 41 }, (_, i) => {
      const logMoneyness = (i - 20.5) * 0.15 * Math.sqrt(theta);
      const exact = Math.sqrt(ssviTotalVariance(logMoneyness, theta, truth.rho, phi) / years);
      const vol = exact + (i % 2 === 0 ? error : -error);
      return { strike: 100 * Math.exp(logMoneyness), logMoneyness, vol, halfSpread: 0.002 };
    });
    const slice = slicePoints(points, years);
    if (slice === undefined) throw new Error('points enclose the money');
    return slice;
  });
}

describe('fitSsvi', () => {
  it('gives back the surface its points were made from', () => {
    const found = fitSsvi(pointsOf(TRUTH, 0));
    expect(found.rho).toBeCloseTo(TRUTH.rho, 2);
    expect(found.eta).toBeCloseTo(TRUTH.eta, 1);
    expect(found.gamma).toBeCloseTo(TRUTH.gamma, 1);
    found.theta.forEach((theta, place) => {
      expect(theta / (TRUTH.theta[place] ?? 0)).toBeCloseTo(1, 2);
    });
  });

  it('has no arbitrage at any strike, whatever the points say', () => {
    const steep: SsviSurface = { ...TRUTH, rho: -0.9, eta: 2.5, gamma: 0.5 };
    const falling = pointsOf({ ...steep, theta: [0.003, 0.002, 0.006, 0.005] }, 0.004);
    const found = fitSsvi(falling);
    expect(found.eta * (1 + Math.abs(found.rho))).toBeLessThanOrEqual(2 + 1e-12);
    expect(found.gamma).toBeLessThanOrEqual(0.5);
    for (let place = 0; place < YEARS.length; place += 1) {
      const smile = smileOfSsvi(found, place);
      for (let k = -2; k <= 2; k += 0.02) {
        expect(smile.butterfly(k)).toBeGreaterThanOrEqual(-1e-12);
        if (place === 0) continue;
        const earlier = smileOfSsvi(found, place - 1).totalVariance(k);
        expect(smile.totalVariance(k)).toBeGreaterThanOrEqual(earlier - 1e-12);
      }
    }
  });
});
