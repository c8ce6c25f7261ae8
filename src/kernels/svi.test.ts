import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ssviTotalVariance } from './ssvi.ts';
import {
  jumpWingsOfSvi,
  ssviLikeJumpWings,
  sviButterfly,
  sviOfJumpWings,
  sviOfSsvi,
  sviTotalVariance,
} from './svi.ts';
import type { RawSvi } from './svi.ts';

/** A. Vogt's example: Gatheral and Jacquier (2014), section 3.1 and example 5.1. */
const VOGT: RawSvi = { a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, sigma: 0.4153 };

const slices = fc.record({
  level: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
  b: fc.double({ min: 1e-3, max: 0.5, noNaN: true }),
  rho: fc.double({ min: -0.95, max: 0.95, noNaN: true }),
  m: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  sigma: fc.double({ min: 0.02, max: 1, noNaN: true }),
});

describe("Vogt's example", () => {
  it('has the published SVI-JW form', () => {
    const wings = jumpWingsOfSvi(VOGT, 1);
    expect(wings.v).toBeCloseTo(0.017426252555159116, 14);
    expect(wings.psi).toBeCloseTo(-0.1752111408091251, 13);
    expect(wings.p).toBeCloseTo(0.6997381041168087, 13);
    expect(wings.c).toBeCloseTo(1.3167982189863865, 13);
    expect(wings.vTilde).toBeCloseTo(0.011624903235477872, 14);
  });

  it('has butterflies between 0.6424 and 1.2569, at worst -0.0328636 at 0.879263', () => {
    expect(sviButterfly(VOGT, 0.879263)).toBeCloseTo(-0.03286357345353284, 12);
    expect(sviButterfly(VOGT, 0)).toBeCloseTo(1.03864973, 8);
    expect(sviButterfly(VOGT, 0.5)).toBeCloseTo(0.06937921, 8);
    expect(sviButterfly(VOGT, 1)).toBeCloseTo(-0.0277417, 8);
    for (const [inside, outside] of [
      [0.64241, 0.6424],
      [1.25691, 1.25693],
    ] as const) {
      expect(sviButterfly(VOGT, inside)).toBeLessThan(0);
      expect(sviButterfly(VOGT, outside)).toBeGreaterThan(0);
    }
  });

  it("is repaired by c' = 0.3493158 and vTilde' = 0.01548182", () => {
    const wings = ssviLikeJumpWings(jumpWingsOfSvi(VOGT, 1));
    expect(wings.c).toBeCloseTo(0.3493158224985585, 13);
    expect(wings.vTilde).toBeCloseTo(0.015481824840731183, 14);
    const repaired = sviOfJumpWings(wings, 1);
    for (let k = -3; k <= 3; k += 0.01) expect(sviButterfly(repaired, k)).toBeGreaterThan(0);
  });
});

describe('SVI', () => {
  it('comes back from its SVI-JW form', () => {
    fc.assert(
      fc.property(slices, fc.double({ min: 0.01, max: 3, noNaN: true }), (slice, years) => {
        const { level, b, rho, m, sigma } = slice;
        const a = level - b * sigma * Math.sqrt(1 - rho * rho);
        const raw = { a, b, rho, m, sigma };
        const again = sviOfJumpWings(jumpWingsOfSvi(raw, years), years);
        for (const k of [-0.8, -0.2, 0, 0.1, 0.5]) {
          const w = sviTotalVariance(raw, k);
          // The form is ill conditioned where the gap between v and vTilde nearly vanishes.
          if (sviTotalVariance(raw, 0) - level < 1e-6) continue;
          expect(Math.abs(sviTotalVariance(again, k) / w - 1)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('comes back from its SVI-JW form with its lowest point at the money', () => {
    const raw: RawSvi = { a: 0.01, b: 0.1, rho: -0.4, m: 0, sigma: 0.2 };
    const again = sviOfJumpWings(jumpWingsOfSvi(raw, 0.5), 0.5);
    expect(again.sigma).toBeCloseTo(0.2, 12);
    expect(again.a).toBeCloseTo(0.01, 12);
  });

  it('holds SSVI as a special case', () => {
    for (const k of [-0.3, -0.1, -0.05, 0, 0.05, 0.1]) {
      const phi = 1.25 / Math.sqrt(0.0011);
      expect(sviTotalVariance(sviOfSsvi(0.0011, -0.65, 0.0011 * phi), k)).toBeCloseTo(
        ssviTotalVariance(k, 0.0011, -0.65, phi),
        15,
      );
    }
  });

  it('is a + b sigma at k = m', () => {
    const raw: RawSvi = { a: -0.0666, b: 0.229, rho: 0.439, m: 0.193, sigma: 0.337 };
    expect(sviTotalVariance(raw, 0.193)).toBeCloseTo(-0.0666 + 0.229 * 0.337, 15);
  });
});
