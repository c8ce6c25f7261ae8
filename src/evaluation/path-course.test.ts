import { describe, expect, it } from 'vitest';
import { asEpochDay } from '../time/epoch-day.ts';
import { dotProbabilities, enterCourse, equityCourse, equityFan, yearsTo } from './path-course.ts';
import { createTally } from './path-tally.ts';
import { tinyRecord } from './run-record.fixture.ts';

describe('a course', () => {
  it('has the start and every close of a short run', () => {
    expect(equityCourse(tinyRecord([101, 99, 98]))).toEqual([100, 101, 99, 98]);
  });

  it('has sixty evenly spread closes of a long one, the last included', () => {
    const course = equityCourse(tinyRecord(Array.from({ length: 600 }, (_, i) => i + 1)));
    expect(course).toHaveLength(61);
    expect(course.slice(0, 3)).toEqual([100, 10, 20]);
    expect(course.at(-1)).toBe(600);
  });
});

describe('years to an event', () => {
  it('are counted from the first session, null where there was none', () => {
    const event = {
      day: asEpochDay(10_000 + 365),
      kind: 'margin-call' as const,
      sleeve: 'core' as const,
      reason: 'worst',
      values: {},
    };
    const record = tinyRecord([1, 2], { events: [event], ruinDay: asEpochDay(10_000 + 731) });
    const times = yearsTo(record);
    expect(times.marginCall).toBeCloseTo(1, 2);
    expect(times.forcedLiquidation).toBeNull();
    expect(times.ruin).toBeCloseTo(2, 2);
  });
});

describe('a fan', () => {
  it('has quantiles at every point, from the start to the last year', () => {
    const tally = createTally('any', 'exact', 101);
    for (let path = 0; path <= 100; path += 1) {
      enterCourse(tally, path, [100, 100 + path, 200 + path]);
    }
    const { years, lines } = equityFan(tally, 2);
    expect(years).toEqual([0, 1, 2]);
    const median = lines.find(({ probability }) => probability === 0.5);
    expect(median?.values).toEqual([100, 150, 250]);
    const low = lines.find(({ probability }) => probability === 0.05);
    expect(low?.values).toEqual([100, 105, 205]);
  });
});

describe('dots', () => {
  it('stand for equal shares', () => {
    expect(dotProbabilities(4)).toEqual([0.125, 0.375, 0.625, 0.875]);
    expect(dotProbabilities()).toHaveLength(50);
  });
});
