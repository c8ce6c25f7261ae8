import { describe, expect, it } from 'vitest';
import { aggregate } from './frequencies.ts';
import { frequency } from './frequency.ts';
import { summarisePath } from './path-summary.ts';
import type { PathSummary } from './path-summary.ts';
import { baseTrade, tinyRecord } from './run-record.fixture.ts';
import { simulatedMetrics } from './simulated-metrics.ts';
import { tallyPaths } from './tally-paths.ts';

const calm = summarisePath(tinyRecord([101, 110]));
const called = summarisePath(
  tinyRecord([94, 40], { marginCalls: 2, forcedLiquidations: 1, trades: [baseTrade(-5, 3)] }),
);
const paths: readonly PathSummary[] = [calm, called, calm, calm];

describe('frequency', () => {
  it('has a Wilson interval', () => {
    // Wilson score interval of 10 in 100: 0.0552, 0.1744 (R, prop.test(correct = FALSE)).
    const { estimate, low, high, count } = frequency(10, 100);
    expect({ estimate, count }).toEqual({ estimate: 0.1, count: 10 });
    expect(low).toBeCloseTo(0.0552, 4);
    expect(high).toBeCloseTo(0.1744, 4);
  });

  it('is below 3 / N after no event', () => {
    expect(frequency(0, 2000)).toEqual({
      estimate: 0,
      low: 0,
      high: 0.0015,
      count: 0,
      trials: 2000,
    });
  });

  it('is unknown without trials', () => {
    expect(frequency(0, 0)).toMatchObject({ estimate: null, low: null, high: null });
  });
});

describe('aggregate', () => {
  it('counts paths, not events', () => {
    const outcome = aggregate(tallyPaths(paths));
    expect(outcome).toMatchObject({
      paths: 4,
      pMarginCall: { count: 1, estimate: 0.25 },
      pForcedLiquidation: { count: 1 },
      pRuin: { count: 0, estimate: 0, high: 0.75 },
      pLoss: { count: 1 },
      pDrawdown50Given5: { count: 1, trials: 1, estimate: 1 },
      meanFinalEquity: 92.5,
      endings: { completed: 4, ruined: 0 },
    });
  });

  it('orders the quantiles', () => {
    const { terminalEquity, drawdownClose } = aggregate(tallyPaths(paths));
    expect(terminalEquity.find(({ probability }) => probability === 0.5)?.value).toBe(110);
    const values = drawdownClose.map(({ value }) => value);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });

  it('refuses to mix policies', () => {
    const other = { ...calm, policy: 'cash' };
    expect(() => tallyPaths([calm, other])).toThrow('of one policy');
    expect(() => tallyPaths([])).toThrow('at least one path');
  });
});

describe('simulated metrics', () => {
  it('take medians of figures and totals of events', () => {
    expect(simulatedMetrics(tallyPaths(paths))).toMatchObject({
      name: 'unhedged',
      basis: 'paths',
      finalEquity: 110,
      maxDrawdownClose: 0,
      marginCalls: 2,
      forcedLiquidations: 1,
      ruined: false,
      endedBy: 'completed',
      ruinDate: null,
      ruinDateReason: 'differs by path',
      condors: { trades: 1, losses: 1, averageLoss: -5, averageWin: null },
      longestLosingRun: 1,
    });
  });

  it('average the hedge over all paths', () => {
    const layer = {
      sleeve: 'near',
      openings: 1,
      refusals: 0,
      notListed: 0,
      noData: 0,
      triggers: 1,
      cost: 80,
      payoff: 20,
      overshoot: 5,
      rollsProposed: 0,
    } as const;
    const hedged = summarisePath(tinyRecord([101, 110], { layers: [layer] }));
    const { hedge } = simulatedMetrics(tallyPaths([hedged, hedged, calm, calm]));
    expect(hedge).toMatchObject({ cost: 40, payoff: 10, net: -30 });
    expect(hedge.byLayer).toMatchObject([
      { openings: 2, cost: 40, payoff: 10, overshoot: 5, rollsProposed: 0 },
    ]);
  });
});
