import { expect, describe, it } from 'vitest';
import { loadPolicy } from '../../src/data/policy-file.ts';
import { ablationsOf } from '../../src/strategy/ablations.ts';

const method = loadPolicy('alvh-45', 'policies');
const ids = (name: string): readonly string[] =>
  ablationsOf(loadPolicy(name, 'policies')).map(({ id }) => id);

describe('ablationsOf', () => {
  it('takes every layer, guard, signal and exit of the method away, each once', () => {
    const expected = [
      ['all-layers', 'near-layer', 'medium-layer', 'long-layer'],
      ['near-layer-alone', 'medium-layer-alone', 'long-layer-alone'],
      ['no-escalation', 'profit-target', 'time-exit', 'guards', 'quick-ratio', 'votes'],
      ['capm-drift', 'cpi-events', 'rsi', 'breadth', 'macro-score'],
      ['dynamic-weighting', 'macd-weight', 'price-to-earnings-weight', 'price-spike'],
    ].flat();
    expect(ids('alvh-45')).toEqual(expected);
  });

  it('leaves out what a policy does not have', () => {
    expect(ids('cash').filter((id) => id.includes('layer'))).toEqual([]);
    expect(ids('alvh-45-hold')).not.toContain('time-exit');
  });

  it('leaves out what moves budgets that no layer spends, or that are constant', () => {
    const moving = /weight|price-spike|hurdle/;
    for (const name of ['alvh-45-plain', 'unhedged', 'spx-puts']) {
      expect(ids(name).filter((id) => moving.test(id))).toEqual([]);
    }
    const hurdle = { ...method, budgets: { ...method.budgets, mode: 'hurdle' as const } };
    expect(ablationsOf(hurdle).map(({ id }) => id)).toContain('hurdle');
  });

  it('compares a layer alone with no layer at all', () => {
    const alone = ablationsOf(method).find(({ id }) => id === 'near-layer-alone');
    const enabled = (policy = method): readonly boolean[] =>
      Object.values(policy.layers).map((layer) => layer.enabled);
    expect([enabled(alone?.with), enabled(alone?.without)]).toEqual([
      [true, false, false],
      [false, false, false],
    ]);
  });

  it('changes one part only', () => {
    for (const { with: one, without: other } of ablationsOf(method)) {
      const differing = Object.keys(one).filter(
        (key) => JSON.stringify(Reflect.get(one, key)) !== JSON.stringify(Reflect.get(other, key)),
      );
      expect(differing).toHaveLength(1);
    }
  });
});
