import { impliedVol } from './implied-vol.ts';
import type { ImpliedVol, NoVolReason, QuotedOption } from './implied-vol.ts';

/** A European option with what is bid and asked for it, discounted, and how old the quote is. */
export interface TwoSidedQuote extends Omit<QuotedOption, 'price'> {
  readonly bid: number;
  readonly ask: number;
  /** Seconds since the quote was given; undefined where nobody knows. */
  readonly ageSeconds?: number;
}

/** Why a quote has no volatility before any formula is asked. */
export type QuoteFault = 'no-quote' | 'crossed' | 'no-bid' | 'stale';

/** The volatility of a quote at its middle, and of each side; or why it has none. */
export type QuoteVol =
  | {
      readonly kind: 'vol';
      readonly vol: number;
      readonly bid: ImpliedVol;
      readonly ask: ImpliedVol;
    }
  | { readonly kind: 'none'; readonly reason: NoVolReason | QuoteFault };

/**
 * What speaks against a bid and ask, or undefined: not both numbers with something asked
 * (`no-quote`), a bid above the ask (`crossed`), nothing bid (`no-bid`), or an age above the most
 * that is allowed (`stale`; an unknown age is, once there is a limit).
 */
export function quoteFault(
  { bid, ask, ageSeconds }: Pick<TwoSidedQuote, 'bid' | 'ask' | 'ageSeconds'>,
  mostAgeSeconds: number = Number.POSITIVE_INFINITY,
): QuoteFault | undefined {
  if (!(bid >= 0 && ask > 0 && ask < Number.POSITIVE_INFINITY)) return 'no-quote';
  if (bid > ask) return 'crossed';
  if (bid === 0) return 'no-bid';
  if (mostAgeSeconds === Number.POSITIVE_INFINITY) return undefined;
  return (ageSeconds ?? Number.NaN) <= mostAgeSeconds ? undefined : 'stale';
}

/**
 * Black-76 implied volatilities of a quote: of the middle of bid and ask, and of both. A side may
 * have none where the middle has one, such as a bid below intrinsic value. Never an exception.
 */
export function quoteImpliedVol(quote: TwoSidedQuote, mostAgeSeconds?: number): QuoteVol {
  const { bid, ask, ageSeconds: _age, ...option } = quote;
  const reason = quoteFault(quote, mostAgeSeconds);
  if (reason !== undefined) return { kind: 'none', reason };
  const middle = impliedVol({ ...option, price: 0.5 * (bid + ask) });
  if (middle.kind === 'none') return middle;
  return {
    ...middle,
    bid: impliedVol({ ...option, price: bid }),
    ask: impliedVol({ ...option, price: ask }),
  };
}
