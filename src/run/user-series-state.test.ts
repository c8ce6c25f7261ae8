import { describe, expect, it } from 'vitest';
import { parseUserSeries } from '../data/user-series.ts';
import { formatIsoDate, asEpochDay, epochDay } from '../time/epoch-day.ts';
import { userSeriesState } from './user-series-state.ts';
import type { UserSeriesState } from './user-series-state.ts';

/** Thirty months from 2002-01, each released on the 12th of the next. */
function stateAt(day: number, garbageAfter = Number.POSITIVE_INFINITY, shift = 0): UserSeriesState {
  const rows = Array.from({ length: 30 }, (_unused, i) => {
    const [year, month] = [2002 + Math.floor(i / 12), (i % 12) + 1];
    const release = epochDay(year + Math.floor(month / 12), (month % 12) + 1, 12) + shift;
    const value = release > garbageAfter ? 1e6 * i : i + Math.sin(i);
    const iso = (at: number): string => formatIsoDate(asEpochDay(at));
    return `${iso(epochDay(year, month, 1))},${value},${iso(release)}`;
  });
  const text = `date,value,available\n${rows.join('\n')}\n`;
  const terms = {
    name: 'mine',
    unit: '',
    source: '',
    frequency: undefined,
    lagDays: undefined,
    maxAgeDays: undefined,
  };
  const series = parseUserSeries({ file: 'mine.csv', text }, terms, epochDay(2010, 1, 1));
  return userSeriesState(series, asEpochDay(day));
}

describe('userSeriesState', () => {
  it('shows the newest released value with its release, age and z-score', () => {
    const state = stateAt(epochDay(2004, 4, 20));
    expect(state.value).toBeCloseTo(26 + Math.sin(26), 12);
    expect(state.referenceDate).toBe(epochDay(2004, 3, 1));
    expect(state.availableSince).toBe(epochDay(2004, 4, 12));
    expect([state.age, state.visible]).toEqual([8, 27]);
    const values = Array.from({ length: 27 }, (_unused, i) => i + Math.sin(i));
    const mean = values.reduce((sum, value) => sum + value, 0) / 27;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(state.zScore).toBeCloseTo(((values[26] ?? 0) - mean) / Math.sqrt(squares / 26), 12);
  });

  it('never sees what is released later, and a release a day later a day later', () => {
    const release = epochDay(2004, 4, 12);
    for (const day of [release - 1, release, release + 15]) {
      expect({ ...stateAt(day, day), series: 0 }).toEqual({ ...stateAt(day), series: 0 });
    }
    expect(stateAt(release - 1).availableSince).toBe(epochDay(2004, 3, 12));
    expect(stateAt(release).availableSince).toBe(release);
    expect(stateAt(release, undefined, 1).availableSince).toBe(epochDay(2004, 3, 12) + 1);
    expect(stateAt(release + 1, undefined, 1).availableSince).toBe(release + 1);
  });

  it('is NO DATA before the first release, after the greatest age, and without a year of values', () => {
    const before = stateAt(epochDay(2002, 2, 11));
    expect([before.value, before.age, before.availableSince]).toEqual([NaN, NaN, undefined]);
    const end = epochDay(2004, 7, 12);
    expect(stateAt(end + 45).value).not.toBeNaN();
    expect(stateAt(end + 46).value).toBeNaN();
    expect(stateAt(end + 46).reason).toBe('older than 45 days');
    expect(stateAt(end + 46).availableSince).toBe(end);
    expect(stateAt(epochDay(2003, 6, 20)).zScore).toBeNaN();
  });
});
