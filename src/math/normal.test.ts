import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erfc, erfcx, normalCdf, normalInverse, normalPdf } from './normal.ts';

/** A few units in the last place, with room for the exponential of other engines. */
const RELATIVE = 1e-14;

function relativeError(actual: number, expected: number): number {
  return expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1);
}

describe('normalCdf', () => {
  // 50-digit values of erfc(-x / sqrt 2) / 2 (mpmath).
  it.each([
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [1.5, 0.9331927987311419],
    [2, 0.9772498680518208],
    [3, 0.9986501019683699],
    [4, 0.9999683287581669],
    [5, 0.9999997133484281],
    [6, 0.9999999990134123],
    [7, 0.9999999999987201],
    [8, 0.9999999999999993],
    [-0.5, 0.3085375387259869],
    [-1, 0.15865525393145705],
    [-2, 0.02275013194817921],
    [-3, 0.0013498980316300946],
    [-5, 2.866515718791939e-7],
    [-8, 6.220960574271784e-16],
    [-10, 7.619853024160525e-24],
    [-15, 3.670966199312751e-51],
    [-20, 2.7536241186062337e-89],
    [-30, 4.906713927148187e-198],
    [-37, 5.725571222524577e-300],
  ])('N(%d) is %d', (x, expected) => {
    expect(relativeError(normalCdf(x), expected)).toBeLessThan(RELATIVE);
  });

  it('keeps the digits that a denormal result has', () => {
    expect(relativeError(normalCdf(-38), 2.88542835e-316)).toBeLessThan(1e-7);
  });

  it('is 0 and 1 at the ends, and NaN of NaN', () => {
    expect([-Infinity, -40, 40, Infinity].map(normalCdf)).toEqual([0, 0, 1, 1]);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });

  it('adds up to 1 with its mirror image and never falls', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15);
        expect(normalCdf(x + 1e-3)).toBeGreaterThanOrEqual(normalCdf(x));
      }),
    );
  });
});

describe('normalInverse', () => {
  // 50-digit quantiles (mpmath).
  it.each([
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514726],
    [0.975, 1.9599639845400543],
    [0.99, 2.326347874040841],
    [0.995, 2.575829303548901],
    [0.999, 3.0902323061678136],
    [0.0001, -3.7190164854556804],
    [1e-6, -4.753424308822899],
    [1e-10, -6.361340902404057],
    [1e-15, -7.941345326170997],
  ])('the %d quantile is %d', (p, expected) => {
    expect(relativeError(normalInverse(p), expected)).toBeLessThan(RELATIVE);
  });

  it('is infinite at 0 and 1 and NaN outside', () => {
    expect([0, 1].map(normalInverse)).toEqual([-Infinity, Infinity]);
    for (const p of [-1e-9, 1 + 1e-9, Number.NaN]) expect(normalInverse(p)).toBeNaN();
  });

  it('inverts normalCdf in the left tail to the conditioning of N', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 0, noNaN: true }), (x) => {
        expect(Math.abs(normalInverse(normalCdf(x)) - x)).toBeLessThan(4e-15 * (1 + Math.abs(x)));
      }),
    );
  });
});

describe('normalPdf', () => {
  it('is the derivative of normalCdf', () => {
    for (const x of [-6, -2.5, -0.3, 0, 1, 4]) {
      const slope = (normalCdf(x + 1e-5) - normalCdf(x - 1e-5)) / 2e-5;
      expect(Math.abs(normalPdf(x) - slope)).toBeLessThan(1e-10);
    }
    expect(normalPdf(0)).toBe(0.3989422804014327);
    expect(normalPdf(Infinity)).toBe(0);
    expect(normalPdf(Number.NaN)).toBeNaN();
  });
});

describe('erfc and erfcx', () => {
  // 50-digit values (mpmath): x, erfc(x), exp(x^2) erfc(x).
  it.each([
    [-5, 1.9999999999984626, 144009798674.66104],
    [-1, 1.8427007929497148, 5.008980080762283],
    [-0.3, 1.3286267594591274, 1.4537492328427655],
    [0, 1, 1],
    [0.25, 0.7236736098317631, 0.7703465477309968],
    [0.46875, 0.507386526782062, 0.6320696892495561],
    [0.5, 0.4795001221869535, 0.6156903441929259],
    [1, 0.15729920705028513, 0.427583576155807],
    [2.5, 0.0004069520174449589, 0.2108063640611436],
    [4, 1.541725790028002e-8, 0.13699945762506138],
    [4.5, 1.9661604415428876e-10, 0.12248480427384142],
    [10, 2.088487583762545e-45, 0.05614099274382259],
    [26, 5.663192408856143e-296, 0.021683584850562907],
  ])('at %d', (x, plain, scaled) => {
    expect(relativeError(erfc(x), plain)).toBeLessThan(2e-15);
    expect(relativeError(erfcx(x), scaled)).toBeLessThan(2e-15);
  });

  it('end in 0, 2 and an overflow', () => {
    expect([erfc(Infinity), erfc(-Infinity), erfcx(Infinity), erfcx(-30)]).toEqual([
      0,
      2,
      0,
      Infinity,
    ]);
    expect([erfc(Number.NaN), erfcx(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });
});
