import { performance } from 'node:perf_hooks';
import { quantile } from '../math/quantile.ts';

/** Seconds of each repeat of a piece of work, after one run that is not counted. */
export async function timeRepeats(
  repeats: number,
  work: () => void | Promise<void>,
): Promise<readonly number[]> {
  await work();
  const seconds: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const before = performance.now();
    await work();
    seconds.push((performance.now() - before) / 1000);
  }
  return seconds;
}

/** Median of a list; NaN when it is empty. */
export function medianOf(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
