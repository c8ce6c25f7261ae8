import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76 } from './black76.ts';
import { fillSmilePrices, smileColumns } from './smile-prices.ts';
import { ssviTotalVariance } from './ssvi.ts';

interface Row {
  readonly right: number;
  readonly strike: number;
  readonly forward: number;
  readonly scale: number;
  readonly theta: number;
  readonly phi: number;
  readonly rho: number;
}

const ROW: Row = {
  right: 1,
  strike: 4800,
  forward: 5000,
  scale: 0.99,
  theta: 0.01,
  phi: 10,
  rho: -0.65,
};

function priceOf(row: Row): number {
  const columns = smileColumns(1);
  for (const name of ['right', 'strike', 'forward', 'scale', 'theta', 'phi', 'rho'] as const) {
    columns[name][0] = row[name];
  }
  fillSmilePrices(columns, 1);
  return columns.price[0] ?? Number.NaN;
}

describe('fillSmilePrices', () => {
  it('is Black-76 at the volatility of the smile, to 1e-14 of the forward', () => {
    const any = fc.record({
      right: fc.constantFrom(0, 1),
      strike: fc.double({ min: 500, max: 20_000, noNaN: true }),
      forward: fc.double({ min: 1000, max: 10_000, noNaN: true }),
      scale: fc.double({ min: 0.09, max: 1, noNaN: true }),
      theta: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      phi: fc.double({ min: 0.1, max: 50, noNaN: true }),
      rho: fc.constantFrom(-0.65, 0.98),
    });
    fc.assert(
      fc.property(any, (row) => {
        const k = Math.log(row.strike / row.forward);
        const totalVol = Math.sqrt(ssviTotalVariance(k, row.theta, row.rho, row.phi));
        const exact = row.scale * black76(row.right, row.forward, row.strike, totalVol);
        expect(Math.abs(priceOf(row) - exact)).toBeLessThan(1e-13 * row.forward + 1e-14 * exact);
      }),
      { numRuns: 2000 },
    );
  });

  it('is intrinsic value without variance', () => {
    const expired = { ...ROW, theta: 0, phi: 0 };
    expect(priceOf(expired)).toBe(0);
    expect(priceOf({ ...expired, right: 0 })).toBe(0.99 * 200);
  });

  it.each(['strike', 'forward', 'scale', 'theta', 'phi', 'rho'] as const)(
    'has no price without %s, nor for a right that is neither call nor put',
    (name) => {
      expect(priceOf({ ...ROW, [name]: Number.NaN })).toBeNaN();
      expect(priceOf({ ...ROW, right: 2 })).toBeNaN();
    },
  );
});
