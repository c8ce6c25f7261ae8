import { assert, double, integer, property, record as object } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { record } from '../../src/engine/run-sketch.fixture.ts';
import type { TradeRecord } from '../../src/engine/run-record.ts';
import { randomMarket } from '../../src/engine/sketched-market.fixture.ts';
import type { Policy } from '../../src/strategy/policy.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { shipped } from './shipped-policies.ts';

const FIRST = epochDay(2021, 3, 1);
/** Half a cent for each leg at entry and at exit. */
const CENTS = 0.04;

function held(name: string): Policy {
  return {
    ...shipped(name),
    exits: { profitTarget: null, closeAtDays: null, stopCreditMultiple: null },
  };
}

const POLICIES = [
  shipped('unhedged'),
  shipped('tasty-16d-45'),
  shipped('martingale'),
  held('unhedged'),
  held('martingale'),
];

function condors(trades: readonly TradeRecord[]): readonly TradeRecord[] {
  return trades.filter((trade) => trade.structure === 'condor');
}

function maximumLoss(trade: TradeRecord): number {
  if (trade.maxLoss === null) throw new Error('a condor has a maximum loss');
  return trade.maxLoss;
}

const shock = object({
  session: integer({ min: 5, max: 150 }),
  spx: double({ min: -0.35, max: 0.25, noNaN: true }),
  vix: double({ min: 9, max: 120, noNaN: true }),
});

describe('a condor (R-01)', () => {
  it('never loses more than wings less credit, fees and what it paid in spreads', () => {
    let settled = 0;
    let closed = 0;
    assert(
      property(integer({ min: 1, max: 1e6 }), shock, (seed, event) => {
        const market = randomMarket(seed, FIRST, 160, [event]);
        for (const policy of POLICIES) {
          for (const trade of condors(record(market, policy).trades)) {
            const bound = -maximumLoss(trade) - trade.fees - CENTS;
            if (trade.closeReason === 'settlement') {
              settled += 1;
              expect(trade.pnl).toBeGreaterThanOrEqual(bound);
            } else {
              closed += 1;
              expect(trade.pnl).toBeGreaterThanOrEqual(bound - trade.spreadCost);
            }
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(settled).toBeGreaterThan(200);
    expect(closed).toBeGreaterThan(500);
  });

  it('pays at most the width of each vertical to get out', () => {
    for (let session = 10; session < 60; session += 5) {
      const market = randomMarket(session, FIRST, 100, [{ session, spx: -0.2, vix: 80 }]);
      for (const trade of condors(record(market, shipped('tasty-16d-45')).trades)) {
        for (const right of ['put', 'call'] as const) {
          const legs = trade.legs.filter((leg) => leg.right === right);
          const [a, b] = legs;
          if (legs.length !== 2 || a === undefined || b === undefined) {
            throw new Error('a vertical has two legs');
          }
          const long = a.quantity > 0 ? a : b;
          const short = a.quantity > 0 ? b : a;
          const width = Math.abs(long.strike - short.strike);
          expect(short.exitPrice - long.exitPrice).toBeLessThanOrEqual(width + 1e-9);
        }
      }
    }
  });

  // Known defect: only each vertical is bounded by its width, not both together by the wider one.
  it('never loses more than wings less credit and fees, however it is closed', () => {
    const bad: number[] = [];
    for (let session = 10; session < 110; session += 2) {
      const market = randomMarket(session, FIRST, 130, [{ session, spx: -0.12, vix: 70 }]);
      for (const trade of condors(record(market, shipped('tasty-16d-45')).trades)) {
        if (trade.pnl < -maximumLoss(trade) - trade.fees - CENTS) bad.push(trade.id);
      }
    }
    expect(bad).toEqual([]);
  });

  it('reaches its maximum loss at settlement, so that the bound is tight', () => {
    const market = randomMarket(3, FIRST, 120, [{ session: 12, spx: -0.3, vix: 60 }]);
    const losses = condors(record(market, held('unhedged')).trades).map(
      (trade) => (trade.pnl + trade.fees) / maximumLoss(trade),
    );
    expect(Math.min(...losses)).toBeCloseTo(-1, 4);
  });
});
