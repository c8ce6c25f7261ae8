import { invariant } from '../core/invariant.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { crisisOutcomes } from '../evaluation/crisis-windows.ts';
import type { CrisisOutcome } from '../evaluation/crisis-windows.ts';
import type { OutcomeQuantile, SimulationOutcome } from '../evaluation/frequencies.ts';
import type { Frequency } from '../evaluation/frequency.ts';
import type { LossRuns } from '../evaluation/loss-runs.ts';
import { secondEngineFigures } from '../evaluation/second-engine-figures.ts';
import type { StartStratum } from '../evaluation/start-strata.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { chainMarksJson } from './chain-marks.ts';
import { simulatedPaths } from './compare-view.ts';
import type { ComparedPolicy, CompareReport } from './compare-view.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { marginEventJson, marginJson } from './margin-json.ts';
import { verdictOf } from './section-summary.ts';

/** The comparison as a document of schema `alvh/compare/1`. */
export interface CompareDocument {
  readonly schema: string;
  readonly [key: string]: JsonValue;
}

const NO_TRIAL = 'no episode or path to count';

/**
 * The comparison for machines. Unknown figures are null with a sibling `<name>Reason`; a number
 * that is not finite is a programmer error and throws.
 */
export function compareJson(view: CompareReport, schema = 'alvh/compare/1'): CompareDocument {
  const { manifest } = view;
  const document: CompareDocument = {
    schema,
    manifest: {
      codeVersion: manifest.codeVersion,
      configHash: manifest.configHash,
      dataHash: manifest.dataHash,
      dataHashReason:
        manifest.dataHash === null ? (manifest.dataHashReason ?? 'simulated market') : undefined,
      seed: manifest.seed,
      seedReason: manifest.seed === null ? (manifest.seedReason ?? 'replay of history') : undefined,
      node: manifest.node,
      smallerUnhedged:
        manifest.smallerUnhedged === undefined ? undefined : { ...manifest.smallerUnhedged },
    },
    market: view.market,
    model:
      view.model === undefined
        ? undefined
        : { ...view.model, calibration: { ...view.model.calibration } },
    from: view.from,
    to: view.to,
    paths: simulatedPaths(view),
    quantiles: quantilesOf(view),
    verdict: verdictJson(view),
    policies: view.policies.map((policy) => policyJson(policy)),
    martingale: view.martingale.map((ladder) => ({
      ...ladder,
      endedDateReason: ladder.endedDate === null ? 'ran to the last session' : undefined,
      steps: ladder.steps.map((step) => ({ ...step, day: formatIsoDate(step.day) })),
    })),
    assumptions: view.assumptions,
    sensitivities: view.sensitivities,
    smallerUnhedged: view.smallerUnhedgedNote,
    coverage: view.coverage.map((row) => ({
      ...row,
      fromReason: row.from === null ? 'series absent' : undefined,
      toReason: row.to === null ? 'series absent' : undefined,
    })),
    chainMarks: chainMarksJson(view),
  };
  assertFinite(document, 'document');
  return document;
}

/** How quantiles over futures are known; absent for a replay. */
function quantilesOf({ policies }: CompareReport): JsonValue | undefined {
  const outcome = policies.find((policy) => policy.outcome !== undefined)?.outcome;
  return outcome === undefined ? undefined : { ...outcome.quantiles };
}

function verdictJson(view: CompareReport): JsonValue {
  const { headline, sentences } = verdictOf(view);
  return { headline, sentences: sentences.map(({ topic, text }) => ({ topic, text })) };
}

function policyJson({ metrics, record, outcome }: ComparedPolicy): JsonValue {
  const { hedge, margin, ...rest } = metrics;
  const historical = record !== undefined && outcome === undefined;
  return {
    ...rest,
    condors: { ...metrics.condors, costs: { ...metrics.condors.costs } },
    hedge: { ...hedge, byLayer: hedge.byLayer.map((layer) => ({ ...layer })) },
    margin: marginJson(margin),
    marginEvents: historical ? record.marginEvents.map(marginEventJson) : undefined,
    secondEngine: historical ? engineJson(record) : undefined,
    crises: historical ? crisisOutcomes(record).map((crisis) => crisisJson(crisis)) : undefined,
    ...(outcome === undefined ? {} : outcomeJson(outcome)),
  };
}

