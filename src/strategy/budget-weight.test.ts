import { assert, constant, double, oneof, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetWeight, heldMultiplier } from './budget-weight.ts';
import type { StressScores } from './budget-weight.ts';
import type { BudgetRule, WeightingRule } from './policy.ts';

const RULE: WeightingRule = {
  macd: 0.5,
  priceToEarnings: 0.5,
  priceToCashFlow: 0,
  strength: 0.25,
  clip: 2,
  floor: 0.5,
  ceiling: 1.5,
};
const NONE: StressScores = {
  macdZ: Number.NaN,
  priceToEarningsZ: Number.NaN,
  priceToCashFlowZ: Number.NaN,
};
const BUDGETS: BudgetRule = {
  yearly: 0.02,
  near: 0.4,
  medium: 0.4,
  long: 0.2,
  mode: 'fixed',
  hurdle: {
    spread: 0.015,
    minTrades: 60,
    window: 120,
    shrinkTrades: 60,
    floor: 0.005,
    ceiling: 0.03,
    condorShare: 0.5,
  },
  weighting: RULE,
  priceSpike: null,
};

describe('budgetWeight', () => {
  it('counts falling momentum and a high multiple as stress', () => {
    // 0.5 * 1 + 0.5 * 0.4 = 0.7 deviations, a quarter each.
    const weight = budgetWeight(RULE, { ...NONE, macdZ: -1, priceToEarningsZ: 0.4 });
    expect(weight.score).toBeCloseTo(0.7, 14);
    expect(weight.multiplier).toBeCloseTo(1.175, 14);
    expect(weight.missing).toEqual([]);
  });

  it('gives the weight of a missing score to the others, and says which is missing', () => {
    const weight = budgetWeight(RULE, { ...NONE, macdZ: 1.2 });
    expect(weight.multiplier).toBeCloseTo(1 - 0.25 * 1.2, 14);
    expect(weight.missing).toEqual(['priceToEarnings']);
    const thirds = { ...RULE, macd: 0.2, priceToEarnings: 0.2, priceToCashFlow: 0.6 };
    const two = budgetWeight(thirds, { ...NONE, macdZ: -1, priceToEarningsZ: 0 });
    expect(two.score).toBeCloseTo(0.5, 14);
    expect(two.missing).toEqual(['priceToCashFlow']);
  });

  it('is 1 when everything is missing, when nothing has a weight, and without a rule', () => {
    const calm = { macdZ: 2, priceToEarningsZ: -2, priceToCashFlowZ: -2 };
    expect(budgetWeight(RULE, NONE)).toMatchObject({ multiplier: 1, score: 0 });
    expect(budgetWeight({ ...RULE, macd: 0, priceToEarnings: 0 }, calm).multiplier).toBe(1);
    expect(budgetWeight(null, calm).multiplier).toBe(1);
  });

  it('never falls when stress rises, and stays within its bounds', () => {
    const score = oneof(double({ min: -9, max: 9, noNaN: true }), constant(Number.NaN));
    const scores = record({ macdZ: score, priceToEarningsZ: score, priceToCashFlowZ: score });
    assert(
      property(scores, double({ min: 0, max: 5, noNaN: true }), (now, more) => {
        const rule = { ...RULE, priceToCashFlow: 0.3, macd: 0.3, priceToEarnings: 0.4 };
        const { multiplier } = budgetWeight(rule, now);
        expect(multiplier).toBeGreaterThanOrEqual(rule.floor);
        expect(multiplier).toBeLessThanOrEqual(rule.ceiling);
        const worse = budgetWeight(rule, {
          macdZ: now.macdZ - more,
          priceToEarningsZ: now.priceToEarningsZ + more,
          priceToCashFlowZ: now.priceToCashFlowZ + more,
        });
        expect(worse.multiplier).toBeGreaterThanOrEqual(multiplier - 1e-12);
      }),
    );
  });
});

describe('heldMultiplier', () => {
  it('leaves the sum of the budgets within the year’s', () => {
    const share = double({ min: 0, max: 1 / 3, noNaN: true });
    assert(
      property(
        share,
        share,
        share,
        double({ min: 0.5, max: 1.5, noNaN: true }),
        (near, medium, long, by) => {
          const held = heldMultiplier(by, { ...BUDGETS, near, medium, long });
          expect(held).toBeLessThanOrEqual(by);
          expect(held * (near + medium + long)).toBeLessThanOrEqual(1 + 1e-12);
          expect(by > 1 || held === by).toBe(true);
        },
      ),
    );
    expect(heldMultiplier(1.5, BUDGETS)).toBe(1);
    expect(heldMultiplier(1.5, { ...BUDGETS, medium: 0 })).toBe(1.5);
  });
});
