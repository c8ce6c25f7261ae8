import { describe, expect, it } from 'vitest';
import { ssviPhi, ssviVarianceSwap } from '../kernels/ssvi.ts';
import {
  createVarianceSwapTable,
  solveVarianceSwap,
  varianceSwapScale,
} from './variance-swap-table.ts';

describe('variance-swap scale table', () => {
  const domain = { rho: -0.65, etaMin: 0.3, etaMax: 1.6, rootVarianceMax: 1.1 };
  const table = createVarianceSwapTable(domain);

  it('solves the root: the swap of the solved theta is the variance asked for', () => {
    for (const variance of [1e-4, 0.01, 0.3]) {
      const theta = solveVarianceSwap(variance, -0.65, 1.25);
      expect(ssviVarianceSwap(theta, -0.65, ssviPhi(theta, 1.25)) / variance).toBeCloseTo(1, 12);
    }
  });

  it('is within 1e-6 of the root over its domain', () => {
    let worst = 0;
    for (let eta = 0.31; eta <= 1.6; eta += 0.093) {
      for (let root = 0.005; root <= 1.1; root += 0.081) {
        const exact = Math.sqrt(solveVarianceSwap(root * root, -0.65, eta)) / root;
        worst = Math.max(worst, Math.abs(varianceSwapScale(table, eta, root) / exact - 1));
      }
    }
    expect(worst).toBeLessThan(1e-6);
  });

  it('holds the edge value outside its domain and lets NaN through', () => {
    expect(varianceSwapScale(table, 2, 0.2)).toBe(varianceSwapScale(table, 1.6, 0.2));
    expect(varianceSwapScale(table, Number.NaN, 0.2)).toBeNaN();
  });
});
