import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL, PUT } from '../contracts/contract-kind.ts';
import { black76 } from '../kernels/black76.ts';
import { fillImpliedVols, impliedVol } from './implied-vol.ts';
import type { QuotedOption } from './implied-vol.ts';

const OPTION: QuotedOption = {
  right: 'put',
  forward: 5000,
  strike: 4700,
  discountFactor: 0.995,
  yearFraction: 0.12,
  price: 20,
};

describe('impliedVol', () => {
  it('gives back the volatility of a price, either side of the money', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.03, max: 1.5, noNaN: true }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.constantFrom('call' as const, 'put' as const),
        (vol, yearFraction, deviations, right) => {
          const total = vol * Math.sqrt(yearFraction);
          const strike = 5000 * Math.exp(deviations * total);
          const code = right === 'call' ? CALL : PUT;
          const price = 0.97 * black76(code, 5000, strike, total);
          const found = impliedVol({
            right,
            forward: 5000,
            strike,
            discountFactor: 0.97,
            yearFraction,
            price,
          });
          expect(found.kind).toBe('vol');
          // The side in the money keeps the digits that intrinsic value leaves.
          expect(found.kind === 'vol' ? found.vol : Number.NaN).toBeCloseTo(vol, 9);
        },
      ),
    );
  });

  it.each([
    ['below-intrinsic', { right: 'call' as const, strike: 4700, price: 290 }],
    ['at-intrinsic', { price: 0 }],
    ['at-intrinsic', { right: 'call' as const, strike: 4700, price: 300 * 0.995 }],
    ['above-maximum', { price: 4700 }],
    ['no-time', { yearFraction: 0 }],
    ['not-finite', { price: Number.NaN }],
    ['not-finite', { strike: Number.POSITIVE_INFINITY }],
    ['not-positive-input', { forward: -1 }],
    ['below-intrinsic', { price: -1 }],
  ])('is none, %s', (reason, change) => {
    expect(impliedVol({ ...OPTION, ...change })).toEqual({ kind: 'none', reason });
  });
});

describe('fillImpliedVols', () => {
  const strike = Float64Array.from({ length: 400 }, (_unused, i) => 3000 + 10 * i);
  const right = Uint8Array.from(strike, (level) => (level < 5000 ? PUT : CALL));
  const vols = strike.map((level) => 0.12 + 2e-8 * (level - 5100) ** 2);
  const years = 0.12;
  const price = strike.map(
    (level, i) => 0.995 * black76(right[i] ?? 0, 5000, level, (vols[i] ?? 0) * Math.sqrt(years)),
  );
  const chain = { forward: 5000, discountFactor: 0.995, yearFraction: years, right, strike, price };

  it.each([
    ['reference', 1e-12],
    ['fast', 1e-9],
  ] as const)('%s', (accuracy, tolerance) => {
    const out = new Float64Array(strike.length);
    fillImpliedVols(chain, out, accuracy);
    out.forEach((vol, i) => expect(Math.abs(vol - (vols[i] ?? 0))).toBeLessThan(tolerance));
  });

  it.each([
    ['reference', 1e-13],
    ['fast', 1e-9],
  ] as const)('%s: as one by one whatever the order and the ticks', (accuracy, tolerance) => {
    const ticks = price.map((each) => 0.05 * Math.max(1, Math.round(each / 0.05)));
    const shuffled = strike.map((_level, i) => (i * 163) % strike.length);
    const take = (column: Float64Array): Float64Array =>
      column.map((_value, i) => column[shuffled[i] ?? 0] ?? Number.NaN);
    const rights = right.map((_value, i) => right[shuffled[i] ?? 0] ?? 0);
    const out = new Float64Array(strike.length);
    for (const columns of [
      { right, strike, price: ticks },
      { right: rights, strike: take(strike), price: take(ticks) },
    ]) {
      fillImpliedVols({ ...chain, ...columns }, out, accuracy);
      out.forEach((vol, row) => {
        const alone = impliedVol({
          ...chain,
          right: columns.right[row] === CALL ? 'call' : 'put',
          strike: columns.strike[row] ?? Number.NaN,
          price: columns.price[row] ?? Number.NaN,
        });
        expect(alone.kind === 'vol' ? Math.abs(alone.vol - vol) : alone.kind).toBeLessThan(
          tolerance,
        );
      });
    }
  });

  it('goes on after a price that has none', () => {
    const holed = price.map((each, row) => (row % 7 === 3 ? 0 : each));
    const out = new Float64Array(strike.length);
    fillImpliedVols({ ...chain, price: holed }, out);
    out.forEach((vol, row) => {
      if (row % 7 === 3) expect(vol).toBeNaN();
      else expect(vol).toBeCloseTo(vols[row] ?? 0, 11);
    });
  });

  it('is NaN where a price has none', () => {
    const out = new Float64Array(strike.length);
    fillImpliedVols({ ...chain, price: price.map(() => 0) }, out);
    expect(out.every(Number.isNaN)).toBe(true);
  });
});
