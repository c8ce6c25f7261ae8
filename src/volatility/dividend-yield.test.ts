import { describe, expect, it } from 'vitest';
import {
  condorBreakEvens,
  forwardAtYield,
  gordonPrice,
  gordonYield,
  impliedDividendYield,
} from './dividend-yield.ts';

describe('dividend yield', () => {
  it('of a forward is the one it was made with', () => {
    const rate = 0.05;
    const years = 0.5;
    const forward = forwardAtYield(5000, { rate, dividendYield: 0.013, years });
    const discount = Math.exp(-rate * years);
    expect(impliedDividendYield({ spot: 5000, forward, discount, years })).toBeCloseTo(0.013, 14);
  });

  it('prices a dividend of 2 growing at 5 % at 42 for a return of 10 % (Gordon 1959)', () => {
    expect(gordonPrice(2, 0.05, 0.1)).toBeCloseTo(42, 12);
    expect(gordonPrice(2, 0.1, 0.1)).toBeNaN();
  });

  it('of the dividend-discount model is D1 / P, and D1 / P + g is the return', () => {
    const none = { share: 0, trailingYield: 0, growth: 0 };
    const found = gordonYield(none, { share: 1, trailingYield: 2 / 42, growth: 0.05 });
    expect(found.rest).toBeCloseTo(0.05, 14);
    expect(found.yield).toBeCloseTo(Math.log(1.05), 14);
    expect(found.impliedReturn).toBeCloseTo(0.1, 14);
  });

  it('adds REITs by their share', () => {
    const reits = { share: 0.025, trailingYield: 0.04, growth: 0.02 };
    const rest = { share: 0.975, trailingYield: 0.013, growth: 0.06 };
    const found = gordonYield(reits, rest);
    expect(found.reit).toBeCloseTo(0.025 * 0.04 * 1.02, 15);
    expect(found.yield).toBeCloseTo(Math.log1p(found.reit + found.rest), 15);
  });

  it('moves the break-evens against the forward, not the points', () => {
    const strikes = { shortPut: 4700, shortCall: 5200, credit: 12 };
    const terms = { rate: 0.05, years: 30 / 365 };
    const parity = condorBreakEvens(
      strikes,
      forwardAtYield(5000, { ...terms, dividendYield: 0.011 }),
    );
    const gordon = condorBreakEvens(
      strikes,
      forwardAtYield(5000, { ...terms, dividendYield: 0.015 }),
    );
    expect([parity.lower, parity.upper]).toEqual([4688, 5212]);
    expect([gordon.lower, gordon.upper]).toEqual([4688, 5212]);
    expect(gordon.upperLogMoneyness - parity.upperLogMoneyness).toBeCloseTo((0.004 * 30) / 365, 12);
  });
});
