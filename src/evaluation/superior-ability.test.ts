import { describe, expect, it } from 'vitest';
import { lcgNormals } from '../math/lcg-series.fixture.ts';
import { createRandomStream } from '../math/philox.ts';
import { superiorAbility } from './superior-ability.ts';

const settings = (seed: number): Parameters<typeof superiorAbility>[1] => ({
  stream: createRandomStream(seed),
  replicates: 500,
  meanBlock: 5,
});

/** Normals of deviation 1 around a mean. */
function series(seed: number, mean: number, count = 500): Float64Array {
  return lcgNormals(seed, count).map((z) => mean + z);
}

describe('superiorAbility', () => {
  it('is certain of an alternative that is far better', () => {
    const found = superiorAbility([series(1, 0.5), series(2, 0)], settings(1));
    for (const p of Object.values(found)) expect(p.value).toBe(0);
  });

  it('orders its three p-values', () => {
    const found = superiorAbility([series(3, 0.06), series(4, -0.5), series(5, 0)], settings(2));
    const { lower, consistent, upper } = found;
    expect(lower.value ?? 1).toBeLessThanOrEqual(consistent.value ?? 0);
    expect(consistent.value ?? 1).toBeLessThanOrEqual(upper.value ?? 0);
  });

  it('is not diluted by poor alternatives, as the reality check is', () => {
    const good = series(6, 0.1);
    const poor = Array.from({ length: 30 }, (_unused, k) =>
      series(100 + k, -1).map((value) => 3 * value),
    );
    const alone = superiorAbility([good], settings(3));
    const among = superiorAbility([good, ...poor], settings(3));
    expect(among.consistent.value).toBeCloseTo(alone.consistent.value ?? Number.NaN, 12);
    expect(among.realityCheck.value ?? 0).toBeGreaterThan((alone.realityCheck.value ?? 1) + 0.1);
    expect(among.upper.value ?? 0).toBeGreaterThan((alone.upper.value ?? 1) + 0.1);
  });

  it('rejects about one true hypothesis in ten at 10 %', () => {
    const rejected = Array.from({ length: 120 }, (_unused, k) => {
      const p = superiorAbility([series(1000 + 2 * k, 0, 250), series(1001 + 2 * k, 0, 250)], {
        ...settings(k),
        replicates: 200,
        meanBlock: 1.5,
      });
      return p.consistent.value ?? 0;
    }).filter((p) => p < 0.1).length;
    expect(rejected).toBeGreaterThanOrEqual(4);
    expect(rejected).toBeLessThanOrEqual(24);
  });

  it('never prefers what equals the benchmark', () => {
    const found = superiorAbility([new Float64Array(100)], settings(4));
    for (const p of Object.values(found)) expect(p.value).toBe(1);
  });

  it('says why it is unknown', () => {
    expect(superiorAbility([], settings(1)).consistent.reason).toBe('no alternative');
    const short = superiorAbility([new Float64Array(3)], settings(1));
    expect(short.realityCheck.reason).toBe('fewer than 16 periods');
    const block = superiorAbility([series(1, 0)], { ...settings(1), meanBlock: 0 });
    expect(block.upper.reason).toBe('mean block must be 1 to 500 periods, was 0');
    const broken = superiorAbility([series(1, Number.NaN)], settings(1));
    expect(broken.lower.reason).toContain('finite');
  });
});
