import {
  CONTRACT_KINDS,
  KIND_SYMBOLS,
  PM,
  PUT,
  SPX_OPTION,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import type { QuoteAbsence, QuotedSeries } from '../market/quote-source.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { legTerms } from './leg-terms-of.ts';

/**
 * An open leg that has no quote on a session and may not be marked by model: the run cannot say what
 * the account is worth. The application turns it into an error with a remedy.
 */
export class UnquotedLegError extends Error {
  override readonly name = 'UnquotedLegError';
  readonly day: EpochDay;
  /** The leg as the blotter writes it: `SPX 2019-06-21 PM 2800P`. */
  readonly series: string;
  readonly reason: QuoteAbsence;

  constructor(day: EpochDay, series: string, reason: QuoteAbsence) {
    super(`an open leg must be quoted: ${series} on ${formatIsoDate(day)} is not (${reason})`);
    this.day = day;
    this.series = series;
    this.reason = reason;
  }
}

/** What stands behind the price of a leg at the close of a run with quotes. */
export type CloseQuote =
  | { readonly kind: 'quoted'; readonly bid: number; readonly ask: number }
  /** No quote, and the series may be modelled; NaN where the chain does not tell a mid either. */
  | { readonly kind: 'modelled'; readonly reason: QuoteAbsence; readonly mid: number }
  /** No quote, and it may not. */
  | { readonly kind: 'refused'; readonly reason: QuoteAbsence };

/** True for options on SPX and XSP, the only legs that quotes are recorded of. */
export function isIndexOption(kind: number): boolean {
  return kind === SPX_OPTION || kind === XSP_OPTION;
}

/** The quote of a leg at this close; undefined in a run without quotes, and for other contracts. */
export function closeQuote(context: EngineContext, leg: QuotedSeries): CloseQuote | undefined {
  const { quotes, close } = context;
  if (quotes === undefined || !isIndexOption(leg.kind)) return undefined;
  const found = quotes.source.quote(close.day, leg);
  if (found.kind === 'quoted') return found;
  const { reason } = found;
  if (!quotes.mayModel(leg)) return { kind: 'refused', reason };
  return { kind: 'modelled', reason, mid: quotes.source.modelMids(close.day, leg).mid };
}

/** Mid of a leg, points: of its quote, else what its chain gives, else the model's. */
export function legMid(quote: CloseQuote | undefined, model: number): number {
  if (quote === undefined || quote.kind === 'refused') return model;
  if (quote.kind === 'quoted') return 0.5 * (quote.bid + quote.ask);
  return Number.isNaN(quote.mid) ? model : quote.mid;
}

/**
 * Price at a quote, points: sold at the bid, bought at the ask, so that no modelled spread comes on
 * top; a multiple of the spread other than 1 (a forced liquidation) is taken about the mid. Undefined
 * without a quote. A bid of zero sells at 0, which an entry takes for no price at all.
 */
export function quotedPrice(
  quote: CloseQuote | undefined,
  side: 'buy' | 'sell',
  stress: number,
): number | undefined {
  if (quote?.kind !== 'quoted') return undefined;
  const { bid, ask } = quote;
  if (stress === 1) return side === 'buy' ? ask : bid;
  const half = 0.5 * stress * (ask - bid);
  const mid = 0.5 * (bid + ask);
  return side === 'buy' ? mid + half : Math.max(0, mid - half);
}

/**
 * Puts the book's index options at the mids of their quotes, over the model's marks.
 *
 * Errors: UnquotedLegError for a leg without a quote that may not be modelled.
 */
export function markAtQuotes(context: EngineContext, account: AccountState): void {
  if (context.quotes === undefined) return;
  const { book } = account;
  for (let slot = 0; slot < book.count; slot += 1) {
    const leg = legTerms(book, slot);
    const quote = closeQuote(context, leg);
    if (quote === undefined) continue;
    if (quote.kind === 'refused') {
      throw new UnquotedLegError(asEpochDay(context.close.day), seriesText(leg), quote.reason);
    }
    book.mark[slot] = legMid(quote, book.mark[slot] ?? Number.NaN);
  }
}

/** A series as the blotter writes it: `SPX 2019-06-21 PM 2800P`. */
export function seriesText({ kind, right, strike, expiry, settlement }: QuotedSeries): string {
  const name = CONTRACT_KINDS[kind];
  const symbol = name === undefined ? String(kind) : KIND_SYMBOLS[name];
  const day = formatIsoDate(asEpochDay(expiry));
  return `${symbol} ${day} ${settlement === PM ? 'PM' : 'AM'} ${strike}${right === PUT ? 'P' : 'C'}`;
}
