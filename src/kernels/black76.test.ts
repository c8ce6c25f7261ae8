import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { black76, black76Call, black76Delta, black76Put, logForwardOverStrike } from './black76.ts';

const CALL = 0;
const PUT = 1;

describe('logForwardOverStrike', () => {
  // 50-digit values (mpmath): forward over strike, its logarithm.
  it.each([
    [1 + 2 ** -40, 9.094947017725146e-13],
    [1 - 2 ** -40, -9.094947017733418e-13],
    [1 + 2 ** -20, 9.536738616591883e-7],
    [1 + 2 ** -4, 0.06062462181643484],
    [1.5, 0.4054651081081644],
    [0.001, -6.907755278982137],
  ])('of %d', (ratio, expected) => {
    for (const strike of [1, 4096]) {
      const found = logForwardOverStrike(ratio * strike, strike);
      expect(Math.abs(found / expected - 1)).toBeLessThan(4e-16);
    }
  });

  it('of equals is 0, of nothing without bound', () => {
    expect(logForwardOverStrike(5000, 5000)).toBe(0);
    expect(logForwardOverStrike(0, 5000)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('black76', () => {
  // 50-digit values (mpmath): right, forward, strike, sigma, T, undiscounted price.
  it.each([
    [0, 100, 110, 0.2, 1, 4.292010941409888],
    [0, 20, 35, 1.1, 0.0821917808219178, 0.1257692137679116],
    [1, 5000, 3500, 0.45, 0.1232876712328767, 2.7331847399183],
    [1, 5000, 4990, 0.12, 0.000742009132420091, 2.6986316303164597],
    [0, 5000, 6000, 0.14, 0.1232876712328767, 0.006722311876017101],
  ])('%d F %d K %d sigma %d T %d is %d', (right, forward, strike, sigma, years, expected) => {
    const price = black76(right, forward, strike, sigma * Math.sqrt(years));
    expect(Math.abs(price / expected - 1)).toBeLessThan(1e-12);
  });

  // 50-digit values (mpmath) of every regime, to the far tail: right, F, K, total vol, price.
  it.each([
    [0, 100, 101, 0.001, 1.2448695951642834e-25],
    [1, 5000, 2000, 0.05, 2.2081589953253193e-74],
    [1, 5000, 4000, 0.02, 2.6066505384160885e-28],
    [0, 20, 90, 0.25, 1.4849454775606103e-9],
    [0, 100, 105, 0.19, 5.511284077972232],
    [0, 100, 105, 0.21, 6.300883135940523],
    [0, 100, 300, 0.3, 0.0015603684700166674],
    [0, 5000, 5001, 0.0005, 0.5761891479800382],
    [0, 100, 100, 1e-6, 3.98942280401416e-5],
    [0, 100, 250, 3, 79.51131866757217],
    [1, 20, 10, 0.5, 0.26138699288011125],
    [1, 5000, 4100, 0.0199, 8.918417321340703e-23],
    [1, 5000, 4950, 0.0038, 0.023972534352138322],
  ])('%d F %d K %d total vol %d is %d', (right, forward, strike, totalVol, expected) => {
    const price = black76(right, forward, strike, totalVol);
    expect(Math.abs(price / expected - 1)).toBeLessThan(1e-12);
  });

  it('at zero total vol is the intrinsic value', () => {
    expect(black76Call(110, 100, 0)).toBe(10);
    expect(black76Put(110, 100, 0)).toBe(0);
    expect(black76Call(90, 100, 0)).toBe(0);
    expect(black76Put(90, 100, 0)).toBe(10);
    expect(black76Call(100, 100, 0)).toBe(0);
  });

  it('at endless total vol is the forward or the strike', () => {
    expect(black76Call(90, 100, Infinity)).toBe(90);
    expect(black76Put(90, 100, Infinity)).toBe(100);
  });

  it('of a worthless forward is 0 and the strike', () => {
    expect([black76Call(0, 10, 0.2), black76Put(0, 10, 0.2)]).toEqual([0, 10]);
    expect([black76Call(0, 10, 0), black76Put(0, 10, 0)]).toEqual([0, 10]);
  });

  it('lets NaN through and gives NaN outside its domain', () => {
    for (const right of [CALL, PUT]) {
      expect(black76(right, Number.NaN, 100, 0.2)).toBeNaN();
      expect(black76(right, 100, Number.NaN, 0.2)).toBeNaN();
      expect(black76(right, 100, 100, Number.NaN)).toBeNaN();
      expect(black76(right, Number.NaN, 100, 0)).toBeNaN();
      expect(black76(right, 100, 100, -0.1)).toBeNaN();
      expect(black76(right, -1, 100, 0.1)).toBeNaN();
    }
  });

  const forwards = fc.double({ min: 10, max: 10_000, noNaN: true });
  const ratios = fc.double({ min: 0.3, max: 3, noNaN: true });
  const totalVols = fc.double({ min: 1e-4, max: 3, noNaN: true });

  it('keeps put-call parity, intrinsic and full value as bounds', () => {
    fc.assert(
      fc.property(forwards, ratios, totalVols, (forward, ratio, totalVol) => {
        const strike = forward * ratio;
        const call = black76Call(forward, strike, totalVol);
        const put = black76Put(forward, strike, totalVol);
        expect(Math.abs(call - put - (forward - strike))).toBeLessThan(1e-14 * (forward + strike));
        expect(call).toBeGreaterThanOrEqual(Math.max(0, forward - strike));
        expect(call).toBeLessThanOrEqual(forward);
        expect(put).toBeLessThanOrEqual(strike);
      }),
    );
  });

  it('rises with total vol, also across the borders of its regimes', () => {
    fc.assert(
      fc.property(forwards, ratios, totalVols, (forward, ratio, totalVol) => {
        const strike = forward * ratio;
        const price = (s: number): number =>
          forward < strike ? black76Call(forward, strike, s) : black76Put(forward, strike, s);
        expect(price(totalVol * 1.0001)).toBeGreaterThanOrEqual(price(totalVol));
      }),
    );
  });

  it('scales with the unit of forward and strike', () => {
    const tenth = black76Put(500, 470, 0.065);
    expect(Math.abs(black76Put(5000, 4700, 0.065) / tenth / 10 - 1)).toBeLessThan(1e-14);
  });
});

describe('logForwardOverStrike', () => {
  it('keeps the digits of a quotient near 1', () => {
    expect(logForwardOverStrike(1 + 2 ** -40, 1)).toBe(Math.log1p(2 ** -40));
    expect(logForwardOverStrike(5000, 2500)).toBe(Math.LN2);
    expect(logForwardOverStrike(100, 100)).toBe(0);
  });
});

describe('black76Delta', () => {
  it('is the slope of the price to the forward', () => {
    for (const right of [CALL, PUT]) {
      for (const strike of [4700, 5000, 5250]) {
        const price = (forward: number): number => black76(right, forward, strike, 0.065);
        const slope = (price(5001) - price(4999)) / 2;
        expect(Math.abs(black76Delta(right, 5000, strike, 0.065) - slope)).toBeLessThan(1e-5);
      }
    }
  });

  it('at zero total vol is 0, a half or 1', () => {
    expect([90, 100, 110].map((forward) => black76Delta(CALL, forward, 100, 0))).toEqual([
      0, 0.5, 1,
    ]);
    expect([90, 100].map((forward) => black76Delta(PUT, forward, 100, 0))).toEqual([-1, -0.5]);
    expect(black76Delta(CALL, 100, 100, -1)).toBeNaN();
    expect(black76Delta(PUT, Number.NaN, 100, 0)).toBeNaN();
    expect(black76Delta(PUT, 100, 100, Number.NaN)).toBeNaN();
  });
});
