import { describe, expect, it } from 'vitest';
import { NO_CHANGE } from '../engine/margin-attribution.ts';
import { MARGIN_FACTORS } from '../engine/margin-event.ts';
import type { MarginEvent } from '../engine/margin-event.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { enterMargin, FACTOR_NAMES, marginSummary, totalMargin } from './margin-summary.ts';
import { createTally } from './path-tally.ts';
import { tinyRecord } from './run-record.fixture.ts';

const ROUND = {
  group: 1,
  units: 2,
  cost: 30,
  leggingLoss: 5,
  equity: 0,
  requirement: 0,
  excess: 0,
};
const EVENT: MarginEvent = {
  day: asEpochDay(10_001),
  moment: 'close',
  kind: 'liquidation',
  type: 'house',
  regime: 'reg-t',
  due: undefined,
  since: asEpochDay(10_000),
  excessCentsBefore: 100,
  excessCents: -25,
  attribution: { ...NO_CHANGE, spot: -75, cascade: -50 },
  mechanism: 'spot',
  rounds: [
    { ...ROUND, cured: 80, induced: 40 },
    { ...ROUND, cured: 20, induced: 10 },
  ],
  outcome: 'exhausted',
  cost: 60,
  leggingLoss: 10,
  reproduction: 0.5,
  debtCents: 2000,
};
const CALL: MarginEvent = { ...EVENT, kind: 'call', rounds: [], outcome: 'called', debtCents: 0 };

describe('marginSummary', () => {
  const summary = marginSummary(tinyRecord([100, -20], { marginEvents: [CALL, EVENT] }));

  it('adds up rounds, costs and factors of calls and liquidations', () => {
    expect(summary).toMatchObject({
      calls: 1,
      liquidations: 1,
      spirals: 1,
      rounds: 2,
      unitsForced: 4,
      unitsForcedNextDay: 0,
      cost: 60,
      leggingLoss: 10,
      cured: 100,
      induced: 50,
      largestReproduction: 0.5,
      largestDebt: 20,
      finalDebt: 20,
      cascade: { 'reg-t': -1, portfolio: 0 },
    });
    expect(summary.attribution).toMatchObject({ spot: -1.5, cascade: -1, level: 0 });
    expect(summary.mechanisms).toMatchObject({ spot: 2, cascade: 0 });
  });

  it('counts units forced on the session after one with forced units', () => {
    const events = [10_000, 10_001, 10_002].map((day) => ({ ...EVENT, day: asEpochDay(day) }));
    const three = marginSummary(tinyRecord([100, 90, 80], { marginEvents: events }));
    expect([three.unitsForced, three.unitsForcedNextDay]).toEqual([12, 8]);
    const apart = events.filter(({ day }) => day !== 10_001);
    const two = marginSummary(tinyRecord([100, 90, 80], { marginEvents: apart }));
    expect([two.unitsForced, two.unitsForcedNextDay]).toEqual([8, 0]);
  });

  it('of a run without events is zero, with no reproduction number', () => {
    const none = marginSummary(tinyRecord([100]));
    expect(none).toMatchObject({ calls: 0, liquidations: 0, rounds: 0, largestDebt: 0 });
    expect(none.largestReproduction).toBeNaN();
  });

  it('names every factor in the order of the attribution', () => {
    expect(FACTOR_NAMES).toEqual(Object.keys(MARGIN_FACTORS));
    expect(Object.keys(summary.attribution)).toEqual(FACTOR_NAMES);
  });

  it('totals add up accounts; debts and reproduction are the greatest', () => {
    const calm = marginSummary(tinyRecord([100]));
    const tally = createTally('any', 'exact', 3);
    for (const [path, each] of [summary, calm, summary].entries()) enterMargin(tally, path, each);
    const total = totalMargin(tally);
    expect(total).toMatchObject({ calls: 2, liquidations: 2, cost: 120, largestDebt: 20 });
    expect(total.largestReproduction).toBe(0.5);
    expect(total.attribution.spot).toBe(-3);
    expect(total.cascade).toEqual({ 'reg-t': -2, portfolio: 0 });
  });
});
