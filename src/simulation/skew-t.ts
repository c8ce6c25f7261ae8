/** Constants of Hansen's standardised skew-t for one shape and skew. */
export interface SkewT {
  readonly shape: number;
  readonly skew: number;
  readonly a: number;
  readonly b: number;
  /** Mean of the positive part; the negative part has minus that. */
  readonly meanPositive: number;
}

/**
 * Hansen's skewed Student t with mean 0 and variance 1.
 *
 * Domain: shape > 2, -1 < skew < 1. Source: Hansen (1994), International Economic Review 35.
 */
export function createSkewT(shape: number, skew: number): SkewT {
  const c =
    Math.exp(logGamma((shape + 1) / 2) - logGamma(shape / 2)) / Math.sqrt(Math.PI * (shape - 2));
  const a = (4 * skew * c * (shape - 2)) / (shape - 1);
  const b = Math.sqrt(1 + 3 * skew * skew - a * a);
  return { shape, skew, a, b, meanPositive: meanPositive({ shape, skew, a, b, c }) };
}

/** A draw from three uniforms in (0, 1). */
export function drawSkewT(law: SkewT, side: number, radius: number, angle: number): number {
  const unit = Math.abs(drawStudent(law.shape, radius, angle));
  const left = side < (1 - law.skew) / 2;
  const raw = left ? -(1 - law.skew) * unit : (1 + law.skew) * unit;
  return (raw - law.a) / law.b;
}

/**
 * A Student t of variance 1 from two uniforms in (0, 1).
 *
 * Domain: shape > 2. Source: Bailey (1994), Mathematics of Computation 62.
 */
export function drawStudent(shape: number, radius: number, angle: number): number {
  const t = Math.sqrt(shape * (radius ** (-2 / shape) - 1)) * Math.cos(2 * Math.PI * angle);
  return t * Math.sqrt((shape - 2) / shape);
}

function meanPositive(law: {
  readonly shape: number;
  readonly skew: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}): number {
  const density = (z: number): number => {
    const raw = law.b * z + law.a;
    const side = raw < 0 ? 1 - law.skew : 1 + law.skew;
    const square = (raw / side) ** 2 / (law.shape - 2);
    return law.b * law.c * (1 + square) ** (-(law.shape + 1) / 2);
  };
  const steps = 20_000;
  const width = 60 / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i += 1) {
    const z = i * width;
    let weight = i % 2 === 0 ? 2 : 4;
    if (i === 0 || i === steps) weight = 1;
    sum += weight * z * density(z);
  }
  return (sum * width) / 3;
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
