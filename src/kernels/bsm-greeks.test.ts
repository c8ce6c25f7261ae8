import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CERTAIN_TOTAL_VOL,
  fillBlack76Greeks,
  fillBsmGreeks,
  GREEK_COLUMNS,
} from './bsm-greeks.ts';

const CALL = 0;
const PUT = 1;

type Column = (typeof GREEK_COLUMNS)[number];
type Greeks = Readonly<Record<Column, number>>;

interface Point {
  readonly right: number;
  readonly spot: number;
  readonly strike: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly vol: number;
  readonly yearFraction: number;
}

function named(out: Float64Array): Greeks {
  return Object.fromEntries(GREEK_COLUMNS.map((column, i) => [column, out[i]])) as Greeks;
}

function greeks(point: Point): Greeks {
  const { right, spot, strike, rate, dividendYield, vol, yearFraction } = point;
  const out = new Float64Array(GREEK_COLUMNS.length).fill(Number.NaN);
  fillBsmGreeks(right, spot, strike, rate, dividendYield, vol, yearFraction, out);
  return named(out);
}

function forwardGreeks(forward: number, discountFactor: number, vol: number, t: number): Greeks {
  const out = new Float64Array(GREEK_COLUMNS.length).fill(Number.NaN);
  fillBlack76Greeks(CALL, forward, 30, discountFactor, vol, t, out);
  return named(out);
}

/** Central difference of one greek along one parameter. */
function slope(point: Point, column: Column, parameter: keyof Point, step: number): number {
  const up = greeks({ ...point, [parameter]: point[parameter] + step });
  const down = greeks({ ...point, [parameter]: point[parameter] - step });
  return (up[column] - down[column]) / (2 * step);
}

const BASE: Point = {
  right: PUT,
  spot: 5000,
  strike: 4800,
  rate: 0.043,
  dividendYield: 0.014,
  vol: 0.18,
  yearFraction: 0.25,
};

