import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../data/policy-file.ts';
import { scaledPolicy, solveSmaller } from './solve-smaller.ts';
import type { FirstPass } from './solve-smaller.ts';

const CARRY = 2500;
const hedged: FirstPass = { corePnlPerYear: 9000, hedgeCarryPerYear: CARRY, cdar95: 0.06 };

/** A book whose profit and drawdown are proportional to its size. */
function linear(profit: number, drawdown: number): (scale: number) => Promise<FirstPass> {
  return (scale) =>
    Promise.resolve({
      corePnlPerYear: profit * scale,
      hedgeCarryPerYear: 0,
      cdar95: drawdown * scale,
    });
}

describe('solveSmaller', () => {
  it('finds the size that gives up as much profit as the hedge costs', async () => {
    const measure = linear(10_000, 0.1);
    const found = await solveSmaller(await measure(1), hedged, measure);
    expect(found.variant).toBe('equal-cost');
    expect(found.target).toBe(7500);
    // Seven halvings: within 1/128 below the root 0.75.
    expect(found.scale).toBeLessThanOrEqual(0.75);
    expect(found.scale).toBeGreaterThanOrEqual(0.75 - 1 / 128);
    expect(found.reached).toBeCloseTo(10_000 * found.scale, 9);
  });

  it('matches the drawdown instead when the condors earn less than the hedge costs', async () => {
    for (const profit of [CARRY, 100, 0, -4000]) {
      const measure = linear(profit, 0.1);
      const found = await solveSmaller(await measure(1), hedged, measure);
      expect(found.variant).toBe('equal-cdar');
      expect(found.target).toBe(0.06);
      expect(found.scale).toBeLessThanOrEqual(0.6);
      expect(found.scale).toBeGreaterThanOrEqual(0.6 - 1 / 128);
    }
  });

  it('keeps the whole size when that is already the smaller drawdown', async () => {
    const measure = linear(0, 0.05);
    const found = await solveSmaller(await measure(1), hedged, measure);
    expect(found).toMatchObject({ variant: 'equal-cdar', scale: 1, reached: 0.05 });
  });

  it('keeps the whole size when the hedge paid for itself, without a run', async () => {
    for (const carry of [0, -300]) {
      const found = await solveSmaller(
        { corePnlPerYear: 10_000, hedgeCarryPerYear: 0, cdar95: 0.1 },
        { ...hedged, hedgeCarryPerYear: carry },
        () => Promise.reject(new Error('no run is needed')),
      );
      expect(found).toMatchObject({ variant: 'hedge-paid-for-itself', scale: 1, target: carry });
    }
  });
});

describe('scaledPolicy', () => {
  it('scales both risk limits and nothing else', () => {
    const folder = join(import.meta.dirname, '..', '..', 'policies');
    const policy = loadPolicy('unhedged', folder);
    expect(scaledPolicy(policy, 0.5)).toEqual({
      ...policy,
      sizing: { ...policy.sizing, riskPerTrade: 0.01, maxOpenRisk: 0.05 },
    });
    expect(scaledPolicy(policy, 1)).toEqual(policy);
  });
});
