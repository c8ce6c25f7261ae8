import { array, assert, boolean, constantFrom, double, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cheaperLayer,
  isPriceSpike,
  moveNearBudget,
  NOTHING_MOVED,
  returnUnspent,
} from './budget-transfer.ts';
import type { MovedBudget } from './budget-transfer.ts';

describe('a price spike', () => {
  it('is a score at or above the rule; NO DATA is none', () => {
    const rule = { z: 2, share: 0.5 };
    expect([1.99, 2, Number.NaN].map((z) => isPriceSpike(rule, z))).toEqual([false, true, false]);
    expect(isPriceSpike(null, 9)).toBe(false);
  });

  it('moves budget to the layer with the cheaper time value, whatever is known of the other', () => {
    expect(cheaperLayer({ medium: 0.03, long: 0.02 })).toBe('long');
    expect(cheaperLayer({ medium: -0.1, long: 0.02 })).toBe('medium');
    expect(cheaperLayer({ medium: Number.NaN, long: 0.5 })).toBe('long');
    expect(cheaperLayer({ medium: 0.5, long: Number.NaN })).toBe('medium');
    expect(cheaperLayer({ medium: Number.NaN, long: Number.NaN })).toBeUndefined();
  });

  it('moves half of the near budget, never what is spent already', () => {
    const move = (spent: number): MovedBudget =>
      moveNearBudget(NOTHING_MOVED, { budget: 8000, spent }, 'long', 0.5);
    expect([0, 6000, 9000].map((spent) => move(spent).long)).toEqual([4000, 2000, 0]);
  });

  it('gives back when it is over all but what was spent beyond the layer’s own', () => {
    const own = { medium: { budget: 8000, spent: 1000 }, long: { budget: 4000, spent: 5500 } };
    expect(returnUnspent({ medium: 2000, long: 4000 }, own)).toEqual({ medium: 0, long: 1500 });
  });
});

describe('spending under moves', () => {
  it('stays within the sum of the own budgets, whenever spikes come and go', () => {
    const day = record({
      spike: boolean(),
      to: constantFrom('medium' as const, 'long' as const),
      near: double({ min: 0, max: 1, noNaN: true }),
      longer: double({ min: 0, max: 1, noNaN: true }),
      multiplier: double({ min: 0.5, max: 1, noNaN: true }),
    });
    const caps = { near: 8000, medium: 8000, long: 4000 };
    assert(
      property(array(day, { maxLength: 60 }), (days) => {
        const spent = { near: 0, medium: 0, long: 0 };
        let moved = NOTHING_MOVED;
        let on = false;
        for (const { spike, to, near, longer, multiplier } of days) {
          const own = (name: 'near' | 'medium' | 'long'): { budget: number; spent: number } => ({
            budget: caps[name] * multiplier,
            spent: spent[name],
          });
          if (!spike) moved = returnUnspent(moved, { medium: own('medium'), long: own('long') });
          else if (!on) moved = moveNearBudget(moved, own('near'), to, 0.5);
          on = spike;
          const left = {
            near: own('near').budget - moved.medium - moved.long - spent.near,
            medium: own('medium').budget + moved.medium - spent.medium,
            long: own('long').budget + moved.long - spent.long,
          };
          spent.near += near * Math.max(0, left.near);
          spent[to] += longer * Math.max(0, left[to]);
          expect(spent.near + spent.medium + spent.long).toBeLessThanOrEqual(20_000 + 1e-6);
        }
      }),
      { numRuns: 500 },
    );
  });
});
