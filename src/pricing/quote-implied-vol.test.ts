import { describe, expect, it } from 'vitest';
import { impliedVol } from './implied-vol.ts';
import { quoteFault, quoteImpliedVol } from './quote-implied-vol.ts';
import type { TwoSidedQuote } from './quote-implied-vol.ts';

const QUOTE: TwoSidedQuote = {
  right: 'put',
  forward: 5000,
  strike: 4700,
  discountFactor: 0.995,
  yearFraction: 0.12,
  bid: 19.8,
  ask: 20.2,
};

describe('quoteFault', () => {
  it.each([
    [1, 1.1, undefined],
    [1, 1, undefined],
    [1.2, 1.1, 'crossed'],
    [0, 0.05, 'no-bid'],
    [Number.NaN, 1, 'no-quote'],
    [1, Number.NaN, 'no-quote'],
    [0, 0, 'no-quote'],
    [-1, 1, 'no-quote'],
    [1, Number.POSITIVE_INFINITY, 'no-quote'],
  ])('%d bid, %d asked: %s', (bid, ask, fault) => {
    expect(quoteFault({ bid, ask })).toBe(fault);
  });

  it('is stale beyond the limit, and at an unknown age once there is one', () => {
    expect(quoteFault({ bid: 1, ask: 1.1, ageSeconds: 60 }, 60)).toBeUndefined();
    expect(quoteFault({ bid: 1, ask: 1.1, ageSeconds: 61 }, 60)).toBe('stale');
    expect(quoteFault({ bid: 1, ask: 1.1 }, 60)).toBe('stale');
    expect(quoteFault({ bid: 1, ask: 1.1, ageSeconds: 1e9 })).toBeUndefined();
  });
});

describe('quoteImpliedVol', () => {
  it('is the volatility of the middle, between those of the sides', () => {
    const { bid: _bid, ask: _ask, ...option } = QUOTE;
    const found = quoteImpliedVol(QUOTE);
    expect(found).toMatchObject(impliedVol({ ...option, price: 20 }));
    if (found.kind !== 'vol' || found.bid.kind !== 'vol' || found.ask.kind !== 'vol') {
      throw new Error('expected three volatilities');
    }
    expect(found.bid.vol).toBeLessThan(found.vol);
    expect(found.vol).toBeLessThan(found.ask.vol);
  });

  it('keeps the middle where the bid is below intrinsic value', () => {
    const found = quoteImpliedVol({ ...QUOTE, right: 'call', bid: 298, ask: 330 });
    expect(found).toMatchObject({ kind: 'vol', bid: { kind: 'none', reason: 'below-intrinsic' } });
  });

  it.each([
    ['crossed', { bid: 21 }],
    ['above-maximum', { bid: 4700, ask: 4800 }],
    ['not-positive-input', { strike: 0 }],
    ['no-time', { yearFraction: 0 }],
  ])('is none, %s', (reason, change) => {
    expect(quoteImpliedVol({ ...QUOTE, ...change })).toEqual({ kind: 'none', reason });
  });
});
