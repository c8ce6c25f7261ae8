import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AM,
  CONTRACT_KINDS,
  NO_RIGHT,
  PM,
  PUT,
  SPX_OPTION,
  VX_FUTURE,
} from '../contracts/contract-kind.ts';
import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import { LIQUIDATION_PLANS } from '../margin/liquidation-plan.ts';
import { MARGIN_PROFILES } from '../margin/margin-profile.ts';
import type { BrokerName } from '../margin/margin-profile.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import type { Policy } from '../strategy/policy.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { MarginRegime } from './context.ts';
import { mechanismOf, NO_CHANGE } from './margin-attribution.ts';
import { MARGIN_FACTORS } from './margin-event.ts';
import type { MarginEvent } from './margin-event.ts';
import { CASH, CONDORS } from './policies.fixture.ts';
import type { TradeRecord } from './run-record.ts';
import { force, OPTIONS, record, watch } from './run-sketch.fixture.ts';
import { randomMarket, sketchMarket } from './sketched-market.fixture.ts';

const FIRST = epochDay(2024, 6, 3);

const LARGE = { ...CONDORS.sizing, riskPerTrade: 0.25, maxOpenRisk: 0.9, noEscalation: false };
const LARGE_CONDORS: Policy = { ...CONDORS, name: 'large', guards: null, sizing: LARGE };
const STRANGLE: Policy = { ...CONDORS, name: 'strangle', base: 'strangle', guards: null };
const LARGE_STRANGLE: Policy = { ...LARGE_CONDORS, base: 'strangle' };
const DOUBLING: Policy = {
  ...STRANGLE,
  name: 'doubling',
  sizing: { ...LARGE, riskPerTrade: 0.06, kind: 'martingale', onRefusal: 'max-affordable' },
};
/** Strangles beside VX, so that variation and futures margin have a part. */
const HEDGED: Policy = {
  ...LARGE_STRANGLE,
  name: 'hedged',
  layers: {
    ...STRANGLE.layers,
    medium: { ...STRANGLE.layers.medium, enabled: true, standing: null },
  },
};

function sumOf({ attribution }: MarginEvent): number {
  return Object.values(attribution).reduce((sum, cents) => sum + cents, 0);
}

function checkSums(events: readonly MarginEvent[]): void {
  for (const event of events) {
    expect(sumOf(event)).toBe(event.excessCents - event.excessCentsBefore);
    for (const cents of Object.values(event.attribution)) expect(cents).toSatisfy(Number.isInteger);
    // Rounding of each leg's carried value, and of each revaluation.
    expect(Math.abs(event.attribution.remainder)).toBeLessThanOrEqual(20);
    expect(Object.keys(event.attribution)).toEqual(Object.keys(MARGIN_FACTORS));
  }
}

/** After a liquidation the next change of the same session begins where it ended. */
function checkChain(events: readonly MarginEvent[]): void {
  for (const [index, event] of events.entries()) {
    const before = events[index - 1];
    const last = before?.rounds.at(-1);
    if (before?.day !== event.day || last === undefined || event.since !== before.day) continue;
    // The sweep between the segments comes after the last round.
    expect(event.excessCentsBefore).toBeGreaterThanOrEqual(Math.round(100 * last.excess) - 1);
  }
}

/** However a trade was taken apart, its prices times quantities are its profit. */
function checkFills(trades: readonly TradeRecord[]): void {
  for (const { legs, pnl, fees } of trades) {
    const gain = legs.reduce(
      (sum, { kind, quantity, entryPrice, exitPrice }) =>
        sum +
        quantity * (exitPrice - entryPrice) * (MULTIPLIERS[CONTRACT_KINDS.indexOf(kind)] ?? 0),
      0,
    );
    // A cent for each fill of each leg.
    expect(Math.abs(gain - fees - pnl)).toBeLessThan(0.5);
  }
}

