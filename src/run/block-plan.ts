import type { Policy } from '../strategy/policy.ts';
import type { BlockRequest } from './run-block.ts';

/** Paths per block: fixed, so that the work is cut the same way for any worker count. */
export const BLOCK_PATHS = 25;

/** The blocks of a simulation, in path order. */
export function blocksOf(
  request: Pick<BlockRequest, 'seed' | 'years' | 'options'>,
  policies: readonly Policy[],
  paths: number,
): readonly BlockRequest[] {
  const blocks: BlockRequest[] = [];
  for (let firstPath = 0; firstPath < paths; firstPath += BLOCK_PATHS) {
    blocks.push({
      seed: request.seed,
      years: request.years,
      firstPath,
      count: Math.min(BLOCK_PATHS, paths - firstPath),
      policies,
      options: request.options,
    });
  }
  return blocks;
}
