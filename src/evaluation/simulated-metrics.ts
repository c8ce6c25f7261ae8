import { invariant } from '../core/invariant.ts';
import type { Sleeve } from '../engine/run-record.ts';
import { SLEEVES } from '../engine/run-record.ts';
import { PROVENANCES } from '../market/provenance.ts';
import { condorAverages } from './condor-statistics.ts';
import type { CondorTotals } from './condor-statistics.ts';
import { evidenceMetrics } from './evidence-metrics.ts';
import type { EvidenceFigures, EvidenceMetrics } from './evidence-metrics.ts';
import { totalMargin } from './margin-summary.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';
import { mostFrequentEnd } from './frequencies.ts';
import type { PathSummary } from './path-summary.ts';
import {
  count,
  counted,
  countedUnder,
  enterAmount,
  enterMost,
  enterValue,
  knownOf,
  medianOf,
  mostOf,
  totalOf,
} from './path-tally.ts';
import type { PathTally } from './path-tally.ts';
import { growthPerYear, returnOnMaxMargin } from './policy-metrics.ts';
import type { HedgeMetrics, LayerMetrics, PolicyMetrics } from './policy-metrics.ts';

const BY_PATH = 'differs by path';

/** Figures of a path of which the median is told. */
const MEDIANS = [
  'conditionalDrawdown95',
  'annualVolatility',
  'peakMarginUse',
  'maxMarginUsed',
] as const;
/** Events of a path that are added up, and parts of a layer that are. */
const EVENTS = ['marginWarnings', 'marginCalls', 'forcedLiquidations', 'doublingRefused'] as const;
const CONDOR_COUNTS = ['trades', 'wins', 'losses'] as const;
const CONDOR_DOLLARS = ['won', 'lost', 'fees', 'spread'] as const;
const LAYER_COUNTS = [
  'openings',
  'refusals',
  'notListed',
  'noData',
  'triggers',
  'rollsProposed',
] as const;
const LAYER_DOLLARS = ['cost', 'payoff', 'net'] as const;

/** Enters the figures of a path. */
export function enterMetrics(tally: PathTally, path: number, summary: PathSummary): void {
  for (const name of MEDIANS) enterValue(tally, name, path, summary[name]);
  for (const name of EVENTS) count(tally, name, path, summary[name]);
  const { condors, evidence, coverage, skips } = summary;
  for (const name of CONDOR_COUNTS) count(tally, `condor ${name}`, path, condors[name]);
  for (const name of CONDOR_DOLLARS) enterAmount(tally, `condor ${name}`, path, condors[name]);
  for (const [name, value] of Object.entries(evidence)) {
    enterValue(tally, `evidence ${name}`, path, value);
  }
  for (const layer of summary.layers) {
    const place = `layer ${layer.sleeve} `;
    count(tally, `in ${place}`, path);
    for (const name of LAYER_COUNTS) count(tally, place + name, path, layer[name]);
    for (const name of LAYER_DOLLARS) enterAmount(tally, place + name, path, layer[name]);
    enterMost(tally, `${place}overshoot`, layer.overshoot);
  }
  enterMost(tally, 'longestLosingRun', summary.longestLosingRun);
  for (const name of PROVENANCES) count(tally, `leg-days ${name}`, path, coverage[name]);
  for (const [reason, times] of Object.entries(skips)) count(tally, SKIP + reason, path, times);
}

const SKIP = 'skipped: ';

/**
 * Figures of one policy over many paths of equal length: medians of equity, drawdowns, volatility
 * and margin; totals of events and trades; means per path of the hedge; the longest losing run of
 * any path; ruined when any path was; ended as most paths ended.
 *
 * Domain: a tally of at least one path.
 */
