import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { essviBetween, essviPsiLimit, essviPsiRange, essviTotalVariance } from './essvi.ts';
import type { EssviSlice } from './essvi.ts';
import { ssviButterfly, ssviTotalVariance } from './ssvi.ts';

const GRID: readonly number[] = Array.from({ length: 61 }, (_, i) => -1.5 + 0.05 * i);

const share = fc.double({ min: 0, max: 1, noNaN: true });
const correlation = fc.double({ min: -0.9, max: 0.9, noNaN: true });

describe('eSSVI', () => {
  it('is SSVI: theta 0.0011, rho -0.65, phi 37.6889; and phi 5 at theta 0.04', () => {
    // Recomputed from Gatheral and Jacquier (2014), eq. (4.1).
    const slice = { theta: 0.0011, rho: -0.65, psi: 0.0011 * 37.68891807222045 };
    for (const [k, w] of [
      [-0.3, 0.011181576887862152],
      [-0.1, 0.004363446886482768],
      [-0.05, 0.002678947841746559],
      [0, 0.0011],
      [0.05, 0.0006735937251172555],
      [0.1, 0.0009681970897217103],
    ] as const) {
      expect(essviTotalVariance(slice, k)).toBeCloseTo(w, 15);
      expect(ssviTotalVariance(k, 0.0011, -0.65, 37.68891807222045)).toBeCloseTo(w, 15);
    }
    const second = { theta: 0.04, rho: -0.4, psi: 0.2 };
    expect(essviTotalVariance(second, 0.5)).toBeCloseTo(0.0458257569495584, 15);
  });

  it('has no butterflies up to the limit of psi', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 0.5, noNaN: true }), correlation, (theta, rho) => {
        const phi = essviPsiLimit(theta, rho) / theta;
        for (const k of GRID) {
          expect(ssviButterfly(k, theta, rho, phi)).toBeGreaterThan(-1e-9);
        }
      }),
    );
  });

  it('never falls in time, at the slices or between them, while psi keeps to its range', () => {
    fc.assert(
      fc.property(correlation, correlation, share, share, share, (rho1, rho2, u, v, t) => {
        const first: EssviSlice = {
          theta: 0.01,
          rho: rho1,
          psi: (0.2 + 0.7 * u) * essviPsiLimit(0.01, rho1),
        };
        const theta = 0.01 * (1.2 + 3 * v);
        const { low, high } = essviPsiRange(first, theta, rho2);
        fc.pre(low < high);
        const second = { theta, rho: rho2, psi: low + u * (high - low) };
        const middle = essviBetween(first, second, t);
        for (const k of GRID) {
          const early = essviTotalVariance(first, k);
          const between = essviTotalVariance(middle, k);
          expect(between - early).toBeGreaterThan(-1e-12);
          expect(essviTotalVariance(second, k) - between).toBeGreaterThan(-1e-12);
        }
      }),
    );
  });
});
