import { describe, expect, it } from 'vitest';
import { summarisePath } from './path-summary.ts';
import { tinyRecord } from './run-record.fixture.ts';
import { startStrata } from './start-strata.ts';
import { tallyPaths } from './tally-paths.ts';

describe('futures by the level of VIX at their start', () => {
  const calm = summarisePath(tinyRecord([101, 110]), 14.9);
  const edge = summarisePath(tinyRecord([101, 90]), 15);
  const wild = summarisePath(tinyRecord([50, 40], { marginCalls: 1, ruined: true }), 45);
  const strata = startStrata(tallyPaths([calm, edge, wild, wild]));

  it('are told apart by lower edges', () => {
    expect(strata.map(({ from, paths }) => [from, paths])).toEqual([
      [0, 1],
      [15, 1],
      [20, 0],
      [30, 2],
    ]);
  });

  it('carry their own frequencies and drawdown', () => {
    expect(strata[3]).toMatchObject({ marginCall: { count: 2 }, ruin: { estimate: 1 } });
    expect(strata[3]?.medianDrawdown).toBeCloseTo(0.6, 12);
    expect(strata[1]?.endsBelowStart.estimate).toBe(1);
    expect(strata[2]?.ruin.estimate).toBeNull();
    expect(strata[2]?.medianDrawdown).toBeNaN();
  });

  it('leave out a start that is not known', () => {
    const unknown = startStrata(tallyPaths([summarisePath(tinyRecord([101]))]));
    expect(unknown.map(({ paths }) => paths)).toEqual([0, 0, 0, 0]);
  });
});
