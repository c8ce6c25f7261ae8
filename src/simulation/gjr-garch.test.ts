import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../math/philox.ts';
import { createGjrColumns, filterGjr, fitGjr, nextVariance } from './gjr-garch.ts';
import type { GjrParameters } from './gjr-garch.ts';
import { createSkewT, skewTQuantile } from './skew-t.ts';

const TRUE: GjrParameters = {
  mu: 0.04,
  omega: 0.02,
  alpha: 0.03,
  gamma: 0.12,
  beta: 0.88,
  shape: 7,
  skew: -0.15,
};

/** Returns drawn from a model. */
function drawn(p: GjrParameters, count: number): Float64Array {
  const law = createSkewT(p.shape, p.skew);
  const stream = createRandomStream(21);
  let variance = p.omega / (1 - p.alpha - p.gamma / 2 - p.beta);
  return new Float64Array(count).map((_unused, i) => {
    const shock = Math.sqrt(variance) * skewTQuantile(law, stream.uniform(0, i, 0));
    variance = nextVariance(p, variance, shock);
    return p.mu + shock;
  });
}

const RETURNS = drawn(TRUE, 8000);

describe('the GJR fit', () => {
  it('finds the parameters behind 8,000 drawn returns', () => {
    const { parameters: p } = fitGjr(RETURNS, 'free');
    // Two to three standard errors of the estimates at this length.
    expect(Math.abs(p.mu - TRUE.mu)).toBeLessThan(0.03);
    expect(Math.abs(p.alpha - TRUE.alpha)).toBeLessThan(0.02);
    expect(Math.abs(p.gamma - TRUE.gamma)).toBeLessThan(0.04);
    expect(Math.abs(p.beta - TRUE.beta)).toBeLessThan(0.03);
    expect(Math.abs(p.shape - TRUE.shape)).toBeLessThan(1.5);
    expect(Math.abs(p.skew - TRUE.skew)).toBeLessThan(0.05);
  });

  it('meets the mean variance of the sample when targeted, at little cost in likelihood', () => {
    const free = fitGjr(RETURNS, 'free');
    const { parameters, persistence, logLikelihood } = fitGjr(RETURNS, 'targeted');
    const mean = RETURNS.reduce((sum, value) => sum + value, 0) / RETURNS.length;
    const variance =
      RETURNS.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (RETURNS.length - 1);
    expect(parameters.omega / (1 - persistence)).toBeCloseTo(variance, 4);
    expect(persistence).toBeLessThanOrEqual(0.995);
    expect(free.logLikelihood).toBeGreaterThanOrEqual(logLikelihood);
    expect(free.logLikelihood - logLikelihood).toBeLessThan(3);
  });

  it('is the same every time, and leaves out missing returns', () => {
    const holes = RETURNS.slice(0, 1500);
    holes[700] = Number.NaN;
    const fit = fitGjr(holes, 'free');
    expect(fit).toEqual(fitGjr(holes, 'free'));
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
  });
});

describe('the GJR filter', () => {
  it('gives back returns from variance and residual, and raises variance more after a fall', () => {
    const columns = createGjrColumns(RETURNS.length);
    filterGjr(RETURNS, TRUE, 1, columns);
    for (const i of [0, 1, 500, 7999]) {
      const shock = Math.sqrt(columns.variance[i] ?? 0) * (columns.residual[i] ?? 0);
      expect(TRUE.mu + shock).toBeCloseTo(RETURNS[i] ?? Number.NaN, 12);
    }
    expect(nextVariance(TRUE, 1, -2)).toBeCloseTo(0.02 + 0.15 * 4 + 0.88, 12);
    expect(nextVariance(TRUE, 1, 2)).toBeCloseTo(0.02 + 0.03 * 4 + 0.88, 12);
  });
});
