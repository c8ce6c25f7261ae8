import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tinyRecord } from './run-record.fixture.ts';
import { summarisePath } from './path-summary.ts';
import type { PathSummary } from './path-summary.ts';
import { createTally } from './path-tally.ts';
import type { PathTally } from './path-tally.ts';
import { jointConfidence, paretoFront, sweepOutcome, tallyPath } from './sweep-outcome.ts';

describe('paretoFront', () => {
  it('keeps what no other beats, ties included', () => {
    const entries = [
      { risk: 0.1, cost: 3 },
      { risk: 0.2, cost: 2 },
      { risk: 0.2, cost: 2 },
      { risk: 0.2, cost: 2.5 },
      { risk: 0.4, cost: 1 },
      { risk: 0.05, cost: Number.NaN },
    ];
    expect(paretoFront(entries)).toEqual([0, 1, 2, 4]);
  });

  it('has a member at least as good as every entry, and none beaten', () => {
    const entry = fc.record({ risk: fc.integer({ max: 9 }), cost: fc.integer({ max: 9 }) });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), (entries) => {
        const front = entries.filter((_one, place) => paretoFront(entries).includes(place));
        for (const one of entries) {
          const asGood = front.some((best) => best.risk <= one.risk && best.cost <= one.cost);
          expect(asGood).toBe(true);
        }
      }),
    );
  });
});

describe('sweepOutcome', () => {
  const path: PathSummary = summarisePath(tinyRecord([100, 101]));
  const futures = Array.from({ length: 200 }, (_, i) => ({
    ...path,
    years: 2,
    finalEquity: i < 100 ? 121 : 122,
    maxDrawdownWorstMark: i / 1000,
    ruined: i === 0,
    forcedLiquidation: i < 10,
    marginCall: false,
    hedgeCost: 6,
    hedgePayoff: 2,
  }));

  /** Entered from the last to the first: the order must not matter. */
  function tallyOf(paths: readonly PathSummary[]): PathTally {
    const tally = createTally('unhedged', 'exact', paths.length);
    for (let at = paths.length - 1; at >= 0; at -= 1) tallyPath(tally, at, paths[at] ?? path);
    return tally;
  }

  it('states growth of the median, carry a year and the drawdown of 1 in 100', () => {
    const outcome = sweepOutcome(tallyOf(futures), 1);
    expect(outcome.growth).toBeCloseTo(Math.sqrt(1.215) - 1, 12);
    expect(outcome.hedgeCarry).toBeCloseTo(0.02, 12);
    expect(outcome.drawdown1In100).toBeCloseTo(0.197, 3);
    expect(outcome.pRuin).toMatchObject({ count: 1, trials: 200 });
  });

  it('widens intervals with the number of configurations', () => {
    const alone = sweepOutcome(tallyOf(futures), 1);
    const among = sweepOutcome(tallyOf(futures), 27);
    expect(alone.pMarginCall.high).toBe(3 / 200);
    expect(among.pMarginCall.high).toBe(7 / 200);
    expect(among.pForcedLiquidation.high).toBeGreaterThan(alone.pForcedLiquidation.high ?? 1);
    expect(among.pForcedLiquidation.low).toBeLessThan(alone.pForcedLiquidation.low ?? 0);
    expect(jointConfidence(1)).toBe(0.95);
  });

  it('has lost everything when the median has', () => {
    const gone = futures.map((future) => ({ ...future, finalEquity: -5 }));
    expect(sweepOutcome(tallyOf(gone), 1).growth).toBe(-1);
  });

  it('says nothing of a configuration whose paths are not all known', () => {
    const tally = createTally('unhedged', 'exact', 2);
    tallyPath(tally, 1, path);
    expect(() => sweepOutcome(tally, 1)).toThrow(/every path is entered/);
  });
});
