import { invariant } from '../core/invariant.ts';
import type { EndReason, LayerRecord, RunRecord } from '../engine/run-record.ts';
import type { Provenance } from '../market/provenance.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { condorStatistics, longestLosingRun } from './condor-statistics.ts';
import type { CondorStatistics } from './condor-statistics.ts';
import {
  conditionalDrawdown,
  drawdownsAtClose,
  drawdownsAtWorstMark,
  largestDrawdown,
} from './drawdown.ts';
import { evidenceFigures, evidenceMetrics } from './evidence-metrics.ts';
import type { EvidenceMetrics } from './evidence-metrics.ts';
import { marginSummary } from './margin-summary.ts';
import type { MarginSummary } from './margin-summary.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';

/** What one hedge layer did, dollars; the net is payoff − cost. */
export interface LayerMetrics extends LayerRecord {
  readonly net: number;
}

/** What the hedge cost and paid in all, dollars >= 0, and per layer. */
export interface HedgeMetrics {
  readonly cost: number;
  readonly payoff: number;
  /** payoff − cost. */
  readonly net: number;
  readonly byLayer: readonly LayerMetrics[];
}

/** Figures of one policy; an unknown one is null and its `Reason` says why. */
export interface PolicyMetrics {
  readonly name: string;
  /** One path, or figures over many simulated paths (see the definitions). */
  readonly basis: 'path' | 'paths';
  readonly startEquity: number;
  readonly finalEquity: number;
  /** Calendar years from the first to the last session. */
  readonly years: number;
  readonly cagr: number | null;
  readonly cagrReason: string | undefined;
  readonly cagrOverBills: number | null;
  readonly cagrOverBillsReason: string | undefined;
  readonly annualVolatility: number | null;
  readonly annualVolatilityReason: string | undefined;
  /** Fraction >= 0. */
  readonly maxDrawdownClose: number;
  /** Fraction >= 0. */
  readonly maxDrawdownWorstMark: number;
  readonly conditionalDrawdown95: number | null;
  readonly conditionalDrawdown95Reason: string | undefined;
  readonly condors: CondorStatistics;
  readonly longestLosingRun: number;
  readonly hedge: HedgeMetrics;
  readonly marginWarnings: number;
  readonly marginCalls: number;
  readonly forcedLiquidations: number;
  readonly doublingRefused: number;
  /** What calls and liquidations were made of, cost and left behind. */
  readonly margin: MarginSummary;
  readonly ruined: boolean;
  readonly ruinDate: string | null;
  readonly ruinDateReason: string | undefined;
  readonly peakMarginUse: number | null;
  readonly peakMarginUseReason: string | undefined;
  readonly returnOnMaxMargin: number | null;
  readonly returnOnMaxMarginReason: string | undefined;
  /** Figures by which the result is judged. */
  readonly evidence: EvidenceMetrics;
  readonly endedBy: EndReason;
  readonly endedDate: string | null;
  readonly endedDateReason: string | undefined;
  /** Leg-days by where the mark came from. */
  readonly coverage: Readonly<Record<Provenance, number>>;
  /** Entries considered and skipped, by reason. */
  readonly skips: Readonly<Record<string, number>>;
}

/**
 * Figures of one policy on one path.
 *
 * @param billIndex Total return index of 3-month bills, one level > 0 per row of the record.
 */
