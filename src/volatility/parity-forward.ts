import { leastSquares } from '../math/least-squares.ts';
import { quantile } from '../math/quantile.ts';
import type { StrikeQuote } from './vix-index.ts';

/** Forward and discount factor of one expiry as put-call parity has them. */
export interface ParityForward {
  /** Index points. */
  readonly forward: number;
  readonly discount: number;
  /** `parity`: read from the quotes; `rate`: the strikes are too few or too close to tell. */
  readonly discountSource: 'parity' | 'rate';
  /** Standard errors: forward in index points; of the discount factor even where it is not used. */
  readonly forwardError: number;
  readonly discountError: number;
  /** Pairs of call and put used. */
  readonly pairs: number;
}

/** What a parity regression needs besides the quotes. */
export interface ParityTerms {
  /** Years to expiry. */
  readonly years: number;
  /** Continuous rate per year that stands in where the quotes do not tell the discount factor. */
  readonly rate: number;
}

interface Pair {
  readonly strike: number;
  /** C - P, mid. */
  readonly gap: number;
  /** Sum of both half-spreads. */
  readonly half: number;
  /** C + P, mid. */
  readonly straddle: number;
}

const LEAST_PAIRS = 3;
const REGRESSION_PAIRS = 6;
/** Strikes within this many straddles of the money enter; a straddle is 0.8 standard deviations. */
const REACH = 2;
const NEAREST = 8;
/** Huber's constant: 95 % efficiency with normal errors. */
const HUBER = 1.345;
const ROUNDS = 12;
/** Standard error per year at which a discount factor is told from the rate: 1 % a year. */
const RATE_ERROR = 0.01;
/** Distance from the given rate beyond which quotes are no market of money, per year. */
const RATE_GAP = 0.06;

/**
 * Forward and discount factor of one expiry by weighted robust regression of C - P = D (F - K) over
 * pairs near the money; undefined with fewer than three two-sided pairs.
 *
 * Weights: inverse half-spreads, then Huber's on the residuals. Where the standard error of D is
 * above 1 % a year, or its rate is 6 % off the given one, D = e^{-rate T} and F is fitted alone.
 * Source: put-call parity (Stoll 1969); Huber (1964).
 */
export function parityForward(
  quotes: readonly StrikeQuote[],
  { years, rate }: ParityTerms,
): ParityForward | undefined {
  const pairs = nearPairs(pairsOf(quotes));
  const centre = pairs[0]?.strike;
  if (centre === undefined || pairs.length < LEAST_PAIRS || !(years > 0)) return undefined;
  const given = Math.exp(-rate * years);
  const free = pairs.length < REGRESSION_PAIRS ? undefined : regress(pairs, centre);
  const tells =
    free !== undefined &&
    free.discountError <= RATE_ERROR * years &&
    Math.abs(Math.log(free.discount) + rate * years) <= RATE_GAP * years;
  if (tells) {
    const { level, discount, levelError, discountError } = free;
    return {
      forward: centre + level / discount,
      discount,
      discountSource: 'parity',
      forwardError: levelError / discount,
      discountError,
      pairs: pairs.length,
    };
  }
  const levels = pairs.map(({ gap, strike }) => strike + gap / given).toSorted((a, b) => a - b);
  return {
    forward: quantile(levels, 0.5),
    discount: given,
    discountSource: 'rate',
    forwardError: (quantile(levels, 0.75) - quantile(levels, 0.25)) / Math.sqrt(pairs.length),
    discountError: free?.discountError ?? Number.NaN,
    pairs: pairs.length,
  };
}

/** Pairs with both sides bid and no side crossed. */
function pairsOf(quotes: readonly StrikeQuote[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const { strike, callBid, callAsk, putBid, putAsk } of quotes) {
    if (!(callBid > 0 && putBid > 0 && callAsk >= callBid && putAsk >= putBid)) continue;
    pairs.push({
      strike,
      gap: 0.5 * (callBid + callAsk - putBid - putAsk),
      half: 0.5 * (callAsk - callBid + putAsk - putBid),
      straddle: 0.5 * (callBid + callAsk + putBid + putAsk),
    });
  }
  return pairs;
}

/** Pairs near the money, the nearest first. */
function nearPairs(pairs: readonly Pair[]): readonly Pair[] {
  const centre = pairs.toSorted((a, b) => Math.abs(a.gap) - Math.abs(b.gap))[0];
  if (centre === undefined) return [];
  const forward = centre.strike + centre.gap;
  const distance = ({ strike }: Pair): number => Math.abs(strike - forward);
  const sorted = pairs.toSorted((a, b) => distance(a) - distance(b));
  return sorted.filter(
    (pair, index) => index < NEAREST || distance(pair) <= REACH * centre.straddle,
  );
}

interface Regression {
  /** D (F - centre). */
  readonly level: number;
  readonly discount: number;
  readonly levelError: number;
  readonly discountError: number;
}

/** Iteratively reweighted least squares of the gap on (1, centre - K). */
function regress(pairs: readonly Pair[], centre: number): Regression | undefined {
  // A quote locked at one price is not infinitely good.
  const base = pairs.map(({ half }) => 1 / Math.max(half, 0.05));
  let huber = pairs.map(() => 1);
  let found: Regression | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const weights = base.map((weight, i) => weight * Math.sqrt(huber[i] ?? 0));
    const design = pairs.flatMap(({ strike }, i) => {
      const weight = weights[i] ?? 0;
      return [weight, weight * (centre - strike)];
    });
    const fit = leastSquares(
      design,
      pairs.map(({ gap }, i) => gap * (weights[i] ?? 0)),
      2,
    );
    if (!fit.ok) return undefined;
    const [level = Number.NaN, discount = Number.NaN] = fit.value.coefficients;
    const [levelError = Number.NaN, discountError = Number.NaN] = fit.value.standardErrors;
    found = { level, discount, levelError, discountError };
    const residuals = pairs.map(
      ({ gap, strike }, i) =>
        Math.abs(gap - level - discount * (centre - strike)) * (base[i] ?? Number.NaN),
    );
    const scale =
      1.4826 *
      quantile(
        residuals.toSorted((a, b) => a - b),
        0.5,
      );
    if (!(scale > 0)) return found;
    huber = residuals.map((residual) => Math.min(1, (HUBER * scale) / residual));
  }
  return found;
}
