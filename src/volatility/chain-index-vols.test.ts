import { describe, expect, it } from 'vitest';
import { chainIndexVols } from './chain-index-vols.ts';
import { madeChain, madeYears } from './made-chain.fixture.ts';
import type { MadeExpiry } from './made-chain.fixture.ts';

const flat = (days: number, vol: number): MadeExpiry => ({
  days,
  svi: { a: vol * vol * madeYears(days), b: 0, rho: 0, m: 0, sigma: 0.1 },
  forward: 2750,
  rate: 0,
});

describe('the VIX family of a chain', () => {
  const chain = madeChain([flat(7, 0.12), flat(31, 0.16), flat(80, 0.18), flat(190, 0.2)], 0.02);
  const vols = chainIndexVols(chain, 0);

  it('has the volatility of flat smiles, total variance linear between expiries', () => {
    const between = (days: number, a: [number, number], b: [number, number]): number => {
      const [left, right] = [a[0] * a[1] ** 2, b[0] * b[1] ** 2];
      const total = left + ((right - left) * (days - a[0])) / (b[0] - a[0]);
      return 100 * Math.sqrt(total / days);
    };
    // Strikes 25 points apart under a sum of rectangles: a few hundredths of a point.
    expect(Math.abs(vols.vix - between(30, [7, 0.12], [31, 0.16]))).toBeLessThan(0.15);
    expect(Math.abs(vols.vix3m - between(93, [80, 0.18], [190, 0.2]))).toBeLessThan(0.15);
    expect(Math.abs(vols.vix6m - between(184, [80, 0.18], [190, 0.2]))).toBeLessThan(0.15);
  });

  it('takes the nearest expiry within a day, and knows nothing beyond', () => {
    const { vix, vix9d, vix3m } = chainIndexVols(madeChain([flat(30, 0.16)], 0.02), 0);
    expect(vix).toBeCloseTo(16, 0);
    expect([vix9d, vix3m]).toEqual([NaN, NaN]);
  });
});
