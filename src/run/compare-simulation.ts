import { availableParallelism } from 'node:os';
import type { RunOptions } from '../engine/context.ts';
import type { PathSummary } from '../evaluation/path-summary.ts';
import type { PathTally } from '../evaluation/path-tally.ts';
import type { Policy } from '../strategy/policy.ts';
import { firstPassOfSummaries } from './first-pass.ts';
import { blocksOf } from './block-plan.ts';
import type { MarketModel } from './load-path-model.ts';
import { createTallies, enterBlock } from './simulate.ts';
import { HEDGED, SMALLER, UNHEDGED } from './smaller-policies.ts';
import type { SmallerPolicies } from './smaller-policies.ts';
import { scaledPolicy, solveSmaller } from './solve-smaller.ts';
import type { SmallerSolution } from './solve-smaller.ts';
import { collectBlocks, createBlockPool } from './worker-pool.ts';
import type { BlockPool } from './worker-pool.ts';

/** Paths of the first pass that sizes `smaller-unhedged`. */
export const FIRST_PASS_PATHS = 200;

/** A comparison on simulated futures, after arguments and files were validated. */
export interface SimulationRequest extends MarketModel {
  readonly paths: number;
  readonly years: number;
  readonly seed: number;
  /** Worker threads; 0 = as many as the machine has. */
  readonly workers: number;
  readonly policies: readonly Policy[];
  readonly smaller: SmallerPolicies;
  readonly options: RunOptions;
}

/** What every policy did over the futures, by policy. */
export interface SimulationComparison {
  readonly tallies: readonly PathTally[];
  readonly smaller: SmallerSolution | undefined;
}

/** Runs every policy over the same simulated futures on worker threads. */
export async function compareSimulation(
  request: SimulationRequest,
  workerUrl: URL,
  progress: (done: number, total: number, phase: 'sizing' | 'futures') => void,
): Promise<SimulationComparison> {
  const workers = request.workers === 0 ? availableParallelism() : request.workers;
  const pool = createBlockPool(workers, workerUrl);
  try {
    return await onPool(pool, request, progress);
  } finally {
    await pool.close();
  }
}

async function onPool(
  pool: BlockPool,
  request: SimulationRequest,
  progress: (done: number, total: number, phase: 'sizing' | 'futures') => void,
): Promise<SimulationComparison> {
  const size = async (
    policies: readonly Policy[],
    paths: number,
  ): Promise<readonly (readonly PathSummary[])[]> => {
    // Neighbouring starts of a replay are almost one future: the sizing takes them far apart.
    const spread = request.model?.kind === 'history';
    const stride = spread ? { stride: Math.floor(request.paths / paths) } : {};
    const plan = blocksOf({ ...request, ...stride }, policies, paths);
    const blocks = await collectBlocks(pool, plan, (done, total) =>
      progress(done, total, 'sizing'),
    );
    return policies.map((_, index) => blocks.flatMap((block) => block[index] ?? []));
  };
  let smaller: SmallerSolution | undefined;
  if (request.policies.some((policy) => policy.name === SMALLER)) {
    const paths = Math.min(FIRST_PASS_PATHS, request.paths);
    const unhedged = request.smaller[UNHEDGED];
    const pair = [unhedged, request.smaller[HEDGED]];
    const [plain = [], hedged = []] = await size(pair, paths);
    smaller = await solveSmaller(
      firstPassOfSummaries(plain),
      firstPassOfSummaries(hedged),
      async (scale) => {
        const [scaled = []] = await size([scaledPolicy(unhedged, scale)], paths);
        return firstPassOfSummaries(scaled);
      },
    );
  }
  const scale = smaller?.scale ?? 1;
  const shipped = JSON.stringify(request.smaller[UNHEDGED]);
  const twin = request.policies.findIndex((policy) => JSON.stringify(policy) === shipped);
  // At scale 1 the smaller account is the unhedged one: its futures are not run twice.
  const shared = scale === 1 && twin >= 0;
  const policies = request.policies
    .filter((policy) => !(shared && policy.name === SMALLER))
    .map((policy) => (policy.name === SMALLER ? scaledPolicy(policy, scale) : policy));
  const found = createTallies(policies, request.paths);
  const plan = blocksOf(request, policies, request.paths);
  await pool.run(plan, (done, total, { index, result }) => {
    enterBlock(found, plan[index]?.firstPath ?? Number.NaN, result);
    progress(done, total, 'futures');
  });
  const tallies = request.policies.flatMap(({ name }) => {
    const own = found.find(({ policy }) => policy === name);
    if (own !== undefined) return [own];
    return found
      .filter(({ policy }) => policy === UNHEDGED)
      .map((unhedged) => ({ ...unhedged, policy: name }));
  });
  return { tallies, smaller };
}
