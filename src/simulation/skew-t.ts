import { createStudentTable, studentPeak, studentQuantile } from './student-quantile.ts';
import type { StudentTable } from './student-quantile.ts';

/** Hansen's skewed Student t with mean 0 and variance 1, ready to draw from. */
export interface SkewT {
  readonly skew: number;
  /** Location and scale that standardise the two halves. */
  readonly a: number;
  readonly b: number;
  /** Mean of the positive part; the negative part has minus that. */
  readonly meanPositive: number;
  readonly table: StudentTable;
}

/**
 * Hansen's skewed Student t.
 *
 * Domain: shape > 2, -1 < skew < 1. Source: Hansen (1994), International Economic Review 35,
 * eqs. (10)-(13).
 */
export function createSkewT(shape: number, skew: number): SkewT {
  const { a, b, c } = skewTConstants(shape, skew);
  const meanPositive = positiveMean({ shape, skew, a, b, c });
  return { skew, a, b, meanPositive, table: createStudentTable(shape) };
}

/** Location a and scale b that standardise the law, and the peak c of its Student t. */
export interface SkewTConstants {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * Constants of the density b c (1 + ((b z + a) / (1 +- skew))^2 / (shape - 2))^(-(shape + 1) / 2).
 *
 * Source: Hansen (1994), eqs. (10)-(13).
 */
export function skewTConstants(shape: number, skew: number): SkewTConstants {
  const c = studentPeak(shape) * Math.sqrt(shape / (shape - 2));
  const a = (4 * skew * c * (shape - 2)) / (shape - 1);
  return { a, b: Math.sqrt(1 + 3 * skew * skew - a * a), c };
}

/** Quantile of the law. Domain: p in (0, 1); NaN passes through. */
export function skewTQuantile(law: SkewT, p: number): number {
  const left = 1 - law.skew;
  const right = 1 + law.skew;
  const raw =
    p < left / 2
      ? left * studentQuantile(law.table, p / left)
      : right * studentQuantile(law.table, 0.5 + (p - left / 2) / right);
  return (raw - law.a) / law.b;
}

interface HansenConstants {
  readonly shape: number;
  readonly skew: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Integral of z times the density over z > 0, by Simpson's rule; accuracy 1e-9. */
function positiveMean(law: HansenConstants): number {
  const steps = 8000;
  const width = 60 / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i += 1) {
    const z = i * width;
    const raw = law.b * z + law.a;
    const side = raw < 0 ? 1 - law.skew : 1 + law.skew;
    const base = 1 + (raw / side) ** 2 / (law.shape - 2);
    const density = law.b * law.c * base ** (-(law.shape + 1) / 2);
    let weight = i % 2 === 0 ? 2 : 4;
    if (i === 0 || i === steps) weight = 1;
    sum += weight * z * density;
  }
  return (sum * width) / 3;
}
