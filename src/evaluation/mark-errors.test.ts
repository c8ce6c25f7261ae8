import { describe, expect, it } from 'vitest';
import type { LegDay } from '../engine/leg-days.ts';
import { epochDay } from '../time/epoch-day.ts';
import { halfSpreadsOff, markStatistics } from './mark-errors.ts';
import { tinyRecord } from './run-record.fixture.ts';

function legDay(changes: Partial<LegDay>): LegDay {
  return {
    day: epochDay(2019, 5, 1),
    trade: 1,
    sleeve: 0,
    series: 'SPX 2019-06-21 PM 2800P',
    quantity: -1,
    source: 'quoted',
    absence: undefined,
    bid: 10,
    ask: 11,
    mark: 10.5,
    chainModel: 10.75,
    chainSmile: 11,
    indexModel: 9,
    deviations: 1,
    ...changes,
  };
}

describe('the distance of a model from a quote', () => {
  it('is told in half of ask less bid', () => {
    expect(halfSpreadsOff(legDay({}), 11.5)).toBe(2);
    expect(halfSpreadsOff(legDay({}), 10.5)).toBe(0);
  });

  it('is unknown without a quote, a spread or a model', () => {
    expect(halfSpreadsOff(legDay({ bid: NaN, ask: NaN }), 10)).toBeNaN();
    expect(halfSpreadsOff(legDay({ bid: 10, ask: 10 }), 10)).toBeNaN();
    expect(halfSpreadsOff(legDay({}), NaN)).toBeNaN();
  });
});

describe('the statistics of marks', () => {
  const none = { bid: NaN, ask: NaN, source: 'chain-model', absence: 'not-listed' } as const;
  const record = {
    ...tinyRecord([1, 1, 1]),
    coverage: { quoted: 3, calibrated: 3, regressed: 0, simulated: 0 },
    legDays: [
      legDay({}),
      legDay({ trade: 2, deviations: 1.5, chainModel: 10.25, indexModel: 10.5 }),
      legDay({ trade: 2, deviations: 1.6, chainModel: 12 }),
      legDay({ trade: 3, ...none }),
      legDay({ trade: 4, sleeve: 2, ...none }),
    ],
  };

  it('count base positions, legs with and without a quote, and the legs of other contracts', () => {
    expect(markStatistics(record)).toMatchObject({
      entries: 3,
      legDays: 5,
      quoted: 3,
      modelled: 2,
      otherLegDays: 1,
    });
  });

  it('are means over quoted leg-days, the core apart from the wings', () => {
    const found = markStatistics(record)?.errors.map((error) => [
      error.band,
      error.legDays,
      error.chainModel.value,
      error.indexModel.value,
    ]);
    expect(found).toEqual([
      ['all', 3, (0.5 + 0.5 + 3) / 3, (3 + 0 + 3) / 3],
      ['core', 2, 0.5, 1.5],
      ['wing', 1, 3, 3],
    ]);
  });

  it('are absent from a run without quotes, and unknown where nothing is quoted', () => {
    const { legDays: _, ...plain } = record;
    expect(markStatistics(plain)).toBeUndefined();
    const empty = markStatistics({ ...record, legDays: [] });
    expect(empty?.errors.map(({ chainModel }) => chainModel.value)).toEqual([null, null, null]);
  });
});
