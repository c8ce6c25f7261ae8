import { recordRun } from '../engine/record-run.ts';
import type { RunOptions } from '../engine/context.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { planSessions } from '../engine/session-plan.ts';
import type { MarketPath } from '../market/market-path.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { loadPathModel } from './load-path-model.ts';
import type { MarketModel } from './load-path-model.ts';
import type { PathModel } from '../simulation/path-model.ts';
import type { Policy } from '../strategy/policy.ts';
import { summarisePath } from '../evaluation/path-summary.ts';
import type { PathSummary } from '../evaluation/path-summary.ts';

/** A block of simulated futures, small enough to hand to one worker. */
export interface BlockRequest extends MarketModel {
  readonly seed: number;
  readonly years: number;
  /** Paths firstPath .. firstPath + count - 1 of the seed. */
  readonly firstPath: number;
  readonly count: number;
  /** Every how many paths of the model one is run: path i is path stride x i; 1 unless told. */
  readonly stride?: number;
  readonly policies: readonly Policy[];
  readonly options: RunOptions;
}

/** Summaries of a block. Shape: [policy][path of the block]. */
export type BlockResult = readonly (readonly PathSummary[])[];

/**
 * A function that runs every policy over every path of a block, on common random numbers. It keeps
 * its path model and one block of memory between calls.
 */
export function createBlockRunner(): (request: BlockRequest) => BlockResult {
  let known: string | undefined;
  let model: PathModel | undefined;
  let path: MarketPath | undefined;
  return (request) => {
    const key = JSON.stringify([request.years, request.model, request.data]);
    if (model === undefined || known !== key) {
      model = loadPathModel(request, request.years);
      known = key;
      path = undefined;
    }
    const { seed, stride = 1 } = request;
    const results: PathSummary[][] = request.policies.map(() => []);
    for (let i = 0; i < request.count; i += 1) {
      path = model.generate(seed, stride * (request.firstPath + i), path);
      const records = runOnPath(path, request.policies, request.options, 'summary');
      const startVix = path.vixClose[path.start - 1] ?? Number.NaN;
      for (const [index, record] of records.entries()) {
        results[index]?.push(summarisePath(record, startVix, path.weight));
      }
    }
    return results;
  };
}

/** Runs policies over one path; signals and calendar are computed once. The audit is off in a summary. */
export function runOnPath(
  path: MarketPath,
  policies: readonly Policy[],
  options: RunOptions,
  detail: 'full' | 'summary',
): readonly RunRecord[] {
  const plan = planSessions(path, computeSignals(path));
  const audit = detail === 'full' ? 'on' : 'off';
  return policies.map((policy) => recordRun({ path, plan, policy, options, detail, audit }));
}
