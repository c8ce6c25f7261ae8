import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76 } from './black76.ts';
import { scenarioPrice } from './scenario-price.ts';

describe('scenarioPrice', () => {
  it('is the price of black76 to 1e-13 of forward and strike', () => {
    const positive = (max: number): fc.Arbitrary<number> =>
      fc.double({ min: 0.01, max, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1),
        positive(10),
        positive(10),
        positive(3),
        (right, f, k, s) => {
          const found = scenarioPrice(right, f, k, s, Math.log(f / k));
          const exact = black76(right, f, k, s);
          expect(Math.abs(found - exact)).toBeLessThanOrEqual(1e-13 * Math.max(f, k));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is intrinsic value without volatility, and NaN where something is unknown', () => {
    expect(scenarioPrice(0, 110, 100, 0, Math.log(1.1))).toBe(10);
    expect(scenarioPrice(1, 110, 100, 0, Math.log(1.1))).toBe(0);
    expect(scenarioPrice(1, 110, 100, Number.NaN, Math.log(1.1))).toBeNaN();
    expect(scenarioPrice(0, Number.NaN, 100, 0.2, Number.NaN)).toBeNaN();
    expect(scenarioPrice(0, 110, 100, -1, Math.log(1.1))).toBeNaN();
  });
});
