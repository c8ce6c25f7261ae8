import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { CRISIS_WINDOWS, crisisOutcomes } from './crisis-windows.ts';
import { tinyRecord } from './run-record.fixture.ts';

const FEBRUARY_2018 = CRISIS_WINDOWS.filter(({ name }) => name === '2018 February');

const DAY = Int32Array.of(
  epochDay(2018, 1, 25),
  epochDay(2018, 1, 26),
  epochDay(2018, 2, 5),
  epochDay(2018, 2, 8),
  epochDay(2018, 2, 9),
);

describe('crisis windows', () => {
  it('ascend in time and hold the falls that every report owes', () => {
    const ends = CRISIS_WINDOWS.map(({ to }) => to);
    const from = CRISIS_WINDOWS.map((window) => window.from);
    expect(from).toEqual(from.toSorted());
    expect(CRISIS_WINDOWS.every(({ from, to }) => from < to)).toBe(true);
    for (const year of [1998, 2001, 2002, 2008, 2010, 2011, 2015, 2018, 2020, 2022]) {
      expect(ends.some((date) => date.startsWith(String(year)))).toBe(true);
    }
  });

  it('measure from the close of the first date to the close of the last', () => {
    const record = tinyRecord(
      [90, 100, 80, 95, 10],
      {},
      {
        day: DAY,
        equityWorst: Float64Array.of(1, 1, 70, 90, 10),
      },
    );
    const [outcome] = crisisOutcomes(record, FEBRUARY_2018);
    expect(outcome?.pnl).toBeCloseTo(-0.05, 14);
    expect(outcome?.drawdownClose).toBeCloseTo(0.2, 14);
    expect(outcome?.drawdownWorstMark).toBeCloseTo(0.3, 14);
  });

  it('say when the run does not reach over the window', () => {
    const late = tinyRecord([100, 100], {}, { day: DAY.slice(2, 4) });
    const early = tinyRecord([100, 100], {}, { day: DAY.slice(0, 2) });
    for (const record of [late, early]) {
      expect(crisisOutcomes(record, FEBRUARY_2018)[0]).toMatchObject({
        pnl: null,
        drawdownClose: null,
        pnlReason: 'not covered by the run',
      });
    }
  });

  it('say when the account had ended before', () => {
    const record = tinyRecord([1, 1, 1, 1, 1], { endedDay: epochDay(2018, 1, 25) }, { day: DAY });
    expect(crisisOutcomes(record, FEBRUARY_2018)[0]?.pnlReason).toBe('ended on 2018-01-25');
  });

  it('show the loss of an account that ends inside', () => {
    const record = tinyRecord(
      [100, 100, 20],
      { endedDay: epochDay(2018, 2, 5) },
      { day: DAY.slice(0, 3) },
    );
    expect(crisisOutcomes(record, FEBRUARY_2018)[0]?.pnl).toBeCloseTo(-0.8, 14);
  });
});
