import { describe, expect, it } from 'vitest';
import {
  autocorrelations,
  autocovariances,
  effectiveSampleSize,
  longRunVariance,
} from './autocorrelation.ts';
import { lcgNormals } from './lcg-series.fixture.ts';

/** x_t = phi x_{t−1} + z_t. */
function autoregressive(phi: number, count: number): Float64Array {
  let last = 0;
  return lcgNormals(42, count).map((z) => {
    last = phi * last + z;
    return last;
  });
}

describe('autocorrelations', () => {
  it('of 1, 2, 3, 4: covariances with divisor n', () => {
    expect([...autocovariances([1, 2, 3, 4], 3)]).toEqual([1.25, 0.3125, -0.375, -0.5625]);
    expect([...autocorrelations([1, 2, 3, 4], 1)]).toEqual([0.25]);
    expect([...autocovariances([1, 2], 3)].slice(2)).toEqual([0, 0]);
  });

  it('are powers of phi for a first-order autoregression', () => {
    const [first = Number.NaN, second = Number.NaN] = autocorrelations(
      autoregressive(0.6, 50_000),
      2,
    );
    expect(first).toBeCloseTo(0.6, 2);
    expect(second).toBeCloseTo(0.36, 2);
  });

  it('are NaN without variation', () => {
    expect(autocorrelations([2, 2, 2], 1)[0]).toBeNaN();
    expect(effectiveSampleSize([2, 2, 2])).toBeNaN();
    expect(effectiveSampleSize([2])).toBeNaN();
  });
});

describe('effectiveSampleSize', () => {
  it('is n (1 − phi) / (1 + phi) for a first-order autoregression', () => {
    const count = 20_000;
    expect(effectiveSampleSize(autoregressive(0.5, count)) / count).toBeCloseTo(1 / 3, 1);
    expect(effectiveSampleSize(autoregressive(0, count)) / count).toBeCloseTo(1, 1);
  });

  it('divides by the length of runs that repeat each value', () => {
    const z = lcgNormals(7, 1000);
    const repeated = Float64Array.from(
      { length: 10_000 },
      (_unused, i) => z[Math.floor(i / 10)] ?? 0,
    );
    const size = effectiveSampleSize(repeated);
    expect(size).toBeGreaterThan(800);
    expect(size).toBeLessThan(1200);
  });
});

describe('longRunVariance', () => {
  it('is the variance at bandwidth 0 and 1 / (1 − phi)^2 for an autoregression', () => {
    expect(longRunVariance([1, 2, 3, 4], 0)).toBe(1.25);
    expect(longRunVariance(autoregressive(0.5, 50_000), 60) / 4).toBeCloseTo(1, 1);
  });
});
