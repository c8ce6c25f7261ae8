import type { HistoricalMarket, HistoricalSpan } from '../data/historical-market.ts';
import { readMarketFolder } from '../data/market-folder.ts';
import type { MarketFolder } from '../data/market-folder.ts';
import type { RunOptions } from '../engine/context.ts';
import { recordRun } from '../engine/record-run.ts';
import type { RunInput } from '../engine/run-policy.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { planSessions } from '../engine/session-plan.ts';
import type { SessionPlan } from '../engine/session-plan.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import type { Policy } from '../strategy/policy.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { quotedMarket, withQuotes } from './chain-request.ts';
import type { ChainRequest, QuotedMarket } from './chain-request.ts';
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
  /** Recorded chains to mark and fill index options at; the sessions are then those with one. */
  readonly chains?: ChainRequest;
}

/** What a comparison on history found, in the order of the policies asked for. */
export interface HistoryComparison {
  readonly market: HistoricalMarket;
  readonly records: readonly RunRecord[];
  /** Undefined when `smaller-unhedged` was not asked for. */
  readonly smaller: SmallerSolution | undefined;
  /** Headline figures under other assumptions. */
  readonly sensitivities: readonly Sensitivity[];
  /** The chains in use, and which series might be modelled; absent without. */
  readonly chains?: ChainRequest;
}

/**
 * Runs every policy over the same history; progress is told by finished policy.
 *
 * Errors: those of the files; DataError `no-data` for an open leg without a quote that may not be
 * modelled.
 */
export function compareHistory(
  request: HistoryRequest,
  progress: (done: number, total: number, name: string) => void,
): Promise<HistoryComparison> {
  return withQuotes(request.chains, () => runHistory(request, progress));
}

async function runHistory(
  request: HistoryRequest,
  progress: (done: number, total: number, name: string) => void,
): Promise<HistoryComparison> {
  const { options } = request;
  const folder = readMarketFolder(request.dir);
  const found = quotedMarket(folder, spanOf(request), request.chains);
  const { market } = found;
  const plan = planSessions(market.path, computeSignals(market.path));
  const setting = { path: market.path, plan, options, ...quotesOf(found) };
  const run = (policy: Policy): RunRecord => recordRun({ ...setting, policy, detail: 'full' });
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
        const record = recordRun({ ...setting, policy, detail: 'summary' });
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
    .map((variant) => runVariant(request, { folder, found, plan }, variant));
  const used =
    request.chains === undefined || found.chains === undefined
      ? {}
      : { chains: { ...request.chains, chains: found.chains } };
  return { market, records, smaller, sensitivities, ...used };
}

function spanOf({ from, to, options }: HistoryRequest): HistoricalSpan {
  return { from, to, counterfactual: options.counterfactual };
}

function quotesOf({ quotes }: QuotedMarket): Pick<RunInput, 'quotes'> {
  return quotes === undefined ? {} : { quotes };
}

/** Runs a variant on the same history, or on one read under its own settlement estimate. */
function runVariant(
  request: HistoryRequest,
  base: {
    readonly folder: MarketFolder;
    readonly found: QuotedMarket;
    readonly plan: SessionPlan;
  },
  variant: Variant,
): Sensitivity {
  const { label, policy, futuresMargin = 1, soqFraction } = variant;
  const { profile } = request.options;
  let { plan } = base;
  let { path } = base.found.market;
  if (soqFraction !== undefined) {
    const span = { ...spanOf(request), soqFraction };
    path = quotedMarket(base.folder, span, request.chains).market.path;
    plan = planSessions(path, computeSignals(path));
  }
  const futures = { ...profile.futures, sensitivity: profile.futures.sensitivity * futuresMargin };
  const options = { ...request.options, profile: { ...profile, futures } };
  const setting = { path, plan, policy, options, ...quotesOf(base.found) };
  return { label, record: recordRun({ ...setting, detail: 'summary' }) };
}

/** Lets the event loop run between policies, so that Ctrl-C is heard. */
function yieldToSignals(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
