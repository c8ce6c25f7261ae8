import { describe, expect, it } from 'vitest';
import { isSession } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate, epochDay, formatIsoDate } from '../time/epoch-day.ts';
import { patternFomcDays } from './fomc-schedule.ts';

describe('patternFomcDays', () => {
  it('has eight sessions a year, ascending', () => {
    const days = Array.from(patternFomcDays(epochDay(2025, 1, 1), epochDay(2054, 12, 31)));
    expect(days).toHaveLength(30 * 8);
    expect(days.every((day) => isSession(asEpochDay(day)))).toBe(true);
    expect(days.toSorted((a, b) => a - b)).toStrictEqual(days);
    expect(new Set(days.map((day) => civilDate(asEpochDay(day)).year)).size).toBe(30);
  });

  it('is within a week of the published calendar of 2025', () => {
    // Federal Reserve, meeting calendar 2025.
    const published = [
      [1, 29],
      [3, 19],
      [5, 7],
      [6, 18],
      [7, 30],
      [9, 17],
      [10, 29],
      [12, 10],
    ].map(([month = 0, day = 0]) => epochDay(2025, month, day));
    const pattern = Array.from(patternFomcDays(epochDay(2025, 1, 1), epochDay(2025, 12, 31)));
    pattern.forEach((day, i) => {
      expect(Math.abs(day - (published[i] ?? 0))).toBeLessThanOrEqual(7);
    });
    expect(formatIsoDate(asEpochDay(pattern[0] ?? 0))).toBe('2025-01-29');
  });
});
