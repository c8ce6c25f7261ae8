import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSquares } from './least-squares.ts';

function kind(design: number[], response: number[], columns: number): string {
  const fit = leastSquares(design, response, columns);
  return fit.ok ? 'ok' : fit.error.kind;
}

describe('leastSquares', () => {
  it("fits Anscombe's first set", () => {
    // Anscombe (1973): intercept 3.0001 (1.1247), slope 0.5001 (0.1179), R^2 0.6665, s 1.237.
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const fit = leastSquares(
      x.flatMap((each) => [1, each]),
      y,
      2,
    );
    if (!fit.ok) throw new Error(fit.error.kind);
    expect(fit.value.coefficients[0]).toBeCloseTo(3.00009, 5);
    expect(fit.value.coefficients[1]).toBeCloseTo(0.50009, 5);
    expect(fit.value.standardErrors[0]).toBeCloseTo(1.12475, 5);
    expect(fit.value.standardErrors[1]).toBeCloseTo(0.11791, 5);
    expect(fit.value.rSquared).toBeCloseTo(0.66654, 5);
    expect(fit.value.residualStandardDeviation).toBeCloseTo(1.2366, 4);
  });

  it('recovers four coefficients of an exact linear model', () => {
    const coefficient = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(coefficient, coefficient, coefficient, coefficient), (truth) => {
        const design: number[] = [];
        const response: number[] = [];
        for (let row = 0; row < 12; row += 1) {
          const columns = [1, row, Math.sin(row), row * row];
          design.push(...columns);
          response.push(columns.reduce((sum, each, i) => sum + each * (truth[i] ?? 0), 0));
        }
        const fit = leastSquares(design, response, 4);
        if (!fit.ok) throw new Error(fit.error.kind);
        for (const [i, each] of truth.entries()) {
          expect(fit.value.coefficients[i]).toBeCloseTo(each, 9);
        }
      }),
    );
  });

  it('keeps digits where normal equations lose them', () => {
    // Lauchli: columns that differ by 1e-7 only; the cross products are singular in doubles.
    const tiny = 1e-7;
    const fit = leastSquares([1, 1, tiny, 0, 0, tiny], [2, tiny, tiny], 2);
    expect(fit.ok && fit.value.coefficients[0]).toBeCloseTo(1, 6);
  });

  it('interpolates without standard errors when rows and columns are as many', () => {
    const fit = leastSquares([1, 0, 1, 1], [3, 5], 2);
    if (!fit.ok) throw new Error(fit.error.kind);
    expect(fit.value.coefficients[1]).toBeCloseTo(2, 14);
    expect(fit.value.residualStandardDeviation).toBeNaN();
  });

  it('refuses what has no single answer', () => {
    expect(kind([1, 2, 3], [1, 2], 2)).toBe('shape-mismatch');
    expect(kind([1, 2], [1], 2)).toBe('too-few-rows');
    expect(kind([1, Number.NaN], [1, 2], 1)).toBe('not-finite');
    const dependent = leastSquares([1, 2, 1, 2, 1, 2], [1, 2, 3], 2);
    expect(dependent).toEqual({ ok: false, error: { kind: 'rank-deficient', column: 1 } });
  });
});
