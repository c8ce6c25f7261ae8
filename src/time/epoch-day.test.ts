import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asEpochDay,
  civilDate,
  epochDay,
  formatIsoDate,
  parseIsoDate,
  weekday,
} from './epoch-day.ts';

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function monthLength(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return (MONTH_LENGTHS[month - 1] ?? Number.NaN) + (month === 2 && isLeap ? 1 : 0);
}

describe('epoch days', () => {
  it('count every day from 1800 to 2400 by the lengths of the months', () => {
    let expected: number = epochDay(1800, 1, 1);
    expect(expected).toBe(-62_091);
    for (let year = 1800; year <= 2400; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const length = monthLength(year, month);
        for (const dayOfMonth of [1, 15, length]) {
          const value = epochDay(year, month, dayOfMonth);
          expect(value).toBe(expected + dayOfMonth - 1);
          expect(civilDate(value)).toEqual({ year, month, day: dayOfMonth });
        }
        expected += length;
      }
    }
  });

  it('are written and read alike, and a week later have the same weekday', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_091, max: 157_054 }), (days) => {
        const day = asEpochDay(days);
        expect(parseIsoDate(formatIsoDate(day))).toEqual({ ok: true, value: day });
        expect(weekday(asEpochDay(days + 7))).toBe(weekday(day));
        expect(weekday(asEpochDay(days + 1))).toBe((weekday(day) + 1) % 7);
      }),
    );
  });

  it('start at 1970-01-01, a Thursday', () => {
    expect(epochDay(1970, 1, 1)).toBe(0);
    expect(weekday(epochDay(1970, 1, 1))).toBe(4);
  });

  it('run on beyond the end of a month', () => {
    expect(epochDay(2024, 2, 30)).toBe(epochDay(2024, 3, 1));
  });
});

describe('parseIsoDate', () => {
  it('reads what formatIsoDate writes', () => {
    expect(parseIsoDate('2024-02-29')).toEqual({ ok: true, value: epochDay(2024, 2, 29) });
  });

  it.each(['2023-02-29', '2024-13-01', '2024-00-10', '24-01-01', '2024-1-1', '', '2024-01-01T00'])(
    'refuses %j',
    (text) => {
      expect(parseIsoDate(text)).toEqual({ ok: false, error: { kind: 'bad-date' } });
    },
  );
});
