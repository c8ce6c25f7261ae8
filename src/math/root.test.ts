import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRoot } from './root.ts';

describe('findRoot', () => {
  it.each([
    ['sqrt 2', (x: number) => x * x - 2, 0, 2, Math.SQRT2],
    ['cos x = x', (x: number) => Math.cos(x) - x, 0, 1, 0.7390851332151607],
    ['a falling line', (x: number) => 3 - x, 0, 10, 3],
    ['a triple root', (x: number) => (x - 1) ** 3, 0, 3.1, 1],
    ['a root at the end', (x: number) => x, 0, 1, 0],
    ['a steep exponential', (x: number) => Math.exp(x) - 1e8, -5, 60, 8 * Math.LN10],
    ['a bracket given high to low', (x: number) => x * x - 2, 2, 0, Math.SQRT2],
  ])('finds %s', (_, f, low, high, expected) => {
    const root = findRoot(f, low, high, { maxSteps: 200 });
    expect(root.ok && Math.abs(root.value - expected) < 1e-11).toBe(true);
  });

  it('needs few steps on smooth functions', () => {
    const root = findRoot((x) => x * x * x - x - 1, 1, 2, { maxSteps: 12 });
    expect(root.ok).toBe(true);
  });

  it('halves down to a jump', () => {
    const root = findRoot((x) => (x < 0.3 ? -1 : 1), 0, 1);
    expect(root.ok && Math.abs(root.value - 0.3) < 1e-11).toBe(true);
  });

  it('brackets any root of a rising cubic', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (target) => {
        const root = findRoot((x) => (x - target) * (1 + (x - target) ** 2), -101, 101);
        expect(root.ok && Math.abs(root.value - target) < 1e-10).toBe(true);
      }),
    );
  });

  it('refuses a bracket without a change of sign', () => {
    const error = { kind: 'no-bracket', atLow: 1, atHigh: 2 };
    expect(findRoot((x) => 1 + x * x, 0, 1)).toEqual({ ok: false, error });
    expect(findRoot(() => Number.NaN, 0, 1).ok).toBe(false);
  });

  it('says when the steps run out or the function fails inside', () => {
    const slow = findRoot((x) => Math.exp(x) - 1e8, -5, 60, { maxSteps: 3 });
    expect(!slow.ok && slow.error.kind).toBe('no-convergence');
    const broken = findRoot((x) => (x === 0 ? -1 : x === 1 ? 1 : Number.NaN), 0, 1);
    expect(!broken.ok && broken.error.kind).toBe('no-convergence');
  });
});
