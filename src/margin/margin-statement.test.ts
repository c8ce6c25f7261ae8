import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import type { MarginPosition, MarginRequest } from './margin-position.ts';
import { marginStatement } from './margin-statement.ts';
import type { MarginStatement } from './margin-statement.ts';
import { MARGIN_VECTORS } from './margin-vectors.fixture.ts';
import type { MarginVector } from './margin-vectors.fixture.ts';

const DAY = epochDay(2024, 6, 3);
const EXPIRY = { day: epochDay(2024, 7, 19), settlement: 'PM' as const };

/** Positions of a vector's legs on a stock or fund whose shares of the index are these. */
function positionsOf(
  legs: string,
  shares: readonly [number, number],
): readonly MarginPosition[] | undefined {
  const [share, minimum] = shares;
  const leverage = minimum / 0.1;
  const broadIndex = Math.abs(share - 0.15 * leverage) < 1e-9;
  if (!broadIndex && Math.abs(share - 0.2 * leverage) > 1e-9) return undefined;
  return legs.split(' ').reduce<MarginPosition[]>((found, word, index, words) => {
    if (index % 2 === 1) return found;
    const leg = /^([\d.]+)([CP])@([\d.]+)$/.exec(words[index + 1] ?? '');
    return [
      ...found,
      {
        kind: 'equity-option',
        underlying: 'XYZ',
        right: leg?.[2] === 'C' ? 'call' : 'put',
        strike: Number(leg?.[1]),
        expiry: EXPIRY,
        quantity: Number(word),
        price: Number(leg?.[3]),
        leverage,
        broadIndex,
      },
    ];
  }, []);
}

function request(
  positions: readonly MarginPosition[],
  spot: number,
  change: Partial<MarginRequest> = {},
): MarginRequest {
  return {
    regime: 'reg-t',
    broker: 'exchange',
    day: DAY,
    spot: new Map(Number.isNaN(spot) ? [] : [['XYZ', spot]]),
    positions,
    ...change,
  };
}

const LEG = /^[+-]?\d+ [\d.]+[CP]@[\d.]+( [+-]?\d+ [\d.]+[CP]@[\d.]+)*$/;
const EXPRESSIBLE = MARGIN_VECTORS.filter(
  ([, , , shares, legs]) => LEG.test(legs) && positionsOf(legs, shares) !== undefined,
);

