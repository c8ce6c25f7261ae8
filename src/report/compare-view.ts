import type { RunRecord } from '../engine/run-record.ts';
import type { SimulationOutcome } from '../evaluation/frequencies.ts';
import type { MartingaleLadder } from '../evaluation/martingale-ladder.ts';
import type { ChainMarks } from './chain-marks.ts';
import type { PolicyMetrics } from '../evaluation/policy-metrics.ts';

/** What must be equal for two reports to be equal. */
export interface ReportManifest {
  readonly codeVersion: string;
  readonly configHash: string;
  /** Hash of the market files, or null for a simulated market. */
  readonly dataHash: string | null;
  readonly dataHashReason?: string;
  /** Seed of the simulation, or null for a replay. */
  readonly seed: number | null;
  readonly seedReason?: string;
  readonly node: string;
  /** How `smaller-unhedged` was sized in the first pass; absent when it was not run. */
  readonly smallerUnhedged?: SmallerSize;
}

/** The size of `smaller-unhedged` and what it was solved for. */
export interface SmallerSize {
  /** Multiple of riskPerTrade and maxOpenRisk. */
  readonly scale: number;
  readonly riskPerTrade: number;
  readonly variant: string;
  /** Dollars per year, or the drawdown fraction, that was matched; and what the size reaches. */
  readonly target: number;
  readonly reached: number;
}

/** How far a series reaches and where its sessions come from; counts of sessions. */
export interface CoverageRow {
  readonly series: string;
  /** ISO date, or null when the series is absent. */
  readonly from: string | null;
  readonly to: string | null;
  readonly quoted: number;
  readonly calibrated: number;
  readonly regressed: number;
  readonly missing: number;
}

/** One policy of the comparison. */
export interface ComparedPolicy {
  readonly metrics: PolicyMetrics;
  /** The run itself; of a simulation, one example path. Charts need it. */
  readonly record?: RunRecord;
  /** Frequencies and quantiles over many simulated futures. */
  readonly outcome?: SimulationOutcome;
}

/** The path model of a simulated market and the recorded sessions behind its numbers. */
export interface ReportModel {
  /** As --model names it. */
  readonly kind: string;
  readonly name: string;
  /** ISO dates of the first and last session, and how many there are. */
  readonly calibration: { readonly from: string; readonly to: string; readonly sessions: number };
}

/** Input of the table, the JSON document and the page of a comparison. */
export interface CompareReport {
  readonly manifest: ReportManifest;
  /** How the market is called: 'S&P 500 and VIX history', 'simulated (LV2J-H, calibrated on ...)'. */
  readonly market: string;
  /** Absent for a replay of history. */
  readonly model?: ReportModel;
  /** ISO dates of the first and last session. */
  readonly from: string;
  readonly to: string;
  readonly policies: readonly ComparedPolicy[];
  /** Which path the records of a simulation show: 'path 17, median final equity'. */
  readonly recordLabel?: string;
  /** Options of `alvh replay` that name the market of the records. */
  readonly replayArguments?: string;
  /** Fills, marks, settlement, margin rule, data: one sentence each. */
  readonly assumptions: readonly string[];
  /** Headline figures under other assumptions: one sentence each. */
  readonly sensitivities?: readonly string[];
  readonly coverage: readonly CoverageRow[];
  /** How the size of smaller-unhedged was found. */
  readonly smallerUnhedgedNote: string;
  /** One row per structure and margin regime. */
  readonly martingale: readonly MartingaleLadder[];
  /** What marked the index options; a comparison on recorded quotes only. */
  readonly chainMarks?: ChainMarks;
}

/** Number of simulated futures of a report, or undefined for a replay of history. */
export function simulatedPaths(view: CompareReport): number | undefined {
  return view.policies.find(({ outcome }) => outcome !== undefined)?.outcome?.paths;
}

const LEADING: readonly string[] = ['alvh-45', 'smaller-unhedged', 'unhedged', 'martingale'];

/** Policies shown first and together: those of the verdict, or the first four of the report. */
export function leadingPolicies(view: CompareReport): readonly ComparedPolicy[] {
  const leading = LEADING.flatMap((name) =>
    view.policies.filter(({ metrics }) => metrics.name === name),
  );
  return leading.length >= 2 ? leading : view.policies.slice(0, 4);
}

/** Runs of a report in the order of its policies. */
export function recordsOf(view: CompareReport): readonly RunRecord[] {
  return view.policies.flatMap(({ record }) => (record === undefined ? [] : [record]));
}
