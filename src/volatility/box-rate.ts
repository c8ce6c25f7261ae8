import type { StrikeQuote } from './vix-index.ts';

/** What a box says about the price of money; continuous rates per year. */
export interface BoxRate {
  readonly lowStrike: number;
  readonly highStrike: number;
  /** At mid prices. */
  readonly rate: number;
  /** Earned by who buys the box at the ask. */
  readonly lendRate: number;
  /** Paid by who sells the box at the bid. */
  readonly borrowRate: number;
}

/**
 * The financing rate of the box whose rate is most certain: least bid-ask distance for its width.
 * Undefined without two strikes quoted on both sides, or at expiry.
 *
 * Rate: -ln(price / width) / T; European and cash settled, so a box is a loan without early
 * exercise. Source: Ronn and Ronn (1989), The box spread arbitrage conditions.
 */
export function boxRate(quotes: readonly StrikeQuote[], years: number): BoxRate | undefined {
  const usable = quotes.filter(
    ({ callBid, callAsk, putBid, putAsk }) =>
      callBid > 0 && putBid > 0 && callAsk >= callBid && putAsk >= putBid,
  );
  if (!(years > 0)) return undefined;
  let least = Number.POSITIVE_INFINITY;
  let best: readonly [StrikeQuote, StrikeQuote] | undefined;
  usable.forEach((low, i) => {
    for (const high of usable.slice(i + 1)) {
      const looseness = (boxAsk(low, high) - boxBid(low, high)) / (high.strike - low.strike);
      if (looseness < least) {
        least = looseness;
        best = [low, high];
      }
    }
  });
  if (best === undefined) return undefined;
  const [low, high] = best;
  const rateAt = (price: number): number => -Math.log(price / (high.strike - low.strike)) / years;
  return {
    lowStrike: low.strike,
    highStrike: high.strike,
    rate: rateAt(0.5 * (boxAsk(low, high) + boxBid(low, high))),
    lendRate: rateAt(boxAsk(low, high)),
    borrowRate: rateAt(boxBid(low, high)),
  };
}

function boxAsk(low: StrikeQuote, high: StrikeQuote): number {
  return low.callAsk - high.callBid + high.putAsk - low.putBid;
}

function boxBid(low: StrikeQuote, high: StrikeQuote): number {
  return low.callBid - high.callAsk + high.putBid - low.putAsk;
}
