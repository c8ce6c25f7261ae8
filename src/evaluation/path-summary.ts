import type { EndReason, RunRecord } from '../engine/run-record.ts';
import type { Provenance } from '../market/provenance.ts';
import { condorTotals, longestLosingRun } from './condor-statistics.ts';
import type { CondorTotals } from './condor-statistics.ts';
import {
  conditionalDrawdown,
  drawdownsAtClose,
  drawdownsAtWorstMark,
  fiftyGivenFive,
  largestDrawdown,
} from './drawdown.ts';
import type { DeepDrawdowns } from './drawdown.ts';
import { evidenceFigures } from './evidence-metrics.ts';
import type { EvidenceFigures } from './evidence-metrics.ts';
import { marginSummary } from './margin-summary.ts';
import type { MarginSummary } from './margin-summary.ts';
import { annualVolatility, hedgeMetrics, maxMarginUsed, spanYears } from './policy-metrics.ts';
import type { LayerMetrics } from './policy-metrics.ts';

/** What is kept of one simulated path of one policy: plain values, dollars and fractions. */
export interface PathSummary {
  readonly policy: string;
  readonly startEquity: number;
  readonly years: number;
  readonly finalEquity: number;
  readonly maxDrawdownClose: number;
  readonly maxDrawdownWorstMark: number;
  /** Mean of the worst 5 % of daily drawdowns; NaN without a session. */
  readonly conditionalDrawdown95: number;
  /** Yearly volatility; null when equity was not above 0 throughout. */
  readonly annualVolatility: number | null;
  readonly marginWarnings: number;
  readonly marginCalls: number;
  readonly forcedLiquidations: number;
  readonly doublingRefused: number;
  readonly margin: MarginSummary;
  readonly marginCall: boolean;
  readonly forcedLiquidation: boolean;
  readonly ruined: boolean;
  readonly endedBy: EndReason;
  readonly fiftyGivenFive: DeepDrawdowns;
  readonly hedgeCost: number;
  readonly hedgePayoff: number;
  readonly layers: readonly LayerMetrics[];
  readonly condors: CondorTotals;
  readonly longestLosingRun: number;
  readonly peakMarginUse: number;
  readonly maxMarginUsed: number;
  /** Values of the evidence figures; null where unknown. */
  readonly evidence: Readonly<Record<keyof EvidenceFigures, number | null>>;
  readonly coverage: Readonly<Record<Provenance, number>>;
  readonly skips: Readonly<Record<string, number>>;
}

/** What is kept of a run, so that its columns can be dropped. */
export function summarisePath(record: RunRecord): PathSummary {
  const { startEquity, columns } = record;
  const { equityClose, equityWorst } = columns;
  const atClose = drawdownsAtClose(startEquity, equityClose);
  const hedge = hedgeMetrics(record.layers);
  return {
    policy: record.policy,
    startEquity,
    years: spanYears(columns.day),
    finalEquity: equityClose.at(-1) ?? startEquity,
    maxDrawdownClose: largestDrawdown(atClose),
    maxDrawdownWorstMark: largestDrawdown(
      drawdownsAtWorstMark(startEquity, equityClose, equityWorst),
    ),
    conditionalDrawdown95: conditionalDrawdown(atClose, 0.95),
    annualVolatility: annualVolatility(startEquity, equityClose).value,
    marginWarnings: record.marginWarnings,
    marginCalls: record.marginCalls,
    forcedLiquidations: record.forcedLiquidations,
    doublingRefused: record.doublingRefused,
    margin: marginSummary(record),
    marginCall: record.marginCalls > 0,
    forcedLiquidation: record.forcedLiquidations > 0,
    ruined: record.ruined,
    endedBy: record.endedBy,
    fiftyGivenFive: fiftyGivenFive(startEquity, equityClose),
    hedgeCost: hedge.cost,
    hedgePayoff: hedge.payoff,
    layers: hedge.byLayer,
    condors: condorTotals(record.trades),
    longestLosingRun: longestLosingRun(record.trades),
    peakMarginUse: record.peakMarginUse,
    maxMarginUsed: maxMarginUsed(record),
    evidence: valuesOf(evidenceFigures(record)),
    coverage: record.coverage,
    skips: record.skips,
  };
}

function valuesOf(figures: EvidenceFigures): PathSummary['evidence'] {
  return {
    sharpe: figures.sharpe.value,
    sharpeStandardError: figures.sharpeStandardError.value,
    sortino: figures.sortino.value,
    expectedShortfall95: figures.expectedShortfall95.value,
    ulcerIndex: figures.ulcerIndex.value,
    effectiveReturns: figures.effectiveReturns.value,
    captureRate: figures.captureRate.value,
    upsideBreachDrag: figures.upsideBreachDrag.value,
    turnover: figures.turnover.value,
    costs: figures.costs.value,
  };
}
