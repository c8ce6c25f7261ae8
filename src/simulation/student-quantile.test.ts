import { describe, expect, it } from 'vitest';
import { createStudentTable, studentPeak, studentQuantile } from './student-quantile.ts';

describe('studentQuantile', () => {
  // Student's t quantiles, standard tables to 4 digits (12 degrees of freedom), scaled to variance 1.
  it.each([
    [0.9, 1.3562],
    [0.95, 1.7823],
    [0.975, 2.1788],
    [0.99, 2.681],
    [0.995, 3.0545],
    [0.9995, 4.3178],
  ])('at %d with 12 degrees of freedom is %d', (p, quantile) => {
    const table = createStudentTable(12);
    const unscaled = studentQuantile(table, p) / Math.sqrt(10 / 12);
    expect(Math.abs(unscaled - quantile)).toBeLessThan(5e-5);
    expect(studentQuantile(table, 1 - p)).toBeCloseTo(-studentQuantile(table, p), 10);
  });

  it('agrees with the closed form at 4 degrees of freedom into the far tail', () => {
    // Shaw (2006): t(p) = sign(p - 1/2) 2 sqrt(q - 1), q = cos(acos(sqrt a) / 3) / sqrt a, a = 4 p (1 - p).
    const table = createStudentTable(4);
    for (const p of [0.3, 0.499, 0.03, 1e-3, 1e-5, 1e-7, 1e-9, 2 ** -33]) {
      const a = 4 * p * (1 - p);
      const q = Math.cos(Math.acos(Math.sqrt(a)) / 3) / Math.sqrt(a);
      const exact = -2 * Math.sqrt(q - 1) * Math.sqrt(0.5);
      expect(Math.abs(studentQuantile(table, p) / exact - 1)).toBeLessThan(1e-8);
    }
  });

  it('has the density of the Cauchy law at 1 degree of freedom', () => {
    expect(studentPeak(1)).toBeCloseTo(1 / Math.PI, 12);
  });

  it('is 0 in the middle and lets NaN through', () => {
    const table = createStudentTable(4.5);
    expect(studentQuantile(table, 0.5)).toBeCloseTo(0, 12);
    expect(studentQuantile(table, Number.NaN)).toBeNaN();
  });
});
