import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/engine/run-bytes.fixture.ts';
import { record } from '../../src/engine/run-sketch.fixture.ts';
import { randomMarket } from '../../src/engine/sketched-market.fixture.ts';
import type { Policy } from '../../src/strategy/policy.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { shipped } from './shipped-policies.ts';

const FIRST = epochDay(2021, 3, 1);

function layersOff(policy: Policy): Policy {
  const { near, medium, long } = policy.layers;
  return {
    ...policy,
    layers: {
      near: { ...near, enabled: false },
      medium: { ...medium, enabled: false },
      long: { ...long, enabled: false },
    },
  };
}

describe('unhedged', () => {
  it.each([
    ['a random market', randomMarket(5, FIRST, 400)],
    ['a crash', randomMarket(6, FIRST, 400, [{ session: 200, spx: -0.3, vix: 90 }])],
  ])('gives the bytes of alvh-45 with its layers off, in %s', (_name, market) => {
    const unhedged = record(market, shipped('unhedged'));
    const off = record(market, layersOff(shipped('alvh-45')));
    expect(off.policy).not.toBe(unhedged.policy);
    expect(bytesOf(off)).toEqual(bytesOf(unhedged));
    expect(unhedged.trades.length).toBeGreaterThan(20);
  });

  it('does not give the bytes of alvh-45 with its layers on', () => {
    const market = randomMarket(5, FIRST, 400);
    const on = bytesOf(record(market, shipped('alvh-45')));
    expect(on['equityClose']).not.toBe(bytesOf(record(market, shipped('unhedged')))['equityClose']);
  });
});

describe('one layer alone', () => {
  it.each(['near', 'medium', 'long'] as const)('%s trades, and no other', (name) => {
    const off = layersOff(shipped('alvh-45'));
    const layers = { ...off.layers, [name]: shipped('alvh-45').layers[name] };
    const market = randomMarket(6, FIRST, 400, [{ session: 200, spx: -0.12, vix: 50 }]);
    const run = record(market, { ...off, layers });
    expect(new Set(run.trades.map((trade) => trade.sleeve))).toEqual(new Set(['core', name]));
    expect(run.layers.map((layer) => layer.sleeve)).toEqual([name]);
  });
});

describe('a run', () => {
  it.each(['alvh-45', 'martingale', 'strangle'])(
    'of %s gives the same bytes again, whatever ran between',
    (name) => {
      const market = randomMarket(8, FIRST, 250, [{ session: 90, spx: -0.12, vix: 50 }]);
      const first = bytesOf(record(market, shipped(name)));
      record(randomMarket(9, FIRST, 120), shipped('alvh-45'));
      expect(bytesOf(record(market, shipped(name)))).toEqual(first);
    },
  );
});
