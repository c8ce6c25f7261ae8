import { describe, expect, it } from 'vitest';
import {
  affordableDoublings,
  breakEvenWinRate,
  continuousKellyShare,
  kellyShare,
  lossAfterDoublings,
} from './doubling-arithmetic.ts';

const ACCOUNT = { equity: 100_000, firstUnits: 1, lossPerUnit: 4000, marginPerUnit: 4000 };

describe('a doubling account', () => {
  it('of $100,000 can double a $4,000 bet three times, with losses of $1,800 four times', () => {
    expect(affordableDoublings(ACCOUNT)).toBe(3);
    expect(affordableDoublings({ ...ACCOUNT, lossPerUnit: 1800 })).toBe(4);
  });

  it('meets the margin of its last doubling and not of the next', () => {
    const k = affordableDoublings(ACCOUNT);
    const left = (losses: number): number => ACCOUNT.equity - lossAfterDoublings(ACCOUNT, losses);
    expect(left(k)).toBeGreaterThanOrEqual(ACCOUNT.marginPerUnit * 2 ** k);
    expect(left(k + 1)).toBeLessThan(ACCOUNT.marginPerUnit * 2 ** (k + 1));
  });

  it('loses n0 ℓ (2^k − 1)', () => {
    expect(lossAfterDoublings({ firstUnits: 2, lossPerUnit: 100 }, 3)).toBe(200 + 400 + 800);
  });

  it('has no answer without a bet', () => {
    expect(affordableDoublings({ ...ACCOUNT, firstUnits: 0 })).toBeNaN();
    expect(affordableDoublings({ ...ACCOUNT, equity: 1000 })).toBeLessThan(0);
  });
});

describe('kelly', () => {
  it('bets a fifth on 60 % at even odds, and nothing on a condor of 70 % at 0.12 to 1', () => {
    expect(kellyShare(0.6, 1)).toBeCloseTo(0.2, 14);
    expect(kellyShare(0.7, 0.12)).toBeCloseTo(-1.8, 12);
    expect(breakEvenWinRate(0.12)).toBeCloseTo(0.8928571428571428, 14);
    expect(kellyShare(breakEvenWinRate(0.12), 0.12)).toBeCloseTo(0, 14);
    expect(continuousKellyShare(0.05, 0.2)).toBeCloseTo(1.25, 14);
  });
});
