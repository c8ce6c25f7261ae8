import { loadHistoricalMarket } from '../data/historical-market.ts';
import type { RunOptions } from '../engine/context.ts';
import { recordRun } from '../engine/record-run.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { planSessions } from '../engine/session-plan.ts';
import { blockCounts, layerActivity, partActivity } from '../evaluation/rule-activity.ts';
import type { BlockCount, LayerActivity, PartActivity } from '../evaluation/rule-activity.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { ablationsOf } from '../strategy/ablations.ts';
import type { Ablation } from '../strategy/ablations.ts';
import type { Policy } from '../strategy/policy.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** A policy over recorded history. */
export interface ActivityRequest {
  readonly dir: string;
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly policy: Policy;
  readonly options: RunOptions;
}

/** What every part of a policy did over recorded history. */
export interface RuleActivity {
  readonly sessions: number;
  readonly parts: readonly (PartActivity & Pick<Ablation, 'id' | 'kind' | 'part'>)[];
  readonly layers: readonly LayerActivity[];
  readonly skipped: readonly BlockCount[];
  readonly dataHash: string;
}

/** Runs a policy whole and without each part that can be taken away, and counts what differs. */
export function measureActivity(
  request: ActivityRequest,
  progress: (done: number, total: number) => void,
): RuleActivity {
  const { policy, options } = request;
  const market = loadHistoricalMarket({ ...request, counterfactual: options.counterfactual });
  const { path } = market;
  const plan = planSessions(path, computeSignals(path));
  const run = (which: Policy): RunRecord =>
    recordRun({ path, plan, policy: which, options, detail: 'summary' });
  const whole = run(policy);
  // A layer alone is compared with no layer at all: worth, not what it does in this policy.
  const beside = ablationsOf(policy).filter((ablation) => ablation.with === policy);
  const parts = beside.map(({ id, kind, part, without }, index) => {
    const activity = partActivity(whole, run(without));
    progress(index + 1, beside.length);
    return { id, kind, part, ...activity };
  });
  return {
    sessions: whole.columns.day.length,
    parts,
    layers: layerActivity(whole),
    skipped: blockCounts(whole),
    dataHash: market.dataHash,
  };
}
