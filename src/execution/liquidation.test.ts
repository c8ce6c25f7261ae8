import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiquidationCandidate } from './liquidation.ts';
import { liquidationOrder, liquidationSequence } from './liquidation.ts';

function candidate(
  group: number,
  marginReleased: number,
  cost: number,
  unrealised: number,
): LiquidationCandidate {
  return { group, marginReleased, cost, unrealised };
}

describe('liquidationOrder', () => {
  it('closes what releases most margin per dollar of cost first', () => {
    const order = liquidationOrder([
      candidate(1, 5000, 500, 0),
      candidate(2, 4000, 100, 0),
      candidate(3, 9000, 600, 0),
    ]);
    expect(order).toEqual([2, 3, 1]);
  });

  it('breaks ties by the greater loss, then by the lower id', () => {
    const order = liquidationOrder([
      candidate(4, 5000, 500, -100),
      candidate(2, 5000, 500, -300),
      candidate(3, 5000, 500, -100),
    ]);
    expect(order).toEqual([2, 3, 4]);
  });

  it('leaves what does not help, or is unknown, for last', () => {
    const order = liquidationOrder([
      candidate(1, Number.NaN, 10, 0),
      candidate(2, 50, 100, 0),
      candidate(3, 200, 150, 0),
      candidate(4, 100, 0, 0),
    ]);
    expect(order).toEqual([4, 3, 2, 1]);
  });

  it('does not reorder its argument', () => {
    const given = Object.freeze([candidate(1, 1, 10, 0), candidate(2, 10, 1, 0)]);
    liquidationOrder(given);
    expect(given.map(({ group }) => group)).toEqual([1, 2]);
  });
});

describe('liquidationSequence', () => {
  const candidates = [
    candidate(1, 5000, 500, -800),
    candidate(2, 5000, 400, -200),
    candidate(3, 5000, 450, -900),
  ];

  it('stops as soon as excess is restored, after costs', () => {
    expect(liquidationSequence(-4600, candidates)).toEqual({
      groups: [2],
      excess: 0,
      cost: 400,
      outcome: 'restored',
    });
    expect(liquidationSequence(-4601, candidates).groups).toEqual([2, 3]);
  });

  it('closes nothing without a deficit', () => {
    expect(liquidationSequence(0, candidates).groups).toEqual([]);
  });

  it('says when nothing is left that helps', () => {
    expect(liquidationSequence(-50_000, candidates)).toEqual({
      groups: [2, 3, 1],
      excess: -50_000 + 15_000 - 1350,
      cost: 1350,
      outcome: 'exhausted',
    });
    expect(liquidationSequence(-10, [candidate(1, 5, 5, 0)])).toMatchObject({
      groups: [],
      outcome: 'exhausted',
    });
  });

  it('an unknown excess is not restored', () => {
    expect(liquidationSequence(Number.NaN, candidates).outcome).toBe('exhausted');
  });

  it('closes a prefix of the order, and no group more than is needed', () => {
    const amount = fc.integer({ min: 0, max: 10_000 });
    const some = fc
      .array(fc.tuple(amount, amount, amount), { maxLength: 10 })
      .map((rows) => rows.map(([margin, cost, pnl], group) => candidate(group, margin, cost, pnl)));
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 100 }), some, (excess, drawn) => {
        const { groups, excess: reached, outcome } = liquidationSequence(excess, drawn);
        expect(liquidationOrder(drawn).slice(0, groups.length)).toEqual(groups);
        expect(outcome === 'restored').toBe(reached >= 0);
        const last = drawn.find(({ group }) => group === groups.at(-1));
        if (last !== undefined) expect(reached - (last.marginReleased - last.cost)).toBeLessThan(0);
      }),
    );
  });
});
