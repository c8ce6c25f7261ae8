import { describe, expect, it } from 'vitest';
import { tinyRecord } from './run-record.fixture.ts';
import {
  addBlocks,
  addLayers,
  addParts,
  blockCounts,
  layerActivity,
  partActivity,
} from './rule-activity.ts';
import { asEpochDay } from '../time/epoch-day.ts';

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

describe('counts of two markets', () => {
  it('add up by part, layer and reason, and keep no golden day', () => {
    const part = { id: 'x', goldenDay: asEpochDay(10_000), created: 1, changed: 2, vetoed: 3 };
    const other = { ...part, created: 10, changed: 20, vetoed: 30 };
    expect(addParts([part], [other])).toEqual([
      { id: 'x', goldenDay: undefined, created: 11, changed: 22, vetoed: 33 },
    ]);
    const layer = {
      sleeve: 'near',
      evaluated: 1,
      noData: 2,
      notListed: 3,
      triggers: 4,
      openings: 5,
      refusals: 6,
    };
    expect(addLayers([layer], [layer])).toEqual([
      {
        sleeve: 'near',
        evaluated: 2,
        noData: 4,
        notListed: 6,
        triggers: 8,
        openings: 10,
        refusals: 12,
      },
    ]);
    const a = [{ reason: 'votes', count: 2 }];
    const b = [
      { reason: 'no-credit', count: 3 },
      { reason: 'votes', count: 2 },
    ];
    expect(addBlocks(a, b)).toEqual([
      { reason: 'votes', count: 4 },
      { reason: 'no-credit', count: 3 },
    ]);
  });
});
