import { describe, expect, it } from 'vitest';
import { CALL, PUT } from '../contracts/contract-kind.ts';
import { chainExpiries } from './chain-expiries.ts';
import { madeChain, madeExpiry, madeYears } from './made-chain.fixture.ts';
import { midsByNeighbours } from './mids-by-neighbours.ts';
import type { StrikeQuote } from './vix-index.ts';

const made = madeExpiry(0);
const quotes = chainExpiries(madeChain([made], 0.1))[0]?.quotes ?? [];
const terms = { years: madeYears(made.days), rate: made.rate };

function midOf(strike: number, right: number): number {
  const quote = quotes.find((each) => each.strike === strike);
  if (quote === undefined) throw new Error(`strike ${strike} is listed`);
  return right === CALL
    ? 0.5 * (quote.callBid + quote.callAsk)
    : 0.5 * (quote.putBid + quote.putAsk);
}

describe('a mid by the other quotes of its expiry', () => {
  it.each([
    [2600, PUT],
    [2750, CALL],
    [2750, PUT],
    [2850, CALL],
    [2900, PUT],
  ])('is that of the smile they lie on: %i, right %i', (strike, right) => {
    const { mid, smileMid } = midsByNeighbours(quotes, { right, strike }, terms);
    expect(Math.abs(mid - midOf(strike, right))).toBeLessThan(0.05);
    expect(Math.abs(smileMid - midOf(strike, right))).toBeLessThan(0.2);
  });

  it('does not see its own quote', () => {
    const spoiled = quotes.map((quote) =>
      quote.strike === 2600 ? { ...quote, putBid: 90, putAsk: 95 } : quote,
    );
    const series = { right: PUT, strike: 2600 };
    expect(midsByNeighbours(spoiled, series, terms)).toEqual(
      midsByNeighbours(quotes, series, terms),
    );
  });

  it('follows the quotes beside it where the smile cannot', () => {
    const lift = (quote: StrikeQuote): StrikeQuote =>
      quote.strike === 2575 || quote.strike === 2625
        ? { ...quote, putBid: quote.putBid + 1, putAsk: quote.putAsk + 1 }
        : quote;
    const found = midsByNeighbours(quotes.map(lift), { right: PUT, strike: 2600 }, terms);
    expect(found.mid - midOf(2600, PUT)).toBeGreaterThan(0.7);
    expect(found.mid).toBeGreaterThan(found.smileMid);
  });

  it('is unknown where too few quotes are left', () => {
    const few = quotes.filter(({ strike }) => strike >= 2725 && strike <= 2800);
    const { mid, smileMid } = midsByNeighbours(few, { right: PUT, strike: 2750 }, terms);
    expect([mid, smileMid]).toEqual([NaN, NaN]);
    expect(midsByNeighbours([], { right: PUT, strike: 2750 }, terms).mid).toBeNaN();
  });
});
