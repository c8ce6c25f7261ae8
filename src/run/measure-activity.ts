import { loadHistoricalMarket } from '../data/historical-market.ts';
import type { RunOptions } from '../engine/context.ts';
import { recordRun } from '../engine/record-run.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { planSessions } from '../engine/session-plan.ts';
import {
  addBlocks,
  addLayers,
  addParts,
  blockCounts,
  layerActivity,
  partActivity,
} from '../evaluation/rule-activity.ts';
import type { BlockCount, LayerActivity, PartActivity } from '../evaluation/rule-activity.ts';
import type { MarketPath } from '../market/market-path.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { ablationsOf } from '../strategy/ablations.ts';
import type { Ablation } from '../strategy/ablations.ts';
import type { Policy } from '../strategy/policy.ts';
import { SWITCHED_ON } from '../strategy/switched-on.ts';
import type { SwitchedOn } from '../strategy/switched-on.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { loadPathModel } from './load-path-model.ts';

/** A policy over recorded history. */
export interface ActivityRequest {
  readonly dir: string;
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly policy: Policy;
  readonly options: RunOptions;
}

/** Simulated futures on which to count. */
export interface FuturesActivity {
  readonly paths: number;
  readonly years: number;
  readonly seed: number;
}

/** What a part of a policy did; without a golden day on simulated futures. */
export type PartRow = PartActivity & Pick<Ablation, 'id' | 'kind' | 'part'>;

/** What something that is off in the policy would do, switched on. */
export type SwitchedRow = PartActivity & Pick<SwitchedOn, 'id' | 'concept' | 'part'>;

/** What every part of a policy did over a market. */
export interface RuleActivity {
  readonly sessions: number;
  readonly parts: readonly PartRow[];
  readonly switchedOn: readonly SwitchedRow[];
  readonly layers: readonly LayerActivity[];
  readonly skipped: readonly BlockCount[];
}

/** Runs a policy over recorded history whole and with each change, and counts what differs. */
export function measureActivity(
  request: ActivityRequest,
  progress: (done: number, total: number) => void,
): RuleActivity & { readonly dataHash: string } {
  const { policy, options } = request;
  const market = loadHistoricalMarket({ ...request, counterfactual: options.counterfactual });
  const activity = activityOn(market.path, policy, options, progress);
  return { ...activity, dataHash: market.dataHash };
}

/** The same over simulated futures (LV2J-H), counts added up over the paths. */
export function measureFuturesActivity(
  request: FuturesActivity & Pick<ActivityRequest, 'policy' | 'options'>,
  progress: (done: number, total: number) => void,
): RuleActivity {
  const { paths, years, seed, policy, options } = request;
  const model = loadPathModel({}, years);
  let path: MarketPath | undefined;
  let total: RuleActivity | undefined;
  for (let i = 0; i < paths; i += 1) {
    path = model.generate(seed, i, path);
    const one = activityOn(path, policy, options, () => undefined);
    total = total === undefined ? one : add(total, one);
    progress(i + 1, paths);
  }
  if (total === undefined) throw new Error('Invariant: there is at least one path');
  return total;
}

function activityOn(
  path: MarketPath,
  policy: Policy,
  options: RunOptions,
  progress: (done: number, total: number) => void,
): RuleActivity {
  const plan = planSessions(path, computeSignals(path));
  const run = (which: Policy): RunRecord =>
    recordRun({ path, plan, policy: which, options, detail: 'summary' });
  const whole = run(policy);
  // A layer alone is compared with no layer at all: worth, not what it does in this policy.
  const beside = ablationsOf(policy).filter((ablation) => ablation.with === policy);
  const total = beside.length + SWITCHED_ON.length;
  const parts = beside.map(({ id, kind, part, without }, index) => {
    const activity = partActivity(whole, run(without));
    progress(index + 1, total);
    return { id, kind, part, ...activity };
  });
  const switchedOn = SWITCHED_ON.map(({ id, concept, part, on }, index) => {
    const activity = partActivity(run(on(policy)), whole);
    progress(beside.length + index + 1, total);
    return { id, concept, part, ...activity };
  });
  return {
    sessions: whole.columns.day.length,
    parts,
    switchedOn,
    layers: layerActivity(whole),
    skipped: blockCounts(whole),
  };
}

function add(a: RuleActivity, b: RuleActivity): RuleActivity {
  return {
    sessions: a.sessions + b.sessions,
    parts: addParts(a.parts, b.parts),
    switchedOn: addParts(a.switchedOn, b.switchedOn),
    layers: addLayers(a.layers, b.layers),
    skipped: addBlocks(a.skipped, b.skipped),
  };
}
