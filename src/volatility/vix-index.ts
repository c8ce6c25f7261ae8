/** Quotes of one strike, points; a missing side is NaN. */
export interface StrikeQuote {
  readonly strike: number;
  readonly callBid: number;
  readonly callAsk: number;
  readonly putBid: number;
  readonly putAsk: number;
}

/** One of the two expiries a volatility index is read from. */
export interface IndexTerm {
  /** Minutes to settlement. */
  readonly minutes: number;
  /** Continuous rate to it, per year. */
  readonly rate: number;
  /** In any order; strikes occur once. */
  readonly quotes: readonly StrikeQuote[];
}

/** One out-of-the-money option that enters the sum. */
export interface IndexOption {
  readonly strike: number;
  /** Mid, points; put and call averaged at K0. */
  readonly price: number;
  /** Delta K / K^2 e^{RT} Q(K). */
  readonly contribution: number;
}

/** What a term contributes. */
export interface TermVariance {
  readonly years: number;
  /** Forward by put-call parity at the strike of the least difference. */
  readonly forward: number;
  /** Largest strike at or below the forward. */
  readonly k0: number;
  /** Variance per year. */
  readonly variance: number;
  readonly options: readonly IndexOption[];
  /** Skewness S of the log return; SKEW = 100 - 10 S. */
  readonly skewness: number;
}

/** Both indices of two terms; index points. */
export interface VolatilityIndices {
  readonly near: TermVariance;
  readonly next: TermVariance;
  readonly vix: number;
  readonly skew: number;
}

const MINUTES_PER_YEAR = 525_600;
const MINUTES_30 = 43_200;

/**
 * VIX and SKEW of two terms, interpolated (or extrapolated) to 30 days in minutes.
 *
 * Errors: NaN when a term has no usable strikes.
 * Source: Cboe, VIX white paper (2019) and SKEW white paper (2011).
 */
export function volatilityIndices(near: IndexTerm, next: IndexTerm): VolatilityIndices {
  const first = termVariance(near);
  const second = termVariance(next);
  const weight = (next.minutes - MINUTES_30) / (next.minutes - near.minutes);
  const blended =
    first.years * first.variance * weight + second.years * second.variance * (1 - weight);
  const skewness = first.skewness * weight + second.skewness * (1 - weight);
  return {
    near: first,
    next: second,
    vix: 100 * Math.sqrt(blended * (MINUTES_PER_YEAR / MINUTES_30)),
    skew: 100 - 10 * skewness,
  };
}

/**
 * Variance of one term: (2/T) sum dK/K^2 e^{RT} Q(K) - (F/K0 - 1)^2 / T over out-of-the-money
 * options, walked outwards from K0 until two zero bids in a row.
 */
export function termVariance(term: IndexTerm): TermVariance {
  const years = term.minutes / MINUTES_PER_YEAR;
  const growth = Math.exp(term.rate * years);
  const quotes = term.quotes.toSorted((a, b) => a.strike - b.strike);
  const forward = forwardOf(quotes, growth);
  const at = quotes.findLastIndex(({ strike }) => strike <= forward);
  const k0 = quotes[at]?.strike ?? Number.NaN;
  const selected = at < 0 ? [] : selectOptions(quotes, at);
  const options = selected.map(({ strike, price }, index): IndexOption => {
    const width = widthAt(selected, index);
    return { strike, price, contribution: (width / (strike * strike)) * growth * price };
  });
  const sum = options.reduce((total, { contribution }) => total + contribution, 0);
  const gap = forward / k0 - 1;
  const variance = options.length < 3 ? Number.NaN : (2 * sum - gap * gap) / years;
  return { years, forward, k0, variance, options, skewness: skewnessOf(options, forward, k0) };
}

/** Forward at the strike where call and put differ least: K + e^{RT} (C - P). */
function forwardOf(quotes: readonly StrikeQuote[], growth: number): number {
  let least = Number.POSITIVE_INFINITY;
  let forward = Number.NaN;
  for (const { strike, callBid, callAsk, putBid, putAsk } of quotes) {
    const gap = mid(callBid, callAsk) - mid(putBid, putAsk);
    // A side without a bid is no market to read a forward from.
    if (!(callBid > 0 && putBid > 0) || !(Math.abs(gap) < least)) continue;
    least = Math.abs(gap);
    forward = strike + growth * gap;
  }
  return forward;
}

interface Selected {
  readonly strike: number;
  readonly price: number;
}

function selectOptions(quotes: readonly StrikeQuote[], at: number): readonly Selected[] {
  const centre = quotes[at];
  if (centre === undefined) return [];
  const puts = walk(quotes.slice(0, at).toReversed(), ({ strike, putBid, putAsk }) => ({
    strike,
    bid: putBid,
    price: mid(putBid, putAsk),
  }));
  const calls = walk(quotes.slice(at + 1), ({ strike, callBid, callAsk }) => ({
    strike,
    bid: callBid,
    price: mid(callBid, callAsk),
  }));
  const both = 0.5 * (mid(centre.callBid, centre.callAsk) + mid(centre.putBid, centre.putAsk));
  return [...puts.toReversed(), { strike: centre.strike, price: both }, ...calls];
}

/** Options outwards from the money: zero bids are passed over, two in a row end the walk. */
function walk(
  outwards: readonly StrikeQuote[],
  side: (quote: StrikeQuote) => Selected & { readonly bid: number },
): readonly Selected[] {
  const found: Selected[] = [];
  let zeros = 0;
  for (const quote of outwards) {
    const { strike, bid, price } = side(quote);
    if (!(bid > 0)) {
      zeros += 1;
      if (zeros === 2) break;
      continue;
    }
    zeros = 0;
    found.push({ strike, price });
  }
  return found;
}

/** Half the distance between the neighbours; at the ends the distance to the only one. */
function widthAt(options: readonly Selected[], index: number): number {
  const strike = options[index]?.strike ?? Number.NaN;
  const below = options[index - 1]?.strike;
  const above = options[index + 1]?.strike;
  if (below === undefined) return (above ?? Number.NaN) - strike;
  return above === undefined ? strike - below : 0.5 * (above - below);
}

/**
 * Skewness of the log return from the prices of its powers.
 *
 * Source: Cboe, SKEW white paper (2011); its printed third adjustment has a factor 1/3 that its
 * worked example leaves out, as here.
 */
function skewnessOf(options: readonly IndexOption[], forward: number, k0: number): number {
  const log = Math.log(k0 / forward);
  const ratio = forward / k0;
  const first = -(1 + Math.log(ratio) - ratio);
  const second = 2 * log * (ratio - 1) + 0.5 * log * log;
  const third = 3 * log * log * (log / 3 - 1 + ratio);
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  for (const { strike, contribution } of options) {
    const moneyness = Math.log(strike / forward);
    p1 -= contribution;
    p2 += 2 * (1 - moneyness) * contribution;
    p3 += 3 * (2 * moneyness - moneyness * moneyness) * contribution;
  }
  p1 += first;
  p2 += second;
  p3 += third;
  return (p3 - 3 * p1 * p2 + 2 * p1 ** 3) / (p2 - p1 * p1) ** 1.5;
}

function mid(bid: number, ask: number): number {
  return 0.5 * (bid + ask);
}
