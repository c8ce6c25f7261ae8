import { nelderMead } from '../math/nelder-mead.ts';
import type { SimplexMinimum } from '../math/nelder-mead.ts';
import { moments } from '../math/moments.ts';
import { skewTConstants } from './skew-t.ts';

/**
 * Parameters of a GJR-GARCH(1,1) with Hansen's skewed Student t, of log returns in percent per
 * session: h(t+1) = omega + (alpha + gamma 1{e < 0}) e(t)^2 + beta h(t), e = r - mu = sqrt(h) z.
 *
 * Source: Glosten, Jagannathan, Runkle (1993), Journal of Finance 48; Hansen (1994).
 */
export interface GjrParameters {
  /** Mean return, percent a session. */
  readonly mu: number;
  /** Constant of the variance, percent squared; > 0. */
  readonly omega: number;
  readonly alpha: number;
  readonly gamma: number;
  readonly beta: number;
  /** Degrees of freedom (> 2) and skew (in (-1, 1)) of z. */
  readonly shape: number;
  readonly skew: number;
}

/** A fit and how well it holds. */
export interface GjrFit {
  readonly parameters: GjrParameters;
  readonly logLikelihood: number;
  /** Mean growth of the variance when the residuals are drawn at random. */
  readonly persistence: number;
}

/** What a fit filters a series into; reused blocks as long as the series. */
export interface GjrColumns {
  /** Variance foreseen for each session, percent squared. */
  readonly variance: Float64Array;
  /** Standardised residuals; NaN where the return is. */
  readonly residual: Float64Array;
}

/** Largest persistence of a targeted fit: half of a shock is gone after 138 sessions. */
const PERSISTENCE_MAX = 0.995;
/** Times the search is started again, at most. */
const ROUNDS = 8;

/**
 * How mu and omega are found. `free`: by likelihood alone, which with daily data often ends at a
 * variance that has no mean. `targeted`: so that mean and mean variance are those of the sample.
 */
export type GjrOmega = 'free' | 'targeted';

/** Variance of the next session, percent squared. */
export function nextVariance(p: GjrParameters, variance: number, shock: number): number {
  const load = shock < 0 ? p.alpha + p.gamma : p.alpha;
  return p.omega + load * shock * shock + p.beta * variance;
}

/**
 * Fills variances and residuals of a series of returns in percent. The first variance is the one
 * given; a session without a return (NaN) leaves the variance where it is.
 */
export function filterGjr(
  returns: Float64Array,
  p: GjrParameters,
  first: number,
  out: GjrColumns,
): void {
  let variance = first;
  for (let i = 0; i < returns.length; i += 1) {
    const shock = (returns[i] ?? Number.NaN) - p.mu;
    out.variance[i] = variance;
    out.residual[i] = shock / Math.sqrt(variance);
    if (!Number.isNaN(shock)) variance = nextVariance(p, variance, shock);
  }
}

/**
 * Maximum-likelihood fit to log returns in percent; NaN returns are left out.
 *
 * Domain: some hundreds of returns that vary. The variance starts at that of the sample; a targeted
 * fit has a persistence of 0.995 at most. Deterministic.
 * Accuracy: log-likelihood to 1e-6 of a local maximum.
 * Source of targeting: Engle, Mezrich (1996), GARCH for groups, Risk 9.
 */
export function fitGjr(returns: Float64Array, omega: GjrOmega): GjrFit {
  const known = returns.filter((value) => !Number.isNaN(value));
  const { mean, standardDeviation } = moments(known);
  const first = standardDeviation ** 2;
  const columns = createGjrColumns(returns.length);
  const lossOf = (p: GjrParameters): number => {
    filterGjr(returns, p, first, columns);
    return -logLikelihoodOf(p, columns);
  };
  const start = freeOf({ ...START, omega: 0.03 * first });
  const free = search((at) => lossOf(parametersOf(at)), start);
  const parameters = parametersOf(free.parameters);
  lossOf(parameters);
  // What a drawn residual adds to the variance; held while the target is met.
  const below = shareBelow(columns.residual);
  if (omega === 'free') {
    const persistence = growthOf(parameters, below);
    return { parameters, logLikelihood: -free.value, persistence };
  }
  const onTarget = (at: Float64Array): GjrParameters => {
    const p = parametersOf(at);
    return { ...p, mu: mean, omega: first * (1 - growthOf(p, below)) };
  };
  const targeted = search((at) => {
    const p = onTarget(at);
    return growthOf(p, below) <= PERSISTENCE_MAX ? lossOf(p) : Number.POSITIVE_INFINITY;
  }, start);
  const met = onTarget(targeted.parameters);
  return { parameters: met, logLikelihood: -targeted.value, persistence: growthOf(met, below) };
}

