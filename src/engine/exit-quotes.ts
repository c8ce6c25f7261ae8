import { fillPrice } from '../execution/cost-model.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import type { OpenTrade } from './open-trade.ts';
import { closeQuote, quotedPrice } from './quoted-legs.ts';
import { legTerms } from './leg-terms-of.ts';
import { isFuture } from './valuation.ts';

/** What sets the spread of an exit. */
export interface ExitSpread {
  /** VIX, points. */
  readonly vix: number;
  /** Multiple of the spread: 1 in the ordinary course, more in a forced liquidation. */
  readonly stress: number;
  /** Recorded quotes are of the close; at the day's worst every price is the model's. */
  readonly moment: 'close' | 'worst';
}

/** Exit price of one open leg of a trade. */
export interface ExitQuote {
  readonly slot: number;
  readonly mid: number;
  price: number;
}

/**
 * Exit prices of a trade's legs, last slot first: recorded bid or ask where the run has quotes at
 * the close, else mid against the half-spread. A long leg without a bid is worth zero. A short leg covered by a long one of the same right and expiry is bought back
 * for at most the long's price plus the distance of the strikes: a vertical never costs more than
 * its width, and a condor never more than its wider one, since a limit order there leaves the
 * other side a riskless gain.
 */
export function exitQuotes(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  order: ExitSpread,
): readonly ExitQuote[] {
  const { book } = account;
  const quotes: ExitQuote[] = [];
  for (let slot = book.count - 1; slot >= 0; slot -= 1) {
    if (book.trade[slot] !== trade.id) continue;
    quotes.push(legExitQuote(context, account, slot, order));
  }
  boundVerticals(book, quotes);
  return quotes;
}

/**
 * Exit price of one leg by itself, which no other leg bounds: recorded bid or ask where the run has
 * quotes at the close, else mid against the half-spread; a long leg without a bid is worth zero.
 */
export function legExitQuote(
  context: EngineContext,
  { book }: AccountState,
  slot: number,
  order: ExitSpread,
): ExitQuote {
  const mid = book.mark[slot] ?? Number.NaN;
  const side = (book.quantity[slot] ?? 0) > 0 ? 'sell' : 'buy';
  // Runs without quotes come here often: no terms are made for them.
  const isAsked = context.quotes !== undefined && order.moment === 'close';
  const recorded = isAsked ? closeQuote(context, legTerms(book, slot)) : undefined;
  const price = quotedPrice(recorded, side, order.stress);
  if (price !== undefined) return { slot, mid, price };
  const quoted = fillPrice({
    kind: book.kind[slot] ?? 0,
    right: book.right[slot] ?? 0,
    mid,
    side,
    vix: order.vix,
    day: asEpochDay(context.close.day),
    stress: order.stress,
  });
  const unsaleable = Number.isNaN(quoted) && side === 'sell' && !Number.isNaN(mid);
  return { slot, mid, price: unsaleable ? 0 : quoted };
}

/** A short leg of an exit with the long leg that covers it. */
interface Vertical {
  readonly short: ExitQuote;
  readonly long: ExitQuote;
  readonly width: number;
}

function boundVerticals(book: AccountState['book'], quotes: readonly ExitQuote[]): void {
  const verticals: Vertical[] = [];
  for (const short of quotes) {
    const long = (book.quantity[short.slot] ?? 0) < 0 ? cover(book, quotes, short) : undefined;
    if (long === undefined) continue;
    const width = Math.abs((book.strike[long.slot] ?? 0) - (book.strike[short.slot] ?? 0));
    short.price = Math.min(short.price, long.price + width);
    verticals.push({ short, long, width });
  }
  const [first, second] = verticals;
  if (verticals.length === 2 && first !== undefined && second !== undefined) {
    boundCondor(first, second);
  }
}

function cover(
  book: AccountState['book'],
  quotes: readonly ExitQuote[],
  short: ExitQuote,
): ExitQuote | undefined {
  return quotes.find(
    (long) =>
      (book.quantity[long.slot] ?? 0) > 0 &&
      book.right[long.slot] === book.right[short.slot] &&
      book.expiry[long.slot] === book.expiry[short.slot] &&
      !isFuture(book.kind[long.slot] ?? 0),
  );
}

/**
 * A put and a call vertical of one expiry cannot both be worth their width: together they cost at
 * most the wider one. The saving comes off the cheaper side, the one out of the money.
 */
function boundCondor(first: Vertical, second: Vertical): void {
  const cost = ({ short, long }: Vertical): number => short.price - long.price;
  const excess = cost(first) + cost(second) - Math.max(first.width, second.width);
  if (!(excess > 0)) return;
  const cheaper = cost(first) <= cost(second) ? first : second;
  cheaper.short.price -= excess;
}
