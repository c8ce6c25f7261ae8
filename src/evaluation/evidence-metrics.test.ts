import { describe, expect, it } from 'vitest';
import type { TradeLeg } from '../engine/run-record.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { evidenceFigures, evidenceMetrics } from './evidence-metrics.ts';
import { summarisePath } from './path-summary.ts';
import { baseTrade, tinyRecord } from './run-record.fixture.ts';
import { simulatedMetrics } from './simulated-metrics.ts';
import { tallyPaths } from './tally-paths.ts';

const FOUR_YEARS = { day: Int32Array.of(0, 500, 1461) };

function leg(right: 'call' | 'put', quantity: number, entry: number, exit: number): TradeLeg {
  return {
    kind: 'spx-option',
    right,
    strike: 5000,
    expiry: asEpochDay(60),
    settlement: 'AM',
    quantity,
    entryPrice: entry,
    exitPrice: exit,
  };
}

describe('evidenceFigures', () => {
  it('are of returns over bills', () => {
    const record = tinyRecord([100, 110, 99], {}, FOUR_YEARS);
    const figures = evidenceFigures(record, Float64Array.of(1, 1.01, 1.0201));
    // +9 % and −11 % over bills: mean −1 %, deviation √0.02.
    expect(figures.sharpe.value).toBeCloseTo((-0.01 / Math.sqrt(0.02)) * Math.sqrt(252), 10);
    const downside = Math.sqrt(0.11 ** 2 / 2);
    expect(figures.sortino.value).toBeCloseTo((-0.01 / downside) * Math.sqrt(252), 10);
  });

  it('are unknown without bills, with returns that have no meaning, on one day', () => {
    expect(evidenceFigures(tinyRecord([100, 110])).sharpe.reason).toBe('no bill series');
    const short = evidenceFigures(tinyRecord([100, 110]), Float64Array.of(1));
    expect(short.sortino.reason).toBe('the bill series has 1 of 2 sessions');
    const debt = evidenceFigures(tinyRecord([50, -1, -1]));
    expect(debt.expectedShortfall95.reason).toContain('equity was not above 0');
    const day = evidenceFigures(tinyRecord([100]));
    expect(day.turnover.reason).toBe('fewer than two sessions');
    expect(day.effectiveReturns.reason).toBe('fewer than two sessions');
    expect(evidenceFigures(tinyRecord([100, 100, 100])).effectiveReturns.reason).toBe(
      'returns do not vary',
    );
  });

  it('keep what was kept of the premium', () => {
    const trades = [baseTrade(300, 1), baseTrade(-500, 2), { ...baseTrade(9, 3), premium: -50 }];
    expect(evidenceFigures(tinyRecord([100], { trades })).captureRate.value).toBeCloseTo(-0.2, 14);
    expect(evidenceFigures(tinyRecord([100])).captureRate.reason).toBe('no premium was collected');
  });

  it('charge a loss to the upside when the calls lost more than the puts', () => {
    const up = [leg('call', -1, 10, 30), leg('put', -1, 10, 0)];
    const down = [leg('call', -1, 10, 0), leg('put', -1, 10, 30)];
    const trades = [
      { ...baseTrade(-8, 1), legs: up },
      { ...baseTrade(-100, 2), legs: down },
      { ...baseTrade(5, 3), legs: up },
    ];
    const { upsideBreachDrag, turnover } = evidenceFigures(
      tinyRecord([100, 90, 95], { trades }, FOUR_YEARS),
    );
    expect(upsideBreachDrag.value).toBeCloseTo(8 / 100 / 4, 14);
    expect(turnover.value).toBeCloseTo((3 * 2 * 2) / 4, 14);
  });

  it('count fees and spreads against mean equity', () => {
    const record = tinyRecord([100, 200, 300], { trades: [baseTrade(1, 1)] }, FOUR_YEARS);
    expect(evidenceFigures(record).costs.value).toBeCloseTo(30 / 200 / 4, 14);
  });

  it('lie in a report with a reason beside each unknown one', () => {
    const metrics = evidenceMetrics(evidenceFigures(tinyRecord([100, 90])));
    for (const [name, value] of Object.entries(metrics)) {
      if (name.endsWith('Reason')) continue;
      const reason = Object.entries(metrics).find(([key]) => key === `${name}Reason`)?.[1];
      expect(value === null).toBe(typeof reason === 'string');
    }
  });
});

describe('evidence on simulated paths', () => {
  it('is the median over paths, unknown where a path does not know', () => {
    const paths = [90, 80, 70].map((close) => summarisePath(tinyRecord([100, close, close])));
    const { evidence } = simulatedMetrics(tallyPaths(paths));
    expect(evidence.ulcerIndex).toBeCloseTo(Math.sqrt((0.2 ** 2 * 2) / 3), 14);
    expect(evidence).toMatchObject({ sharpe: null, sharpeReason: 'differs by path' });
    const mixed = simulatedMetrics(
      tallyPaths([...paths, summarisePath(tinyRecord([100, -1, -1]))]),
    );
    expect(mixed.evidence.expectedShortfall95Reason).toBe('unknown on 1 of 4 paths');
  });
});
