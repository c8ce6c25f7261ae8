import { describe, expect, it } from 'vitest';
import { MARGIN_PROFILES } from '../margin/margin-profile.ts';
import type { BrokerName } from '../margin/margin-profile.ts';
import { nextSession } from '../time/cboe-calendar.ts';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import type { RunOptions } from './context.ts';
import { CONDORS } from './policies.fixture.ts';
import { OPTIONS, record } from './run-sketch.fixture.ts';
import { sketchMarket } from './sketched-market.fixture.ts';
import type { Sketch } from './sketched-market.fixture.ts';

const STRANGLE = { ...CONDORS, name: 'strangle', base: 'strangle' as const, guards: null };

function market(spx: Sketch, vix: Sketch): ReturnType<typeof sketchMarket> {
  return sketchMarket({ first: epochDay(2024, 6, 3), sessions: 60, spx, vix });
}
const at = (broker: BrokerName, change: Partial<RunOptions> = {}): RunOptions => ({
  ...OPTIONS,
  profile: MARGIN_PROFILES[broker],
  ...change,
});

/** A fall on session 30 that stays. */
const CRASH = market(
  (i) => (i < 30 ? 5000 : 4100),
  (i) => (i < 30 ? 16 : 65),
);
/** The same fall, gone two sessions later. */
const SCARE = market(
  (i) => (i === 30 || i === 31 ? 4100 : 5000),
  (i) => (i === 30 || i === 31 ? 65 : 16),
);

describe('a broker that calls', () => {
  const run = record(CRASH, STRANGLE, at('traditional'));
  const call = run.events.find(({ kind }) => kind === 'margin-call');
  const forced = run.events.find(({ kind }) => kind === 'forced-liquidation');

  it('calls at the close of the fall, due three sessions later', () => {
    expect(call?.day).toBe(CRASH.day[30]);
    let due = asEpochDay(call?.day ?? 0);
    for (let i = 0; i < 3; i += 1) due = nextSession(due);
    expect(call?.values['due']).toBe(due);
    expect(call?.values['deficit']).toBeGreaterThan(0);
  });

  it('liquidates when the deficit is still there after the due date, not before', () => {
    expect(forced?.day).toBeGreaterThan(Number(call?.values['due']));
    expect(forced?.day).toBe(nextSession(asEpochDay(Number(call?.values['due']))));
    expect([run.marginCalls, run.forcedLiquidations]).toEqual([1, 1]);
  });

  it('then lets nothing be opened for 90 days', () => {
    const after = run.trades.filter(({ openedDay }) => openedDay > (forced?.day ?? 0));
    expect(after).toEqual([]);
    expect(run.skips['restricted-after-unmet-call']).toBeGreaterThan(0);
  });

  it('takes a call back when the market does', () => {
    const met = record(SCARE, STRANGLE, at('traditional'));
    expect([met.marginCalls, met.forcedLiquidations]).toEqual([1, 0]);
    expect(met.events.some(({ reason }) => reason === 'met-by-the-market')).toBe(true);
  });

  it('that liquidates at once does so on the same fall, the same day', () => {
    const auto = record(SCARE, STRANGLE, at('ibkr'));
    const event = auto.events.find(({ kind }) => kind === 'forced-liquidation');
    expect(event?.day).toBe(SCARE.day[30]);
  });
});

describe('portfolio margin', () => {
  it('asks less of condors than strategy margin, and still never calls them here', () => {
    const strategy = record(CRASH, CONDORS, at('ibkr'));
    const portfolio = record(CRASH, CONDORS, at('ibkr', { regime: 'portfolio' }));
    expect(portfolio.peakMarginUse).toBeLessThan(strategy.peakMarginUse);
    expect(portfolio.trades.length).toBe(strategy.trades.length);
  });

  it('follows the market: a strangle’s requirement rises in the fall', () => {
    const { columns } = record(CRASH, STRANGLE, at('ibkr', { regime: 'portfolio' }));
    const calm = columns.marginUsed[29] ?? Number.NaN;
    const worst = Math.max(...columns.marginUsed.subarray(29, 31));
    expect(calm).toBeGreaterThan(0);
    expect(worst).toBeGreaterThan(calm);
  });
});

describe('calls by type', () => {
  it('under portfolio margin are due after two sessions at a traditional house', () => {
    const sizing = { ...STRANGLE.sizing, riskPerTrade: 0.1, maxOpenRisk: 0.9 };
    const large = { ...STRANGLE, sizing };
    const run = record(CRASH, large, at('traditional', { regime: 'portfolio' }));
    const [call] = run.marginEvents;
    expect(call).toMatchObject({ kind: 'call', type: 'portfolio', outcome: 'called' });
    let due = asEpochDay(call?.day ?? 0);
    for (let i = 0; i < 2; i += 1) due = nextSession(due);
    expect(call?.due).toBe(due);
  });

  it('tell every step of the status, the call and the restriction', () => {
    const run = record(CRASH, STRANGLE, at('tastytrade'));
    const told = run.events
      .filter(({ kind }) => ['margin-transition', 'margin-call', 'call-outcome'].includes(kind))
      .map(({ reason }) => reason);
    const called = told.indexOf('OK to DEFICIT');
    expect(told.slice(called - 1, called + 1)).toEqual([
      'securities-excess-below-zero',
      'OK to DEFICIT',
    ]);
    expect(told.slice(called + 1, called + 5)).toEqual([
      'not-met-in-time',
      'DEFICIT to LIQUIDATE',
      'restricted',
      'LIQUIDATE to OK',
    ]);
  });

  it('are made again for the next deficit, where a liquidation restored margin', () => {
    // Two falls: the second one comes right after the first was liquidated.
    const falls = market(
      (i) => (i < 30 ? 5000 : i < 36 ? 4100 : 3300),
      (i) => (i < 30 ? 16 : i < 36 ? 65 : 90),
    );
    const profile = {
      ...MARGIN_PROFILES.traditional,
      liquidation: { ...MARGIN_PROFILES.ibkr.liquidation, sizing: 'deficit' as const },
    };
    const run = record(falls, STRANGLE, { ...OPTIONS, profile });
    const kinds = run.marginEvents.map(({ kind }) => kind);
    expect(kinds.slice(0, 3)).toEqual(['call', 'liquidation', 'call']);
    for (const event of run.marginEvents) {
      if (event.kind !== 'liquidation') continue;
      const before = run.marginEvents.find(
        ({ kind, due }) => kind === 'call' && due !== undefined && due < event.day,
      );
      expect(before).toBeDefined();
    }
  });

  it('end the restriction after its days', () => {
    const long = sketchMarket({
      first: epochDay(2024, 6, 3),
      sessions: 140,
      spx: (i) => (i < 30 ? 5000 : 4100),
      vix: (i) => (i < 30 ? 16 : 65),
    });
    const run = record(long, STRANGLE, at('traditional'));
    const begun = run.events.find(({ reason }) => reason === 'restricted');
    const over = run.events.find(({ reason }) => reason === 'restriction-over');
    expect(over?.day).toBeGreaterThanOrEqual(Number(begun?.values['until']));
  });
});