export function policyMetrics(record: RunRecord, billIndex?: Float64Array): PolicyMetrics {
  const { columns, startEquity } = record;
  const everyCloseFinite = columns.equityClose.every(Number.isFinite);
  invariant(everyCloseFinite, `equity of ${record.policy} is finite at every close`);
  const finalEquity = columns.equityClose.at(-1) ?? startEquity;
  const years = spanYears(columns.day);
  const growth = growthPerYear(finalEquity / startEquity, years);
  const overBills = growthOverBills(record, finalEquity / startEquity, billIndex);
  const volatility = annualVolatility(startEquity, columns.equityClose);
  const atClose = drawdownsAtClose(startEquity, columns.equityClose);
  const atWorst = drawdownsAtWorstMark(startEquity, columns.equityClose, columns.equityWorst);
  const tail = measured(conditionalDrawdown(atClose, 0.95), 'no session');
  const peakUse = measured(record.peakMarginUse, 'equity with loan value was <= 0');
  const onMargin = returnOnMaxMargin(finalEquity - startEquity, maxMarginUsed(record));
  const { ruinDay, endedDay } = record;
  return {
    name: record.policy,
    basis: 'path',
    startEquity,
    finalEquity,
    years,
    cagr: growth.value,
    cagrReason: growth.reason,
    cagrOverBills: overBills.value,
    cagrOverBillsReason: overBills.reason,
    annualVolatility: volatility.value,
    annualVolatilityReason: volatility.reason,
    maxDrawdownClose: largestDrawdown(atClose),
    maxDrawdownWorstMark: largestDrawdown(atWorst),
    conditionalDrawdown95: tail.value,
    conditionalDrawdown95Reason: tail.reason,
    condors: condorStatistics(record.trades),
    longestLosingRun: longestLosingRun(record.trades),
    hedge: hedgeMetrics(record.layers),
    marginWarnings: record.marginWarnings,
    marginCalls: record.marginCalls,
    forcedLiquidations: record.forcedLiquidations,
    doublingRefused: record.doublingRefused,
    margin: marginSummary(record),
    ruined: record.ruined,
    ruinDate: ruinDay === undefined ? null : formatIsoDate(ruinDay),
    ruinDateReason: ruinDay === undefined ? 'not ruined' : undefined,
    peakMarginUse: peakUse.value,
    peakMarginUseReason: peakUse.reason,
    returnOnMaxMargin: onMargin.value,
    returnOnMaxMarginReason: onMargin.reason,
    evidence: evidenceMetrics(evidenceFigures(record, billIndex)),
    endedBy: record.endedBy,
    endedDate: endedDay === undefined ? null : formatIsoDate(endedDay),
    endedDateReason: endedDay === undefined ? 'ran to the last session' : undefined,
    coverage: record.coverage,
    skips: record.skips,
  };
}

/** Calendar years (365.25 days) from the first to the last session; 0 for fewer than two. */
export function spanYears(day: Int32Array): number {
  return ((day.at(-1) ?? 0) - (day[0] ?? 0)) / 365.25;
}

/** Yearly growth of a ratio final / start over a span; unknown when either is not positive. */
export function growthPerYear(ratio: number, years: number): Measured {
  if (!(ratio > 0)) return unknown('final equity is not above 0');
  if (!(years > 0)) return unknown('fewer than two sessions');
  return measured(ratio ** (1 / years) - 1, 'growth is not a finite number');
}

/** Largest maintenance requirement at closes, dollars; 0 when nothing was ever held. */
export function maxMarginUsed(record: RunRecord): number {
  let largest = 0;
  for (const used of record.columns.marginUsed) largest = Math.max(largest, used);
  return largest;
}

/** Gain per dollar of the largest margin used; unknown when no margin was ever used. */
export function returnOnMaxMargin(gain: number, margin: number): Measured {
  if (!(margin > 0)) return unknown('no margin was ever used');
  return measured(gain / margin, 'margin used is not a finite number');
}

/** Cost, payoff and net of the layers, dollars. */
export function hedgeMetrics(layers: readonly LayerRecord[]): HedgeMetrics {
  let cost = 0;
  let payoff = 0;
  for (const layer of layers) {
    cost += layer.cost;
    payoff += layer.payoff;
  }
  const byLayer = layers.map((layer) => ({ ...layer, net: layer.payoff - layer.cost }));
  return { cost, payoff, net: payoff - cost, byLayer };
}

/** Yearly standard deviation (n − 1) of daily close-to-close returns, as a fraction. */
export function annualVolatility(startEquity: number, equityClose: Float64Array): Measured {
  const count = equityClose.length;
  if (count < 2) return unknown('fewer than two sessions');
  let previous = startEquity;
  let mean = 0;
  let squares = 0;
  for (const [index, close] of equityClose.entries()) {
    if (!(previous > 0)) {
      const day = `session ${index} of ${count}`;
      return unknown(`equity was not above 0 before ${day}`);
    }
    // Welford (1962): stable when returns are tiny against their mean.
    const step = close / previous - 1 - mean;
    mean += step / (index + 1);
    squares += step * (close / previous - 1 - mean);
    previous = close;
  }
  return measured(Math.sqrt((squares / (count - 1)) * 252), 'a return is not a finite number');
}

function growthOverBills(
  record: RunRecord,
  ratio: number,
  billIndex: Float64Array | undefined,
): Measured {
  if (billIndex === undefined) return unknown('no bill series');
  const { day } = record.columns;
  if (billIndex.length < day.length) {
    return unknown(`the bill series has ${billIndex.length} of ${day.length} sessions`);
  }
  const first = billIndex[0] ?? Number.NaN;
  const last = billIndex[day.length - 1] ?? Number.NaN;
  const bills = last / first;
  if (!(bills > 0)) return unknown('the bill series does not cover the run');
  return growthPerYear(ratio / bills, spanYears(day));
}
