import { describe, expect, it } from 'vitest';
import { createSkewT, skewTQuantile } from './skew-t.ts';

describe('skewTQuantile', () => {
  const law = createSkewT(12, -0.16);
  const count = 400_000;

  it('has mean 0, variance 1, negative skewness and the mean positive part it states', () => {
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < count; i += 1) {
      const z = skewTQuantile(law, (i + 0.5) / count);
      [z, z * z, z ** 3, Math.max(z, 0)].forEach((power, k) => {
        sums[k] = (sums[k] ?? 0) + power / count;
      });
    }
    const [mean = 1, square = 0, cube = 0, positive = 0] = sums;
    expect(Math.abs(mean)).toBeLessThan(1e-5);
    expect(Math.abs(square - 1)).toBeLessThan(1e-3);
    expect(cube).toBeLessThan(-0.3);
    expect(Math.abs(positive - law.meanPositive)).toBeLessThan(1e-5);
  });

  it('ascends through the joint of its halves', () => {
    let before = Number.NEGATIVE_INFINITY;
    for (let i = 1; i < 2000; i += 1) {
      const z = skewTQuantile(law, i / 2000);
      expect(z).toBeGreaterThan(before);
      before = z;
    }
  });

  it('is the symmetric law without skew', () => {
    const even = createSkewT(12, 0);
    expect(skewTQuantile(even, 0.2)).toBeCloseTo(-skewTQuantile(even, 0.8), 12);
    expect(even.a).toBe(0);
  });
});