describe('fillBsmGreeks', () => {
  // Each greek as a derivative of the column it belongs to; time runs against yearFraction.
  it.each<[Column, Column, keyof Point, number]>([
    ['delta', 'price', 'spot', 1],
    ['gamma', 'delta', 'spot', 1],
    ['vega', 'price', 'vol', 1e-5],
    ['theta', 'price', 'yearFraction', 1e-5],
    ['rho', 'price', 'rate', 1e-5],
    ['phi', 'price', 'dividendYield', 1e-5],
    ['vanna', 'delta', 'vol', 1e-5],
    ['volga', 'vega', 'vol', 1e-5],
    ['charm', 'delta', 'yearFraction', 1e-5],
    ['speed', 'gamma', 'spot', 1],
    ['zomma', 'gamma', 'vol', 1e-5],
    ['color', 'gamma', 'yearFraction', 1e-5],
    ['ultima', 'volga', 'vol', 1e-5],
    ['dualDelta', 'price', 'strike', 1],
    ['dualGamma', 'dualDelta', 'strike', 1],
  ])('%s is the slope of %s to %s', (greek, column, parameter, step) => {
    for (const right of [CALL, PUT]) {
      for (const strike of [4500, 4800, 5037, 5400]) {
        const point = { ...BASE, right, strike };
        const passing = parameter === 'yearFraction' ? -1 : 1;
        const expected = passing * slope(point, column, parameter, step);
        const scale = Math.abs(expected) + 1e-3 * Math.abs(greeks(BASE)[greek]);
        expect(Math.abs(greeks(point)[greek] - expected) / scale).toBeLessThan(1e-5);
      }
    }
  });

  const points = fc.record({
    right: fc.constantFrom(CALL, PUT),
    spot: fc.double({ min: 4000, max: 6000, noNaN: true }),
    strike: fc.double({ min: 3500, max: 6500, noNaN: true }),
    rate: fc.double({ min: -0.02, max: 0.1, noNaN: true }),
    dividendYield: fc.double({ min: 0, max: 0.05, noNaN: true }),
    vol: fc.double({ min: 0.05, max: 1, noNaN: true }),
    yearFraction: fc.double({ min: 1e-4, max: 2, noNaN: true }),
  });

  it('satisfies the Black-Scholes equation', () => {
    fc.assert(
      fc.property(points, (point) => {
        const { spot, rate, dividendYield, vol } = point;
        const g = greeks(point);
        const terms = [
          g.theta,
          0.5 * vol * vol * spot * spot * g.gamma,
          (rate - dividendYield) * spot * g.delta,
          -rate * g.price,
        ];
        const size = terms.reduce((sum, each) => sum + Math.abs(each), 0) + 1e-6 * spot;
        expect(Math.abs(terms.reduce((sum, each) => sum + each, 0)) / size).toBeLessThan(1e-11);
      }),
    );
  });

  it('keeps put-call parity in price and greeks', () => {
    fc.assert(
      fc.property(points, (point) => {
        const { spot, strike, rate, dividendYield, yearFraction } = point;
        const call = greeks({ ...point, right: CALL });
        const put = greeks({ ...point, right: PUT });
        const carry = Math.exp(-dividendYield * yearFraction);
        const discount = Math.exp(-rate * yearFraction);
        expect(call.price - put.price).toBeCloseTo(spot * carry - strike * discount, 9);
        expect(call.delta - put.delta).toBeCloseTo(carry, 12);
        expect(call.dualDelta - put.dualDelta).toBeCloseTo(-discount, 12);
        expect(call.rho - put.rho).toBeCloseTo(yearFraction * strike * discount, 8);
        for (const column of ['gamma', 'vega', 'vanna', 'volga', 'speed', 'ultima'] as const) {
          expect(call[column]).toBe(put[column]);
        }
      }),
    );
  });

  it('is homogeneous: price = spot delta + strike dual delta', () => {
    fc.assert(
      fc.property(points, (point) => {
        const g = greeks(point);
        expect(g.price).toBeCloseTo(point.spot * g.delta + point.strike * g.dualDelta, 8);
      }),
    );
  });

  it('at expiry is the intrinsic value; delta 0, a half or 1; nothing else moves', () => {
    for (const [right, spot, price, delta] of [
      [CALL, 4900, 100, 1],
      [CALL, 4800, 0, 0.5],
      [CALL, 4700, 0, 0],
      [PUT, 4900, 0, 0],
      [PUT, 4800, 0, -0.5],
      [PUT, 4700, 100, -1],
    ] as const) {
      const g = greeks({ ...BASE, right, spot, yearFraction: 0 });
      expect(g.price).toBe(price);
      expect(g.delta).toBeCloseTo(delta, 15);
      for (const column of GREEK_COLUMNS) {
        if (!['price', 'delta', 'dualDelta'].includes(column)) expect(g[column]).toBeCloseTo(0, 15);
      }
    }
  });

  it('at zero vol is the discounted value of a certain payoff', () => {
    const g = greeks({ ...BASE, right: CALL, vol: 0 });
    const asset = 5000 * Math.exp(-0.014 * 0.25);
    const cash = 4800 * Math.exp(-0.043 * 0.25);
    expect(g.price).toBeCloseTo(asset - cash, 10);
    expect(g.delta).toBeCloseTo(asset / 5000, 14);
    expect(g.rho).toBeCloseTo(0.25 * cash, 10);
    expect(g.phi).toBeCloseTo(-0.25 * asset, 10);
    expect(g.theta).toBeCloseTo(0.014 * asset - 0.043 * cash, 10);
    expect([g.gamma, g.vega, g.vanna, g.volga, g.zomma, g.color]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('approaches the certain payoff just above the floor of total vol', () => {
    const point = { ...BASE, vol: (1.01 * CERTAIN_TOTAL_VOL) / Math.sqrt(0.25) };
    const certain = greeks({ ...BASE, vol: 0 });
    const nearly = greeks(point);
    for (const column of GREEK_COLUMNS) expect(nearly[column]).toBeCloseTo(certain[column], 10);
  });

  it('lets NaN through', () => {
    for (const parameter of ['spot', 'strike', 'rate', 'vol', 'yearFraction'] as const) {
      const g = greeks({ ...BASE, [parameter]: Number.NaN });
      expect([g.price, g.delta, g.theta]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
  });
});

describe('fillBlack76Greeks', () => {
  const t = 30 / 365;

  it('discounts price, delta and gamma to the forward', () => {
    const plain = forwardGreeks(20, 1, 0.95, t);
    const discounted = forwardGreeks(20, 0.9, 0.95, t);
    for (const column of ['price', 'delta', 'gamma', 'vega', 'vanna', 'speed'] as const) {
      expect(discounted[column]).toBeCloseTo(0.9 * plain[column], 14);
    }
    const up = forwardGreeks(20.001, 0.9, 0.95, t).price;
    const down = forwardGreeks(19.999, 0.9, 0.95, t).price;
    expect(discounted.delta).toBeCloseTo((up - down) / 0.002, 8);
  });

  it('with the forward held loses T price for a rise of the rate', () => {
    const g = forwardGreeks(20, 0.9, 0.95, t);
    expect(g.rho + g.phi).toBeCloseTo(-t * g.price, 14);
  });

  it('at T = 0 pays the intrinsic value of the forward', () => {
    expect(forwardGreeks(36, 1, 0.95, 0)).toMatchObject({ price: 6, delta: 1, gamma: 0, theta: 0 });
  });
});
