import { describe, expect, it } from 'vitest';
import { termVariance, volatilityIndices } from './vix-index.ts';
import { NEAR_QUOTES, NEXT_QUOTES, WHITE_PAPER } from './vix-white-paper.fixture.ts';

const NEAR = { ...WHITE_PAPER.near, quotes: NEAR_QUOTES };
const NEXT = { ...WHITE_PAPER.next, quotes: NEXT_QUOTES };

describe('the example of the VIX white paper', () => {
  const found = volatilityIndices(NEAR, NEXT);

  it('gives 13.69, to the last digit of an independent calculation', () => {
    expect(found.vix).toBeCloseTo(13.685_820_537_947_88, 12);
    expect(found.skew).toBeCloseTo(136.907_985_815_428_53, 9);
  });

  it.each([
    {
      name: 'near',
      forward: 1962.899_956_222_294_8,
      strikes: { count: 146, least: 1370, most: 2125 },
      variance: 0.018_462_923_922_302_196,
      skewness: -3.809_404_160_899,
    },
    {
      name: 'next',
      forward: 1962.400_060_588_363,
      strikes: { count: 122, least: 1275, most: 2200 },
      variance: 0.018_821_007_683_628_217,
      skewness: -3.638_733_405_558,
    },
  ] as const)('$name: forward, strikes, variance, skewness', (expected) => {
    const { name, forward, strikes, variance, skewness } = expected;
    const term = found[name];
    expect(term.forward).toBeCloseTo(forward, 10);
    expect(term.k0).toBe(1960);
    expect(term.options).toHaveLength(strikes.count);
    expect([term.options[0]?.strike, term.options.at(-1)?.strike]).toEqual([
      strikes.least,
      strikes.most,
    ]);
    expect(term.variance).toBeCloseTo(variance, 15);
    expect(term.skewness).toBeCloseTo(skewness, 9);
  });

  it('averages put and call at K0 and weighs the lowest put by its only neighbour', () => {
    const { options } = found.near;
    const centre = options.find(({ strike }) => strike === 1960);
    expect(centre?.price).toBeCloseTo(22.775, 12);
    expect(centre?.contribution).toBeCloseTo(2.964_321_477_982_573_4e-5, 18);
    expect(options[0]?.contribution).toBeCloseTo(5.328_045_428_772_262e-7, 19);
  });
});

describe('termVariance', () => {
  it('passes over one zero bid and stops at two in a row', () => {
    const strikes = [80, 85, 90, 95, 100, 105, 110];
    const quotes = strikes.map((strike) => ({
      strike,
      callBid: Math.max(0.5, 101 - strike),
      callAsk: Math.max(0.6, 101.2 - strike),
      // 95 is passed over, 85 and 80 end the walk.
      putBid: strike === 95 || strike <= 85 ? 0 : Math.max(0.5, strike - 99),
      putAsk: Math.max(0.6, strike - 98.8),
    }));
    const { options, k0 } = termVariance({ minutes: 43_200, rate: 0, quotes });
    expect(k0).toBe(100);
    expect(options.map(({ strike }) => strike)).toEqual([90, 100, 105, 110]);
  });

  it('is NaN without quotes', () => {
    expect(termVariance({ minutes: 43_200, rate: 0, quotes: [] }).variance).toBeNaN();
  });
});
