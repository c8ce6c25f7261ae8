import { normalInverse } from '../math/normal.ts';
import {
  normalisedBlack,
  normalisedComplement,
  normalisedVega,
  priceOverVega,
} from './normalised-black.ts';

const ROOT_TWO_PI = 2.5066282746310002;
const LOG_ROOT_TWO_PI = 0.9189385332046728;
/** Steps before the search gives up refining; 3 to 5 suffice inside the domain. */
const MAX_STEPS = 24;
/** A relative step this small is the last: convergence of fourth order leaves an error below 1e-16. */
const REFERENCE = 2e-5;

/** Which function of the price is solved for. */
const LOWER = 0;
const MIDDLE = 1;
const UPPER = 2;

/**
 * Total volatility s = sigma sqrt(T) at which the normalised Black price b(x, s) is `price`.
 *
 * Domain: x = ln(F/K) <= 0, 0 < price < e^{x/2}; anything else gives NaN.
 * Accuracy: relative error of a round trip <= 1e-13 max(1, b / (s db/ds)) for x in [-16, 0] and s in
 * [1e-3, 8] at the reference tolerance.
 * Method: third-order Householder steps on 1 / ln b below the inflection at s = sqrt(2|x|), on ln b
 * above it, and on ln(b_max - b) in the upper half, kept within a bracket.
 * Source: Jaeckel (2015), "Let's be rational": objectives and steps; guesses from the asymptotes.
 */
export function impliedTotalVol(x: number, price: number, tolerance: number = REFERENCE): number {
  const most = Math.exp(0.5 * x);
  if (!(price > 0 && price < most && x <= 0)) return Number.NaN;
  const inflection = Math.sqrt(-2 * x);
  const atInflection = x === 0 ? 0 : normalisedBlack(x, inflection);
  if (price < atInflection) {
    return refine(x, price, lowerGuess(x, inflection, atInflection, price), tolerance, LOWER);
  }
  if (price <= 0.5 * (most + atInflection)) {
    return refine(x, price, middleGuess(x, inflection, atInflection, price), tolerance, MIDDLE);
  }
  return refine(x, most - price, upperGuess(x, most - price), tolerance, UPPER);
}

/** Steps from a neighbour's volatility; one that needs more was no neighbour. */
const NEAR_STEPS = 4;

/**
 * As `impliedTotalVol`, searched from `start`, say the volatility of the next strike: the first
 * guess and its costs fall away. A start that leads nowhere, NaN too, is not used.
 */
export function impliedTotalVolNear(
  x: number,
  price: number,
  start: number,
  tolerance: number,
): number {
  // Below half of the upper limit, as e^{x/2} >= 1 + x/2: there the price itself has the digits.
  if (!(price > 0 && x <= 0 && start > 0 && price < 0.5 + 0.25 * x)) {
    return impliedTotalVol(x, price, tolerance);
  }
  const logTarget = Math.log(price);
  const isLower = start * start < -2 * x;
  let s = start;
  for (let count = 0; count < NEAR_STEPS; count += 1) {
    const h = x / s;
    const t = 0.5 * s;
    const overSlope = priceOverVega(h, t);
    const logValue = Math.log(overSlope) - 0.5 * (h * h + t * t) - LOG_ROOT_TWO_PI;
    const step = householder(
      h,
      s,
      overSlope,
      logTarget - logValue,
      isLower ? logValue : Number.NaN,
    );
    const next = s + step;
    if (!(next > 0)) break;
    if (Math.abs(step) <= tolerance * s) return next;
    s = next;
  }
  return impliedTotalVol(x, price, tolerance);
}

/** Weight of the tangent at a price close to the inflection's; found by trial. */
const TANGENT_POWER = 0.15;

/**
 * Between two bounds: ln b nearly linear in 1 / s^2 deep out of the money gives one below, the
 * tangent at the inflection (b is convex there) one above.
 */
function lowerGuess(x: number, inflection: number, atInflection: number, price: number): number {
  const inverse = 1 / (inflection * inflection) + (2 * Math.log(atInflection / price)) / (x * x);
  const below = 1 / Math.sqrt(inverse);
  const above = inflection + (price - atInflection) / normalisedVega(x, inflection);
  const weight = (price / atInflection) ** TANGENT_POWER;
  return above > below ? below * (above / below) ** weight : below;
}

/** Tangent at the inflection, where b has its steepest slope. */
function middleGuess(x: number, inflection: number, atInflection: number, price: number): number {
  const slope = x === 0 ? 1 / ROOT_TWO_PI : normalisedVega(x, inflection);
  return inflection + (price - atInflection) / slope;
}

/** For large s the complement is about 2 N(-s/2) cosh(x/2). */
function upperGuess(x: number, complement: number): number {
  const share = Math.min(0.5, complement / (Math.exp(0.5 * x) + Math.exp(-0.5 * x)));
  return Math.max(Math.sqrt(-2 * x), -2 * normalInverse(share));
}

function refine(
  x: number,
  target: number,
  guess: number,
  tolerance: number,
  objective: number,
): number {
  let s = guess;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  const logTarget = Math.log(target);
  for (let count = 0; count < MAX_STEPS; count += 1) {
    const h = x / s;
    const t = 0.5 * s;
    // Price (or its complement, falling in s) over its slope, and its logarithm.
    let overSlope = priceOverVega(h, t);
    let logValue = Math.log(overSlope) - 0.5 * (h * h + t * t) - LOG_ROOT_TWO_PI;
    if (objective === UPPER) {
      const complement = normalisedComplement(x, s);
      overSlope = -complement / normalisedVega(x, s);
      logValue = Math.log(complement);
    }
    const gap = logTarget - logValue;
    if (objective === UPPER ? gap < 0 : gap > 0) low = Math.max(low, s);
    else high = Math.min(high, s);
    const step = householder(h, s, overSlope, gap, objective === LOWER ? logValue : Number.NaN);
    if (Math.abs(step) <= tolerance * s) return s + step;
    const next = s + step;
    if (next > low && next < high) s = next;
    else s = high === Number.POSITIVE_INFINITY ? 2 * s : 0.5 * (low + high);
  }
  return s;
}

/**
 * Step of the objective: of 1 / ln b where `logValue` is given, else of the logarithm itself.
 * Derivatives of b follow from its vega: the second over the first is h^2 / s - s / 4.
 */
function householder(
  h: number,
  s: number,
  overSlope: number,
  gap: number,
  logValue: number,
): number {
  const ratio = 1 / overSlope;
  const second = (h * h) / s - 0.25 * s;
  const third = second * second - (3 * h * h) / (s * s) - 0.25;
  // The same ratios for the logarithm.
  const secondLog = second - ratio;
  const thirdLog = third - 3 * ratio * second + 2 * ratio * ratio;
  const newton = gap * overSlope;
  if (Number.isNaN(logValue)) return cubicStep(newton, secondLog, thirdLog);
  // And for 1 / ln b.
  const inner = ratio / logValue;
  return cubicStep(
    newton * (logValue / (logValue + gap)),
    secondLog - 2 * inner,
    thirdLog - 6 * secondLog * inner + 6 * inner * inner,
  );
}

/** Householder's third-order step from Newton's step and the second and third over the first. */
function cubicStep(newton: number, second: number, third: number): number {
  const top = 1 + 0.5 * second * newton;
  const bottom = 1 + newton * (second + (third * newton) / 6);
  const step = (newton * top) / bottom;
  return Number.isFinite(step) ? step : newton;
}
