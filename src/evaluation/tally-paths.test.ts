import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregate } from './frequencies.ts';
import { EARLY_PATHS, medianFuture } from './median-future.ts';
import type { FigureKind } from './path-figure.ts';
import { summarisePath } from './path-summary.ts';
import type { PathSummary } from './path-summary.ts';
import { createTally, mergeTally } from './path-tally.ts';
import type { PathTally } from './path-tally.ts';
import { baseTrade, tinyRecord } from './run-record.fixture.ts';
import { simulatedMetrics } from './simulated-metrics.ts';
import { enterPath, tallyPaths } from './tally-paths.ts';

const PATHS = 40;

const summaries: readonly PathSummary[] = Array.from({ length: PATHS }, (_, path) => {
  const end = 60 + ((path * 37) % 71) + 0.1 * path;
  const trades = Array.from({ length: path % 4 }, (__, i) =>
    baseTrade(i - 1.3 * (path % 3), i + 1),
  );
  const marginCalls = path % 5 === 0 ? 2 : 0;
  return summarisePath(
    tinyRecord([101, 98 + (path % 7), end], { trades, marginCalls, ruined: end < 62 }),
    10 + path,
  );
});

function tallied(kind: FigureKind, order: readonly number[]): PathTally {
  const tally = createTally('unhedged', kind, PATHS);
  for (const path of order) {
    const summary = summaries[path];
    if (summary !== undefined) enterPath(tally, path, summary);
  }
  return tally;
}

const everyPath = Array.from({ length: PATHS }, (_, path) => path);

describe.each(['exact', 'sketched'] as const)('a tally, %s', (kind) => {
  it('tells the same, to the bit, for every order and every way of sharing paths out', () => {
    const whole = tallied(kind, everyPath);
    const told = { outcome: aggregate(whole), metrics: simulatedMetrics(whole) };
    const order = fc.shuffledSubarray([...everyPath], { minLength: PATHS, maxLength: PATHS });
    fc.assert(
      fc.property(
        order,
        fc.array(fc.integer({ min: 0, max: PATHS }), { maxLength: 4 }),
        (paths, cuts) => {
          const edges = [0, ...cuts.toSorted((a, b) => a - b), PATHS];
          const merged = createTally('unhedged', kind, PATHS);
          for (let part = edges.length - 1; part > 0; part -= 1) {
            mergeTally(merged, tallied(kind, paths.slice(edges[part - 1], edges[part])));
          }
          expect({ outcome: aggregate(merged), metrics: simulatedMetrics(merged) }).toEqual(told);
          expect(medianFuture(merged)).toBe(medianFuture(whole));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('tallies', () => {
  it('do not mix policies, kinds or lengths', () => {
    const tally = tallied('exact', everyPath);
    expect(() => mergeTally(tally, createTally('cash', 'exact', PATHS))).toThrow('one policy');
    expect(() => mergeTally(tally, createTally('unhedged', 'sketched', PATHS))).toThrow('shape');
    expect(() => mergeTally(tally, createTally('unhedged', 'exact', 7))).toThrow('shape');
  });

  it('show the future of the median, or the early one that comes nearest to it', () => {
    const [low, middle, high] = [90, 100, 130].map((end) => summarisePath(tinyRecord([100, end])));
    const three = [high, low, middle].flatMap((summary) => summary ?? []);
    expect(medianFuture(tallyPaths(three))).toBe(2);
    const tally = createTally('unhedged', 'sketched', EARLY_PATHS + 10);
    // The median, 100, is not among the first; 90 is nearer to it than 130.
    for (const [path, summary] of [
      [3, high],
      [5, low],
      [EARLY_PATHS + 1, middle],
    ] as const) {
      if (summary !== undefined) enterPath(tally, path, summary);
    }
    expect(medianFuture(tally)).toBe(5);
  });
});
