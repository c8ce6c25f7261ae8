import { assert, constantFrom, double, integer, property, record as object } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPTIONS, record } from '../../src/engine/run-sketch.fixture.ts';
import type { RunRecord } from '../../src/engine/run-record.ts';
import type { Shock } from '../../src/engine/sketched-market.fixture.ts';
import { randomMarket } from '../../src/engine/sketched-market.fixture.ts';
import { EXCHANGE_PROFILE } from '../../src/margin/margin-profile.ts';
import type { MarginProfile } from '../../src/margin/margin-profile.ts';
import type { Policy } from '../../src/strategy/policy.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { shipped } from './shipped-policies.ts';

const FIRST = epochDay(2021, 3, 1);
const NAMES = ['martingale', 'martingale-capped', 'unhedged', 'tasty-16d-45'];
const CONDORS: readonly Policy[] = NAMES.map((name) => shipped(name));
/** Martingales hold one condor at a time. */
const SEQUENTIAL = CONDORS.slice(0, 2);

/** A policy at another size: what it risks on one entry, and in all. */
function sized(policy: Policy, riskPerTrade: number): Policy {
  const sizing = { ...policy.sizing, riskPerTrade, maxOpenRisk: Math.max(0.1, riskPerTrade) };
  return { ...policy, sizing, guards: null };
}

function calls(run: RunRecord): readonly number[] {
  return [run.marginCalls, run.forcedLiquidations];
}

/** No call in markets with two shocks: moves of a third, VIX anywhere from 9 to 120. */
function brokenMarkets(
  policies: readonly Policy[],
  most: number,
): ReturnType<typeof property<[number, Shock, Shock, number, MarginProfile]>> {
  const shock = object({
    session: integer({ min: 0, max: 150 }),
    spx: double({ min: -0.35, max: 0.3, noNaN: true }),
    vix: double({ min: 9, max: 120, noNaN: true }),
  });
  return property(
    integer({ min: 1, max: 1e6 }),
    shock,
    shock,
    double({ min: 0.01, max: most, noNaN: true }),
    constantFrom(OPTIONS.profile, EXCHANGE_PROFILE),
    (seed, first, second, risk, profile) => {
      const market = randomMarket(seed, FIRST, 160, [first, second]);
      for (const policy of policies) {
        const run = record(market, sized(policy, risk), { ...OPTIONS, profile });
        expect(calls(run), policy.name).toEqual([0, 0]);
      }
    },
  );
}

describe('Reg T margin of condors', () => {
  it('never calls, whatever the random market', () => {
    let highest = 0;
    let refused = 0;
    let entries = 0;
    for (let seed = 100; seed < 140; seed += 1) {
      const market = randomMarket(seed, FIRST, 252);
      for (const policy of CONDORS) {
        const run = record(market, policy);
        expect(calls(run), `${policy.name}, seed ${seed}`).toEqual([0, 0]);
        highest = Math.max(highest, ...run.martingale.map((rung) => rung.step));
        refused += run.doublingRefused;
        entries += run.trades.length;
      }
    }
    // The runs did double, did meet the broker's limit, and did trade.
    expect(highest).toBeGreaterThanOrEqual(4);
    expect(refused).toBeGreaterThan(0);
    expect(entries).toBeGreaterThan(2000);
  });

  it.each([
    ['one condor at a time, of any size', SEQUENTIAL, 0.95],
    ['overlapping condors, up to a tenth of equity each', CONDORS, 0.1],
  ])('never calls when markets break: %s', (_name, policies, most) => {
    assert(brokenMarkets(policies, most), { numRuns: 40, seed: 1 });
  });

  // Known defect: a condor may be bought back for more than its wider wing, because each vertical
  // is bounded by its width but not both together; what that costs can take the margin of others.
  it('never calls when markets break: overlapping condors of any size', () => {
    assert(brokenMarkets(CONDORS, 0.95), { numRuns: 40, seed: 1 });
  });

  it('never calls on the day of a fall of 30 % with VIX at 90, fully invested', () => {
    for (let session = 20; session < 80; session += 7) {
      const market = randomMarket(7, FIRST, 120, [{ session, spx: -0.3, vix: 90 }]);
      for (const policy of CONDORS) {
        const run = record(market, sized(policy, 0.9));
        expect(calls(run), `${policy.name}, session ${session}`).toEqual([0, 0]);
      }
    }
  });

  it('keeps the requirement where it was, however far the market goes', () => {
    const market = randomMarket(7, FIRST, 60, [{ session: 25, spx: -0.3, vix: 90 }]);
    const { marginUsed, unitsOpen } = record(market, shipped('martingale')).columns;
    let compared = 0;
    for (let row = 1; row < marginUsed.length; row += 1) {
      if (unitsOpen[row] !== unitsOpen[row - 1] || unitsOpen[row] === 0) continue;
      expect(marginUsed[row]).toBe(marginUsed[row - 1]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('calls strangles of the same sizes, so that the claim is about the wings', () => {
    const market = randomMarket(7, FIRST, 120, [{ session: 40, spx: -0.3, vix: 90 }]);
    expect(record(market, shipped('strangle')).marginCalls).toBeGreaterThan(0);
  });
});
