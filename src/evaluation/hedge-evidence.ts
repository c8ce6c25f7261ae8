import type { RunRecord } from '../engine/run-record.ts';
import { optimalBlockLengths } from '../math/block-length.ts';
import { holmAdjusted } from '../math/multiple-testing.ts';
import type { RandomStream } from '../math/philox.ts';
import { backtestOverfitting } from './backtest-overfitting.ts';
import { drawdownsAtClose, largestDrawdown } from './drawdown.ts';
import { returnsOf } from './evidence-metrics.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';
import { pairedIntervals } from './paired-intervals.ts';
import type { PairedIntervals } from './paired-intervals.ts';
import { hedgeMetrics } from './policy-metrics.ts';
import { deflatedSharpe, sharpeSample } from './sharpe-evidence.ts';
import { superiorAbility } from './superior-ability.ts';
import type { SuperiorAbility } from './superior-ability.ts';

/** What one policy shows against the reference. */
export interface PolicyEvidence {
  readonly policy: string;
  /** Policy minus reference. */
  readonly difference: PairedIntervals;
  /** p-values of the two differences, corrected for all policies and both measures. */
  readonly cagrHolm: Measured;
  readonly conditionalDrawdown95Holm: Measured;
  /** Dollars of largest drawdown saved per dollar of hedge cost; negative when none was saved. */
  readonly hedgeEfficiency: Measured;
  /** Probability that the Sharpe ratio of its advantage is real, after all policies were tried. */
  readonly deflatedSharpe: Measured;
}

/** Whether hedged policies beat a reference, once all that were tried are counted. */
export interface HedgeEvidence {
  readonly reference: string;
  /** Mean block of the resamples, sessions. */
  readonly meanBlock: number;
  readonly replicates: number;
  readonly policies: readonly PolicyEvidence[];
  /** "No policy beats the reference" in mean daily return. */
  readonly superior: SuperiorAbility;
  /** Probability that the best of all policies, the reference included, is a lucky find. */
  readonly overfitting: Measured;
}

/** Runs on the same sessions and how to resample them. */
export interface HedgeEvidenceInputs {
  readonly reference: RunRecord;
  readonly policies: readonly RunRecord[];
  readonly stream: RandomStream;
  /** 2,000 unless told. */
  readonly replicates?: number;
  /** Configurations tried in all, also those not shown; the policies unless told. */
  readonly trials?: number;
}

/** Shortest mean block, sessions: the life of a 45-day trade. */
const SHORTEST_BLOCK = 31;
const SESSIONS = 252;
/** Blocks of the cross-validation: 70 splits. */
const BLOCKS = 8;

/**
 * Evidence for policies against a reference on common sessions: paired intervals, correction for
 * the number of tests, deflated Sharpe ratio of the advantage, reality check and overfitting.
 *
 * The mean block is the longest automatic one of the advantages, at least the life of a trade.
 */
export function hedgeEvidence(inputs: HedgeEvidenceInputs): HedgeEvidence {
  const { reference, policies, stream } = inputs;
  const replicates = inputs.replicates ?? 2000;
  const base = returnsOf(reference);
  const all = policies.map(returnsOf);
  const advantage = all.map((series) => series.map((value, i) => value - (base[i] ?? Number.NaN)));
  const meanBlock = blockOf(advantage);
  const settings = { stream, replicates, meanBlock };
  const differences = all.map((first) =>
    pairedIntervals({ first, second: base, periodsPerYear: SESSIONS }, settings),
  );
  const adjusted = holmAdjusted(
    differences.flatMap(({ cagr, conditionalDrawdown95 }) => [
      cagr.pValue.value ?? Number.NaN,
      conditionalDrawdown95.pValue.value ?? Number.NaN,
    ]),
  );
  const samples = advantage.map(sharpeSample);
  const tried = {
    trials: inputs.trials ?? policies.length,
    variance: variance(samples.map(({ sharpe }) => sharpe)),
  };
  return {
    reference: reference.policy,
    meanBlock,
    replicates,
    policies: policies.map((policy, i) => ({
      policy: policy.policy,
      difference: differences[i] ?? pairedIntervals(NO_RETURNS, settings),
      cagrHolm: measured(adjusted[2 * i] ?? Number.NaN, 'no p-value'),
      conditionalDrawdown95Holm: measured(adjusted[2 * i + 1] ?? Number.NaN, 'no p-value'),
      hedgeEfficiency: hedgeEfficiency(policy, reference),
      deflatedSharpe: deflated(samples[i], tried),
    })),
    superior: superiorAbility(advantage, settings),
    overfitting: backtestOverfitting({ returns: [base, ...all], blocks: BLOCKS }).probability,
  };
}

const NO_RETURNS = {
  first: new Float64Array(0),
  second: new Float64Array(0),
  periodsPerYear: SESSIONS,
};

/** Daily returns; NaN throughout where the account fell to 0, so that every figure is unknown. */
function blockOf(advantage: readonly Float64Array[]): number {
  const automatic = advantage
    .map((series) => optimalBlockLengths(series).stationary)
    .filter((length) => length >= 1);
  return Math.max(SHORTEST_BLOCK, ...automatic);
}

function deflated(
  sample: ReturnType<typeof sharpeSample> | undefined,
  tried: { readonly trials: number; readonly variance: number },
): Measured {
  if (sample === undefined) return unknown('no returns');
  if (!(tried.trials >= 1)) return unknown(`trials must be >= 1, was ${tried.trials}`);
  // One trial has no spread and nothing to deflate.
  const spread = tried.trials === 1 ? { trials: 1, variance: 0 } : tried;
  return measured(
    deflatedSharpe(sample, spread),
    tried.trials > 1 && !Number.isFinite(tried.variance)
      ? 'the Sharpe ratios of the trials have no known variance'
      : 'the advantage does not vary',
  );
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return squares / (values.length - 1);
}

/**
 * Dollars by which hedges cut the largest drawdown at closes (as fractions of the peak, times start
 * equity), per dollar that they cost; unknown without a hedge.
 */
export function hedgeEfficiency(hedged: RunRecord, unhedged: RunRecord): Measured {
  const { cost } = hedgeMetrics(hedged.layers);
  if (!(cost > 0)) return unknown('no hedge was paid for');
  const saved = maxDrawdown(unhedged) - maxDrawdown(hedged);
  return measured((saved * hedged.startEquity) / cost, 'a drawdown is not a finite number');
}

function maxDrawdown({ startEquity, columns }: RunRecord): number {
  return largestDrawdown(drawdownsAtClose(startEquity, columns.equityClose));
}
