import { historicalMarket } from '../data/historical-market.ts';
import type { HistoricalMarket } from '../data/historical-market.ts';
import { readMarketFolder } from '../data/market-folder.ts';
import type { MarketFolder } from '../data/market-folder.ts';
import type { RunOptions } from '../engine/context.ts';
import { recordRun } from '../engine/record-run.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { planSessions } from '../engine/session-plan.ts';
import type { SessionPlan } from '../engine/session-plan.ts';
import type { MarketPath } from '../market/market-path.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import type { Policy } from '../strategy/policy.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { firstPassOfRecord } from './first-pass.ts';
import { variantsOf } from './sensitivities.ts';
import type { Sensitivity, Variant } from './sensitivities.ts';
import { HEDGED, SMALLER, UNHEDGED } from './smaller-policies.ts';
import type { SmallerPolicies } from './smaller-policies.ts';
import { scaledPolicy, solveSmaller } from './solve-smaller.ts';
import type { SmallerSolution } from './solve-smaller.ts';

/** A comparison on recorded history, after arguments and files were validated. */
export interface HistoryRequest {
  readonly dir: string;
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly policies: readonly Policy[];
  /** The shipped policies that size `smaller-unhedged`. */
  readonly smaller: SmallerPolicies;
  readonly options: RunOptions;
}

/** What a comparison on history found, in the order of the policies asked for. */
export interface HistoryComparison {
  readonly market: HistoricalMarket;
  readonly records: readonly RunRecord[];
  /** Undefined when `smaller-unhedged` was not asked for. */
  readonly smaller: SmallerSolution | undefined;
  /** Headline figures under other assumptions. */
  readonly sensitivities: readonly Sensitivity[];
}

/** Runs every policy over the same history; progress is told by finished policy. */
export async function compareHistory(
  request: HistoryRequest,
  progress: (done: number, total: number, name: string) => void,
): Promise<HistoryComparison> {
  const { options } = request;
  const folder = readMarketFolder(request.dir);
  const { counterfactual } = options;
  const market = historicalMarket(folder, { ...request, counterfactual });
  const plan = planSessions(market.path, computeSignals(market.path));
  const run = (policy: Policy): RunRecord =>
    recordRun({ path: market.path, plan, policy, options, detail: 'full' });
  const first = new Map<string, RunRecord>();
  const once = (policy: Policy): RunRecord => {
    const key = JSON.stringify(policy);
    const known = first.get(key);
    if (known !== undefined) return known;
    const record = run(policy);
    first.set(key, record);
    return record;
  };
  const wanted = request.policies.some((policy) => policy.name === SMALLER);
  let smaller: SmallerSolution | undefined;
  if (wanted) {
    smaller = await solveSmaller(
      firstPassOfRecord(once(request.smaller[UNHEDGED])),
      firstPassOfRecord(once(request.smaller[HEDGED])),
      (scale) => {
        const policy = scaledPolicy(request.smaller[UNHEDGED], scale);
        const record = recordRun({ path: market.path, plan, policy, options, detail: 'summary' });
        return Promise.resolve(firstPassOfRecord(record));
      },
    );
  }
  const records: RunRecord[] = [];
  for (const policy of request.policies) {
    const scale = policy.name === SMALLER ? (smaller?.scale ?? 1) : 1;
    records.push(scale === 1 ? once(policy) : run(scaledPolicy(policy, scale)));
    progress(records.length, request.policies.length, policy.name);
    await yieldToSignals();
  }
  const sensitivities = request.policies
    .map((policy) => scaledPolicy(policy, policy.name === SMALLER ? (smaller?.scale ?? 1) : 1))
    .flatMap((policy) => variantsOf(policy, request.from))
    .map((variant) => runVariant(request, { folder, path: market.path, plan }, variant));
  return { market, records, smaller, sensitivities };
}

/** Runs a variant on the same history, or on one read under its own settlement estimate. */
function runVariant(
  request: HistoryRequest,
  base: { readonly folder: MarketFolder; readonly path: MarketPath; readonly plan: SessionPlan },
  variant: Variant,
): Sensitivity {
  const { label, policy, futuresMargin = 1, soqFraction } = variant;
  const { counterfactual, profile } = request.options;
  let { path, plan } = base;
  if (soqFraction !== undefined) {
    path = historicalMarket(base.folder, { ...request, counterfactual, soqFraction }).path;
    plan = planSessions(path, computeSignals(path));
  }
  const futures = { ...profile.futures, sensitivity: profile.futures.sensitivity * futuresMargin };
  const options = { ...request.options, profile: { ...profile, futures } };
  return { label, record: recordRun({ path, plan, policy, options, detail: 'summary' }) };
}

/** Lets the event loop run between policies, so that Ctrl-C is heard. */
function yieldToSignals(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
