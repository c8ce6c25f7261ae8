import { describe, expect, it } from 'vitest';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import type { MarketPath } from '../../src/market/market-path.ts';
import { autocorrelations } from '../../src/math/autocorrelation.ts';
import { compareMoments } from '../../src/simulation/acceptance.ts';
import { dailyStates } from '../../src/simulation/daily-states.ts';
import { marketMoments } from '../../src/simulation/market-moments.ts';
import type { PathModel } from '../../src/simulation/path-model.ts';
import { createReplay } from '../../src/simulation/replay.ts';
import { createBootstrap, createShuffle } from '../../src/simulation/resampled.ts';
import { asEpochDay, epochDay } from '../../src/time/epoch-day.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

const TO = epochDay(2024, 6, 28);

function market(from: number, to: number, counterfactual: boolean): MarketPath {
  const span = { from: asEpochDay(from), to: asEpochDay(to), counterfactual };
  return loadHistoricalMarket({ dir: REAL_MARKET, ...span }).path;
}

function resampled(
  history: MarketPath,
  create: (states: Parameters<typeof createShuffle>[0]) => PathModel,
): MarketPath {
  const states = dailyStates(history);
  if (!states.ok) throw new Error('the window is long enough');
  return create(states.value).generate(1, 0);
}

function clustering(path: MarketPath): Float64Array {
  const out = new Float64Array(path.length - path.start - 1);
  for (let i = 0; i < out.length; i += 1) {
    const row = path.start + 1 + i;
    out[i] = Math.abs(Math.log((path.spxClose[row] ?? 0) / (path.spxClose[row - 1] ?? 0)));
  }
  return autocorrelations(out, 21);
}

describe.skipIf(!hasRealMarket('path models on history'))('path models of 1990-2024', () => {
  it('the bootstrap keeps its moments and its clustering, the shuffle breaks it', () => {
    const history = market(epochDay(1990, 1, 2), TO, true);
    const bootstrap = resampled(history, (states) => createBootstrap(states, { years: 400 }));
    const shuffle = resampled(history, (states) => createShuffle(states, { years: 400 }));
    const outside = compareMoments(marketMoments(bootstrap))
      .filter(({ verdict }) => verdict === 'outside')
      .map(({ name }) => name);
    // Half of the sessions had no VX future: their regressed prices move too little.
    expect(outside.filter((name) => !name.startsWith('VX '))).toEqual([]);
    expect(outside.length).toBeLessThanOrEqual(7);
    const [recorded, kept, broken] = [history, bootstrap, shuffle].map(clustering);
    for (const lag of [1, 5, 10, 21]) {
      const of = recorded?.[lag - 1] ?? 0;
      expect(of).toBeGreaterThan(0.15);
      // An i.i.d. series of 100,800 sessions is known to 0.006; clustering makes it some ten times that.
      expect(Math.abs((kept?.[lag - 1] ?? 0) - of)).toBeLessThan(0.06);
      expect(Math.abs(broken?.[lag - 1] ?? 1)).toBeLessThan(0.02);
    }
  });

  it('the replay gives the recorded market of its dates to the byte', () => {
    const whole = market(epochDay(2004, 3, 26), TO, false);
    const made = createReplay(whole, { years: 2 });
    if (!made.ok) throw new Error('the window is long enough');
    for (const index of [0, 1234, made.value.paths - 1]) {
      const path = made.value.generate(1, index);
      const from = path.day[path.start] ?? 0;
      expect(path).toEqual(market(from, path.day.at(-1) ?? 0, false));
    }
  });
});
