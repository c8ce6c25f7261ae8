import { describe, expect, it } from 'vitest';
import type { MarketPath } from '../market/market-path.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import type { Policy } from '../strategy/policy.ts';
import { epochDay } from '../time/epoch-day.ts';
import { planDay } from './plan-day.ts';
import type { DayPlan } from './plan-day.ts';
import { CONDORS } from './policies.fixture.ts';
import { OPTIONS, record } from './run-sketch.fixture.ts';
import { planSessions } from './session-plan.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

const SESSIONS = 260;
const HEDGED: Policy = {
  ...CONDORS,
  name: 'hedged',
  layers: {
    near: { ...CONDORS.layers.near, enabled: true },
    medium: { ...CONDORS.layers.medium, enabled: true },
    long: { ...CONDORS.layers.long, enabled: true },
  },
};

function market(sessions: number): MarketPath {
  return sketchMarket({
    first: epochDay(2021, 1, 4),
    sessions,
    spx: (i) => 4000 + 2 * i + 90 * Math.sin(i / 11),
    vix: (i) => 20 - 5 * Math.sin(i / 11),
  });
}

function planAt(session: number): DayPlan {
  // Meetings are published ahead: the plan knows those of the whole market.
  const path = { ...market(session + 1), fomcDays: market(SESSIONS).fomcDays };
  const plan = planSessions(path, computeSignals(path));
  return planDay({ path, plan, policy: HEDGED, options: OPTIONS });
}

describe('the plan of a day', () => {
  const whole = market(SESSIONS);
  const run = record(whole, HEDGED);
  const sessions = Array.from({ length: 90 }, (_unused, i) => 100 + i);
  const plans = sessions.map(planAt);

  it('opens what the run opens on that day: legs, units, prices', () => {
    let opened = 0;
    for (const plan of plans) {
      // Trades still open at the end of the run are not in its blotter.
      const traded = run.trades.filter(({ openedDay }) => openedDay === plan.day);
      for (const trade of traded) {
        const planned = plan.openings.find((opening) => opening.trade.id === trade.id);
        expect(planned?.trade.units).toBe(trade.quantity);
        expect(planned?.premium).toBe(trade.premium);
        expect(planned?.trade.legs.map(({ strike }) => strike)).toEqual(
          trade.legs.map(({ strike }) => strike),
        );
        opened += 1;
      }
      expect(plan.openings.length).toBeGreaterThanOrEqual(traded.length);
    }
    expect(opened).toBeGreaterThan(10);
  });

  it('closes what the run closes on that day, for the same reason', () => {
    let closed = 0;
    for (const plan of plans) {
      const ended = run.trades.filter(
        ({ closedDay, closeReason }) => closedDay === plan.day && closeReason !== 'settlement',
      );
      for (const trade of ended) {
        const planned = plan.closings.find((closing) => closing.trade.id === trade.id);
        expect(planned?.reason).toBe(trade.closeReason);
        closed += 1;
      }
      expect(plan.closings.length).toBeGreaterThanOrEqual(ended.length);
    }
    expect(closed).toBeGreaterThan(5);
  });

  it('shows the equity of the run, and leaves the book marked at the close', () => {
    for (const [index, plan] of plans.entries()) {
      expect(plan.equity).toBe(run.columns.equityClose[100 + index]);
      const now = plan.profit.spotRatios.indexOf(1);
      // Within the cents to which each leg is carried.
      const unmoved = plan.profit.pnl[plan.profit.vixRatios.indexOf(1)]?.[now] ?? Number.NaN;
      expect(Math.abs(unmoved)).toBeLessThan(0.5);
    }
  });

  it('keeps the loss of what is held within its largest loss under every shock', () => {
    for (const plan of plans) {
      const risk = plan.held.reduce(
        (sum, trade) => sum + (trade.maxLossPerUnit ?? 0) * trade.unitsOpen,
        0,
      );
      const worst = Math.min(
        ...plan.profit.pnl.flat(),
        ...plan.stressed.map((each) => each.equity - plan.equity),
      );
      // What the condors gained so far can be lost too: at most their credits.
      const credits = plan.held.reduce(
        (sum, trade) => sum + Math.max(0, trade.premiumCents) / 100,
        0,
      );
      expect(worst).toBeGreaterThanOrEqual(-(risk + credits));
    }
  });

  it('gives entries break-evens outside their short strikes, and odds between 0 and 1', () => {
    const entries = plans
      .flatMap(({ openings }) => openings)
      .filter(({ trade }) => trade.sleeve === 0);
    expect(entries.length).toBeGreaterThan(5);
    for (const { trade, breakEvens, profitProbability } of entries) {
      expect(breakEvens?.[0]).toBeLessThan(trade.shortPut);
      expect(breakEvens?.[1]).toBeGreaterThan(trade.shortCall);
      expect(profitProbability).toBeGreaterThan(0.4);
      expect(profitProbability).toBeLessThan(1);
    }
  });
});
