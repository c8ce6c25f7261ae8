import { moments } from '../math/moments.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';

/** Whether picking the best configuration of a backtest finds anything. */
export interface OverfittingEstimate {
  /** Share of splits in which the configuration best in sample is at or below the median outside. */
  readonly probability: Measured;
  /** Logit of the relative rank outside the sample, one a split. */
  readonly logits: readonly number[];
}

/** Returns of configurations over the same periods, and how to split them. */
export interface OverfittingInputs {
  /** One series a configuration, all of one length. */
  readonly returns: readonly Float64Array[];
  /** Even number of blocks of consecutive periods, 2 … 16. */
  readonly blocks: number;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation: every choice of
 * half of the blocks trains, the other half tests; performance is the Sharpe ratio.
 *
 * Periods beyond a multiple of `blocks` are left out at the end. Configurations that tie share their
 * mean rank; a series that does not vary ranks as a ratio of 0.
 * Source: Bailey, Borwein, López de Prado, Zhu (2017).
 */
export function backtestOverfitting(inputs: OverfittingInputs): OverfittingEstimate {
  const { returns, blocks } = inputs;
  const periods = returns[0]?.length ?? 0;
  const size = Math.floor(periods / blocks);
  const reason = refusal(inputs, size);
  if (reason !== undefined) return { probability: unknown(reason), logits: [] };
  const logits = trainingSets(blocks).map((inSample) => {
    const outside = range(blocks).filter((block) => !inSample.includes(block));
    const train = returns.map((series) => sharpeOf(series, inSample, size));
    const test = returns.map((series) => sharpeOf(series, outside, size));
    const best = train.indexOf(Math.max(...train));
    const relative = meanRank(test, test[best] ?? Number.NaN) / (returns.length + 1);
    return Math.log(relative / (1 - relative));
  });
  const poor = logits.filter((logit) => logit <= 0).length;
  return { probability: measured(poor / logits.length, 'no split'), logits };
}

function refusal({ returns, blocks }: OverfittingInputs, size: number): string | undefined {
  if (returns.length < 2) return 'fewer than two configurations';
  if (!(blocks >= 2 && blocks <= 16 && blocks % 2 === 0)) {
    return `blocks must be even, 2 to 16, was ${blocks}`;
  }
  const periods = returns[0]?.length ?? 0;
  if (returns.some((series) => series.length !== periods)) return 'series differ in length';
  if (size * blocks < 2 * blocks) return `fewer than two periods in each of ${blocks} blocks`;
  if (returns.some((series) => !series.every(Number.isFinite))) {
    return 'a return is not a finite number';
  }
  return undefined;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_unused, i) => i);
}

/** Every choice of half of the blocks, in lexicographic order. */
function trainingSets(blocks: number): readonly (readonly number[])[] {
  let sets: readonly (readonly number[])[] = [[]];
  for (let chosen = 0; chosen < blocks / 2; chosen += 1) {
    sets = sets.flatMap((set) =>
      range(blocks)
        .filter((block) => block > (set.at(-1) ?? -1))
        .map((block) => [...set, block]),
    );
  }
  return sets;
}

function sharpeOf(series: Float64Array, blocks: readonly number[], size: number): number {
  const chosen = new Float64Array(blocks.length * size);
  blocks.forEach((block, place) => {
    chosen.set(series.subarray(block * size, (block + 1) * size), place * size);
  });
  const { mean, standardDeviation } = moments(chosen);
  return standardDeviation > 0 ? mean / standardDeviation : 0;
}

/** Rank from 1 of a value among values, ties at their mean. */
function meanRank(values: readonly number[], value: number): number {
  const below = values.filter((each) => each < value).length;
  const equal = values.filter((each) => each === value).length;
  return below + 0.5 * (equal + 1);
}
