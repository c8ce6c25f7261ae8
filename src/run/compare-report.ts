import type { ColumnCoverage } from '../data/sourced-column.ts';
import type { RunOptions } from '../engine/context.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { aggregate } from '../evaluation/frequencies.ts';
import { markStatistics } from '../evaluation/mark-errors.ts';
import { EARLY_PATHS, medianFuture } from '../evaluation/median-future.ts';
import type { PathTally } from '../evaluation/path-tally.ts';
import { martingaleLadder } from '../evaluation/martingale-ladder.ts';
import type { MartingaleLadder } from '../evaluation/martingale-ladder.ts';
import { policyMetrics } from '../evaluation/policy-metrics.ts';
import { simulatedMetrics } from '../evaluation/simulated-metrics.ts';
import { formatUsd } from '../report/format-number.ts';
import type { CompareReport, CoverageRow, ReportManifest } from '../report/compare-view.ts';
import { LV2JH_SPEC } from '../simulation/path-spec.ts';
import type { PathSpec } from '../simulation/path-spec.ts';
import type { Policy } from '../strategy/policy.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import { ACCEPTANCE_YEARS, acceptanceLines } from './acceptance-lines.ts';
import {
  commonAssumptions,
  fallbackSentence,
  quantileSentence,
  quoteAssumptions,
} from './assumptions.ts';
import { billIndex } from './bill-index.ts';
import type { HistoryComparison } from './compare-history.ts';
import type { Sensitivity } from './sensitivities.ts';
import type { SimulationComparison, SimulationRequest } from './compare-simulation.ts';
import { historyOf, pathModelOf } from './load-path-model.ts';
import { modelLines, modelText, reportModel } from './model-lines.ts';
import { runOnPath } from './run-block.ts';
import { HEDGED, SMALLER } from './smaller-policies.ts';
import { scaledPolicy } from './solve-smaller.ts';
import type { SmallerSolution } from './solve-smaller.ts';

/** The report of a comparison on history. */
export function historyReport(
  found: HistoryComparison,
  policies: readonly Policy[],
  options: RunOptions,
  manifest: ReportManifest,
): CompareReport {
  const { path } = found.market;
  const bills = billIndex(path);
  return {
    manifest: withSmaller(manifest, found.smaller, policies),
    market: options.counterfactual
      ? 'S&P 500 and VIX history, counterfactual layers'
      : 'S&P 500 and VIX history',
    from: isoDay(path.day[path.start]),
    to: isoDay(path.day[path.length - 1]),
    policies: found.records.map((record) => ({ metrics: policyMetrics(record, bills), record })),
    // A replay has model marks only.
    ...(found.chains === undefined && {
      replayArguments: `--data DIR --from ${isoDay(path.day[path.start])} --to ${isoDay(path.day[path.length - 1])}`,
    }),
    assumptions: [
      ...(found.chains === undefined ? [] : quoteAssumptions(found.chains.modelMarks)),
      ...commonAssumptions(options),
      ...found.market.notes,
    ],
    sensitivities: found.sensitivities.map(sensitivityLine),
    coverage: coverageRows(found.market.coverage),
    smallerUnhedgedNote: smallerNote(found.smaller),
    martingale: ladders(found.records, policies, options),
    ...chainMarks(found),
  };
}

function chainMarks({ chains, records }: HistoryComparison): Pick<CompareReport, 'chainMarks'> {
  if (chains === undefined) return {};
  return {
    chainMarks: {
      sessions: chains.chains.spx.size,
      leftOut: chains.chains.leftOut,
      fallback: fallbackSentence(chains.modelMarks),
      policies: records.flatMap((record) => {
        const statistics = markStatistics(record);
        return statistics === undefined ? [] : [{ ...statistics, rows: record.legDays ?? [] }];
      }),
    },
  };
}

