import { loadHistoricalMarket } from '../data/historical-market.ts';
import { dailyReturns, excessReturns } from '../evaluation/evidence-metrics.ts';
import { gridEvidence } from '../evaluation/grid-evidence.ts';
import { hedgeEvidence } from '../evaluation/hedge-evidence.ts';
import { effectiveSampleSize } from '../math/autocorrelation.ts';
import { measured, unknown } from '../evaluation/measured.ts';
import type {
  MeasuredEvidence,
  PlaceboEvidence,
  SharpeKnowledge,
} from '../evaluation/measured-evidence.ts';
import {
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeSample,
} from '../evaluation/sharpe-evidence.ts';
import { sharpeRatio } from '../evaluation/sharpe-ratio.ts';
import { breakEvenSpreads, SPREAD_MULTIPLES } from '../evaluation/slippage.ts';
import type { SlippageRow } from '../evaluation/slippage.ts';
import { planSessions } from '../engine/session-plan.ts';
import { recordRun } from '../engine/record-run.ts';
import type { RunOptions } from '../engine/context.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { createRandomStream } from '../math/philox.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import type { Policy } from '../strategy/policy.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { billIndex } from './bill-index.ts';
import { withPlaceboSignals } from './placebo-signals.ts';

const SESSIONS = 252;
const CONFIDENCE = 0.95;
/** Numbers of the random streams: resamples, and shifts of placebo signals. */
const RESAMPLES = 0;
const SHIFTS = 1;

/** What to hold against the evidence. */
export interface EvidenceRequest {
  readonly dir: string;
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly seed: number;
  readonly reference: Policy;
  readonly policies: readonly Policy[];
  /** The policy whose signals are replaced by placebos. */
  readonly hedged: Policy;
  readonly placebos: number;
  /** Configurations of the grid, and which of them is the policy as it is. */
  readonly grid: readonly Policy[];
  readonly shipped: number;
  readonly options: RunOptions;
}

/**
 * Runs all policies, the grid and the placebos over one history.
 *
 * Errors: those of `loadHistoricalMarket`.
 */
export function measureEvidence(
  request: EvidenceRequest,
  progress: (done: number, total: number) => void,
): MeasuredEvidence {
  const { options, seed, policies, reference, hedged, grid } = request;
  const market = loadHistoricalMarket({ ...request, counterfactual: options.counterfactual });
  const { path } = market;
  const plan = planSessions(path, computeSignals(path));
  const total =
    policies.length +
    grid.length +
    request.placebos +
    2 +
    SPREAD_MULTIPLES.length * (policies.length + 1);
  let done = 0;
  const run = (policy: Policy, on = { path, plan }, spreads = 1): RunRecord => {
    const record = recordRun({
      ...on,
      policy,
      options: { ...options, spreads },
      detail: 'summary',
    });
    done += 1;
    progress(done, total);
    return record;
  };
  const base = run(reference);
  const records = policies.map((policy) => run(policy));
  const bills = billIndex(path);
  const cells = grid.map((policy) => run(policy));
  const trials = policies.length + grid.length;
  const stream = createRandomStream(seed, RESAMPLES);
  return {
    dataHash: market.dataHash,
    trials,
    sharpes: [base, ...records].map((record) => sharpeKnowledge(record, bills)),
    hedges: hedgeEvidence({ reference: base, policies: records, stream, trials }),
    grid: gridEvidence(
      cells.map((record) => overBills(record, bills)),
      request.shipped,
    ),
    gridGrowth: cells.map(growthOf),
    gridDays: base.columns.day.subarray(1),
    slippage: [reference, ...policies].map((policy, place) =>
      slippageOf(policy, {
        stated: growthOf(records[place - 1] ?? base),
        growthAt: (spreads) => growthOf(run(policy, undefined, spreads)),
        delayed: growthOf(run({ ...policy, fill: 'next-close' })),
        bills: growthOfBills(bills),
      }),
    ),
    billGrowth: growthOfBills(bills),
    placebo: placeboEvidence(request, (shift) =>
      finalEquity(run(hedged, shift === 0 ? undefined : withPlaceboSignals(path, plan, shift))),
    ),
  };
}

/** A policy at every multiple of the spreads; the stated ones are run already. */
function slippageOf(
  { name }: Policy,
  found: {
    readonly stated: number;
    readonly growthAt: (spreads: number) => number;
    readonly delayed: number;
    readonly bills: number;
  },
): SlippageRow {
  const growth = SPREAD_MULTIPLES.map((spreads) =>
    spreads === 1 ? found.stated : found.growthAt(spreads),
  );
  return {
    policy: name,
    growth,
    delayed: found.delayed,
    breakEven: breakEvenSpreads(SPREAD_MULTIPLES, growth, found.bills),
  };
}

function growthOfBills(bills: Float64Array): number {
  const years = bills.length / SESSIONS;
  return ((bills.at(-1) ?? Number.NaN) / (bills[0] ?? Number.NaN)) ** (1 / years) - 1;
}

function placeboEvidence(
  { hedged, placebos, seed }: EvidenceRequest,
  equityAfter: (shift: number) => number,
): PlaceboEvidence {
  const stream = createRandomStream(seed, SHIFTS);
  const truth = equityAfter(0);
  const others = Array.from({ length: placebos }, (_, placebo) => {
    // At least a year away from the truth on either side of the circle.
    const share = stream.uniform(placebo, 0, 0);
    return equityAfter(SESSIONS + Math.floor(share * 4 * SESSIONS));
  });
  const asGood = others.filter((equity) => equity >= truth).length;
  return {
    policy: hedged.name,
    finalEquity: truth,
    placebos: others,
    pValue: (asGood + 1) / (placebos + 1),
  };
}

function sharpeKnowledge(record: RunRecord, bills: Float64Array): SharpeKnowledge {
  const { policy } = record;
  const returns = overBills(record, bills);
  const { ratio, standardError } = sharpeRatio(returns, { periodsPerYear: SESSIONS });
  const sample = sharpeSample(returns);
  const effective = effectiveSampleSize(returns);
  const independent = { ...sample, count: Math.min(sample.count, effective) };
  const needed = minimumTrackRecord(independent, 0, CONFIDENCE);
  // Dependent returns take longer to say as much.
  const years = (needed * (sample.count / independent.count)) / SESSIONS;
  return {
    policy,
    sharpe: ratio,
    standardError,
    aboveZero: measured(probabilisticSharpe(independent, 0), 'returns do not vary'),
    yearsNeeded:
      needed === Number.POSITIVE_INFINITY
        ? unknown('the Sharpe ratio is not above 0')
        : measured(years, 'returns do not vary'),
    sessions: returns.length,
    effectiveSessions: measured(effective, 'returns do not vary'),
  };
}

/** Daily returns over bills from the second session on; NaN throughout where there are none. */
function overBills({ startEquity, columns }: RunRecord, bills: Float64Array): Float64Array {
  const returns = excessReturns(dailyReturns(startEquity, columns.equityClose), bills);
  return returns.kind === 'returns'
    ? returns.values
    : new Float64Array(Math.max(0, columns.equityClose.length - 1)).fill(Number.NaN);
}

function finalEquity({ startEquity, columns }: RunRecord): number {
  return columns.equityClose.at(-1) ?? startEquity;
}

function growthOf(record: RunRecord): number {
  const years = record.columns.equityClose.length / SESSIONS;
  const multiple = finalEquity(record) / record.startEquity;
  return multiple > 0 ? multiple ** (1 / years) - 1 : -1;
}
