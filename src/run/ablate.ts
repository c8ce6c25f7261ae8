import { loadHistoricalMarket } from '../data/historical-market.ts';
import type { RunOptions } from '../engine/context.ts';
import { recordRun } from '../engine/record-run.ts';
import { planSessions } from '../engine/session-plan.ts';
import { worthOnFutures, worthOnHistory } from '../evaluation/ablation-effects.ts';
import type { HistoryCourse, PartWorth } from '../evaluation/ablation-effects.ts';
import { summarisePath } from '../evaluation/path-summary.ts';
import { createRandomStream } from '../math/philox.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import type { Ablation } from '../strategy/ablations.ts';
import type { Policy } from '../strategy/policy.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { simulateFutures } from './simulate.ts';
import type { FuturesRequest } from './simulate.ts';

/** Bootstrap of an ablation on history: resamples, and weeks of a mean block (a condor's life). */
const REPLICATES = 2000;
const MEAN_BLOCK_WEEKS = 9;

/** Parts to ablate on recorded history. */
export interface HistoryAblation {
  readonly dir: string;
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly seed: number;
  readonly options: RunOptions;
}

/** What each part was worth on history, in the order of the ablations, with the hash of the data. */
export interface HistoryWorth {
  readonly worth: readonly PartWorth[];
  readonly dataHash: string;
}

/** Worth of every part on recorded history. */
export function ablateHistory(
  ablations: readonly Ablation[],
  request: HistoryAblation,
  progress: (done: number, total: number) => void,
): HistoryWorth {
  const { options, seed } = request;
  const market = loadHistoricalMarket({ ...request, counterfactual: options.counterfactual });
  const plan = planSessions(market.path, computeSignals(market.path));
  const policies = distinctPolicies(ablations);
  const courses = new Map<string, HistoryCourse>();
  for (const policy of policies) {
    const record = recordRun({ path: market.path, plan, policy, options, detail: 'summary' });
    const { equityClose } = record.columns;
    courses.set(keyOf(policy), { ...summarisePath(record), equityClose });
    progress(courses.size, policies.length);
  }
  const settings = {
    stream: createRandomStream(seed),
    replicates: REPLICATES,
    meanBlock: MEAN_BLOCK_WEEKS,
  };
  const worth = ablations.map((ablation) =>
    worthOnHistory(found(courses, ablation.with), found(courses, ablation.without), settings),
  );
  return { worth, dataHash: market.dataHash };
}

/** Worth of every part over common simulated futures, in the order of the ablations. */
export async function ablateFutures(
  ablations: readonly Ablation[],
  request: Omit<FuturesRequest, 'policies'>,
  workerUrl: URL,
  progress: (done: number, total: number) => void,
): Promise<readonly PartWorth[]> {
  const policies = distinctPolicies(ablations);
  const summaries = await simulateFutures({ ...request, policies }, workerUrl, progress);
  const byPolicy = new Map(policies.map((policy, i) => [keyOf(policy), summaries[i] ?? []]));
  return ablations.map((ablation) =>
    worthOnFutures(found(byPolicy, ablation.with), found(byPolicy, ablation.without)),
  );
}

function distinctPolicies(ablations: readonly Ablation[]): readonly Policy[] {
  const policies = ablations.flatMap((ablation) => [ablation.with, ablation.without]);
  return [...new Map(policies.map((policy) => [keyOf(policy), policy])).values()];
}

function keyOf(policy: Policy): string {
  return JSON.stringify(policy);
}

function found<T>(known: ReadonlyMap<string, T>, policy: Policy): T {
  const value = known.get(keyOf(policy));
  if (value === undefined) throw new Error(`no run of ${policy.name} is known: a program fault`);
  return value;
}
