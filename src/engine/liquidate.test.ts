import { describe, expect, it } from 'vitest';
import { AM, NO_RIGHT, PUT, SPX_OPTION, VX_FUTURE } from '../contracts/contract-kind.ts';
import {
  forcedLiquidationUnits,
  liquidationReproduction,
} from '../execution/forced-liquidation.ts';
import type { ForcedLiquidationInput } from '../execution/forced-liquidation.ts';
import { LIQUIDATION_PLANS } from '../margin/liquidation-plan.ts';
import type { LiquidationPlan } from '../margin/liquidation-plan.ts';
import { IBKR_PROFILE } from '../margin/margin-profile.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { MarginEvent } from './margin-event.ts';
import { CASH, CONDORS } from './policies.fixture.ts';
import { force, OPTIONS, record, watch } from './run-sketch.fixture.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

const FIRST = epochDay(2024, 6, 3);

/** Closes the least units; spreads of 0.30 (six times a tick), which is 300 dollars for one VX. */
const LEAST: LiquidationPlan = {
  ...LIQUIDATION_PLANS.combos,
  sizing: 'deficit-and-impact',
  spreadMultiple: 6,
};

/** What became of the 100 units. */
interface Outcome {
  readonly event: MarginEvent | undefined;
  readonly events: readonly MarginEvent[];
  readonly calls: number;
  readonly units: number;
  readonly equity: number;
  /** Spread and fees of one unit, dollars. */
  readonly perUnit: number;
}

/**
 * 100 VX, each with 4600 dollars of maintenance, in an account of 500,000 dollars that loses the
 * given amount from one close to the next: the closed form, in a real account.
 */
function hundredVx(loss: number, plan: LiquidationPlan = LEAST): Outcome {
  const fall = loss / 100 / 1000;
  const path = sketchMarket({
    first: FIRST,
    sessions: 6,
    spx: () => 5000,
    vix: () => 16,
    vixHigh: () => 16,
    vixLow: () => 16,
    billRate: () => 0,
    vx: (i) => (i < 3 ? 40 : 40 - fall),
  });
  const { futures } = IBKR_PROFILE;
  const profile = {
    ...IBKR_PROFILE,
    liquidation: plan,
    futures: {
      ...futures,
      initialRatio: 1,
      levels: [
        {
          effective: epochDay(2024, 1, 1),
          until: epochDay(2024, 12, 31),
          maintenance: 4600,
          source: 'closed form',
        },
      ],
    },
  };
  let units = Number.NaN;
  let equity = Number.NaN;
  const { sink, account } = watch(
    path,
    CASH,
    (context, state, session) => {
      if (session === 0) {
        const expiry = context.close.vxExpiry[2] ?? 0;
        force(context, state, session, {
          structure: 'vx-future',
          units: 100,
          sleeve: SLEEVE.medium,
          legs: [{ kind: VX_FUTURE, right: NO_RIGHT, strike: 0, expiry, settlement: AM, ratio: 1 }],
        });
        const wanted = 500_000 * 100 - state.ledger.equity;
        state.ledger.post(LEDGER.deposit, SLEEVE.core, 'securities', wanted);
      }
      if (session === 3) {
        units = state.trades.reduce((sum, trade) => sum + trade.unitsOpen, 0);
        equity = state.ledger.equity / 100;
      }
      state.ledger.check();
    },
    { ...OPTIONS, profile },
  );
  const event = sink.marginEvents[0];
  const closed = (event?.rounds ?? []).reduce((sum, round) => sum + round.units, 0);
  const perUnit = (event?.cost ?? Number.NaN) / closed;
  const events = sink.marginEvents;
  return { event, events, calls: account.counts.calls, units, equity, perUnit };
}

const input = (loss: number, costPerUnit: number, impactPerUnit = 0): ForcedLiquidationInput => ({
  units: 100,
  equity: 500_000,
  loss,
  marginPerUnit: 4600,
  costPerUnit,
  impactPerUnit,
});

