import { describe, expect, it } from 'vitest';
import type { MarketPath } from '../market/market-path.ts';
import type { BudgetRule, Policy } from '../strategy/policy.ts';
import { epochDay } from '../time/epoch-day.ts';
import { LAYERS } from './account-state.ts';
import type { LayerName } from './account-state.ts';
import { CONDORS } from './policies.fixture.ts';
import { watch } from './run-sketch.fixture.ts';
import type { WatchedRun } from './run-sketch.fixture.ts';
import { withScores } from './scored-market.fixture.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

const MARKET = sketchMarket({
  first: epochDay(2021, 1, 4),
  sessions: 420,
  spx: (i) => 4000 + 2 * i + 60 * Math.sin(i / 11),
  vix: (i) => 20 - 4 * Math.sin(i / 11),
});
const EQUITY = 1_000_000;

const WEIGHTING: BudgetRule['weighting'] = {
  macd: 0.5,
  priceToEarnings: 0.5,
  priceToCashFlow: 0,
  strength: 0.25,
  clip: 2,
  floor: 0.5,
  ceiling: 1.5,
};

function hedged(budgets: Partial<BudgetRule>): Policy {
  const { near, medium, long } = CONDORS.layers;
  return {
    ...CONDORS,
    layers: {
      near: { ...near, enabled: true },
      medium: { ...medium, enabled: true },
      long: { ...long, enabled: true },
    },
    budgets: { ...CONDORS.budgets, ...budgets },
  };
}

type Budgets = Readonly<Record<LayerName, number>>;

/** The budgets in force at each close, and what the run left behind. */
function budgetsOf(
  path: MarketPath,
  policy: Policy,
): { readonly days: readonly Budgets[]; readonly run: WatchedRun } {
  const days: Budgets[] = [];
  const run = watch(path, policy, (_context, account) => {
    const { near, medium, long } = account.layers;
    days.push({ near: near.budget, medium: medium.budget, long: long.budget });
  });
  return { days, run };
}

describe('budgets', () => {
  it('are the shares of the year’s without scores, weights or spikes', () => {
    const { days } = budgetsOf(MARKET, hedged({}));
    expect(days[0]).toEqual({ near: 0.008 * EQUITY, medium: 0.008 * EQUITY, long: 0.004 * EQUITY });
  });

  it('shrink together when markets are calm, and do not grow beyond the year’s', () => {
    const calm = withScores(MARKET, { macdZ: () => 1, priceToEarningsZ: () => -1.4 });
    const tense = withScores(MARKET, { macdZ: () => -3, priceToEarningsZ: () => 3 });
    const weighted = hedged({ weighting: WEIGHTING });
    const plain = budgetsOf(MARKET, hedged({})).days[0];
    const [shrunk, held] = [calm, tense].map((path) => budgetsOf(path, weighted).days[0]);
    for (const name of LAYERS) {
      // 1 - 0.25 x (1 + 1.4) / 2.
      expect(shrunk?.[name]).toBeCloseTo(0.7 * (plain?.[name] ?? 0), 8);
      expect(held?.[name]).toBe(plain?.[name]);
    }
  });

  it('grow where the shares leave room', () => {
    const tense = withScores(MARKET, { macdZ: () => -3, priceToEarningsZ: () => 3 });
    const room = hedged({ weighting: WEIGHTING, near: 0.2, medium: 0.2 });
    expect(budgetsOf(tense, room).days[0]?.near).toBeCloseTo(1.5 * 0.2 * 0.02 * EQUITY, 6);
  });

  it('tell the audit why they changed, and which score is missing', () => {
    const path = withScores(MARKET, {
      macdZ: (i) => (i < 100 ? 0 : 1.2),
      priceToEarningsZ: (i) => (i < 200 ? 0 : Number.NaN),
    });
    const { run } = budgetsOf(path, hedged({ weighting: WEIGHTING }));
    const told = run.sink.events.filter(({ kind }) => kind === 'budget-weighted');
    expect(told.map(({ reason }) => reason)).toEqual([
      'stress-score',
      'stress-score: NO DATA for priceToEarnings',
    ]);
    expect(told.map(({ day }) => day)).toEqual([MARKET.day[100], MARKET.day[200]]);
    expect(told[0]?.values['multiplier']).toBeCloseTo(0.85, 12);
    expect(told[1]?.values['multiplier']).toBeCloseTo(0.7, 12);
  });
});

