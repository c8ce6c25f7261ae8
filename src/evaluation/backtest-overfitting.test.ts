import { describe, expect, it } from 'vitest';
import { lcgNormals } from '../math/lcg-series.fixture.ts';
import { backtestOverfitting } from './backtest-overfitting.ts';

/** Six configurations over 64 periods from one generator, row by row; the third is better. */
function configurations(seed: number, bonus: number): readonly Float64Array[] {
  const all = lcgNormals(seed, 384);
  return Array.from({ length: 6 }, (_unused, k) =>
    Float64Array.from({ length: 64 }, (_row, t) => {
      return 0.01 * (all[6 * t + k] ?? Number.NaN) + (k === 2 ? bonus : 0);
    }),
  );
}

// Reference: the definition coded in another language on the same table.
describe('backtestOverfitting', () => {
  it('equals the reference on four blocks', () => {
    const returns = configurations(777, 0.004);
    expect(returns[2]?.[0]).toBeCloseTo(0.013857062862208894, 12);
    const { logits, probability } = backtestOverfitting({ returns, blocks: 4 });
    const expected = [-1.7917594692, 0.9162907319, -0.2876820725, 0.9162907319, -1.7917594692];
    expect(logits).toHaveLength(6);
    [...expected, 0.2876820725].forEach((logit, split) => {
      expect(logits[split]).toBeCloseTo(logit, 9);
    });
    expect(probability.value).toBe(0.5);
  });

  it('equals the reference on eight blocks', () => {
    const run = backtestOverfitting({ returns: configurations(777, 0.004), blocks: 8 });
    expect(run.logits).toHaveLength(70);
    expect(run.probability.value).toBeCloseTo(0.8, 12);
    const mean = run.logits.reduce((sum, logit) => sum + logit, 0) / 70;
    expect(mean).toBeCloseTo(-0.6081265784168322, 10);
  });

  it('is above one half on noise and 0 where one configuration is truly better', () => {
    const noise = backtestOverfitting({ returns: configurations(999, 0), blocks: 8 });
    expect(noise.probability.value).toBeCloseTo(0.6285714285714286, 12);
    const better = backtestOverfitting({ returns: configurations(777, 0.012), blocks: 8 });
    expect(better.probability.value).toBe(0);
  });

  it('says why it is unknown', () => {
    const returns = configurations(1, 0);
    const reason = (of: Parameters<typeof backtestOverfitting>[0]): string | undefined =>
      backtestOverfitting(of).probability.reason;
    expect(reason({ returns: returns.slice(0, 1), blocks: 4 })).toContain('configurations');
    expect(reason({ returns, blocks: 5 })).toBe('blocks must be even, 2 to 16, was 5');
    expect(reason({ returns: returns.map((r) => r.slice(0, 10)), blocks: 8 })).toContain('periods');
    expect(reason({ returns: [new Float64Array(64), new Float64Array(63)], blocks: 4 })).toContain(
      'length',
    );
    const broken = [new Float64Array(64).fill(Number.NaN), new Float64Array(64)];
    expect(reason({ returns: broken, blocks: 4 })).toContain('finite');
  });
});
