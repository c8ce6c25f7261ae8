import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../math/philox.ts';
import { countResults, enterLossRuns, lossRuns } from './loss-runs.ts';
import type { LossRuns } from './loss-runs.ts';
import { createTally } from './path-tally.ts';

describe('results in their order', () => {
  it('are counted by what came before', () => {
    expect(countResults([1, -1, -2, 3, 0, -1])).toEqual({
      results: 6,
      losses: 3,
      afterLoss: { results: 2, losses: 1 },
      afterGain: { results: 3, losses: 2 },
      longestRun: 2,
    });
  });

  it('are nothing without one', () => {
    expect(countResults([])).toMatchObject({ results: 0, losses: 0, longestRun: 0 });
  });
});

/** Paths of 60 results from a chain whose loss probability depends on the result before. */
function drawn(afterGain: number, afterLoss: number, paths: number): readonly number[][] {
  const stream = createRandomStream(5, 0);
  return Array.from({ length: paths }, (_, path) => {
    let lost = false;
    return Array.from({ length: 60 }, (__, trial) => {
      lost = stream.uniform(path, trial, 0) < (lost ? afterLoss : afterGain);
      return lost ? -1 : 1;
    });
  });
}

function runsOf(paths: readonly (readonly number[])[]): LossRuns {
  const tally = createTally('any', 'exact', paths.length);
  for (const [path, results] of paths.entries()) {
    tally.paths += 1;
    enterLossRuns(tally, path, countResults(results));
  }
  return lossRuns(tally);
}

describe('runs of losses', () => {
  it('of independent results are as both cases expect', () => {
    const { loss, runs } = runsOf(drawn(0.3, 0.3, 4000));
    expect(loss.estimate).toBeCloseTo(0.3, 2);
    for (const { observed, independent, markov } of runs) {
      expect(observed.estimate).toBeGreaterThan(independent - 0.03);
      expect(observed.estimate).toBeLessThan(independent + 0.03);
      expect(markov).toBeCloseTo(independent, 1);
    }
    // Feller's recursion: q = .3, k = 5, n = 60 gives .0923098.
    expect(runs.find(({ length }) => length === 5)?.independent).toBeCloseTo(0.0923, 1);
  });

  it('of results with memory are longer than independent ones, as the chain expects', () => {
    const { lossAfterLoss, lossAfterGain, runs } = runsOf(drawn(0.2, 0.6, 4000));
    expect(lossAfterLoss.estimate).toBeCloseTo(0.6, 1);
    expect(lossAfterGain.estimate).toBeCloseTo(0.2, 1);
    const five = runs.find(({ length }) => length === 5);
    expect(five?.observed.estimate).toBeGreaterThan(1.5 * (five?.independent ?? 1));
    expect(Math.abs((five?.observed.estimate ?? 0) - (five?.markov ?? 1))).toBeLessThan(0.03);
  });

  it('are unknown without a result', () => {
    const { loss, runs } = runsOf([[]]);
    expect(loss.estimate).toBeNull();
    expect(runs[0]?.observed.estimate).toBe(0);
    expect(runs[0]?.independent).toBeNaN();
  });
});
