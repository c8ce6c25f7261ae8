import type { MarketPath } from '../market/market-path.ts';

/** Total return index of three-month bills over the traded sessions of a path; starts at 1. */
export function billIndex(path: MarketPath): Float64Array {
  const index = new Float64Array(path.length - path.start);
  let level = 1;
  for (let i = path.start; i < path.length; i += 1) {
    if (i > path.start) {
      const days = (path.day[i] ?? 0) - (path.day[i - 1] ?? 0);
      level *= Math.exp(((path.billRate[i - 1] ?? Number.NaN) * days) / 365);
    }
    index[i - path.start] = level;
  }
  return index;
}
