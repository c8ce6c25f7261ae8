import { describe, expect, it } from 'vitest';
import { SPX_OPTION, VIX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import { SLEEVES } from '../portfolio/sleeve.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import type { Policy } from '../strategy/policy.ts';
import { epochDay } from '../time/epoch-day.ts';
import { CONDORS } from './policies.fixture.ts';
import { replayTrade, SPOT_RATIOS } from './replay-trade.ts';
import type { TradeReplay } from './replay-trade.ts';
import { OPTIONS, record } from './run-sketch.fixture.ts';
import { planSessions } from './session-plan.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

const HEDGED: Policy = {
  ...CONDORS,
  name: 'hedged',
  exits: { profitTarget: 0.5, closeAtDays: 21, stopCreditMultiple: 1.5 },
  layers: {
    near: { ...CONDORS.layers.near, enabled: true },
    medium: { ...CONDORS.layers.medium, enabled: true },
    long: { ...CONDORS.layers.long, enabled: true },
  },
};
const path = sketchMarket({
  first: epochDay(2021, 1, 4),
  sessions: 230,
  spx: (i) => 4000 + 2 * i + 90 * Math.sin(i / 11) - (i > 180 && i < 190 ? 30 * (i - 180) : 0),
  vix: (i) => 20 - 5 * Math.sin(i / 11) + (i > 180 && i < 190 ? 2 * (i - 180) : 0),
});
const plan = planSessions(path, computeSignals(path));
const run = record(path, HEDGED);
const replayOf = (id: number): TradeReplay =>
  replayTrade({ path, plan, policy: HEDGED, options: OPTIONS }, id);
const lastId = Math.max(...run.trades.map(({ id }) => id)) + 12;
const everything = Array.from({ length: lastId }, (_, place) => replayOf(place + 1)).filter(
  ({ days }) => days.length > 0,
);
const replays = run.trades.flatMap(({ id }) => everything.find((replay) => replay.id === id) ?? []);
const core = replays.filter(({ record: trade }) => trade?.sleeve === 'core');

/** Sleeve of a replay; of one that is open still, by what it holds. */
function sleeveOf({ record: trade, days }: TradeReplay): string {
  if (trade !== undefined) return trade.sleeve;
  const kind = days[0]?.legs[0]?.kind;
  if (kind === SPX_OPTION || kind === XSP_OPTION) return 'core';
  return kind === VIX_OPTION ? (days[0]?.legs.length === 2 ? 'near' : 'long') : 'medium';
}

describe('a trade day by day', () => {
  it('runs from its entry to its end, on the trade of the blotter', () => {
    expect(core.length).toBeGreaterThan(4);
    expect(replays.some(({ record: trade }) => trade?.sleeve !== 'core')).toBe(true);
    for (const [place, { days, record: trade }] of replays.entries()) {
      expect(trade).toEqual(run.trades[place]);
      expect(days[0]?.day).toBe(trade?.openedDay);
      const settled = trade?.closeReason === 'settlement';
      if (!settled) expect(days.at(-1)?.day).toBe(trade?.closedDay);
    }
  });

  it('begins with fees and half-spreads lost, and ends at the result but for those of the exit', () => {
    for (const { days, record: trade } of replays) {
      const [first] = days;
      const last = days.at(-1);
      if (first === undefined || last === undefined || trade === undefined)
        throw new Error('empty');
      expect(first.pnl).toBeLessThan(0);
      expect(-first.pnl).toBeLessThanOrEqual(trade.fees + trade.spreadCost);
      if (trade.closeReason === 'settlement' || trade.sleeve === 'medium') continue;
      const entryCost = -first.pnl;
      expect(trade.pnl).toBeCloseTo(last.pnl - (trade.fees + trade.spreadCost - entryCost), 1);
    }
  });

  it('sums over trades to what the sleeve made, to the cent, on days without a fill', () => {
    const { day, sleevePnl } = run.columns;
    let compared = 0;
    for (const sleeve of ['core', 'near', 'long'] as const) {
      const place = SLEEVES.indexOf(sleeve);
      const own = everything.filter((replay) => sleeveOf(replay) === sleeve);
      for (const [row, at] of day.entries()) {
        const fills = own.some(
          ({ days, record: trade }) => days[0]?.day === at || trade?.closedDay === at,
        );
        if (fills) continue;
        let sum = 0;
        for (const { days, record: trade } of own) {
          if (trade !== undefined && trade.closedDay < at) sum += trade.pnl;
          else sum += days.find((each) => each.day === at)?.pnl ?? 0;
        }
        expect(sum).toBeCloseTo(sleevePnl[row * SLEEVES.length + place] ?? Number.NaN, 2);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(200);
  });

  it('has the exit that closed it as the first that passes, and none before', () => {
    const reasons = new Set<string>();
    for (const { days, record: trade } of core) {
      for (const day of days.slice(1, -1)) {
        expect(day.exits.map(({ outcome }) => outcome)).not.toContain('PASS');
      }
      const decided = days.at(-1)?.exits.find(({ outcome }) => outcome === 'PASS');
      if (trade?.closeReason === 'settlement') continue;
      expect(decided?.id).toBe(trade?.closeReason);
      reasons.add(trade?.closeReason ?? '');
    }
    expect(reasons.size).toBeGreaterThan(1);
  });

  it('stands where it stands at no move, and nears the expiry line as its days run out', () => {
    const here = SPOT_RATIOS.indexOf(1);
    for (const { days } of core) {
      for (const { profile, shocked, pnl, atExpiry } of days) {
        expect(profile[here]).toBeCloseTo(pnl, 6);
        expect(shocked[here]).toBeCloseTo(pnl, 6);
        // A fall with volatility rising is no better than the fall alone, outside the wings too.
        expect(atExpiry).toHaveLength(SPOT_RATIOS.length);
      }
      const [first] = days;
      const most = Math.max(...(first?.atExpiry ?? []));
      const { premium = 0, fees = 0 } = core.find((each) => each.days === days)?.record ?? {};
      expect(most).toBeLessThanOrEqual(premium);
      expect(most).toBeGreaterThanOrEqual(premium - fees);
    }
  });

  it('has no days for a trade that never was', () => {
    expect(replayOf(999)).toEqual({ id: 999, days: [], record: undefined });
  });

  it('tells a trade that is still open at the end', () => {
    const open = everything.filter(({ record: trade }) => trade === undefined);
    expect(open.length).toBeGreaterThan(0);
    for (const { days } of open) expect(days.at(-1)?.day).toBe(path.day[path.length - 1]);
  });
});
