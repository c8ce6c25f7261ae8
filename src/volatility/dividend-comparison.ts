import type { StrikeQuote } from './vix-index.ts';
import { condorBreakEvens, forwardAtYield, gordonYield } from './dividend-yield.ts';
import type { BreakEvens, DividendStream, GordonYield } from './dividend-yield.ts';
import type { ExpiryParity } from './parity-monitor.ts';

/** A condor's four strikes from low to high, index points. */
export type CondorQuoteStrikes = readonly [
  longPut: number,
  shortPut: number,
  shortCall: number,
  longCall: number,
];

/** One expiry with dividends as parity has them and as the dividend-discount model has them. */
export interface DividendComparison {
  readonly gordon: GordonYield;
  /** Forward at the model's yield, index points. */
  readonly gordonForward: number;
  /** Yield by parity less yield of the model, per year. */
  readonly yieldGap: number;
  readonly condor: ComparedCondor | undefined;
}

/** A condor at its quotes with its break-evens against either forward. */
export interface ComparedCondor {
  readonly strikes: CondorQuoteStrikes;
  /** Credit at mid and at executable prices, index points. */
  readonly creditMid: number;
  readonly credit: number;
  readonly byParity: BreakEvens;
  readonly byGordon: BreakEvens;
}

/**
 * Sets dividends by put-call parity beside the dividend-discount model.
 *
 * @param spot Underlying, index points.
 * @param rate Continuous bill rate per year.
 * Domain: a strike of the condor that is not quoted on its side gives no condor.
 */
export function compareDividends(
  parity: ExpiryParity,
  quotes: readonly StrikeQuote[],
  terms: {
    readonly spot: number;
    readonly rate: number;
    readonly reits: DividendStream;
    readonly rest: DividendStream;
    readonly strikes: CondorQuoteStrikes | undefined;
  },
): DividendComparison {
  const { spot, rate, reits, rest, strikes } = terms;
  const gordon = gordonYield(reits, rest);
  const { years } = parity;
  const gordonForward = forwardAtYield(spot, { rate, dividendYield: gordon.yield, years });
  return {
    gordon,
    gordonForward,
    yieldGap: parity.dividendYield - gordon.yield,
    condor:
      strikes === undefined
        ? undefined
        : comparedCondor(quotes, strikes, {
            byParity: parity.parity.forward,
            byGordon: gordonForward,
          }),
  };
}

function comparedCondor(
  quotes: readonly StrikeQuote[],
  strikes: CondorQuoteStrikes,
  forwards: { readonly byParity: number; readonly byGordon: number },
): ComparedCondor | undefined {
  const [longPut, shortPut, shortCall, longCall] = strikes.map((strike) =>
    quotes.find((quote) => quote.strike === strike),
  );
  if (!longPut || !shortPut || !shortCall || !longCall) return undefined;
  const put = ({ putBid, putAsk }: StrikeQuote): number => 0.5 * (putBid + putAsk);
  const call = ({ callBid, callAsk }: StrikeQuote): number => 0.5 * (callBid + callAsk);
  const creditMid = put(shortPut) - put(longPut) + call(shortCall) - call(longCall);
  const credit = shortPut.putBid - longPut.putAsk + shortCall.callBid - longCall.callAsk;
  if (!Number.isFinite(creditMid)) return undefined;
  const sold = { shortPut: strikes[1], shortCall: strikes[2], credit };
  return {
    strikes,
    creditMid,
    credit,
    byParity: condorBreakEvens(sold, forwards.byParity),
    byGordon: condorBreakEvens(sold, forwards.byGordon),
  };
}
