import type { Policy } from '../strategy/policy.ts';
import type { BlockRequest } from './run-block.ts';

/** Paths per block: fixed, so that the work is cut the same way for any worker count. */
export const BLOCK_PATHS = 25;

/** The blocks of a simulation, in path order. */
export function blocksOf(
  request: Omit<BlockRequest, 'firstPath' | 'count' | 'policies'>,
  policies: readonly Policy[],
  paths: number,
): readonly BlockRequest[] {
  const { seed, years, options, model, data, stride } = request;
  const futures = {
    seed,
    years,
    options,
    ...(model === undefined ? {} : { model }),
    ...(data === undefined ? {} : { data }),
    ...(stride === undefined ? {} : { stride }),
  };
  const blocks: BlockRequest[] = [];
  for (let firstPath = 0; firstPath < paths; firstPath += BLOCK_PATHS) {
    blocks.push({
      ...futures,
      firstPath,
      count: Math.min(BLOCK_PATHS, paths - firstPath),
      policies,
    });
  }
  return blocks;
}