describe('a price spike', () => {
  const spike = withScores(MARKET, { cpiSurpriseZ: (i) => (i >= 50 && i < 90 ? 2.5 : 0.3) });
  const moving = hedged({ priceSpike: { z: 2, share: 0.5 } });
  const { days, run } = budgetsOf(spike, moving);
  const total = (day: Budgets | undefined): number =>
    (day?.near ?? 0) + (day?.medium ?? 0) + (day?.long ?? 0);

  it('moves near budget to a longer layer while it lasts, and gives it back', () => {
    const [before, during, after] = [days[49], days[50], days[90]];
    expect(during?.near).toBeCloseTo(0.5 * (before?.near ?? 0), 8);
    expect(total(during)).toBeCloseTo(total(before), 8);
    expect(after).toEqual(before);
    const told = run.sink.events.filter(({ kind }) => kind === 'budget-moved');
    expect(told.map(({ day }) => day)).toEqual([MARKET.day[50], MARKET.day[90]]);
    expect(told[0]?.reason).toMatch(/^price-spike: to (medium|long)$/);
  });

  it('moves nothing when no longer layer has a price', () => {
    const { near, medium, long } = moving.layers;
    const alone = {
      ...moving,
      layers: {
        near,
        medium: { ...medium, enabled: false },
        long: { ...long, enabled: false },
      },
    };
    expect(new Set(budgetsOf(spike, alone).days.map((day) => day.near)).size).toBe(2);
  });

  it('begins anew in a year that begins under it', () => {
    const long = withScores(MARKET, { cpiSurpriseZ: (i) => (i >= 240 ? 2.5 : 0) });
    const told = budgetsOf(long, moving).run.sink.events.filter(
      ({ kind }) => kind === 'budget-moved',
    );
    expect(told.map(({ day }) => day)).toEqual([MARKET.day[240], epochDay(2022, 1, 3)]);
  });
});

describe('the hurdle', () => {
  it('halves the condors that earn less than their capital costs, and leaves the hedge', () => {
    const hurdle = { ...CONDORS.budgets.hurdle, minTrades: 2, window: 60, spread: 0.2 };
    const fixed = budgetsOf(MARKET, hedged({}));
    const poor = budgetsOf(MARKET, hedged({ mode: 'hurdle', hurdle: { ...hurdle, spread: 9 } }));
    const units = (of: WatchedRun): readonly number[] =>
      of.sink.trades.filter(({ sleeve }) => sleeve === 'core').map(({ quantity }) => quantity);
    expect(Math.min(...units(poor.run))).toBeLessThanOrEqual(0.5 * Math.max(...units(fixed.run)));
    expect(units(poor.run).length).toBeGreaterThan(5);
    const share = poor.run.account.budgets.yearly;
    expect(share).toBe(0.02);
  });

  it('sets the year’s budget by what condors earn beyond it, within its bounds', () => {
    const hurdle = { ...CONDORS.budgets.hurdle, minTrades: 2, window: 60, shrinkTrades: 0 };
    const { run } = budgetsOf(MARKET, hedged({ mode: 'hurdle', hurdle }));
    const told = run.sink.events.filter(({ reason }) => reason === 'hurdle');
    expect(told).toHaveLength(1);
    expect(told[0]?.values['expectedReturn']).toBeGreaterThan(told[0]?.values['wacc'] ?? 0);
    expect(run.account.budgets.yearly).toBeGreaterThanOrEqual(0.005);
    expect(run.account.budgets.yearly).toBeLessThanOrEqual(0.03);
  });
});
