import { ssviPhi, ssviVarianceSwap } from '../kernels/ssvi.ts';

/** Domain of a scale table: SSVI rho, eta and the root of total variance of the index. */
export interface VarianceSwapDomain {
  readonly rho: number;
  readonly etaMin: number;
  readonly etaMax: number;
  /** Largest index level times sqrt(T), dimensionless: 150 points over half a year = 1.06. */
  readonly rootVarianceMax: number;
}

/**
 * Chebyshev coefficients of the scale c(eta, rootVariance) with theta = (c rootVariance)^2: what
 * turns a VIX-like level into at-the-money total variance without a root search.
 *
 * Shape: [eta][rootVariance], row-major.
 */
export interface VarianceSwapTable extends VarianceSwapDomain {
  readonly coefficients: Float64Array;
}

const ETA_TERMS = 10;
const ROOT_TERMS = 6;

/**
 * At-the-money total variance theta of the SSVI slice whose variance swap has the given total
 * variance; NaN where the inputs are not positive.
 *
 * Accuracy: relative 1e-13 of the swap variance. The swap is close to proportional to theta at
 * fixed eta, so the proportional update converges in a few steps.
 */
export function solveVarianceSwap(variance: number, rho: number, eta: number): number {
  let theta = variance;
  for (let step = 0; step < 40; step += 1) {
    const ratio = variance / ssviVarianceSwap(theta, rho, ssviPhi(theta, eta));
    theta *= ratio;
    if (!(Math.abs(ratio - 1) > 1e-13)) break;
  }
  return theta;
}

/** Scale table over a domain: Chebyshev interpolation of the exact root at 60 points. */
export function createVarianceSwapTable(domain: VarianceSwapDomain): VarianceSwapTable {
  const values = new Float64Array(ETA_TERMS * ROOT_TERMS);
  for (let i = 0; i < ETA_TERMS; i += 1) {
    const eta = unscale(chebyshevNode(i, ETA_TERMS), domain.etaMin, domain.etaMax);
    for (let j = 0; j < ROOT_TERMS; j += 1) {
      const root = unscale(chebyshevNode(j, ROOT_TERMS), 0, domain.rootVarianceMax);
      values[i * ROOT_TERMS + j] =
        Math.sqrt(solveVarianceSwap(root * root, domain.rho, eta)) / root;
    }
  }
  return { ...domain, coefficients: chebyshevCoefficients(values) };
}

/**
 * Scale c with theta = (c rootVariance)^2; rootVariance = index level / 100 * sqrt(T).
 *
 * Domain: the table's; beyond its edges the value at the edge. NaN passes through.
 * Accuracy: relative 1e-6 of the exact root inside the domain.
 */
export function varianceSwapScale(
  table: VarianceSwapTable,
  eta: number,
  rootVariance: number,
): number {
  const { coefficients } = table;
  const x = scale(eta, table.etaMin, table.etaMax);
  const y = scale(rootVariance, 0, table.rootVarianceMax);
  let outer1 = 0;
  let outer2 = 0;
  for (let i = ETA_TERMS - 1; i >= 0; i -= 1) {
    let inner1 = 0;
    let inner2 = 0;
    const base = i * ROOT_TERMS;
    for (let j = ROOT_TERMS - 1; j > 0; j -= 1) {
      const next = 2 * y * inner1 - inner2 + (coefficients[base + j] ?? Number.NaN);
      inner2 = inner1;
      inner1 = next;
    }
    const row = y * inner1 - inner2 + (coefficients[base] ?? Number.NaN);
    if (i === 0) return x * outer1 - outer2 + row;
    const next = 2 * x * outer1 - outer2 + row;
    outer2 = outer1;
    outer1 = next;
  }
  return Number.NaN;
}

function chebyshevNode(index: number, terms: number): number {
  return Math.cos((Math.PI * (index + 0.5)) / terms);
}

function chebyshevCoefficients(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let p = 0; p < ETA_TERMS; p += 1) {
    for (let q = 0; q < ROOT_TERMS; q += 1) {
      let sum = 0;
      for (let i = 0; i < ETA_TERMS; i += 1) {
        const weight = Math.cos((Math.PI * p * (i + 0.5)) / ETA_TERMS);
        for (let j = 0; j < ROOT_TERMS; j += 1) {
          const value = values[i * ROOT_TERMS + j] ?? Number.NaN;
          sum += value * weight * Math.cos((Math.PI * q * (j + 0.5)) / ROOT_TERMS);
        }
      }
      const norm = (p === 0 ? 1 : 2) * (q === 0 ? 1 : 2);
      out[p * ROOT_TERMS + q] = (sum * norm) / (ETA_TERMS * ROOT_TERMS);
    }
  }
  return out;
}

/** Place in [-1, 1], held at the ends; NaN stays NaN. */
function scale(value: number, min: number, max: number): number {
  return Math.min(1, Math.max(-1, (2 * (value - min)) / (max - min) - 1));
}

function unscale(place: number, min: number, max: number): number {
  return min + 0.5 * (place + 1) * (max - min);
}