/** The report of a comparison on simulated futures; charts show the median path of the hedge. */
export function simulationReport(
  found: SimulationComparison,
  request: Omit<SimulationRequest, 'smaller'>,
  manifest: ReportManifest,
): CompareReport {
  const { model: spec = LV2JH_SPEC, data } = request;
  const history = historyOf(spec, data);
  const shown = shownFuture(found, request.policies);
  const path = pathModelOf(spec, request.years, history, data).generate(request.seed, shown);
  const model = reportModel(spec);
  const policies = request.policies.map((policy) =>
    policy.name === SMALLER ? scaledPolicy(policy, found.smaller?.scale ?? 1) : policy,
  );
  const records = runOnPath(path, policies, request.options, 'full');
  return {
    manifest: withSmaller(manifest, found.smaller, request.policies),
    market: `simulated (${modelText(model)})`,
    model,
    from: isoDay(path.day[path.start]),
    to: isoDay(path.day[path.length - 1]),
    policies: records.flatMap((record, index) => {
      const tally = found.tallies[index];
      if (tally === undefined) return [];
      return [{ metrics: simulatedMetrics(tally), record, outcome: aggregate(tally) }];
    }),
    recordLabel: shownLabel(shown, request.paths, found.tallies),
    replayArguments: `--future ${shown} --years ${request.years} --seed ${request.seed}${modelArguments(spec)}`,
    assumptions: [
      ...commonAssumptions(request.options),
      quantileSentence(found.tallies),
      ...modelLines(spec, request),
      // History needs no comparison with itself.
      ...(spec.kind === 'history'
        ? []
        : acceptanceLines(pathModelOf(spec, ACCEPTANCE_YEARS, history, data))),
    ],
    sensitivities: [],
    coverage: [],
    smallerUnhedgedNote: smallerNote(found.smaller),
    martingale: ladders(records, policies, request.options),
  };
}

/** Options that name a path model and its window. */
function modelArguments(spec: PathSpec): string {
  if (spec.kind === 'lv2jh') return '';
  const { from, to } = spec.window;
  return ` --model ${spec.kind} --data DIR --from ${isoDay(from)} --to ${isoDay(to)}`;
}

/** The future that stands for all: by the hedged policy, else the first. */
function shownFuture({ tallies }: SimulationComparison, policies: readonly Policy[]): number {
  const hedged = policies.findIndex((policy) => policy.name === HEDGED);
  const tally = tallies[Math.max(0, hedged)];
  return tally === undefined ? 0 : medianFuture(tally);
}

function shownLabel(shown: number, paths: number, [tally]: readonly PathTally[]): string {
  return tally?.kind === 'sketched'
    ? `future ${shown} of ${paths}, of the first ${EARLY_PATHS} the nearest to the median final equity`
    : `future ${shown} of ${paths}, the median final equity`;
}

function ladders(
  records: readonly RunRecord[],
  policies: readonly Policy[],
  options: RunOptions,
): readonly MartingaleLadder[] {
  const rows: MartingaleLadder[] = [];
  for (const [index, record] of records.entries()) {
    const policy = policies[index];
    if (policy === undefined || policy.sizing.kind !== 'martingale') continue;
    rows.push(
      martingaleLadder(record, {
        structure: policy.base,
        regime: `${options.regime === 'portfolio' ? 'portfolio margin' : 'Reg T'} (${options.profile.name})`,
      }),
    );
  }
  return rows;
}

/** A headline figure under another assumption, as a sentence. */
function sensitivityLine({ label, record }: Sensitivity): string {
  const metrics = policyMetrics(record);
  const medium = record.layers.find(({ sleeve }) => sleeve === 'medium');
  const layer =
    medium === undefined
      ? ''
      : `; the medium layer fired ${medium.triggers} times and opened ${medium.openings}`;
  return (
    `${label}: ${metrics.name} ended at ${formatUsd(metrics.finalEquity)}, worst-mark drawdown ` +
    `${(100 * metrics.maxDrawdownWorstMark).toFixed(1)} %, hedge payoff less cost ` +
    `${formatUsd(metrics.hedge.net)}${layer}.`
  );
}

function coverageRows(coverage: Readonly<Record<string, ColumnCoverage>>): readonly CoverageRow[] {
  return Object.entries(coverage).map(([series, column]) => ({
    series,
    from: column.firstDay === undefined ? null : isoDay(column.firstDay),
    to: column.lastDay === undefined ? null : isoDay(column.lastDay),
    quoted: column.quoted,
    calibrated: column.calibrated,
    regressed: column.regressed,
    missing: column.missing,
  }));
}

/** The manifest with the size of `smaller-unhedged`. */
function withSmaller(
  manifest: ReportManifest,
  solution: SmallerSolution | undefined,
  policies: readonly Policy[],
): ReportManifest {
  if (solution === undefined) return manifest;
  const { scale, variant, target, reached } = solution;
  const base = policies.find((policy) => policy.name === SMALLER)?.sizing.riskPerTrade ?? 0;
  const riskPerTrade = base * scale;
  return { ...manifest, smallerUnhedged: { scale, riskPerTrade, variant, target, reached } };
}

function smallerNote(solution: SmallerSolution | undefined): string {
  if (solution === undefined) return 'smaller-unhedged was not run.';
  return (
    `smaller-unhedged runs at ${(100 * solution.scale).toFixed(1)} % of the unhedged size ` +
    `(${solution.variant}). ${solution.note}`
  );
}

function isoDay(day: number | undefined): string {
  return formatIsoDate(asEpochDay(day ?? 0));
}