describe('marginStatement', () => {
  it('can say most of the published examples', () => {
    expect(EXPRESSIBLE.length).toBeGreaterThan(45);
  });

  it.each(EXPRESSIBLE)('%s', (...vector: MarginVector) => {
    const [, , spot, shares, legs, basis, expected, tolerance] = vector;
    const { initial, premium } = marginStatement(request(positionsOf(legs, shares) ?? [], spot));
    const found = basis === 'gross' ? initial : initial - premium;
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(Math.max(tolerance, 1e-6));
  });

  const short: MarginPosition = {
    kind: 'equity-option',
    underlying: 'XYZ',
    right: 'call',
    strike: 110,
    expiry: EXPIRY,
    quantity: -3,
    price: 1,
  };
  const shares = (quantity: number, leverage = 1): MarginPosition => ({
    kind: 'etp',
    underlying: 'XYZ',
    quantity,
    price: 100,
    leverage,
  });

  it('asks 50 % to buy and 25 % to hold a share, times leverage, at most all of it', () => {
    expect(marginStatement(request([shares(100)], 100))).toMatchObject({
      initial: 5000,
      maintenance: 2500,
    });
    expect(marginStatement(request([shares(100, 3)], 100))).toMatchObject({
      initial: 7500,
      maintenance: 7500,
    });
    expect(marginStatement(request([shares(-100)], 100))).toMatchObject({
      initial: 5000,
      maintenance: 3000,
    });
  });

  it('covers calls with shares, a hundred each, and margins the rest as naked', () => {
    const naked = marginStatement(request([{ ...short, quantity: -1 }], 100)).initial;
    const { groups, initial } = marginStatement(request([shares(250), short], 100));
    expect(groups.map(({ rule }) => rule)).toEqual(['long-share', 'covered-call', 'short-option']);
    expect(initial).toBeCloseTo(12_500 + naked, 6);
  });

  it('nets VX with minis of one expiry, and gives a calendar credit across expiries', () => {
    const august = { ...EXPIRY, day: epochDay(2024, 8, 21) };
    const future = (
      kind: 'vx-future' | 'vxm-future',
      quantity: number,
      expiry = EXPIRY,
    ): MarginPosition => ({ kind, expiry, quantity, price: 20 });
    const of = (...positions: readonly MarginPosition[]): number =>
      marginStatement(request(positions, 1)).futures.maintenance;
    const near = future('vx-future', 1);
    expect(of(near)).toBeCloseTo(7000, 6);
    expect(of(near, future('vxm-future', -10))).toBe(0);
    expect(of(near, future('vxm-future', -4))).toBeCloseTo(0.6 * 7000, 6);
    expect(of(near, future('vx-future', -1, august))).toBeCloseTo(0.6 * 7000, 6);
    expect(of(near, future('vxm-future', -10, august))).toBeCloseTo(0.6 * 7000, 6);
    expect(of(future('vx-future', 2), future('vx-future', -1, august))).toBeCloseTo(1.6 * 7000, 6);
  });

  it('covers puts with short shares, for their in-the-money amount', () => {
    const put: MarginPosition = { ...short, right: 'put', strike: 103, quantity: -2 };
    const { groups } = marginStatement(request([shares(-100), put], 100));
    expect(groups.map(({ rule }) => rule)).toEqual(['short-share', 'covered-put', 'short-option']);
    expect(groups[1]).toMatchObject({ requirement: 300, quantities: [-1] });
  });

  it('lends a quarter of a long option of more than nine months, where nothing is covered', () => {
    const long = (month: number, day: number): MarginPosition => ({
      ...short,
      quantity: 2,
      price: 8,
      expiry: { ...EXPIRY, day: epochDay(2025, month, day) },
    });
    const of = (
      positions: readonly MarginPosition[],
      broker: 'exchange' | 'ibkr',
    ): MarginStatement => marginStatement(request(positions, 100, { broker }));
    expect(of([long(3, 3)], 'exchange')).toMatchObject({ loanValue: 0, buyingPowerEffect: 1600 });
    expect(of([long(3, 4)], 'exchange')).toMatchObject({
      initial: 0,
      loanValue: 400,
      buyingPowerEffect: 1200,
    });
    expect(of([long(3, 4)], 'ibkr').loanValue).toBe(0);
    // One of the two covers a short call and lends nothing.
    const one = { ...short, quantity: -1, expiry: EXPIRY };
    expect(of([long(3, 4), one], 'exchange').loanValue).toBe(200);
  });

  it('takes the levels of volatility funds from the house', () => {
    const call: MarginPosition = { ...short, underlying: 'UVXY', quantity: -1, strike: 120 };
    const spot = new Map([['UVXY', 100]]);
    const of = (broker: 'exchange' | 'tastytrade', leverage = 1): number =>
      marginStatement(request([{ ...call, leverage }], 1, { broker, spot })).initial;
    expect(of('exchange')).toBeCloseTo(1100, 6);
    expect(of('exchange', 1.5)).toBeCloseTo(1600, 6);
    expect(of('tastytrade')).toBeCloseTo(8100, 6);
  });

  it('is NaN where a level that matters is missing: nothing is let pass by it', () => {
    expect(marginStatement(request([short], Number.NaN)).initial).toBeNaN();
  });

  it('asks more of VIX shorts at tastytrade: 100/75 of spot VIX', () => {
    const vix: MarginPosition = {
      kind: 'vix-option',
      right: 'call',
      strike: 25,
      expiry: EXPIRY,
      quantity: -1,
      price: 1.1,
    };
    const spot = new Map([['VIX', 18]]);
    const of = (broker: 'exchange' | 'tastytrade'): number =>
      marginStatement(request([vix], 1, { broker, spot })).initial;
    expect(of('exchange')).toBeCloseTo(290, 6);
    expect(of('tastytrade')).toBeCloseTo(1460, 6);
  });

  it('takes XSP as a tenth of SPX, whatever other levels are given', () => {
    const xsp: MarginPosition = {
      kind: 'xsp-option',
      right: 'put',
      strike: 480,
      expiry: EXPIRY,
      quantity: -1,
      price: 2,
    };
    const spot = new Map([
      ['SPX', 5000],
      ['XSP', 500],
    ]);
    // 2 + 15 % of 500 less 20 out of the money.
    expect(marginStatement(request([xsp], 1, { spot })).initial).toBeCloseTo(5700, 6);
  });

  it('under portfolio margin takes the volatility of the price, or the given one', () => {
    const put: MarginPosition = {
      kind: 'spx-option',
      right: 'put',
      strike: 4700,
      expiry: EXPIRY,
      quantity: -1,
      price: 22.96,
      forward: 5000,
    };
    const of = (position: MarginPosition): number =>
      marginStatement(request([position], 1, { regime: 'portfolio' })).initial;
    const solved = of(put);
    expect(solved).toBeGreaterThan(10_000);
    expect(solved).toBeLessThan(20_000);
    expect(of({ ...put, impliedVol: 0.4 })).not.toBeCloseTo(solved, 0);
  });

  it('nets a fund on the S&P 500 with SPX, and no other fund on a broad index', () => {
    const put: MarginPosition = {
      kind: 'spx-option',
      right: 'put',
      strike: 5000,
      expiry: EXPIRY,
      quantity: 1,
      price: 100,
    };
    const fund = (underlying: string): MarginPosition => ({
      kind: 'etp',
      underlying,
      quantity: 1000,
      price: 500,
      broadIndex: true,
    });
    const spot = new Map([['SPX', 5000]]);
    const of = (...positions: readonly MarginPosition[]): number =>
      marginStatement(request(positions, 1, { regime: 'portfolio', spot })).initial;
    expect(of(put, fund('SPY'))).toBeLessThan(of(fund('SPY')));
    expect(of(put, fund('QQQ'))).toBeCloseTo(of(put) + of(fund('QQQ')), 6);
    // VIX products move by up to 100 %, not by 15 %.
    expect(of({ ...fund('VXX'), quantity: -1 })).toBeCloseTo(500, 6);
  });
});
