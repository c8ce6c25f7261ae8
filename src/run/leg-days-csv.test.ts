import { describe, expect, it } from 'vitest';
import type { LegDay } from '../engine/leg-days.ts';
import { tinyRecord } from '../evaluation/run-record.fixture.ts';
import { epochDay } from '../time/epoch-day.ts';
import { legDaysCsv } from './leg-days-csv.ts';

const QUOTED: LegDay = {
  day: epochDay(2019, 5, 1),
  trade: 3,
  sleeve: 0,
  series: 'SPX 2019-06-21 PM 2800P',
  quantity: -4,
  source: 'quoted',
  absence: undefined,
  bid: 10,
  ask: 11,
  mark: 10.5,
  chainModel: 10.75,
  chainSmile: 11,
  indexModel: 9,
  deviations: 1.25,
};
const MODELLED: LegDay = {
  ...QUOTED,
  source: 'chain-model',
  absence: 'not-listed',
  bid: NaN,
  ask: NaN,
  mark: 10.75,
};

describe('the CSV of leg-days', () => {
  it('has a row for each, unknown cells empty', () => {
    const record = { ...tinyRecord([1, 1]), policy: 'own, mine' };
    const [, quoted, modelled, ...rest] = legDaysCsv([
      { ...record, legDays: [QUOTED, MODELLED] },
      record,
    ]).split('\r\n');
    expect(quoted).toBe(
      '"own, mine",2019-05-01,3,SPX 2019-06-21 PM 2800P,-4,quoted,,10.00,11.00,10.5000,10.7500,' +
        '11.0000,9.0000,0.50,3.00,1.250',
    );
    expect(modelled).toBe(
      '"own, mine",2019-05-01,3,SPX 2019-06-21 PM 2800P,-4,chain-model,not-listed,,,10.7500,' +
        '10.7500,11.0000,9.0000,,,1.250',
    );
    expect(rest).toEqual(['']);
  });
});
