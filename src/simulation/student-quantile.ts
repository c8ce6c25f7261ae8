import { normalCdf, normalInverse, normalPdf } from '../math/normal.ts';

/** Beyond this normal score a uniform on a grid of 2^-32 never goes. */
const SCORE_MAX = 6.5;
const STEPS_PER_UNIT = 64;
const SUBSTEPS = 8;

/**
 * A Student t of a given shape as a function of the standard normal of the same rank, tabulated:
 * value and slope at equal steps, for cubic interpolation.
 */
export interface StudentTable {
  readonly shape: number;
  readonly value: Float64Array;
  readonly slope: Float64Array;
}

/**
 * Table of a Student t scaled to variance 1.
 *
 * Domain: shape > 2. Accuracy: relative 1e-8 of the quantile for ranks in [2^-33, 1 - 2^-33].
 * Source: dt/dz = n(z) / f(t) by classical Runge-Kutta, from the far tail inwards: errors shrink on
 * that way and grow as t^shape on the other.
 */
export function createStudentTable(shape: number): StudentTable {
  const count = SCORE_MAX * STEPS_PER_UNIT + 2;
  const table = { shape, value: new Float64Array(count), slope: new Float64Array(count) };
  const unit = Math.sqrt((shape - 2) / shape);
  const peak = studentPeak(shape);
  const slopeAt = (z: number, t: number): number =>
    (normalPdf(z) / peak) * (1 + (t * t) / shape) ** ((shape + 1) / 2);
  const h = 1 / (STEPS_PER_UNIT * SUBSTEPS);
  let t = tailQuantile(shape, peak, (count - 1) / STEPS_PER_UNIT);
  for (let i = count - 1; i >= 0; i -= 1) {
    table.value[i] = unit * t;
    table.slope[i] = (unit * slopeAt(i / STEPS_PER_UNIT, t)) / STEPS_PER_UNIT;
    for (let j = 0; j < SUBSTEPS; j += 1) {
      const z = i / STEPS_PER_UNIT - j * h;
      const k1 = slopeAt(z, t);
      const k2 = slopeAt(z - h / 2, t - (h / 2) * k1);
      const k3 = slopeAt(z - h / 2, t - (h / 2) * k2);
      const k4 = slopeAt(z - h, t - h * k3);
      t -= (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
    }
  }
  return table;
}

/** Quantile of the tabulated Student t (variance 1). Domain: p in (0, 1); NaN passes through. */
export function studentQuantile(table: StudentTable, p: number): number {
  const score = normalInverse(p);
  const place = Math.min(Math.abs(score), SCORE_MAX) * STEPS_PER_UNIT;
  const i = Math.floor(place);
  const s = place - i;
  const v0 = table.value[i] ?? Number.NaN;
  const v1 = table.value[i + 1] ?? Number.NaN;
  const d0 = table.slope[i] ?? Number.NaN;
  const d1 = table.slope[i + 1] ?? Number.NaN;
  const rise = v1 - v0;
  const size = v0 + s * (d0 + s * (3 * rise - 2 * d0 - d1 + s * (d0 + d1 - 2 * rise)));
  return score < 0 ? -size : size;
}

/** Unscaled quantile with upper tail N(-score): Newton on the logarithm of the tail series. */
function tailQuantile(shape: number, peak: number, score: number): number {
  const target = Math.log(normalCdf(-score));
  // P(T > t) = w^(shape/2) peak / sqrt(shape) (1 + ...), w = shape / (shape + t^2): DLMF 8.17.7.
  let logW = (2 / shape) * (target - Math.log(peak / Math.sqrt(shape)));
  for (let step = 0; step < 20; step += 1) {
    const w = Math.exp(logW);
    let factor = 1;
    let series = 1;
    for (let k = 1; k < 40; k += 1) {
      factor *= (w * (k - 0.5)) / k;
      series += (factor * shape) / (shape + 2 * k);
    }
    const log = (shape / 2) * logW + Math.log((peak / Math.sqrt(shape)) * series);
    logW -= (2 / shape) * (log - target);
  }
  return Math.sqrt(shape * (Math.exp(-logW) - 1));
}

/** Density of the unscaled Student t at 0. */
export function studentPeak(shape: number): number {
  const ratio = Math.exp(logGamma((shape + 1) / 2) - logGamma(shape / 2));
  return ratio / Math.sqrt(Math.PI * shape);
}

/** ln Gamma for x > 0. Source: Lanczos (1964), g = 7. */
function logGamma(x: number): number {
  let series = 0.99999999999980993;
  for (const [i, coefficient] of LANCZOS.entries()) series += coefficient / (x + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

const LANCZOS: readonly number[] = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
