import { invariant } from '../core/invariant.ts';
import type { EndReason } from '../engine/run-record.ts';
import { quantile } from '../math/quantile.ts';
import { condorAverages } from './condor-statistics.ts';
import type { CondorTotals } from './condor-statistics.ts';
import { evidenceMetrics } from './evidence-metrics.ts';
import type { EvidenceFigures, EvidenceMetrics } from './evidence-metrics.ts';
import { totalMargin } from './margin-summary.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';
import type { PathSummary } from './path-summary.ts';
import { growthPerYear, returnOnMaxMargin } from './policy-metrics.ts';
import type { HedgeMetrics, LayerMetrics, PolicyMetrics } from './policy-metrics.ts';

const BY_PATH = 'differs by path';

/**
 * Figures of one policy over many paths of equal length: medians of equity, drawdowns, volatility
 * and margin; totals of events and trades; means per path of the hedge; the longest losing run of
 * any path; ruined when any path was; ended as most paths ended.
 *
 * Domain: at least one summary, all of one policy. Sums run in path order.
 */
export function simulatedMetrics(summaries: readonly PathSummary[]): PolicyMetrics {
  const [first] = summaries;
  invariant(first !== undefined, 'at least one path is summarised');
  const { startEquity, years } = first;
  const finalEquity = medianOf(summaries.map((path) => path.finalEquity));
  const growth = growthPerYear(finalEquity / startEquity, years);
  const volatility = medianVolatility(summaries);
  const tail = measured(
    medianOf(summaries.map((path) => path.conditionalDrawdown95)),
    'no session',
  );
  const peakUse = measured(
    medianOf(summaries.map((path) => path.peakMarginUse)),
    'equity with loan value was <= 0',
  );
  const maxMargin = medianOf(summaries.map((path) => path.maxMarginUsed));
  const onMargin = returnOnMaxMargin(finalEquity - startEquity, maxMargin);
  return {
    name: first.policy,
    basis: 'paths',
    startEquity,
    finalEquity,
    years,
    cagr: growth.value,
    cagrReason: growth.reason,
    cagrOverBills: null,
    cagrOverBillsReason: BY_PATH,
    annualVolatility: volatility.value,
    annualVolatilityReason: volatility.reason,
    maxDrawdownClose: medianOf(summaries.map((path) => path.maxDrawdownClose)),
    maxDrawdownWorstMark: medianOf(summaries.map((path) => path.maxDrawdownWorstMark)),
    conditionalDrawdown95: tail.value,
    conditionalDrawdown95Reason: tail.reason,
    condors: condorAverages(totalCondors(summaries)),
    longestLosingRun: summaries.reduce((most, path) => Math.max(most, path.longestLosingRun), 0),
    hedge: meanHedge(summaries),
    marginWarnings: total(summaries, (path) => path.marginWarnings),
    marginCalls: total(summaries, (path) => path.marginCalls),
    forcedLiquidations: total(summaries, (path) => path.forcedLiquidations),
    doublingRefused: total(summaries, (path) => path.doublingRefused),
    margin: totalMargin(summaries.map((path) => path.margin)),
    ruined: summaries.some((path) => path.ruined),
    ruinDate: null,
    ruinDateReason: BY_PATH,
    peakMarginUse: peakUse.value,
    peakMarginUseReason: peakUse.reason,
    returnOnMaxMargin: onMargin.value,
    returnOnMaxMarginReason: onMargin.reason,
    evidence: medianEvidence(summaries),
    endedBy: mostFrequentEnd(summaries),
    endedDate: null,
    endedDateReason: BY_PATH,
    coverage: {
      quoted: total(summaries, (path) => path.coverage.quoted),
      calibrated: total(summaries, (path) => path.coverage.calibrated),
      regressed: total(summaries, (path) => path.coverage.regressed),
      simulated: total(summaries, (path) => path.coverage.simulated),
    },
    skips: totalSkips(summaries),
  };
}

