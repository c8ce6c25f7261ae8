import { describe, expect, it } from 'vitest';
import { actionTable, bestAction } from './false-binary.ts';
import type { ThreatAction } from './false-binary.ts';

const HOLD: ThreatAction = {
  action: 'hold',
  outcomes: Array.from({ length: 40 }, (_unused, i) => (i < 2 ? -1000 * (2 - i) : 100)),
  margin: 2500,
  cost: 0,
};
const CLOSE: ThreatAction = { action: 'close', outcomes: [-60], margin: 0, cost: 60 };

describe('the table of actions', () => {
  it('has mean, mean of the worst 5 %, and both weighed', () => {
    const [hold, close] = actionTable([HOLD, CLOSE], { tailWeight: 0.25 });
    // (38 · 100 − 3000) / 40; the two worst of forty are the tail.
    expect(hold).toEqual({
      action: 'hold',
      expected: 20,
      tail: -1500,
      margin: 2500,
      cost: 0,
      utility: 20 - 375,
    });
    expect(close).toMatchObject({ expected: -60, tail: -60, utility: -75 });
  });

  it('lets the weight of the tail decide between holding and closing', () => {
    const best = (tailWeight: number): string =>
      bestAction(actionTable([HOLD, CLOSE], { tailWeight }), 1e6);
    expect([best(0), best(0.05), best(0.25)]).toEqual(['hold', 'hold', 'close']);
  });

  it('never takes what the account has no margin for, nor what is not a number', () => {
    const roll: ThreatAction = { action: 'roll', outcomes: [500], margin: 9000, cost: 80 };
    const broken: ThreatAction = {
      ...roll,
      action: 'add-hedge',
      outcomes: [Number.NaN],
      margin: 0,
    };
    const rows = actionTable([HOLD, CLOSE, roll, broken], { tailWeight: 0 });
    expect(bestAction(rows, 9000)).toBe('roll');
    expect(bestAction(rows, 8999)).toBe('hold');
    expect(bestAction(actionTable([broken], { tailWeight: 0 }), 1e6)).toBe('hold');
  });

  it('takes the first of equals: doing nothing before doing something', () => {
    const same: ThreatAction = { ...CLOSE, outcomes: HOLD.outcomes };
    expect(bestAction(actionTable([HOLD, same], { tailWeight: 0.5 }), 1e6)).toBe('hold');
  });
});