describe('the attribution of excess liquidity', () => {
  it('adds up to its change, to the cent, in random markets under every broker and regime', () => {
    let events = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom<Policy>(LARGE_STRANGLE, DOUBLING, LARGE_CONDORS, HEDGED),
        fc.constantFrom<BrokerName>('ibkr', 'tastytrade', 'traditional', 'exchange'),
        fc.constantFrom<MarginRegime>('reg-t', 'portfolio'),
        fc.constantFrom<'combos' | 'legs' | 'thin'>('combos', 'legs', 'thin'),
        (seed, policy, broker, regime, plan) => {
          const crash = [{ session: 60 + (seed % 40), spx: -0.18, vix: 70 }];
          const path = randomMarket(seed, FIRST, 150, crash);
          const profile = { ...MARGIN_PROFILES[broker], liquidation: LIQUIDATION_PLANS[plan] };
          const run = record(path, policy, { ...OPTIONS, regime, profile });
          checkSums(run.marginEvents);
          checkChain(run.marginEvents);
          checkFills(run.trades);
          events += run.marginEvents.length;
        },
      ),
      { numRuns: 60 },
    );
    expect(events).toBeGreaterThan(30);
  });

  it('tells rising implied volatility from the fall: cascade is a loss on strangles', () => {
    const path = sketchMarket({
      first: FIRST,
      sessions: 40,
      spx: (i) => (i < 30 ? 5000 : 4200),
      vix: (i) => (i < 30 ? 16 : 65),
    });
    for (const regime of ['reg-t', 'portfolio'] as const) {
      const [event] = record(path, STRANGLE, { ...OPTIONS, regime }).marginEvents;
      if (event === undefined) continue;
      checkSums([event]);
      expect(event.regime).toBe(regime);
      expect(event.attribution.cascade).toBeLessThan(0);
      expect(event.attribution.spot).toBeLessThan(0);
      expect(event.attribution.size).toBe(0);
    }
  });

  it('gives what doubled units added to size', () => {
    const path = sketchMarket({
      first: FIRST,
      sessions: 40,
      spx: (i) => (i < 12 ? 5000 : i < 26 ? 4560 : 3700),
      vix: (i) => (i < 12 ? 16 : i < 26 ? 26 : 70),
    });
    const events = record(path, DOUBLING).marginEvents;
    checkSums(events);
    const doubled = events.find(({ attribution }) => attribution.size !== 0);
    expect(doubled).toBeDefined();
    expect(doubled?.attribution.size).toBeLessThan(0);
  });

  it('gives the doubled half of an entry to size, before spread and fees', () => {
    const path = sketchMarket({
      first: FIRST,
      sessions: 40,
      spx: (i) => (i < 12 ? 5000 : 4560),
      vix: (i) => (i < 12 ? 16 : 26),
    });
    let entries = 0;
    watch(path, DOUBLING, (_context, { marginBase: base, trades }) => {
      if (base.tradeDoubled === 0) return;
      entries += 1;
      const [trade] = trades;
      expect((trade?.baseUnits ?? Number.NaN) / (trade?.units ?? Number.NaN)).toBe(0.5);
      const taken = base.traded - base.checked - base.tradeFees + base.tradeSpread;
      expect(taken).toBeLessThan(0);
      expect(Math.abs(base.tradeDoubled - taken / 2)).toBeLessThanOrEqual(1);
    });
    expect(entries).toBe(1);
  });

  it('gives a short that outlives its long to expiry', () => {
    // The long put settles on Friday's opening, the short one on its close.
    const long = { kind: SPX_OPTION, right: PUT, strike: 4650, settlement: AM, ratio: 1 };
    const short = { kind: SPX_OPTION, right: PUT, strike: 4700, settlement: PM, ratio: -1 };
    const path = sketchMarket({ first: FIRST, sessions: 15, spx: () => 5000, vix: () => 16 });
    const expiry = epochDay(2024, 6, 21);
    const { sink } = watch(
      path,
      CASH,
      (context, account, session) => {
        if (session > 0) return;
        const legs = [short, long].map((leg) => ({ ...leg, expiry }));
        force(context, account, 0, { structure: 'vix-call', units: 20, sleeve: SLEEVE.puts, legs });
      },
      { ...OPTIONS, equity: 160_000, regime: 'portfolio' },
    );
    // Twenty spreads can lose 100,000; the puts alone lose 200,000 at -8 %, once their longs are gone.
    const [event] = sink.marginEvents;
    expect(event).toMatchObject({ day: expiry, kind: 'liquidation', mechanism: 'expiry' });
    if (event !== undefined) checkSums([event]);
  });

  it('names the factor that took most, and none where nothing was taken', () => {
    expect(mechanismOf(NO_CHANGE)).toBeUndefined();
    expect(mechanismOf({ ...NO_CHANGE, spot: -5, variation: -7, sweep: 9 })).toBe('variation');
  });

  it('books variation, margin levels and sweeps of futures apart', () => {
    const path = sketchMarket({
      first: FIRST,
      sessions: 30,
      spx: () => 5000,
      vix: () => 16,
      vx: (i) => (i < 10 ? 20 : 7),
    });
    const { sink } = watch(
      path,
      CASH,
      (context, account, session) => {
        if (session > 0) return;
        force(context, account, 0, {
          structure: 'vx-future',
          units: 6,
          sleeve: SLEEVE.medium,
          legs: [
            {
              kind: VX_FUTURE,
              right: NO_RIGHT,
              strike: 0,
              expiry: context.close.vxExpiry[2] ?? 0,
              settlement: AM,
              ratio: 1,
            },
          ],
        });
      },
      { ...OPTIONS, equity: 75_000 },
    );
    const [event] = sink.marginEvents;
    expect(event).toMatchObject({ type: 'futures', mechanism: 'variation' });
    if (event === undefined) return;
    checkSums([event]);
    // Cash above maintenance counts for nothing, so the fall of the requirement alone changes nothing.
    expect(event.attribution.level).toBe(0);
    expect(event.attribution.cascade).toBe(0);
  });
});
