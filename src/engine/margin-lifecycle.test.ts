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
  const call = run.events.find(
    ({ kind, reason }) => kind === 'margin-call' && reason !== 'met-by-the-market',
  );
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
