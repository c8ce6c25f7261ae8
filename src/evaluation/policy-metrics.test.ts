import { describe, expect, it } from 'vitest';
import type { LayerRecord } from '../engine/run-record.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { METRIC_DEFINITIONS } from './metric-definitions.ts';
import { policyMetrics } from './policy-metrics.ts';
import { baseTrade, tinyRecord } from './run-record.fixture.ts';

const TWO_YEARS = Int32Array.of(0, 365, 730.5);

const LAYER: LayerRecord = {
  sleeve: 'near',
  openings: 2,
  refusals: 1,
  notListed: 0,
  noData: 0,
  triggers: 3,
  cost: 300,
  payoff: 120,
  overshoot: 0,
  rollsProposed: 0,
};

describe('growth', () => {
  it('is the yearly rate over calendar time', () => {
    const day = Int32Array.of(0, 1461);
    const metrics = policyMetrics(tinyRecord([100, 121], {}, { day }));
    expect(metrics.years).toBe(4);
    expect(metrics.cagr).toBeCloseTo(1.21 ** 0.25 - 1, 14);
    expect(metrics.cagrReason).toBeUndefined();
  });

  it('over bills divides by the growth of bills', () => {
    const day = Int32Array.of(0, 1461);
    const metrics = policyMetrics(tinyRecord([100, 121], {}, { day }), Float64Array.of(50, 55));
    expect(metrics.cagrOverBills).toBeCloseTo(1.1 ** 0.25 - 1, 14);
  });

  it('is unknown for a debt, with a reason', () => {
    const metrics = policyMetrics(tinyRecord([50, -1, -1], {}, { day: TWO_YEARS }));
    expect(metrics).toMatchObject({
      finalEquity: -1,
      cagr: null,
      cagrReason: 'final equity is not above 0',
      cagrOverBills: null,
      cagrOverBillsReason: 'no bill series',
      annualVolatility: null,
    });
    expect(metrics.annualVolatilityReason).toContain('equity was not above 0');
  });

  it('is unknown on a single session', () => {
    const metrics = policyMetrics(tinyRecord([100]));
    expect(metrics).toMatchObject({ cagr: null, cagrReason: 'fewer than two sessions' });
    expect(metrics).toMatchObject({ annualVolatility: null });
  });

  it('over bills is unknown when the bill series is short', () => {
    const metrics = policyMetrics(tinyRecord([100, 121]), Float64Array.of(50));
    expect(metrics.cagrOverBillsReason).toBe('the bill series has 1 of 2 sessions');
  });
});

describe('risk', () => {
  it('has the volatility of daily returns, the first from the start equity', () => {
    // Returns +10 %, −10 %: mean 0, sample variance 0.02.
    const metrics = policyMetrics(tinyRecord([110, 99]));
    expect(metrics.annualVolatility).toBeCloseTo(Math.sqrt(0.02 * 252), 13);
  });

  it('shows both drawdowns', () => {
    const worst = { equityWorst: Float64Array.of(100, 60, 90) };
    const metrics = policyMetrics(tinyRecord([120, 90, 96], {}, worst));
    expect(metrics.maxDrawdownClose).toBe(0.25);
    expect(metrics.maxDrawdownWorstMark).toBe(0.5);
  });

  it('relates the gain to the largest margin', () => {
    const marginUsed = Float64Array.of(10, 50, 20);
    expect(policyMetrics(tinyRecord([100, 100, 110], {}, { marginUsed })).returnOnMaxMargin).toBe(
      0.2,
    );
    expect(policyMetrics(tinyRecord([100, 110]))).toMatchObject({
      returnOnMaxMargin: null,
      returnOnMaxMarginReason: 'no margin was ever used',
    });
  });

  it('refuses equity that is not a number', () => {
    expect(() => policyMetrics(tinyRecord([100, Number.NaN]))).toThrow('finite at every close');
  });
});

describe('trades and hedge', () => {
  it('averages winners and losers apart and leaves other sleeves out', () => {
    const trades = [
      baseTrade(300, 1),
      baseTrade(-500, 2),
      baseTrade(100, 3),
      baseTrade(0, 4),
      { ...baseTrade(-9999, 5), sleeve: 'near' as const },
    ];
    expect(policyMetrics(tinyRecord([100], { trades })).condors).toMatchObject({
      trades: 4,
      wins: 2,
      losses: 1,
      winRate: 0.5,
      averageWin: 200,
      averageLoss: -500,
    });
  });

  it('has no average without trades, and says so', () => {
    expect(policyMetrics(tinyRecord([100])).condors).toMatchObject({
      winRate: null,
      winRateReason: 'no closed trade',
      averageWin: null,
      averageWinReason: 'no trade won',
      averageLoss: null,
      averageLossReason: 'no trade lost',
    });
  });

  it("takes one day's closings as one result of a losing run", () => {
    const trades = [
      baseTrade(-1, 9),
      baseTrade(-1, 3),
      baseTrade(-5, 4),
      baseTrade(6, 4),
      baseTrade(-1, 5),
      baseTrade(-4, 7),
      baseTrade(-4, 7),
    ];
    expect(policyMetrics(tinyRecord([100], { trades })).longestLosingRun).toBe(3);
  });

  it('adds the layers up', () => {
    const layers = [LAYER, { ...LAYER, sleeve: 'long' as const, cost: 50, payoff: 400 }];
    const { hedge } = policyMetrics(tinyRecord([100], { layers }));
    expect(hedge).toMatchObject({ cost: 350, payoff: 520, net: 170 });
    expect(hedge.byLayer.map((layer) => layer.net)).toEqual([-180, 350]);
  });

  it('dates the ruin and the end', () => {
    const end = asEpochDay(18_341);
    const changes = { endedBy: 'ruined', ruined: true, ruinDay: end, endedDay: end } as const;
    expect(policyMetrics(tinyRecord([1], changes))).toMatchObject({
      ruined: true,
      ruinDate: '2020-03-20',
      endedDate: '2020-03-20',
    });
    expect(policyMetrics(tinyRecord([1]))).toMatchObject({
      ruinDate: null,
      ruinDateReason: 'not ruined',
    });
  });
});

describe('definitions', () => {
  it('are each named once and complete', () => {
    const names = METRIC_DEFINITIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const texts = METRIC_DEFINITIONS.flatMap((definition) => Object.values(definition));
    expect(texts.filter((text) => text === '')).toEqual([]);
  });

  it('cover the figures of the report', () => {
    const metrics = policyMetrics(tinyRecord([100]));
    const defined = new Set(METRIC_DEFINITIONS.map(({ name }) => name.replace(/\..*/, '')));
    const self = ['name', 'basis', 'startEquity', 'years', 'skips', 'marginWarnings'];
    const figures = Object.keys(metrics).filter(
      (key) => !key.endsWith('Reason') && !key.startsWith('ended') && key !== 'ruinDate',
    );
    expect(figures.filter((key) => !defined.has(key) && !self.includes(key))).toEqual([]);
  });
});
