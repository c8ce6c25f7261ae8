import { describe, expect, it } from 'vitest';
import type { MartingaleStep } from '../engine/run-record.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { martingaleLadder } from './martingale-ladder.ts';
import { tinyRecord } from './run-record.fixture.ts';

const ROW = { structure: 'condor', regime: 'Reg T' };

function step(at: number, outcome: MartingaleStep['outcome'] = 'opened'): MartingaleStep {
  return {
    day: asEpochDay(at),
    step: at % 10,
    units: 2 ** (at % 10),
    requirement: 1000 * 2 ** (at % 10),
    equity: 100,
    outcome,
  };
}

describe('martingale ladder', () => {
  it('shows the ladder that ended the account', () => {
    const martingale = [step(0), step(1), step(2), step(10), step(11, 'refused')];
    const record = tinyRecord([100, 40], {
      martingale,
      endedBy: 'doubling-refused',
      endedDay: asEpochDay(10_001),
      doublingRefused: 1,
    });
    expect(martingaleLadder(record, ROW)).toMatchObject({
      ladders: 2,
      deepestStep: 2,
      largestUnits: 4,
      endedDate: '1997-05-20',
      mechanism: 'doubling 1 refused: available funds did not cover its requirement',
      steps: [{ step: 0 }, { step: 1, outcome: 'refused' }],
    });
  });

  it('shows the deepest ladder of an account that lived', () => {
    const martingale = [step(0), step(1), step(2), step(10), step(11)];
    const ladder = martingaleLadder(tinyRecord([100], { martingale }), ROW);
    expect(ladder.steps.map((rung) => rung.step)).toEqual([0, 1, 2]);
    expect(ladder.mechanism).toBe('lived to the last session');
    expect(ladder.endedDate).toBeNull();
  });
});
