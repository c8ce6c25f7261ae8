import type { StrikeQuote } from './vix-index.ts';

/**
 * Why a run of quotes is no market: bid above ask; a spread worth less than nothing or more than
 * its width; the same quotes as in an earlier chain; one quote at several strikes.
 */
export type StaleReason = 'crossed' | 'vertical' | 'unchanged' | 'repeated';

/** A run of neighbouring strikes whose quotes are no market. */
export interface StaleBlock {
  readonly side: 'call' | 'put';
  readonly reason: StaleReason;
  readonly lowStrike: number;
  readonly highStrike: number;
  readonly strikes: number;
}

/** Strikes in a row from which an unchanged or repeated quote is no accident. */
const LEAST_RUN = 4;
/** Bid from which quotes move with the market, points: cheaper ones rest for hours. */
const LIVELY_BID = 1;

interface SideQuote {
  readonly strike: number;
  readonly bid: number;
  readonly ask: number;
}

/**
 * Blocks of impossible or unmoved quotes of one expiry, by side, reason and strike.
 *
 * `previous` are the same expiry's quotes in an earlier chain, where the market has moved since;
 * none leaves `unchanged` untested.
 * Source: bounds of Merton (1973), theorems 1 to 4, across bid and ask.
 */
export function staleBlocks(
  quotes: readonly StrikeQuote[],
  previous: readonly StrikeQuote[] = [],
): readonly StaleBlock[] {
  const blocks: StaleBlock[] = [];
  for (const side of ['call', 'put'] as const) {
    const now = sideOf(quotes, side);
    const before = new Map(sideOf(previous, side).map((quote) => [quote.strike, quote]));
    const flags: readonly (readonly [StaleReason, number, (index: number) => boolean])[] = [
      ['crossed', 1, (i) => isCrossed(now[i])],
      ['vertical', 1, (i) => isImpossible(now[i], now[i + 1], side)],
      ['unchanged', LEAST_RUN, (i) => isSame(now[i], before.get(now[i]?.strike ?? Number.NaN))],
      ['repeated', LEAST_RUN, (i) => isSame(now[i], now[i - 1]) || isSame(now[i], now[i + 1])],
    ];
    for (const [reason, least, isFlagged] of flags) {
      blocks.push(...runs(now, isFlagged, least).map((run) => ({ side, reason, ...run })));
    }
  }
  return blocks;
}

function sideOf(quotes: readonly StrikeQuote[], side: 'call' | 'put'): readonly SideQuote[] {
  return quotes
    .map(({ strike, callBid, callAsk, putBid, putAsk }) =>
      side === 'call'
        ? { strike, bid: callBid, ask: callAsk }
        : { strike, bid: putBid, ask: putAsk },
    )
    .filter(({ bid, ask }) => bid >= 0 && ask >= 0);
}

function isCrossed(quote: SideQuote | undefined): boolean {
  return quote !== undefined && quote.bid > quote.ask;
}

/** A vertical spread that pays to be bought, or that sells for more than its width. */
function isImpossible(
  low: SideQuote | undefined,
  high: SideQuote | undefined,
  side: 'call' | 'put',
): boolean {
  if (low === undefined || high === undefined || isCrossed(low) || isCrossed(high)) return false;
  const [dear, cheap] = side === 'call' ? [low, high] : [high, low];
  return cheap.bid > dear.ask || dear.bid - cheap.ask > high.strike - low.strike;
}

function isSame(quote: SideQuote | undefined, other: SideQuote | undefined): boolean {
  if (quote === undefined || other === undefined || !(quote.bid >= LIVELY_BID)) return false;
  return quote.bid === other.bid && quote.ask === other.ask;
}

function runs(
  quotes: readonly SideQuote[],
  isFlagged: (index: number) => boolean,
  least: number,
): readonly Omit<StaleBlock, 'side' | 'reason'>[] {
  const found: Omit<StaleBlock, 'side' | 'reason'>[] = [];
  let from = -1;
  for (let i = 0; i <= quotes.length; i += 1) {
    const isIn = i < quotes.length && isFlagged(i);
    if (isIn && from < 0) from = i;
    if (isIn || from < 0) continue;
    if (i - from >= least) {
      found.push({
        lowStrike: quotes[from]?.strike ?? Number.NaN,
        highStrike: quotes[i - 1]?.strike ?? Number.NaN,
        strikes: i - from,
      });
    }
    from = -1;
  }
  return found;
}
