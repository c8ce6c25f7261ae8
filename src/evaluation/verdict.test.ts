import { describe, expect, it } from 'vitest';
import { policyMetrics } from './policy-metrics.ts';
import type { PolicyMetrics } from './policy-metrics.ts';
import { tinyRecord } from './run-record.fixture.ts';
import { verdict } from './verdict.ts';

function run(policy: string, ...closes: readonly number[]): PolicyMetrics {
  return policyMetrics(tinyRecord(closes, { policy }));
}

describe('verdict', () => {
  const policies = [
    run('alvh-45', 90, 108),
    run('smaller-unhedged', 80, 110),
    run('unhedged', 70, 120),
    run('martingale', 20, 30),
    run('martingale-strangle', 10, 10),
    run('strangle', 60, 60),
  ];

  it('compares the hedge with the smaller and the same unhedged account', () => {
    const { hedge } = verdict(policies);
    expect(hedge.map(({ second }) => second.name)).toEqual(['smaller-unhedged', 'unhedged']);
    expect(hedge.map(({ finalEquity }) => finalEquity)).toEqual([-2, -12]);
    expect(hedge.map(({ outcome }) => outcome)).toEqual(['poorer-but-safer', 'poorer-but-safer']);
  });

  it('compares doubling with the same entries not doubled', () => {
    const pairs = verdict(policies).doubling.map(({ first, second }) => [first.name, second.name]);
    expect(pairs).toEqual([
      ['martingale', 'unhedged'],
      ['martingale-strangle', 'strangle'],
    ]);
  });

  it('splits the drawdown between not doubling and the hedge', () => {
    const { split } = verdict(policies);
    expect(split?.byNotDoubling).toBeCloseTo(0.5, 14);
    expect(split?.byHedge).toBeCloseTo(0.2, 14);
  });

  it.each([
    [[95, 111], 'richer-and-safer'],
    [[75, 111], 'richer-but-riskier'],
    [[80, 109], 'poorer-and-no-safer'],
  ])('judges %j against the smaller account as %s', (closes, outcome) => {
    const found = verdict([run('alvh-45', ...closes), run('smaller-unhedged', 80, 110)]);
    expect(found.hedge[0]?.outcome).toBe(outcome);
  });

  it('names what was not run', () => {
    expect(verdict([run('unhedged', 100)]).missing).toEqual([
      'alvh-45',
      'smaller-unhedged',
      'martingale',
    ]);
  });
});