function medianOf(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

function total(summaries: readonly PathSummary[], of: (path: PathSummary) => number): number {
  let sum = 0;
  for (const path of summaries) sum += of(path);
  return sum;
}

function medianVolatility(summaries: readonly PathSummary[]): Measured {
  const known = summaries
    .map((path) => path.annualVolatility)
    .filter((volatility) => volatility !== null);
  if (known.length < summaries.length) {
    const missing = summaries.length - known.length;
    return unknown(`equity was not above 0 throughout on ${missing} of ${summaries.length} paths`);
  }
  return measured(medianOf(known), 'a return is not a finite number');
}

/** Medians over paths; unknown where any path does not know. */
function medianEvidence(summaries: readonly PathSummary[]): EvidenceMetrics {
  const median = (name: keyof EvidenceFigures): Measured => {
    const known = summaries.map(({ evidence }) => evidence[name]).filter((value) => value !== null);
    const missing = summaries.length - known.length;
    if (missing === 0) return measured(medianOf(known), 'not a finite number');
    return unknown(
      missing === summaries.length ? BY_PATH : `unknown on ${missing} of ${summaries.length} paths`,
    );
  };
  return evidenceMetrics({
    sharpe: median('sharpe'),
    sharpeStandardError: median('sharpeStandardError'),
    sortino: median('sortino'),
    expectedShortfall95: median('expectedShortfall95'),
    ulcerIndex: median('ulcerIndex'),
    effectiveReturns: median('effectiveReturns'),
    captureRate: median('captureRate'),
    upsideBreachDrag: median('upsideBreachDrag'),
    turnover: median('turnover'),
    costs: median('costs'),
  });
}

function totalCondors(summaries: readonly PathSummary[]): CondorTotals {
  return {
    trades: total(summaries, (path) => path.condors.trades),
    wins: total(summaries, (path) => path.condors.wins),
    losses: total(summaries, (path) => path.condors.losses),
    won: total(summaries, (path) => path.condors.won),
    lost: total(summaries, (path) => path.condors.lost),
    fees: total(summaries, (path) => path.condors.fees),
    spread: total(summaries, (path) => path.condors.spread),
  };
}

function meanHedge(summaries: readonly PathSummary[]): HedgeMetrics {
  const paths = summaries.length;
  const sums = new Map<string, LayerMetrics>();
  for (const path of summaries) {
    for (const layer of path.layers) {
      const sum = sums.get(layer.sleeve);
      sums.set(layer.sleeve, sum === undefined ? layer : addLayers(sum, layer));
    }
  }
  const byLayer = [...sums.values()].map((sum) => ({
    ...sum,
    cost: sum.cost / paths,
    payoff: sum.payoff / paths,
    net: sum.net / paths,
  }));
  const cost = total(summaries, (path) => path.hedgeCost) / paths;
  const payoff = total(summaries, (path) => path.hedgePayoff) / paths;
  return { cost, payoff, net: payoff - cost, byLayer };
}

/** Adds counts and dollars; the overshoot is the largest of any path. */
function addLayers(a: LayerMetrics, b: LayerMetrics): LayerMetrics {
  return {
    sleeve: a.sleeve,
    openings: a.openings + b.openings,
    refusals: a.refusals + b.refusals,
    notListed: a.notListed + b.notListed,
    noData: a.noData + b.noData,
    triggers: a.triggers + b.triggers,
    cost: a.cost + b.cost,
    payoff: a.payoff + b.payoff,
    net: a.net + b.net,
    overshoot: Math.max(a.overshoot, b.overshoot),
    rollsProposed: a.rollsProposed + b.rollsProposed,
  };
}

function mostFrequentEnd(summaries: readonly PathSummary[]): EndReason {
  const counts = new Map<EndReason, number>();
  for (const { endedBy } of summaries) counts.set(endedBy, (counts.get(endedBy) ?? 0) + 1);
  let most: EndReason = 'completed';
  for (const [end, count] of counts) {
    if (count > (counts.get(most) ?? 0)) most = end;
  }
  return most;
}

function totalSkips(summaries: readonly PathSummary[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { skips } of summaries) {
    for (const [reason, count] of Object.entries(skips)) {
      sums.set(reason, (sums.get(reason) ?? 0) + count);
    }
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
