import type { EndReason, RunRecord } from '../engine/run-record.ts';
import type { Provenance } from '../market/provenance.ts';
import { condorTotals, dailyResults } from './condor-statistics.ts';
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
import { countResults } from './loss-runs.ts';
import type { ResultCounts } from './loss-runs.ts';
import { equityCourse, yearsTo } from './path-course.ts';
import type { YearsTo } from './path-course.ts';
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
  /** Results of the base position in order, counted. */
  readonly results: ResultCounts;
  /** Probability of the market over that with which it was drawn: 1, unless rare ones are sought. */
  readonly weight: number;
  /** VIX at the close before trading, points; NaN where it was not told. */
  readonly startVix: number;
  /** Equity at the start and at evenly spread closes, dollars. */
  readonly course: readonly number[];
  readonly yearsTo: YearsTo;
  readonly peakMarginUse: number;
  readonly maxMarginUsed: number;
  /** Values of the evidence figures; null where unknown. */
  readonly evidence: Readonly<Record<keyof EvidenceFigures, number | null>>;
  readonly coverage: Readonly<Record<Provenance, number>>;
  readonly skips: Readonly<Record<string, number>>;
}

/**
 * What is kept of a run, so that its columns can be dropped.
 *
 * @param startVix VIX at the close before trading, points.
 * @param weight Probability of the market over that with which it was drawn.
 */
export function summarisePath(
  record: RunRecord,
  startVix: number = Number.NaN,
  weight = 1,
): PathSummary {
  const results = countResults(dailyResults(record.trades));
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
    longestLosingRun: results.longestRun,
    results,
    weight,
    startVix,
    course: equityCourse(record),
    yearsTo: yearsTo(record),
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
