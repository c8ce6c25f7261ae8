import type { StrikeQuote } from './vix-index.ts';

/** A conversion or reversal whose quotes leave something after fees; reported, never an order. */
export interface SyntheticEdge {
  /** `conversion` sells the synthetic at `strike`, `reversal` buys it. */
  readonly kind: 'conversion' | 'reversal';
  readonly strike: number;
  /** Strike of the synthetic that takes the other side. */
  readonly against: number;
  /** Points left after the bid-ask of all four options and their fees. */
  readonly edge: number;
}

/** What a comparison of synthetics needs. */
export interface EdgeTerms {
  /** Forward of the whole expiry: who is off it is the strike that is out of line. */
  readonly forward: number;
  readonly discount: number;
  /** Fees of the four options, points. */
  readonly fees: number;
}

/**
 * Conversions and reversals at executable quotes, the best first.
 *
 * The index cannot be held, so the synthetic forward of one strike is set against the best one of
 * the others: a conversion sells C - P at a strike and buys it where it is cheapest. Neither spot
 * nor dividends enter, only the discount factor.
 */
export function syntheticEdges(
  quotes: readonly StrikeQuote[],
  { forward, discount, fees }: EdgeTerms,
): readonly SyntheticEdge[] {
  const synthetics = quotes
    .filter(
      ({ callBid, callAsk, putBid, putAsk }) =>
        callBid > 0 && putBid > 0 && callAsk >= callBid && putAsk >= putBid,
    )
    .map(({ strike, callBid, callAsk, putBid, putAsk }) => ({
      strike,
      sell: strike + (callBid - putAsk) / discount,
      buy: strike + (callAsk - putBid) / discount,
    }));
  const cheapest = synthetics.toSorted((a, b) => a.buy - b.buy)[0];
  const dearest = synthetics.toSorted((a, b) => b.sell - a.sell)[0];
  if (cheapest === undefined || dearest === undefined) return [];
  const edges = synthetics.flatMap(({ strike, sell, buy }): readonly SyntheticEdge[] => [
    {
      kind: 'conversion',
      strike,
      against: cheapest.strike,
      edge: sell > forward ? discount * (sell - cheapest.buy) - fees : 0,
    },
    {
      kind: 'reversal',
      strike,
      against: dearest.strike,
      edge: buy < forward ? discount * (dearest.sell - buy) - fees : 0,
    },
  ]);
  return edges.filter(({ edge }) => edge > 0).toSorted((a, b) => b.edge - a.edge);
}