/** A simplex may stall: it is started again where it ended until that gains nothing. */
function search(loss: (free: Float64Array) => number, start: Float64Array): SimplexMinimum {
  const options = { widths: WIDTHS, tolerance: 1e-7, maxSteps: 900 };
  let found = nelderMead(loss, start, options);
  for (let round = 1; round < ROUNDS; round += 1) {
    const again = nelderMead(loss, found.parameters, options);
    const gain = found.value - again.value;
    found = again;
    if (gain < 1e-6) break;
  }
  return found;
}

/** Standardised residuals as they are drawn, with mean 0 and variance 1: place and scale of a sample. */
export function standardOf(residuals: Float64Array): {
  readonly mean: number;
  readonly deviation: number;
} {
  const { mean, standardDeviation } = moments(residuals.filter((z) => !Number.isNaN(z)));
  return { mean, deviation: standardDeviation };
}

/** Share of the variance of residuals that comes from falls. */
function shareBelow(residuals: Float64Array): number {
  const { mean, deviation } = standardOf(residuals);
  let count = 0;
  let sum = 0;
  for (let i = 0; i < residuals.length; i += 1) {
    const z = ((residuals[i] ?? Number.NaN) - mean) / deviation;
    if (Number.isNaN(z)) continue;
    count += 1;
    if (z < 0) sum += z * z;
  }
  return sum / count;
}

/** Mean growth of the variance when standardised residuals are drawn. */
function growthOf(p: GjrParameters, below: number): number {
  return p.alpha + p.gamma * below + p.beta;
}

/** Columns for a series of so many sessions. */
export function createGjrColumns(count: number): GjrColumns {
  return { variance: new Float64Array(count), residual: new Float64Array(count) };
}

/** Below the largest persistence whatever share of the variance comes from falls. */
const START: GjrParameters = {
  mu: 0.03,
  omega: Number.NaN,
  alpha: 0.02,
  gamma: 0.1,
  beta: 0.86,
  shape: 7,
  skew: -0.1,
};

/** First steps of the free parameters below. */
const WIDTHS: readonly number[] = [0.02, 0.3, 0.1, 0.1, 0.3, 0.3, 0.05];

/** Free parameters, each on the whole line, so that no step of the search leaves the domain. */
function freeOf(p: GjrParameters): Float64Array {
  return Float64Array.of(
    p.mu,
    Math.log(p.omega),
    Math.sqrt(p.alpha),
    Math.sqrt(p.gamma),
    Math.log(p.beta / (1 - p.beta)),
    Math.log(p.shape - SHAPE_MIN),
    Math.atanh(p.skew),
  );
}

/** Degrees of freedom above which the variance of z is known well enough to divide by. */
const SHAPE_MIN = 2.05;

function parametersOf(free: Float64Array): GjrParameters {
  const at = (place: number): number => free[place] ?? Number.NaN;
  return {
    mu: at(0),
    omega: Math.exp(at(1)),
    alpha: at(2) ** 2,
    gamma: at(3) ** 2,
    beta: 1 / (1 + Math.exp(-at(4))),
    shape: SHAPE_MIN + Math.exp(at(5)),
    skew: Math.tanh(at(6)),
  };
}

/** Sum of ln density of z less half the log variance. Source: Hansen (1994), eq. (10). */
function logLikelihoodOf(p: GjrParameters, { variance, residual }: GjrColumns): number {
  const { a, b, c } = skewTConstants(p.shape, p.skew);
  const power = -(p.shape + 1) / 2;
  const constant = Math.log(b * c);
  let sum = 0;
  for (let i = 0; i < residual.length; i += 1) {
    const z = residual[i] ?? Number.NaN;
    if (Number.isNaN(z)) continue;
    const raw = b * z + a;
    const side = raw < 0 ? 1 - p.skew : 1 + p.skew;
    const tail = Math.log1p((raw / side) ** 2 / (p.shape - 2));
    sum += constant + power * tail - 0.5 * Math.log(variance[i] ?? Number.NaN);
  }
  return sum;
}
