import { describe, expect, it } from 'vitest';
import { lcgNormals } from '../math/lcg-series.fixture.ts';
import { createRandomStream } from '../math/philox.ts';
import { correctedVerdicts, worthOnFutures, worthOnHistory } from './ablation-effects.ts';
import { summarisePath } from './path-summary.ts';
import type { PathSummary } from './path-summary.ts';
import { tinyRecord } from './run-record.fixture.ts';

const SUMMARY = summarisePath(tinyRecord([100, 101]));
const paths = (finals: readonly number[], change: Partial<PathSummary> = {}): PathSummary[] =>
  finals.map((final) => ({
    ...SUMMARY,
    startEquity: 100,
    years: 1,
    finalEquity: final,
    hedgeCost: 0,
    hedgePayoff: 0,
    ...change,
  }));

describe('worthOnFutures', () => {
  it('is the mean of the differences path by path with its normal interval', () => {
    const { cagr } = worthOnFutures(paths([110, 120, 90]), paths([108, 117, 91]));
    // Differences 0.02, 0.03, -0.01: mean 0.0133, standard deviation 0.0208, error 0.0120.
    expect(cagr.estimate.value).toBeCloseTo(0.013_333, 5);
    expect(cagr.low.value).toBeCloseTo(0.013_333 - 1.959_964 * 0.012_019, 5);
    expect(cagr.pValue.value).toBeCloseTo(0.2673, 3);
  });

  it('counts a lost account as -100 %, liquidations as a chance, carry per year of the deposit', () => {
    const ruined = paths([-5, -5], { forcedLiquidation: true, hedgeCost: 30, hedgePayoff: 10 });
    const worth = worthOnFutures(ruined, paths([100, 100]));
    expect(worth.cagr.estimate.value).toBe(-1);
    expect(worth.forcedLiquidation.estimate.value).toBe(1);
    expect(worth.hedgeCarry.estimate.value).toBeCloseTo(0.2, 12);
  });

  it('of nothing is nothing, without doubt', () => {
    const { cagr } = worthOnFutures(paths([110, 90]), paths([110, 90]));
    expect([cagr.estimate.value, cagr.low.value, cagr.high.value, cagr.pValue.value]).toEqual([
      0, 0, 0, 1,
    ]);
  });
});

describe('worthOnHistory', () => {
  const settings = { stream: createRandomStream(3), replicates: 200, meanBlock: 4 };
  const course = (drift: number): Parameters<typeof worthOnHistory>[0] => {
    let equity = 100;
    const equityClose = lcgNormals(7, 1000).map((z) => (equity *= 1 + drift + 0.005 * z));
    return { ...SUMMARY, startEquity: 100, years: 4, equityClose };
  };

  it('finds a cost of two basis points a day although both accounts vary far more', () => {
    const { cagr, forcedLiquidation } = worthOnHistory(course(0), course(0.0002), settings);
    expect(cagr.estimate.value).toBeCloseTo(-0.05, 1);
    expect(cagr.high.value).toBeLessThan(0);
    expect(forcedLiquidation.pValue).toEqual({
      value: null,
      reason: 'one history has no interval',
    });
  });
});

describe('correctedVerdicts', () => {
  const difference = (estimate: number, p: number): Parameters<typeof correctedVerdicts>[0][0] => ({
    estimate: { value: estimate },
    low: { value: estimate },
    high: { value: estimate },
    pValue: { value: p },
  });

  it('are stricter the more parts were tried', () => {
    expect(correctedVerdicts([difference(0.1, 0.03)])[0]?.verdict).toBe('raises');
    const many = [0.03, 0.6, 0.7].map((p) => difference(0.1, p));
    expect(correctedVerdicts(many)[0]?.verdict).toBe('no measurable effect');
    expect(correctedVerdicts([difference(-0.1, 1e-9)])[0]?.verdict).toBe('lowers');
  });
});
