import { describe, expect, it } from 'vitest';
import type { LayerRecord } from '../engine/run-record.ts';
import { aggregate } from '../evaluation/frequencies.ts';
import { summarisePath } from '../evaluation/path-summary.ts';
import { tallyPaths } from '../evaluation/tally-paths.ts';
import { policyMetrics } from '../evaluation/policy-metrics.ts';
import type { PolicyMetrics } from '../evaluation/policy-metrics.ts';
import { tinyRecord } from '../evaluation/run-record.fixture.ts';
import { verdictSentences } from './verdict-sentences.ts';

function layer(cost: number, payoff: number): LayerRecord {
  return {
    sleeve: 'near',
    openings: 1,
    refusals: 0,
    notListed: 0,
    noData: 0,
    triggers: 1,
    cost,
    payoff,
    overshoot: 0,
    rollsProposed: 0,
  };
}

function run(
  policy: string,
  closes: readonly number[],
  layers: readonly LayerRecord[] = [],
): PolicyMetrics {
  return policyMetrics(tinyRecord(closes, { policy, layers }));
}

function told(policies: readonly PolicyMetrics[]): string {
  const { headline, sentences } = verdictSentences(policies);
  return [headline, ...sentences.map(({ text }) => text)].join('\n').replaceAll('\u00A0', ' ');
}

describe('the verdict on a hedge', () => {
  it('says that it cost more than it saved', () => {
    const text = told([
      run('alvh-45', [80, 105], [layer(2000, 300)]),
      run('smaller-unhedged', [80, 110]),
      run('unhedged', [70, 120]),
    ]);
    expect(text).toContain('The hedge cost more than it saved: alvh-45 ended at $105');
    expect(text).toContain(
      'The hedge cost $2,000 and paid $300; it cost $1,700 more than it paid.',
    );
    expect(text).toContain(
      'Against simply trading smaller (smaller-unhedged), alvh-45 ended $5 lower',
    );
    expect(text).toContain('its drawdown was the same at closes and the same at worst marks');
    expect(text).toContain(
      'Against the same size without a hedge (unhedged), alvh-45 ended $15 lower',
    );
    expect(text).toContain('10.0 points smaller at worst marks');
  });

  it('says that it paid for itself', () => {
    const text = told([
      run('alvh-45', [95, 115], [layer(300, 2000)]),
      run('smaller-unhedged', [80, 110]),
      run('unhedged', [70, 112]),
    ]);
    expect(text).toContain('The hedge paid for itself');
    expect(text).toContain('it paid $1,700 more than it cost.');
    expect(text).toContain('Here layering was both safer and more profitable.');
    expect(text).not.toContain('cost more than it saved');
  });

  it('names a price when safety was bought', () => {
    const text = told([
      run('alvh-45', [95, 100], [layer(9, 1)]),
      run('smaller-unhedged', [80, 110]),
    ]);
    expect(text).toContain('bought a smaller drawdown at a price');
  });

  it('does not praise a hedge that never traded', () => {
    const text = told([run('alvh-45', [95, 111]), run('smaller-unhedged', [80, 110])]);
    expect(text).toContain('The hedge never traded');
  });

  it('says what was not run', () => {
    expect(told([run('unhedged', [100])])).toContain('alvh-45 was not run');
    expect(told([run('alvh-45', [100])])).toContain(
      '--policies smaller-unhedged,unhedged,martingale',
    );
  });
});

describe('the verdict on doubling', () => {
  it('is kept apart from the hedge', () => {
    const { sentences } = verdictSentences([
      run('alvh-45', [90, 108], [layer(9, 1)]),
      run('unhedged', [70, 120]),
      run('martingale', [20, 30]),
    ]);
    const doubling = sentences.filter(({ topic }) => topic === 'doubling');
    expect(doubling).toHaveLength(1);
    expect(doubling[0]?.text).toContain(
      'martingale ended at $30 (ran to the end), $90 lower than unhedged',
    );
    expect(doubling[0]?.text).toContain('No hedge is involved in this difference.');
    const split = sentences.find(({ topic }) => topic === 'split')?.text;
    expect(split).toContain('not doubling accounts for 50.0 points and the hedge for 20.0 points');
  });
});

describe('the verdict over futures', () => {
  it('gives frequencies, and says when intervals overlap', () => {
    const outcomes = ['alvh-45', 'smaller-unhedged'].map((policy) =>
      aggregate(
        tallyPaths([
          summarisePath(tinyRecord([100], { policy, marginCalls: policy === 'alvh-45' ? 1 : 0 })),
          summarisePath(tinyRecord([100], { policy })),
        ]),
      ),
    );
    const { sentences } = verdictSentences(
      [run('alvh-45', [100]), run('smaller-unhedged', [100])],
      outcomes,
    );
    const text = sentences.map((sentence) => sentence.text).join('\n');
    expect(text).toContain('Of 2 futures, alvh-45 against smaller-unhedged: a margin call in 1,');
    expect(text).toContain('ruin in none of either');
    expect(text).toContain('(the intervals overlap)');
  });
});