describe('the engine’s liquidation, on the closed form', () => {
  it('of 100 units after a loss of 150,000 leaves 74', () => {
    const { units, perUnit, event } = hundredVx(150_000);
    expect(units).toBe(74);
    expect(perUnit).toBeGreaterThan(300);
    expect(perUnit).toBeLessThan(305);
    expect(forcedLiquidationUnits(input(150_000, perUnit))).toMatchObject({ remaining: 74 });
    expect(event).toMatchObject({ outcome: 'restored', type: 'futures', reproduction: 0 });
    expect(event?.rounds).toHaveLength(1);
  });

  it.each([41_000, 100_000, 200_000, 300_000, 400_000, 450_000, 465_000])(
    'leaves what the formula leaves after a loss of %d',
    (loss) => {
      const { units, perUnit } = hundredVx(loss);
      const expected = forcedLiquidationUnits(input(loss, perUnit));
      expect(expected).toMatchObject({ kind: 'partial', remaining: units });
    },
  );

  it('does nothing while equity covers margin, and spirals beyond the formula’s end', () => {
    expect(hundredVx(40_000).event).toBeUndefined();
    const { event, units, perUnit, equity } = hundredVx(480_000);
    expect(forcedLiquidationUnits(input(480_000, perUnit)).kind).toBe('spiral');
    expect([event?.outcome, units]).toEqual(['exhausted', 0]);
    expect(event?.debtCents).toBe(Math.round(-100 * equity));
    expect(equity).toBeCloseTo(20_000 - 100 * perUnit, 6);
    expect(equity).toBeLessThan(0);
  });

  it('spirals when closing a unit costs what it releases (s >= m′)', () => {
    const dear = hundredVx(41_000, { ...LEAST, spreadMultiple: 92 });
    expect([dear.event?.outcome, dear.units]).toEqual(['exhausted', 0]);
    expect(dear.event?.reproduction).toBeNaN();
  });

  it('with own impact leaves the root of the quadratic, and reports R', () => {
    // Half-spreads of 300 dollars, moved by 0.04 for each contract: k = 12.
    const felt = { ...LEAST, impactPerHundred: 4 };
    const { units, event, perUnit } = hundredVx(150_000, felt);
    const closed = input(150_000, perUnit, 12);
    expect(forcedLiquidationUnits(closed)).toMatchObject({ kind: 'partial', remaining: units });
    expect(event?.reproduction).toBeCloseTo(liquidationReproduction(closed, units), 9);
  });

  it('round by round feeds itself with R at 1 or more, and is cured below', () => {
    const rounds = { ...LEAST, sizing: 'deficit' as const };
    const mild = hundredVx(60_000, { ...rounds, impactPerHundred: 4 });
    expect(mild.event?.outcome).toBe('restored');
    expect(mild.event?.reproduction).toBeGreaterThan(0.2);
    expect(mild.event?.reproduction).toBeLessThan(1);
    expect(mild.event?.rounds.length).toBeGreaterThan(1);
    // Impact of 400 dollars for each unit and unit closed: nine times what a unit releases.
    const wild = hundredVx(60_000, { ...rounds, impactPerHundred: 400 / 3 });
    expect([wild.event?.outcome, wild.units]).toEqual(['exhausted', 0]);
    expect(wild.event?.reproduction).toBeGreaterThan(1);
    expect(wild.event?.debtCents).toBeGreaterThan(0);
  });

  it('goes on the next day where a session has too few rounds', () => {
    const slow = { ...LEAST, fractionPerRound: 0.1, roundsPerDay: 2 };
    const { units, event, events, calls } = hundredVx(150_000, slow);
    expect(event).toMatchObject({ outcome: 'rounds-used' });
    expect(units).toBe(81);
    // The same liquidation the next session: one event for each session, one call in all.
    expect(events.map(({ day, rounds }) => [day, rounds.length])).toEqual([
      [epochDay(2024, 6, 6), 2],
      [epochDay(2024, 6, 7), 1],
    ]);
    expect(calls).toBe(1);
  });
});

const STRANGLE = { ...CONDORS, name: 'strangle', base: 'strangle' as const, guards: null };
const CRASH = sketchMarket({
  first: FIRST,
  sessions: 40,
  spx: (i) => (i < 30 ? 5000 : 4000),
  vix: (i) => (i < 30 ? 16 : 70),
});

describe('a crash', () => {
  it('liquidates strangles under Reg T, and cannot liquidate condors of any size', () => {
    const called = record(CRASH, STRANGLE);
    expect(called.marginEvents[0]).toMatchObject({ kind: 'liquidation', regime: 'reg-t' });
    const fearless = {
      ...CONDORS,
      guards: null,
      sizing: { ...CONDORS.sizing, riskPerTrade: 0.9, maxOpenRisk: 0.9, noEscalation: false },
    };
    const condors = record(CRASH, fearless);
    expect(condors.trades.length).toBeGreaterThan(0);
    expect(condors.peakMarginUse).toBeGreaterThan(0.8);
    expect(condors.marginEvents).toEqual([]);
  });

  it('tells each round, and a debt as what it is', () => {
    const run = record(CRASH, STRANGLE);
    const rounds = run.marginEvents.flatMap((event) => event.rounds);
    expect(run.events.filter(({ kind }) => kind === 'liquidation-round')).toHaveLength(
      rounds.length,
    );
    const debt = run.marginEvents.at(-1)?.debtCents ?? Number.NaN;
    expect(debt).toBe(Math.max(0, -Math.round(100 * (run.columns.equityClose[30] ?? Number.NaN))));
  });
});

/** Ten spreads with a put too many each, in an account that can no longer carry those. */
function legByLeg(plan: LiquidationPlan): ReturnType<typeof watch> {
  const path = sketchMarket({
    first: FIRST,
    sessions: 6,
    spx: (i) => (i < 3 ? 5000 : 4500),
    vix: (i) => (i < 3 ? 16 : 45),
  });
  const expiry = epochDay(2024, 7, 19);
  const put = (strike: number, ratio: number) => ({
    kind: SPX_OPTION,
    right: PUT,
    strike,
    expiry,
    settlement: AM,
    ratio,
  });
  return watch(
    path,
    CASH,
    (context, account, session) => {
      if (session === 0) {
        force(context, account, session, {
          structure: 'condor',
          units: 10,
          sleeve: SLEEVE.core,
          legs: [put(4700, 1), put(4800, -2)],
        });
      }
      account.ledger.check();
    },
    { ...OPTIONS, equity: 900_000, profile: { ...IBKR_PROFILE, liquidation: plan } },
  );
}

describe('leg by leg', () => {
  it('closes single legs, reports what that lost, and leaves the ledger whole', () => {
    const { sink } = legByLeg(LIQUIDATION_PLANS.legs);
    const [event] = sink.marginEvents;
    expect(event).toMatchObject({ kind: 'liquidation', outcome: 'restored' });
    // Alone a short put is bought back above its long's bid plus the distance of their strikes.
    expect(event?.leggingLoss).toBeGreaterThan(0);
    expect(event?.leggingLoss).toBeLessThanOrEqual(event?.cost ?? Number.NaN);
    const whole = legByLeg(LIQUIDATION_PLANS.combos).sink.marginEvents[0];
    expect(whole?.leggingLoss).toBe(0);
    expect(event?.rounds.length).toBeGreaterThan(0);
  });
});
