import { describe, expect, it } from 'vitest';
import { LAYERS } from '../../src/engine/account-state.ts';
import { bytesOf } from '../../src/engine/run-bytes.fixture.ts';
import { record, watch } from '../../src/engine/run-sketch.fixture.ts';
import { withScores } from '../../src/engine/scored-market.fixture.ts';
import { randomMarket, WARM_UP } from '../../src/engine/sketched-market.fixture.ts';
import type { MarketPath } from '../../src/market/market-path.ts';
import { createRandomStream } from '../../src/math/philox.ts';
import { computeSignals } from '../../src/signals/signal-frame.ts';
import { createLv2jh } from '../../src/simulation/lv2jh.ts';
import type { Policy } from '../../src/strategy/policy.ts';
import { civilDate, asEpochDay, epochDay } from '../../src/time/epoch-day.ts';
import { shipped } from './shipped-policies.ts';

const FIRST = epochDay(2021, 3, 1);
const SEEDS = [1, 2, 3, 4];

/** A random market with scores that wander, jump and are missing at times. */
function scoredMarket(seed: number): MarketPath {
  const random = createRandomStream(1000 + seed);
  const wander = (use: number) => (session: number) => {
    if (random.uniform(use, Math.floor(session / 40), 1) < 0.15) return Number.NaN;
    return 6 * random.uniform(use, Math.floor(session / 12), 0) - 3;
  };
  const shock = { session: 150 + 20 * seed, spx: -0.14, vix: 52 };
  return withScores(randomMarket(seed, FIRST, 400, [shock]), {
    macdZ: wander(0),
    priceToEarningsZ: wander(1),
    cpiSurpriseZ: wander(2),
  });
}

const METHOD = shipped('alvh-45');

/** The method with everything that moves its budgets taken out. */
function plain(policy: Policy): Policy {
  return { ...policy, budgets: { ...policy.budgets, weighting: null, priceSpike: null } };
}

/** The method without options: constant budgets, FOMC alone, no votes, table or second engine. */
function simple(policy: Policy): Policy {
  const { layers, guards } = plain(policy);
  return {
    ...plain(policy),
    layers: { ...layers, near: { ...layers.near, events: ['fomc'] } },
    guards: guards && { ...guards, votes: null },
    falseBinary: null,
    secondEngine: null,
  };
}

describe.each(SEEDS)('the budgets of alvh-45 in random market %d', (seed) => {
  const market = scoredMarket(seed);

  it('never add up to more than the year’s, and no layer buys with another’s', () => {
    const spent = { near: 0, medium: 0, long: 0 };
    const most = { near: 0, medium: 0, long: 0 };
    let year = 0;
    watch(market, METHOD, (context, account, session) => {
      const { year: now } = civilDate(asEpochDay(market.day[session] ?? 0));
      if (now !== year) {
        year = now;
        for (const name of LAYERS) [spent[name], most[name]] = [0, 0];
      }
      const allowed = context.policy.budgets.yearly * account.yearStartEquity;
      const total = LAYERS.reduce((sum, name) => sum + account.layers[name].budget, 0);
      expect(total).toBeLessThanOrEqual(allowed * (1 + 1e-12));
      for (const name of LAYERS) {
        spent[name] = account.layers[name].yearSpent;
        most[name] = Math.max(most[name], account.layers[name].budget);
        // Premiums are paid within the budget that was in force, to the dollar of rounding.
        if (name !== 'medium') expect(spent[name]).toBeLessThanOrEqual(most[name] + 1);
      }
      expect(spent.near + spent.medium + spent.long).toBeLessThanOrEqual(allowed + 3);
    });
  });

  it('with every optional signal off gives the bytes of the simple policy', () => {
    expect(bytesOf(record(market, shipped('alvh-45-plain')))).toEqual(
      bytesOf(record(market, simple(METHOD))),
    );
  });
});

describe('scores', () => {
  it('change what the method does, and nothing without layers', () => {
    const market = scoredMarket(2);
    const bare = randomMarket(2, FIRST, 400, [{ session: 190, spx: -0.14, vix: 52 }]);
    const differ = (policy: Policy): boolean =>
      bytesOf(record(market, policy))['equityClose'] !==
      bytesOf(record(bare, policy))['equityClose'];
    expect(differ(METHOD)).toBe(true);
    for (const name of ['unhedged', 'alvh-45-plain', 'martingale', 'tasty-16d-45']) {
      expect(differ(shipped(name))).toBe(false);
    }
  });

  it('leave alvh-45 with its layers off the bytes of unhedged', () => {
    const { near, medium, long } = METHOD.layers;
    const off = {
      ...METHOD,
      layers: {
        near: { ...near, enabled: false },
        medium: { ...medium, enabled: false },
        long: { ...long, enabled: false },
      },
    };
    const market = scoredMarket(1);
    expect(bytesOf(record(market, off))).toEqual(bytesOf(record(market, shipped('unhedged'))));
  });

  it('that all are missing leave the budgets of the plain method', () => {
    const none = withScores(randomMarket(3, FIRST, 300), {
      macdZ: () => Number.NaN,
      priceToEarningsZ: () => Number.NaN,
      cpiSurpriseZ: () => Number.NaN,
    });
    const { events: _told, ...method } = record(none, METHOD);
    const { events: _silent, ...off } = record(none, plain(METHOD));
    expect(bytesOf({ ...method, events: [] })).toEqual(bytesOf({ ...off, events: [] }));
  });

  it('are drawn from closes where the market has none of its own', () => {
    // A simulated market has MACD; earnings and prices are NO DATA and said to be.
    const run = record(randomMarket(4, FIRST, 300), METHOD);
    const reasons = run.events
      .filter(({ kind }) => kind === 'budget-weighted')
      .map(({ reason }) => reason);
    expect(reasons[0]).toContain('NO DATA for macd and priceToEarnings');
    expect(reasons).toContain('stress-score: NO DATA for priceToEarnings');
    expect(WARM_UP).toBeLessThan(200);
  });

  it('of a simulated market are MACD from its first traded session, and nothing else', () => {
    const path = createLv2jh({ years: 1 }).generate(7, 0);
    expect(computeSignals(path).macdZ.subarray(path.start).some(Number.isNaN)).toBe(false);
    expect([path.priceToEarningsZ, path.cpiSurpriseZ]).toEqual([undefined, undefined]);
    const told = record(path, METHOD).events.filter(({ kind }) => kind.startsWith('budget'));
    const reasons = new Set(told.map(({ reason }) => reason));
    expect([...reasons]).toEqual(['stress-score: NO DATA for priceToEarnings']);
  });
});
