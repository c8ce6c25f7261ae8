import { gaussLegendre } from '../math/gauss-legendre.ts';
import type { Quadrature } from '../math/gauss-legendre.ts';

/**
 * A log-level driven by two Ornstein-Uhlenbeck factors, the fast one with compensated exponential
 * jumps: ln V = logLevel + x + y, dx = -kappa1 x dt + sigma1 dW1 + dJ - lambda mu dt,
 * dy = -kappa2 y dt + sigma2 dW2. Rates per year; jump sizes are exponential with mean jumpMean.
 */
export interface Lv2jParameters {
  readonly kappa1: number;
  readonly kappa2: number;
  readonly sigma1: number;
  readonly sigma2: number;
  readonly correlation: number;
  readonly jumpIntensity: number;
  readonly jumpMean: number;
  readonly logLevel: number;
}

const PANELS = 32;
const RULE: Quadrature = gaussLegendre(16);
/** The transform is cut where its Gaussian part alone is below e^-40. */
const CUT = 40;

/** Variance V_g of the Gaussian part of ln V after `years`. */
export function lv2jVariance(p: Lv2jParameters, years: number): number {
  return (
    p.sigma1 * p.sigma1 * decayMean(2 * p.kappa1, years) +
    p.sigma2 * p.sigma2 * decayMean(2 * p.kappa2, years) +
    2 * p.correlation * p.sigma1 * p.sigma2 * decayMean(p.kappa1 + p.kappa2, years)
  );
}

/**
 * Log moment Lambda_z = ln E exp(z J) of the decayed and compensated jumps J after `years`.
 *
 * Domain: jumpMean z < 1. Source: compound Poisson with exponential sizes, exact.
 */
export function lv2jJumpCumulant(p: Lv2jParameters, z: number, years: number): number {
  return rawCumulant(p, z, years) - z * p.jumpIntensity * p.jumpMean * decayMean(p.kappa1, years);
}

/** ln E[V] after `years` from the state x = y = 0. */
export function lv2jLogMean(p: Lv2jParameters, years: number): number {
  return p.logLevel + 0.5 * lv2jVariance(p, years) + lv2jJumpCumulant(p, 1, years);
}

/** E[V] after `years` from the state (x, y): the future on V. */
export function lv2jFuture(p: Lv2jParameters, x: number, y: number, years: number): number {
  return Math.exp(lv2jLogMean(p, years) + decayedState(p, x, y, years));
}

/** ln E[V^2] after `years` from the state x = y = 0. Domain: 2 jumpMean < 1. */
export function lv2jLogSquare(p: Lv2jParameters, years: number): number {
  return 2 * (p.logLevel + lv2jVariance(p, years)) + lv2jJumpCumulant(p, 2, years);
}

/** E[V^2] after `years` from the state (x, y). Domain: 2 jumpMean < 1. */
export function lv2jSquare(p: Lv2jParameters, x: number, y: number, years: number): number {
  return Math.exp(lv2jLogSquare(p, years) + 2 * decayedState(p, x, y, years));
}

/**
 * Root of the mean of E[V^2] over 30-day blocks up to `days`, from the state (x, y): an index of
 * the VIX family when V is the 30-day one. `front` is V^2 today, in place of the first block.
 *
 * Domain: days >= 30; the last block is stretched to the window's end.
 */
export function lv2jTermIndex(
  p: Lv2jParameters,
  x: number,
  y: number,
  days: number,
  front: number,
): number {
  const blocks = Math.floor(days / 30);
  let sum = 0;
  for (let block = 0; block < blocks; block += 1) {
    const width = block === blocks - 1 ? days - 30 * block : 30;
    sum += width * (block === 0 ? front : lv2jSquare(p, x, y, (30 * block) / 365));
  }
  return Math.sqrt(sum / days);
}

/** Volatility of the log contract on V over `years` (what the VIX formula gives on its options). */
export function lv2jLogContractVol(p: Lv2jParameters, years: number): number {
  return Math.sqrt((lv2jVariance(p, years) + 2 * lv2jJumpCumulant(p, 1, years)) / years);
}

/**
 * Undiscounted call on V over its future, C / F, as a function of strike over future.
 *
 * Units: moneyness = K / F > 0, years > 0. Accuracy: 1e-11 absolute for moneyness in [0.5, 3] and
 * a week to a year.
 * Source: Lewis (2001), integral along Im u = -1/2, on u = sinh(s) / 2, Gauss-Legendre panels.
 */
export function lv2jCall(p: Lv2jParameters, moneyness: number, years: number): number {
  const variance = lv2jVariance(p, years);
  const logMoneyness = Math.log(moneyness);
  const decay = Math.exp(-p.kappa1 * years);
  const drift = rawCumulant(p, 1, years);
  const end = Math.asinh(2 * Math.sqrt((2 * CUT) / variance));
  const half = end / (2 * PANELS);
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel += 1) {
    for (let node = 0; node < RULE.nodes.length; node += 1) {
      const s = half * (2 * panel + 1 + (RULE.nodes[node] ?? Number.NaN));
      const u = 0.5 * Math.sinh(s);
      const full = 1 - 0.5 * p.jumpMean;
      const faded = 1 - 0.5 * p.jumpMean * decay;
      const logSize =
        0.5 * Math.log(faded ** 2 + (p.jumpMean * decay * u) ** 2) -
        0.5 * Math.log(full ** 2 + (p.jumpMean * u) ** 2);
      const angle = Math.atan2(p.jumpMean * u, full) - Math.atan2(p.jumpMean * decay * u, faded);
      const rate = p.jumpIntensity / p.kappa1;
      const real = -0.5 * variance * (u * u + 0.25) + rate * logSize - 0.5 * drift;
      const phase = rate * angle - u * (drift + logMoneyness);
      sum +=
        ((RULE.weights[node] ?? Number.NaN) * 2 * Math.exp(real) * Math.cos(phase)) / Math.cosh(s);
    }
  }
  return 1 - (Math.sqrt(moneyness) / Math.PI) * sum * half;
}

/** Log moment of the jumps without the compensator. */
function rawCumulant(p: Lv2jParameters, z: number, years: number): number {
  const faded = Math.log1p(-p.jumpMean * Math.exp(-p.kappa1 * years) * z);
  return (p.jumpIntensity / p.kappa1) * (faded - Math.log1p(-p.jumpMean * z));
}

function decayedState(p: Lv2jParameters, x: number, y: number, years: number): number {
  return Math.exp(-p.kappa1 * years) * x + Math.exp(-p.kappa2 * years) * y;
}

/** (1 - e^{-rate years}) / rate. */
function decayMean(rate: number, years: number): number {
  return -Math.expm1(-rate * years) / rate;
}