export function simulatedMetrics(tally: PathTally): PolicyMetrics {
  const { policy, startEquity, years } = tally;
  invariant(tally.paths > 0, 'at least one path is entered');
  const finalEquity = medianOf(tally, 'finalEquity');
  const growth = growthPerYear(finalEquity / startEquity, years);
  const volatility = medianVolatility(tally);
  const tail = measured(medianOf(tally, 'conditionalDrawdown95'), 'no session');
  const peakUse = measured(medianOf(tally, 'peakMarginUse'), 'equity with loan value was <= 0');
  const maxMargin = medianOf(tally, 'maxMarginUsed');
  const onMargin = returnOnMaxMargin(finalEquity - startEquity, maxMargin);
  return {
    name: policy,
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
    maxDrawdownClose: medianOf(tally, 'maxDrawdownClose'),
    maxDrawdownWorstMark: medianOf(tally, 'maxDrawdownWorstMark'),
    conditionalDrawdown95: tail.value,
    conditionalDrawdown95Reason: tail.reason,
    condors: condorAverages(totalCondors(tally)),
    longestLosingRun: Math.max(0, mostOf(tally, 'longestLosingRun')),
    hedge: meanHedge(tally),
    marginWarnings: counted(tally, 'marginWarnings'),
    marginCalls: counted(tally, 'marginCalls'),
    forcedLiquidations: counted(tally, 'forcedLiquidations'),
    doublingRefused: counted(tally, 'doublingRefused'),
    margin: totalMargin(tally),
    ruined: counted(tally, 'ruined') > 0,
    ruinDate: null,
    ruinDateReason: BY_PATH,
    peakMarginUse: peakUse.value,
    peakMarginUseReason: peakUse.reason,
    returnOnMaxMargin: onMargin.value,
    returnOnMaxMarginReason: onMargin.reason,
    evidence: medianEvidence(tally),
    endedBy: mostFrequentEnd(tally),
    endedDate: null,
    endedDateReason: BY_PATH,
    coverage: {
      quoted: counted(tally, 'leg-days quoted'),
      calibrated: counted(tally, 'leg-days calibrated'),
      regressed: counted(tally, 'leg-days regressed'),
      simulated: counted(tally, 'leg-days simulated'),
    },
    skips: Object.fromEntries(countedUnder(tally, SKIP).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function medianVolatility(tally: PathTally): Measured {
  const missing = tally.paths - knownOf(tally, 'annualVolatility');
  if (missing > 0) {
    return unknown(`equity was not above 0 throughout on ${missing} of ${tally.paths} paths`);
  }
  return measured(medianOf(tally, 'annualVolatility'), 'a return is not a finite number');
}

/** Medians over paths; unknown where any path does not know. */
function medianEvidence(tally: PathTally): EvidenceMetrics {
  const median = (name: keyof EvidenceFigures): Measured => {
    const known = knownOf(tally, `evidence ${name}`);
    const missing = tally.paths - known;
    if (missing === 0) return measured(medianOf(tally, `evidence ${name}`), 'not a finite number');
    return unknown(known === 0 ? BY_PATH : `unknown on ${missing} of ${tally.paths} paths`);
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

function totalCondors(tally: PathTally): CondorTotals {
  return {
    trades: counted(tally, 'condor trades'),
    wins: counted(tally, 'condor wins'),
    losses: counted(tally, 'condor losses'),
    won: totalOf(tally, 'condor won'),
    lost: totalOf(tally, 'condor lost'),
    fees: totalOf(tally, 'condor fees'),
    spread: totalOf(tally, 'condor spread'),
  };
}

function meanHedge(tally: PathTally): HedgeMetrics {
  const mean = (name: string): number => totalOf(tally, name) / tally.paths;
  const cost = mean('hedgeCost');
  const payoff = mean('hedgePayoff');
  const sleeves = SLEEVES.filter((sleeve) => counted(tally, `in layer ${sleeve} `) > 0);
  return {
    cost,
    payoff,
    net: payoff - cost,
    byLayer: sleeves.map((sleeve) => layerMetrics(tally, sleeve)),
  };
}

/** Counts over all paths, dollars per path, and the largest overshoot of any path. */
function layerMetrics(tally: PathTally, sleeve: Sleeve): LayerMetrics {
  const place = `layer ${sleeve} `;
  const total = (name: (typeof LAYER_COUNTS)[number]): number => counted(tally, place + name);
  const mean = (name: (typeof LAYER_DOLLARS)[number]): number =>
    totalOf(tally, place + name) / tally.paths;
  return {
    sleeve,
    openings: total('openings'),
    refusals: total('refusals'),
    notListed: total('notListed'),
    noData: total('noData'),
    triggers: total('triggers'),
    cost: mean('cost'),
    payoff: mean('payoff'),
    net: mean('net'),
    overshoot: mostOf(tally, `${place}overshoot`),
    rollsProposed: total('rollsProposed'),
  };
}
