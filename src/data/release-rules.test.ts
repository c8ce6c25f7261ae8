import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import {
  isSeenOnItsDay,
  newestReleased,
  RELEASE_RULES,
  releasedBy,
  releaseSentence,
  VINTAGE_RULES,
  vintageSentence,
} from './release-rules.ts';
import type { ReleasedSeries, ReleaseRule } from './release-rules.ts';

// Wednesday to Tuesday; Thursday is missing from the record.
const SESSIONS = Int32Array.from([3, 5, 8, 9], (day) => epochDay(2024, 7, day));

function released(rule: ReleaseRule, ...days: readonly number[]): ReleasedSeries {
  const series = { file: 'made-up.csv', day: Int32Array.from(days), columns: new Map() };
  return releasedBy(rule, series, SESSIONS);
}
const releases = (...args: Parameters<typeof released>): readonly number[] => [
  ...released(...args).release,
];

describe('releasedBy', () => {
  const july = (day: number): number => epochDay(2024, 7, day);

  it('counts recorded sessions, then the calendar past their end', () => {
    const same = { on: 'session', later: 0, maxAge: 1 } as const;
    expect(releases(same, july(3), july(4), july(6), july(9))).toEqual(
      [3, 5, 8, 9].map((day) => july(day)),
    );
    const next = { on: 'session', later: 1, maxAge: 1 } as const;
    expect(releases(next, july(3), july(8), july(9), july(10), july(12))).toEqual(
      [5, 9, 10, 11, 15].map((day) => july(day)),
    );
    expect(releases({ ...next, later: 3 }, july(5))).toEqual([july(10)]);
  });

  it('dates monthly series by the month after their own, over the turn of the year', () => {
    expect(releases(RELEASE_RULES.reer, epochDay(2023, 12, 1))).toEqual([epochDay(2024, 1, 25)]);
    expect(releases(RELEASE_RULES.shiller, epochDay(2023, 9, 1))).toEqual([epochDay(2024, 1, 1)]);
    expect(releases(RELEASE_RULES.priceToEarnings, epochDay(2023, 11, 1))).toEqual([
      epochDay(2024, 5, 1),
    ]);
    expect(releases(RELEASE_RULES.cape, epochDay(2023, 11, 30))).toEqual([epochDay(2023, 12, 29)]);
    expect(releases(RELEASE_RULES.etfFlow, july(3))).toEqual([july(4)]);
  });

  it('tells what is seen on its own day, and which row is the newest', () => {
    const late = released({ on: 'session', later: 1, maxAge: 1 }, july(3), july(5));
    expect(isSeenOnItsDay(late, 0)).toBe(false);
    expect(isSeenOnItsDay(released(RELEASE_RULES.spx, july(3)), 0)).toBe(true);
    expect([4, 5, 7, 8].map((day) => newestReleased(late, july(day)))).toEqual([-1, 0, 0, 1]);
  });
});

describe('vintageSentence', () => {
  it('says the day and the age', () => {
    expect(vintageSentence(VINTAGE_RULES.cpi)).toBe(
      'from the 15th of the second month of its quarter (approximate); ' +
        'NO DATA when older than 200 days',
    );
  });
});

describe('releaseSentence', () => {
  it.each([
    [RELEASE_RULES.spx, 'at the close of its own session; NO DATA when older than 1 session'],
    [RELEASE_RULES.breadth, 'at the close 1 session later; NO DATA when older than 3 sessions'],
    [RELEASE_RULES.reer, 'from the 25th of the 1st month after; NO DATA when older than 75 days'],
    [RELEASE_RULES.marketCap, 'the day after 3 months; NO DATA when older than 200 days'],
    [RELEASE_RULES.etfFlow, '1 day later; NO DATA when older than 5 days'],
    [RELEASE_RULES.spy, 'at the close of its own session, for it only'],
    [RELEASE_RULES.fomc, 'published ahead'],
    [RELEASE_RULES.shiller, 'from the 1st of the 4th month after; the last value is carried on'],
  ])('says %o', (rule, sentence) => {
    expect(releaseSentence(rule)).toBe(sentence);
  });
});
