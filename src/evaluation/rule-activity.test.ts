import { describe, expect, it } from 'vitest';
import { tinyRecord } from './run-record.fixture.ts';
import { blockCounts, layerActivity, partActivity } from './rule-activity.ts';

describe('partActivity', () => {
  it('names the first close that differs', () => {
    const whole = tinyRecord([100, 101, 102, 103]);
    const without = tinyRecord([100, 101, 105, 103]);
    expect(partActivity(whole, without)).toEqual({
      goldenDay: 10_002,
      created: 0,
      changed: 0,
      vetoed: 0,
    });
    expect(partActivity(whole, whole).goldenDay).toBeUndefined();
  });
});

describe('layerActivity and blockCounts', () => {
  it('count looks, firings and what came of them', () => {
    const record = tinyRecord([100, 101, 102], {
      layers: [
        {
          sleeve: 'near',
          openings: 1,
          refusals: 0,
          notListed: 2,
          noData: 0,
          triggers: 1,
          cost: 5,
          payoff: 0,
          overshoot: 0,
          rollsProposed: 0,
        },
      ],
      skips: { 'no-credit': 2, 'escalation-cap': 7, 'expiry-already-held': 2 },
    });
    expect(layerActivity(record)).toEqual([
      {
        sleeve: 'near',
        evaluated: 1,
        noData: 0,
        notListed: 2,
        triggers: 1,
        openings: 1,
        refusals: 0,
      },
    ]);
    expect(blockCounts(record).map(({ reason }) => reason)).toEqual([
      'escalation-cap',
      'expiry-already-held',
      'no-credit',
    ]);
  });
});
