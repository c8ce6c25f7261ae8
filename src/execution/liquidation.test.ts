import { describe, expect, it } from 'vitest';
import { LIQUIDATION_PLANS } from '../margin/liquidation-plan.ts';
import type { LiquidationPlan } from '../margin/liquidation-plan.ts';
import type { LiquidationCandidate } from './liquidation.ts';
import { liquidationOrder, nextLiquidationOrder } from './liquidation.ts';

const { combos } = LIQUIDATION_PLANS;

function candidate(
  group: number,
  marginReleased: number,
  cost: number,
  unrealised: number,
  change: Partial<LiquidationCandidate> = {},
): LiquidationCandidate {
  return {
    group,
    marginReleased,
    cost,
    unrealised,
    units: 10,
    opened: group,
    fits: true,
    impact: 0,
    ...change,
  };
}

describe('liquidationOrder', () => {
  it('closes what releases most margin per dollar of cost first', () => {
    const order = liquidationOrder(
      [candidate(1, 5000, 500, 0), candidate(2, 4000, 100, 0), candidate(3, 9000, 600, 0)],
      combos,
    );
    expect(order).toEqual([2, 3, 1]);
  });

  it('breaks ties by the greater loss, then by the lower id', () => {
    const order = liquidationOrder(
      [candidate(4, 5000, 500, -100), candidate(2, 5000, 500, -300), candidate(3, 5000, 500, -100)],
      combos,
    );
    expect(order).toEqual([2, 3, 4]);
  });

  it('leaves what does not help, or is unknown, for last', () => {
    const order = liquidationOrder(
      [
        candidate(1, Number.NaN, 10, 0),
        candidate(2, 50, 100, 0),
        candidate(3, 200, 150, 0),
        candidate(4, 100, 0, 0),
      ],
      combos,
    );
    expect(order).toEqual([4, 3, 2, 1]);
  });

  it('takes the segment of the deficit first', () => {
    const elsewhere = candidate(1, 90_000, 1, 0, { fits: false });
    const order = liquidationOrder([elsewhere, candidate(2, 200, 150, 0)], combos);
    expect(order).toEqual([2, 1]);
  });

  it('goes by last opened, or by greatest loss, where the plan says so', () => {
    const held = [
      candidate(1, 5000, 500, -700),
      candidate(2, 5000, 100, -100),
      candidate(3, 5000, 900, -300),
    ];
    expect(liquidationOrder(held, { priority: 'last-in-first-out' })).toEqual([3, 2, 1]);
    expect(liquidationOrder(held, { priority: 'largest-loss' })).toEqual([1, 3, 2]);
  });

  it('does not reorder its argument', () => {
    const given = Object.freeze([candidate(1, 1, 10, 0), candidate(2, 10, 1, 0)]);
    liquidationOrder(given, combos);
    expect(given.map(({ group }) => group)).toEqual([1, 2]);
  });
});

describe('nextLiquidationOrder', () => {
  const one = [candidate(1, 10_000, 1000, 0)];
  const order = (excess: number, plan: LiquidationPlan): number | undefined =>
    nextLiquidationOrder(excess, one, plan)?.units;
  const least: LiquidationPlan = { ...combos, sizing: 'deficit' };

  it('is nothing without a deficit, or with nothing to close', () => {
    expect(order(0, combos)).toBeUndefined();
    expect(nextLiquidationOrder(-1, [], combos)).toBeUndefined();
  });

  it('is the whole position, or the least units that cure, to the dollar', () => {
    expect(order(-1, combos)).toBe(10);
    expect([-900, -901, -9000, -9001].map((excess) => order(excess, least))).toEqual([
      1, 2, 10, 10,
    ]);
  });

  it('closes no more than the share of a round, and one unit at least', () => {
    expect(order(-9000, { ...least, fractionPerRound: 0.3 })).toBe(3);
    expect(order(-9000, { ...least, fractionPerRound: 0.01 })).toBe(1);
  });

  it('with its own impact in view closes more', () => {
    const felt = [candidate(1, 10_000, 1000, 0, { impact: 50 })];
    const plan: LiquidationPlan = { ...combos, sizing: 'deficit-and-impact' };
    const units = nextLiquidationOrder(-1800, felt, plan)?.units ?? Number.NaN;
    const gain = (x: number): number => 900 * x - 50 * x * (10 - x);
    expect(units).toBeGreaterThan(2);
    expect(gain(units)).toBeGreaterThanOrEqual(1800);
    expect(gain(units - 1)).toBeLessThan(1800);
  });

  it('an unknown deficit closes what a round may', () => {
    expect(order(Number.NaN, least)).toBe(10);
  });
});
