import {
  complex,
  complexExp,
  complexLog,
  complexSqrt,
  minus,
  over,
  plus,
  scaled,
  times,
} from '../math/complex.ts';
import type { Complex } from '../math/complex.ts';
import { gaussLegendre } from '../math/gauss-legendre.ts';
import type { Quadrature } from '../math/gauss-legendre.ts';

/**
 * Stochastic volatility with joint jumps under the pricing measure, rates per year:
 * d ln S = (r - q - lambda mu - V/2) dt + sqrt(V) dW1 + J dN, dV = kappa (theta - V) dt +
 * sigma sqrt(V) dW2 + Z dN, Z exponential with mean volJump, J given Z normal with mean
 * jumpMean + jumpSlope Z and standard deviation jumpDeviation.
 *
 * Heston: jumpIntensity = 0. SVJ: volJump = 0 (jumpSlope then means nothing).
 * Source: Heston (1993); Duffie, Pan, Singleton (2000), section 4.
 */
export interface SvcjParameters {
  readonly kappa: number;
  readonly theta: number;
  readonly sigma: number;
  readonly correlation: number;
  readonly jumpIntensity: number;
  readonly jumpMean: number;
  readonly jumpDeviation: number;
  readonly volJump: number;
  readonly jumpSlope: number;
}

const PANELS = 96;
const RULE: Quadrature = gaussLegendre(16);
/** Frequency at which the transform is cut. */
const CUT = 4000;
const ONE: Complex = complex(1);

/** Mean relative jump of S, E[e^J] - 1. Domain: jumpSlope volJump < 1. */
export function svcjMeanJump(p: SvcjParameters): number {
  const size = Math.exp(p.jumpMean + 0.5 * p.jumpDeviation * p.jumpDeviation);
  return size / (1 - p.jumpSlope * p.volJump) - 1;
}

/**
 * E[(S / F)^s] after `years` for a complex power s, F the forward: the characteristic function of
 * ln(S / F) at u is this at s = i u. Units: variance = V today, per year.
 *
 * Source: Duffie, Pan, Singleton (2000), in the form that keeps the logarithm continuous (Albrecher,
 * Mayer, Schoutens, Tistaert 2007, "The little Heston trap").
 */
export function svcjTransform(
  p: SvcjParameters,
  variance: number,
  years: number,
  s: Complex,
): Complex {
  const square = p.sigma * p.sigma;
  const drift = minus(complex(p.kappa), scaled(s, p.correlation * p.sigma));
  const root = complexSqrt(plus(times(drift, drift), scaled(minus(s, times(s, s)), square)));
  const below = scaled(minus(drift, root), 1 / square);
  const above = scaled(plus(drift, root), 1 / square);
  const ratio = over(below, above);
  const faded = complexExp(scaled(root, -years));
  const left = minus(ONE, times(ratio, faded));
  const load = times(below, over(minus(ONE, faded), left));
  const log = complexLog(over(left, minus(ONE, ratio)));
  const level = scaled(minus(scaled(below, years), scaled(log, 2 / square)), p.kappa * p.theta);
  const jumps =
    p.jumpIntensity === 0 ? complex(0) : jumpExponent(p, years, { s, root, below, ratio, faded });
  return complexExp(plus(level, scaled(load, variance), jumps));
}

/** Parts of the transform that the jumps share with the diffusion. */
interface TransformParts {
  readonly s: Complex;
  readonly root: Complex;
  readonly below: Complex;
  readonly ratio: Complex;
  readonly faded: Complex;
}

function jumpExponent(p: SvcjParameters, years: number, parts: TransformParts): Complex {
  const { s, root, below, ratio, faded } = parts;
  const c = minus(ONE, scaled(s, p.jumpSlope * p.volJump));
  const first = minus(c, scaled(below, p.volJump));
  const second = minus(times(c, ratio), scaled(below, p.volJump));
  const ended = over(minus(first, times(second, faded)), minus(first, second));
  const stretch = over(plus(scaled(root, years), complexLog(ended)), times(first, root));
  // The mean over the life of 1 / (c - volJump B), where B is the load on V.
  const share = over(ratio, second);
  const time = plus(scaled(share, years), times(minus(ONE, times(share, first)), stretch));
  const size = complexExp(
    plus(scaled(s, p.jumpMean), scaled(times(s, s), 0.5 * p.jumpDeviation * p.jumpDeviation)),
  );
  const came = minus(times(size, time), complex(years));
  return scaled(minus(came, scaled(s, svcjMeanJump(p) * years)), p.jumpIntensity);
}

/**
 * Undiscounted European call, in forward units.
 *
 * Domain: forward, strike, years > 0, variance >= 0; sigma > 0. Accuracy: 1e-9 of the forward for
 * three months to fifteen years.
 * Source: Lewis (2001), integral along Im u = -1/2, on u = sinh(y) / 2, Gauss-Legendre panels.
 */
export function svcjCall(
  p: SvcjParameters,
  variance: number,
  contract: { readonly forward: number; readonly strike: number; readonly years: number },
): number {
  const { forward, strike, years } = contract;
  const moneyness = Math.log(forward / strike);
  const half = Math.asinh(2 * CUT) / (2 * PANELS);
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel += 1) {
    for (let node = 0; node < RULE.nodes.length; node += 1) {
      const y = half * (2 * panel + 1 + (RULE.nodes[node] ?? Number.NaN));
      const u = 0.5 * Math.sinh(y);
      const value = svcjTransform(p, variance, years, complex(0.5, u));
      const turned = value.re * Math.cos(u * moneyness) - value.im * Math.sin(u * moneyness);
      sum += ((RULE.weights[node] ?? Number.NaN) * 2 * turned) / Math.cosh(y);
    }
  }
  return forward - (Math.sqrt(forward * strike) / Math.PI) * sum * half;
}