/** The second engine beside the account; undefined without one. */
function engineJson({ secondEngine, columns }: RunRecord): JsonValue {
  if (secondEngine === undefined) return undefined;
  const { correlation, shareAboveWarning, ...rest } = secondEngineFigures(
    secondEngine,
    columns.equityClose,
  );
  return {
    ...rest,
    ...figure('correlation', correlation.value ?? undefined, correlation.reason ?? ''),
    ...figure(
      'shareAboveWarning',
      shareAboveWarning.value ?? undefined,
      shareAboveWarning.reason ?? '',
    ),
  };
}

function crisisJson(outcome: CrisisOutcome): JsonValue {
  const { window, pnl, pnlReason, drawdownClose, drawdownWorstMark } = outcome;
  return {
    name: window.name,
    from: window.from,
    to: window.to,
    pnl,
    pnlReason,
    drawdownClose,
    drawdownCloseReason: pnlReason,
    drawdownWorstMark,
    drawdownWorstMarkReason: pnlReason,
  };
}

function outcomeJson(outcome: SimulationOutcome): { readonly [key: string]: JsonValue } {
  return {
    paths: outcome.paths,
    pMarginCall: frequencyJson(outcome.pMarginCall),
    pForcedLiquidation: frequencyJson(outcome.pForcedLiquidation),
    pRuin: frequencyJson(outcome.pRuin),
    pDoublingRefused: frequencyJson(outcome.pDoublingRefused),
    pLoss: frequencyJson(outcome.pLoss),
    pDrawdown50Given5: frequencyJson(outcome.pDrawdown50Given5),
    terminalEquity: quantilesJson(outcome.terminalEquity),
    drawdownClose: quantilesJson(outcome.drawdownClose),
    drawdownWorstMark: quantilesJson(outcome.drawdownWorstMark),
    meanFinalEquity: outcome.meanFinalEquity,
    endings: { ...outcome.endings },
    finalEquityDots: outcome.finalEquityDots,
    drawdownDots: outcome.drawdownDots,
    fan: { years: outcome.fan.years, lines: outcome.fan.lines.map((line) => ({ ...line })) },
    yearsTo: {
      marginCall: quantilesJson(outcome.yearsTo.marginCall),
      forcedLiquidation: quantilesJson(outcome.yearsTo.forcedLiquidation),
      ruin: quantilesJson(outcome.yearsTo.ruin),
    },
    lossRuns: lossRunsJson(outcome.lossRuns),
    strata: outcome.strata.map((stratum) => stratumJson(stratum)),
  };
}

function lossRunsJson({ loss, lossAfterLoss, lossAfterGain, runs }: LossRuns): JsonValue {
  return {
    loss: frequencyJson(loss),
    lossAfterLoss: frequencyJson(lossAfterLoss),
    lossAfterGain: frequencyJson(lossAfterGain),
    runs: runs.map(({ length, observed, independent, markov }) => ({
      length,
      observed: frequencyJson(observed),
      ...figure('independent', independent, 'no result'),
      ...figure('markov', markov, 'no result'),
    })),
  };
}

function stratumJson(stratum: StartStratum): JsonValue {
  return {
    vixFrom: stratum.from,
    ...figure('vixBelow', stratum.below, 'no upper end'),
    paths: stratum.paths,
    pMarginCall: frequencyJson(stratum.marginCall),
    pForcedLiquidation: frequencyJson(stratum.forcedLiquidation),
    pRuin: frequencyJson(stratum.ruin),
    pLoss: frequencyJson(stratum.endsBelowStart),
    ...figure('medianDrawdown', stratum.medianDrawdown, 'no path'),
  };
}

function quantilesJson(quantiles: readonly OutcomeQuantile[]): JsonValue {
  return quantiles.map(({ probability, value }) => ({ probability, value }));
}

function frequencyJson({ estimate, low, high, count, trials }: Frequency): JsonValue {
  const reason = estimate === null ? NO_TRIAL : undefined;
  return {
    estimate,
    estimateReason: reason,
    low,
    lowReason: reason,
    high,
    highReason: reason,
    count,
    trials,
  };
}

function assertFinite(value: JsonValue, place: string): void {
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), `${place} is finite, was ${value}`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) assertFinite(inner, `${place}.${key}`);
  }
}
