import { describe, expect, it } from 'vitest';
import { lcgNormals } from '../math/lcg-series.fixture.ts';
import { createRandomStream } from '../math/philox.ts';
import { pairedIntervals } from './paired-intervals.ts';

const SETTINGS = { stream: createRandomStream(5), replicates: 400, meanBlock: 10 };
const market = lcgNormals(21, 1000).map((z) => 0.0003 + 0.01 * z);
const own = lcgNormals(22, 1000).map((z) => 0.001 * z);

function against(first: Float64Array, second = market): ReturnType<typeof pairedIntervals> {
  return pairedIntervals({ first, second, periodsPerYear: 252 }, SETTINGS);
}

describe('pairedIntervals', () => {
  it('are zero for an account against itself', () => {
    const { cagr, conditionalDrawdown95 } = against(market);
    for (const { estimate, low, high, pValue } of [cagr, conditionalDrawdown95]) {
      expect([estimate.value, low.value, high.value, pValue.value]).toEqual([0, 0, 0, 1]);
    }
  });

  it('cancel what both accounts share', () => {
    const { cagr } = against(market.map((r, i) => r + (own[i] ?? 0)));
    // Alone, growth of a 16 % volatility over four years is known to ±16 points; its difference is
    // known to ±1.6.
    expect((cagr.high.value ?? 1) - (cagr.low.value ?? 0)).toBeLessThan(0.05);
  });

  it('find a cost of ten basis points a day, and a halved drawdown', () => {
    expect(against(market.map((r) => r - 0.001)).cagr.high.value).toBeLessThan(-0.1);
    const { conditionalDrawdown95 } = against(market.map((r) => 0.5 * r));
    expect(conditionalDrawdown95.estimate.value).toBeLessThan(0);
    expect(conditionalDrawdown95.high.value).toBeLessThan(0);
    expect(conditionalDrawdown95.pValue.value).toBeLessThan(0.05);
  });

  it('hold the estimate and the same chance again', () => {
    const first = market.map((r, i) => 0.8 * r + (own[i] ?? 0));
    const { cagr } = against(first);
    expect(cagr.low.value ?? 1).toBeLessThanOrEqual(cagr.estimate.value ?? 0);
    expect(cagr.high.value ?? 0).toBeGreaterThanOrEqual(cagr.estimate.value ?? 1);
    expect(against(first)).toEqual(against(first));
  });

  it('cover a true difference of 0 in about 95 of 100 samples', () => {
    let covered = 0;
    for (let sample = 0; sample < 100; sample += 1) {
      const noise = lcgNormals(900 + sample, 300).map((z) => 0.005 * z);
      const shared = market.subarray(0, 300);
      const { cagr } = pairedIntervals(
        {
          first: shared.map((r, i) => r + (noise[i] ?? 0)),
          second: shared,
          periodsPerYear: 252,
        },
        { ...SETTINGS, replicates: 200, meanBlock: 2 },
      );
      // Noise costs growth half its variance and covariance: 0.3 points a year, allowed for below.
      if ((cagr.low.value ?? 1) <= 0.001 && (cagr.high.value ?? -1) >= -0.005) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(86);
  });

  it('end at −100 % where an account falls to 0, and say why they are unknown', () => {
    const ruined = market.map((r, i) => (i === 500 ? -1.2 : r));
    expect(against(ruined).cagr.estimate.value).toBeLessThan(-0.9);
    expect(against(market.slice(1)).cagr.estimate.reason).toBe(
      'the accounts have 999 and 1000 returns',
    );
    expect(against(market.map(() => Number.NaN)).cagr.low.reason).toContain('finite');
    const few = { first: market.slice(0, 1), second: market.slice(0, 1), periodsPerYear: 252 };
    expect(pairedIntervals(few, SETTINGS).cagr.high.reason).toBe('fewer than two returns');
    const none = pairedIntervals(
      { first: market, second: market, periodsPerYear: 252 },
      { ...SETTINGS, replicates: 0 },
    );
    expect(none.cagr.pValue.reason).toBe('replicates must be >= 1, was 0');
  });
});
