import {
  complex,
  complexExp,
  complexLog,
  complexSqrt,
  faddeeva,
  over,
  plus,
  scaled,
  times,
} from '../math/complex.ts';
import type { Complex } from '../math/complex.ts';
import { gaussLegendre } from '../math/gauss-legendre.ts';
import type { Quadrature } from '../math/gauss-legendre.ts';
import { svcjMeanJump } from './svcj.ts';
import type { SvcjParameters } from './svcj.ts';

const RULE: Quadrature = gaussLegendre(32);
const FUTURE_PANELS = 48;
const CALL_PANELS = 400;
/** Share of the way to the pole at which the contour of a call runs. */
const CONTOUR = 0.4;
/** Length of the contour, in units of its distance from the axis. */
const CONTOUR_LENGTH = 4000;
const VIX_YEARS: number = 30 / 365;

/** VIX^2 / 100^2 = slope V + intercept. */
export interface VixLine {
  readonly slope: number;
  readonly intercept: number;
}

/** How VIX hangs on V: twice the log contract over 30 days, jumps included. */
export function svcjVixLine(p: SvcjParameters): VixLine {
  const slope = -Math.expm1(-p.kappa * VIX_YEARS) / (p.kappa * VIX_YEARS);
  const rest = p.theta + (p.jumpIntensity * p.volJump) / p.kappa;
  const convexity = svcjMeanJump(p) - (p.jumpMean + p.jumpSlope * p.volJump);
  return { slope, intercept: rest * (1 - slope) + 2 * p.jumpIntensity * convexity };
}

/** VIX today, VIX points. */
export function svcjVix(p: SvcjParameters, variance: number): number {
  const { slope, intercept } = svcjVixLine(p);
  return 100 * Math.sqrt(slope * variance + intercept);
}

/**
 * ln E[e^(-s V)] after `years`.
 *
 * Domain: Re s > -1 / max(sigma^2 (1 - e^(-kappa years)) / (2 kappa), volJump); volJump must differ from
 * sigma^2 / (2 kappa), where the form has a removable gap.
 * Source: Duffie, Pan, Singleton (2000), affine transform of V alone.
 */
export function svcjLogLaplace(
  p: SvcjParameters,
  variance: number,
  years: number,
  s: Complex,
): Complex {
  const c = (p.sigma * p.sigma) / (2 * p.kappa);
  const faded = Math.exp(-p.kappa * years);
  const one = complex(1);
  const spread = plus(one, scaled(s, c * (1 - faded)));
  const start = scaled(over(s, spread), -faded * variance);
  const level = scaled(complexLog(spread), -p.theta / c);
  if (p.jumpIntensity === 0 || p.volJump === 0) return plus(start, level);
  const high = plus(one, scaled(s, p.volJump));
  const low = plus(one, scaled(s, c + (p.volJump - c) * faded));
  const power = (-p.jumpIntensity * p.volJump) / (p.kappa * (p.volJump - c));
  return plus(start, level, scaled(complexLog(over(high, low)), power));
}

/**
 * VIX future E[VIX] after `years`, VIX points.
 *
 * Accuracy: 1e-8. Source: sqrt(x) = (1 / (2 sqrt(pi))) times the integral of (1 - e^(-s x)) s^(-3/2)
 * over s > 0 (Zhu and Lian 2012), on s = t^2.
 */
export function svcjVixFuture(p: SvcjParameters, variance: number, years: number): number {
  const { slope, intercept } = svcjVixLine(p);
  // Beyond `end` the transform is below e^-40 and what is left is the integral of 1 / t^2.
  const end = Math.sqrt(40 / intercept);
  const half = end / (2 * FUTURE_PANELS);
  let sum = 0;
  for (let panel = 0; panel < FUTURE_PANELS; panel += 1) {
    for (let node = 0; node < RULE.nodes.length; node += 1) {
      const t = half * (2 * panel + 1 + (RULE.nodes[node] ?? Number.NaN));
      const log = svcjLogLaplace(p, variance, years, complex(slope * t * t)).re;
      sum += ((RULE.weights[node] ?? Number.NaN) * -Math.expm1(log - intercept * t * t)) / (t * t);
    }
  }
  return (100 / Math.sqrt(Math.PI)) * (sum * half + 1 / end);
}

/**
 * Undiscounted call on VIX, VIX points.
 *
 * Domain: strike > 0 in VIX points, years > 0, sigma > 0. Accuracy: 1e-7 for a month.
 * Source: Fourier inversion of (sqrt(x) - k)^+ = transform with erfc(k sqrt(phi)), Sepp (2008).
 */
export function svcjVixCall(
  p: SvcjParameters,
  variance: number,
  contract: { readonly strike: number; readonly years: number },
): number {
  const { slope, intercept } = svcjVixLine(p);
  const { years } = contract;
  const c = (p.sigma * p.sigma) / (2 * p.kappa);
  const pole = 1 / (slope * Math.max(c * -Math.expm1(-p.kappa * years), p.volJump));
  const right = CONTOUR * pole;
  const half = Math.asinh(CONTOUR_LENGTH) / (2 * CALL_PANELS);
  const k = contract.strike / 100;
  let sum = 0;
  for (let panel = 0; panel < CALL_PANELS; panel += 1) {
    for (let node = 0; node < RULE.nodes.length; node += 1) {
      const y = half * (2 * panel + 1 + (RULE.nodes[node] ?? Number.NaN));
      const phi = complex(right, right * Math.sinh(y));
      const root = complexSqrt(phi);
      // erfc(z) = e^(-z^2) w(i z): the exponents are added before they are taken.
      const log = svcjLogLaplace(p, variance, years, scaled(phi, -slope));
      const size = complexExp(plus(log, scaled(phi, intercept - k * k)));
      const tail = faddeeva(complex(-k * root.im, k * root.re));
      const value = over(times(size, tail), times(phi, root));
      sum += (RULE.weights[node] ?? Number.NaN) * value.re * right * Math.cosh(y);
    }
  }
  return (50 / Math.sqrt(Math.PI)) * sum * half;
}
