import { describe, expect, it } from 'vitest';
import type { OptionChain } from '../market/option-chain.ts';
import { chainExpiries } from './chain-expiries.ts';
import { boxRate } from './box-rate.ts';
import { MADE_EXPIRIES, madeChain, madeExpiry, madeYears } from './made-chain.fixture.ts';
import { monitorParity } from './parity-monitor.ts';
import type { ExpiryParity, ParityOptions } from './parity-monitor.ts';
import { staleBlocks } from './stale-quotes.ts';
import { syntheticEdges } from './synthetic-edges.ts';
import type { StrikeQuote } from './vix-index.ts';

const OPTIONS: ParityOptions = { billRate: 0.02, kind: 'spx-option', previous: undefined };
const CLEAN = madeChain(MADE_EXPIRIES, 0.1);

/** The chain with one quote moved by some points. */
function moved(chain: OptionChain, strike: number, points: number): OptionChain {
  const row = chain.strike.indexOf(strike);
  const shift = (value: number, at: number): number => (at === row ? value + points : value);
  return { ...chain, bid: chain.bid.map(shift), ask: chain.ask.map(shift) };
}

function first(found: readonly ExpiryParity[]): ExpiryParity {
  const [expiry] = found;
  if (expiry === undefined) throw new Error('no expiry');
  return expiry;
}

describe('monitorParity', () => {
  it('finds nothing in quotes that keep parity', () => {
    const found = monitorParity(CLEAN, OPTIONS);
    expect(found).toHaveLength(2);
    for (const { residuals, blocks, edges, isBlocked } of found) {
      expect(Math.max(...residuals.map(({ residual }) => Math.abs(residual)))).toBeLessThan(1e-6);
      expect([blocks, edges, isBlocked]).toEqual([[], [], false]);
    }
  });

  it('reads the rate of the box and the dividend yield the quotes were made with', () => {
    monitorParity(CLEAN, OPTIONS).forEach(({ box, boxOverBill, dividendYield }, i) => {
      const { rate, forward, days } = madeExpiry(i);
      expect(box?.rate).toBeCloseTo(rate, 8);
      expect(boxOverBill).toBeCloseTo(rate - 0.02, 8);
      expect(box?.lendRate).toBeLessThan(rate);
      expect(box?.borrowRate).toBeGreaterThan(rate);
      expect(dividendYield).toBeCloseTo(rate - Math.log(forward / 2750) / madeYears(days), 7);
    });
  });

  it('marks a quote off by more than three half-spreads, and stops pricing near the money', () => {
    const { residuals, isBlocked } = first(monitorParity(moved(CLEAN, 2750, 1), OPTIONS));
    expect(residuals.filter(({ isStale }) => isStale).map(({ strike }) => strike)).toEqual([2750]);
    expect(isBlocked).toBe(true);
    expect(residuals.find(({ strike }) => strike === 2750)?.residual).toBeCloseTo(1, 2);
  });

  it('lets a quote pass that is off by less than 0.35 points or three half-spreads', () => {
    const found = first(monitorParity(moved(CLEAN, 2750, 0.3), OPTIONS));
    expect(found.isBlocked).toBe(false);
    const wide = madeChain(MADE_EXPIRIES, 0.5);
    expect(first(monitorParity(moved(wide, 2750, 1), OPTIONS)).isBlocked).toBe(false);
  });

  it('does not stop pricing for a stale quote far from the money', () => {
    const { residuals, isBlocked } = first(monitorParity(moved(CLEAN, 2500, 3), OPTIONS));
    expect(residuals.some(({ isStale }) => isStale)).toBe(true);
    expect(isBlocked).toBe(false);
  });

  it('reports a conversion against the cheapest other synthetic, net of four fees', () => {
    const { edges } = first(monitorParity(moved(CLEAN, 2750, 1), OPTIONS));
    // 1 point less the two half-spreads of each synthetic (0.4) and 4 x 1.25 dollars over 100.
    expect(edges).toHaveLength(1);
    expect(edges[0]).toMatchObject({ kind: 'conversion', strike: 2750 });
    expect(edges[0]?.edge).toBeCloseTo(1 - 0.4 - 0.05, 6);
  });
});

describe('boxRate', () => {
  it('is -ln(1996.15 / 2000) / T for a 2000-point box at 1996.15', () => {
    // CME's example of a box price; T chosen as 30 days.
    const quote = (strike: number, gap: number): StrikeQuote => ({
      strike,
      callBid: 3000 + gap,
      callAsk: 3000 + gap,
      putBid: 3000,
      putAsk: 3000,
    });
    const box = boxRate([quote(3000, 1996.15), quote(5000, 0)], 30 / 365);
    expect(box?.rate).toBeCloseTo((-Math.log(1996.15 / 2000) * 365) / 30, 12);
    expect(box?.rate).toBeCloseTo(0.023443, 6);
  });

  it('has none from one strike or at expiry', () => {
    const quotes = chainExpiries(CLEAN)[0]?.quotes ?? [];
    expect(boxRate(quotes.slice(40, 41), 0.1)).toBeUndefined();
    expect(boxRate(quotes, 0)).toBeUndefined();
  });
});

describe('staleBlocks', () => {
  const quotes = chainExpiries(CLEAN)[0]?.quotes ?? [];
  const at = (strike: number): number => quotes.findIndex((quote) => quote.strike === strike);

  function quoteAt(strike: number): StrikeQuote {
    const quote = quotes[at(strike)];
    if (quote === undefined) throw new Error(`no strike ${strike}`);
    return quote;
  }

  function replace(index: number, change: Partial<StrikeQuote>): readonly StrikeQuote[] {
    return quotes.map((quote, i) => (i === index ? { ...quote, ...change } : quote));
  }

  it('finds a crossed quote and a vertical worth less than nothing', () => {
    const i = at(2700);
    const { callBid, callAsk } = quoteAt(2700);
    const crossed = staleBlocks(replace(i, { callBid: callAsk, callAsk: callBid }));
    expect(crossed).toContainEqual({
      side: 'call',
      reason: 'crossed',
      lowStrike: 2700,
      highStrike: 2700,
      strikes: 1,
    });
    const dear = staleBlocks(replace(i, { callBid: callBid + 30, callAsk: callAsk + 30 }));
    expect(dear.map(({ reason, side }) => `${side} ${reason}`)).toContain('call vertical');
  });

  it('finds a run of quotes that rest while the market moved, none of penny quotes', () => {
    const low = at(2600);
    const high = at(2700);
    const previous = quotes.map((quote, i) =>
      i >= low && i <= high ? quote : { ...quote, callBid: quote.callBid + 1 },
    );
    const calls = staleBlocks(quotes, previous).filter(({ side }) => side === 'call');
    expect(calls).toEqual([
      { side: 'call', reason: 'unchanged', lowStrike: 2600, highStrike: 2700, strikes: 5 },
    ]);
  });

  it('finds one quote standing at several strikes', () => {
    const { putBid, putAsk } = quoteAt(2650);
    const low = at(2600);
    const repeated = quotes.map((quote, i) =>
      i >= low && i < low + 4 ? { ...quote, putBid, putAsk } : quote,
    );
    expect(staleBlocks(repeated).map(({ reason }) => reason)).toContain('repeated');
  });
});

describe('syntheticEdges', () => {
  it('are none where every synthetic costs its spread', () => {
    const quotes = chainExpiries(CLEAN)[0]?.quotes ?? [];
    expect(syntheticEdges(quotes, { forward: 2754, discount: 0.998, fees: 0.05 })).toEqual([]);
  });
});
