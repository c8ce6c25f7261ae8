import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condorShare, hurdleBudget, hurdleState } from './hurdle.ts';
import type { ClosedResult } from './hurdle.ts';
import type { BudgetRule, HurdleRule } from './policy.ts';

const RULE: HurdleRule = {
  spread: 0.015,
  minTrades: 60,
  window: 120,
  shrinkTrades: 60,
  floor: 0.005,
  ceiling: 0.03,
  condorShare: 0.5,
};
const BUDGETS: BudgetRule = {
  yearly: 0.02,
  near: 0.4,
  medium: 0.4,
  long: 0.2,
  mode: 'hurdle',
  hurdle: RULE,
  weighting: null,
  priceSpike: null,
};

/** Trades one after another, each 20,000 dollars at risk for 25 days. */
function closed(count: number, pnl: number): readonly ClosedResult[] {
  return Array.from({ length: count }, (_unused, i) => ({
    pnl,
    risk: 20_000,
    openedDay: 25 * i,
    closedDay: 25 * (i + 1),
  }));
}

describe('hurdleState', () => {
  it('is the profit of a dollar-year at risk, shrunk by trades of no return', () => {
    // 200 on 20,000 in 25 days: 1 % x 365 / 25 = 14.6 % a year, half of it for 60 of 120.
    const state = hurdleState(RULE, closed(60, 200), 0.03);
    expect(state.expectedReturn).toBeCloseTo(0.073, 12);
    expect(state.riskCapital).toBeCloseTo(20_000, 9);
    expect(state.wacc).toBeCloseTo(0.045, 12);
  });

  it('counts a position opened and closed on one day as a day at risk, one of two as two', () => {
    const lasting = (days: number): readonly ClosedResult[] =>
      closed(60, 200).map((each) => ({ ...each, closedDay: each.openedDay + days }));
    // 1 % a day, x 365, half of it for 60 of 120; 60 days at risk over 25 x 59 days.
    const day = hurdleState(RULE, lasting(1), 0.03);
    expect(day.expectedReturn).toBeCloseTo(1.825, 12);
    expect(day.riskCapital).toBeCloseTo((20_000 * 60) / (25 * 59 + 1), 9);
    expect(hurdleState(RULE, lasting(0), 0.03).expectedReturn).toBeCloseTo(1.825, 12);
    expect(hurdleState(RULE, lasting(2), 0.03).expectedReturn).toBeCloseTo(1.825 / 2, 12);
  });

  it('spreads the capital at risk over a day at least', () => {
    const together = closed(60, 200).map((each) => ({ ...each, openedDay: 7, closedDay: 7 }));
    expect(hurdleState(RULE, together, 0.03).riskCapital).toBeCloseTo(60 * 20_000, 6);
  });

  it('concludes nothing from fewer trades, and forgets those before its window', () => {
    expect(hurdleState(RULE, closed(59, 200), 0.03).expectedReturn).toBeNaN();
    const late = [...closed(300, -900), ...closed(120, 200)];
    expect(hurdleState(RULE, late, 0.03)).toEqual(hurdleState(RULE, closed(120, 200), 0.03));
  });
});

describe('hurdleBudget', () => {
  const state = (expectedReturn: number): ReturnType<typeof hurdleState> => ({
    trades: 100,
    wacc: 0.05,
    expectedReturn,
    riskCapital: 100_000,
  });

  it('is the excess over the WACC on the capital at risk, by equity, within its bounds', () => {
    // (0.20 - 0.05) x 100,000 / 1,000,000 = 1.5 %.
    expect(hurdleBudget(RULE, state(0.2), 1e6, 0.02)).toBeCloseTo(0.015, 12);
    expect(hurdleBudget(RULE, state(0.06), 1e6, 0.02)).toBe(0.005);
    expect(hurdleBudget(RULE, state(2), 1e6, 0.02)).toBe(0.03);
  });

  it('stays while condors earn no more than the WACC: they shrink, never the hedge', () => {
    assert(
      property(double({ min: -3, max: 0.05, noNaN: true }), (poor) => {
        expect(hurdleBudget(RULE, state(poor), 1e6, 0.02)).toBe(0.02);
        expect(condorShare(BUDGETS, state(poor))).toBe(0.5);
        expect(condorShare({ ...BUDGETS, mode: 'fixed' }, state(poor))).toBe(1);
      }),
    );
    expect(condorShare(BUDGETS, state(0.06))).toBe(1);
  });

  it('stays, and condors keep their size, while too few trades have closed', () => {
    assert(
      property(integer({ min: 0, max: 59 }), (count) => {
        const young = hurdleState(RULE, closed(count, -500), 0.03);
        expect(hurdleBudget(RULE, young, 1e6, 0.02)).toBe(0.02);
        expect(condorShare(BUDGETS, young)).toBe(1);
      }),
    );
  });
});
