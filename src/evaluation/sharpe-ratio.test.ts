import { describe, expect, it } from 'vitest';
import { crashReturns, lcgNormals } from '../math/lcg-series.fixture.ts';
import {
  sharpeRatio,
  sharpeTimeScale,
  sortinoRatio,
  timeAggregatedSharpe,
} from './sharpe-ratio.ts';

const DAILY = { periodsPerYear: 252 };

describe('sharpeRatio', () => {
  it('equals the reference on a year of returns', () => {
    expect(sharpeRatio(crashReturns(), DAILY).ratio.value).toBeCloseTo(0.7490779772971418, 10);
  });

  it('has the error √((1 + SR²/2) / n) when returns are independent and normal', () => {
    const returns = lcgNormals(11, 40_000).map((z) => 0.3 + z);
    const { ratio, standardError } = sharpeRatio(returns, { periodsPerYear: 1, bandwidth: 0 });
    const theory = Math.sqrt((1 + 0.5 * (ratio.value ?? 0) ** 2) / 40_000);
    expect((standardError.value ?? 0) / theory).toBeCloseTo(1, 2);
  });

  it('has an error (1 + phi) / (1 − phi) times larger in variance under autocorrelation', () => {
    let last = 0;
    const returns = lcgNormals(12, 40_000).map((z) => {
      last = 0.6 * last + z;
      return 0.01 + last;
    });
    const at = (bandwidth: number): number =>
      sharpeRatio(returns, { periodsPerYear: 1, bandwidth }).standardError.value ?? Number.NaN;
    expect((at(60) / at(0)) ** 2).toBeGreaterThan(3.5);
    expect((at(60) / at(0)) ** 2).toBeLessThan(4.5);
  });

  it('is unknown, with a reason, where it has no meaning', () => {
    expect(sharpeRatio([0.1], DAILY).ratio.reason).toBe('fewer than two returns');
    expect(sharpeRatio([0, 0], DAILY).standardError.reason).toBe('returns do not vary');
    expect(sharpeRatio([0.1, Number.NaN], DAILY).ratio.reason).toContain('not a finite number');
  });
});

describe('sharpeTimeScale', () => {
  it('is √q for independent returns', () => {
    expect(sharpeTimeScale([], 12)).toBeCloseTo(Math.sqrt(12), 14);
  });

  it('equals the closed form of a first-order autoregression', () => {
    for (const phi of [-0.2, 0.3]) {
      const rho = Array.from({ length: 11 }, (_unused, k) => phi ** (k + 1));
      const inner = 1 + ((2 * phi) / (1 - phi)) * (1 - (1 - phi ** 12) / (12 * (1 - phi)));
      expect(sharpeTimeScale(rho, 12)).toBeCloseTo(Math.sqrt(12 / inner), 12);
    }
  });

  it('lowers the yearly ratio of returns that trend', () => {
    let last = 0;
    const returns = lcgNormals(13, 2000).map((z) => {
      last = 0.4 * last + z;
      return 0.05 + last;
    });
    const plain = sharpeRatio(returns, DAILY).ratio.value ?? Number.NaN;
    const aggregated = timeAggregatedSharpe(returns, DAILY).value ?? Number.NaN;
    expect(Math.abs(aggregated / plain)).toBeLessThan(0.8);
    expect(timeAggregatedSharpe([1, 1], DAILY).reason).toBe('returns do not vary');
  });
});

describe('sortinoRatio', () => {
  it('equals the reference on a year of returns', () => {
    expect(sortinoRatio(crashReturns(), 252).value).toBeCloseTo(1.00146782888241, 10);
  });

  it('is unknown without a loss', () => {
    expect(sortinoRatio([0.1, 0.2], 252).reason).toBe('no return was negative');
    expect(sortinoRatio([], 252).reason).toBe('fewer than two returns');
  });
});
