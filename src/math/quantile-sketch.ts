/**
 * Counts of values in bins whose edges grow by a fixed ratio, so that every order statistic is known
 * to a fixed share of itself in memory that does not grow with the number of values. Counts of two
 * sketches add up: the order of values and the way they were shared out play no part. Plain data,
 * changed in place.
 */
export interface QuantileSketch {
  count: number;
  /** Values whose magnitude is below `SKETCH_ZERO`. */
  zeros: number;
  /** Values that are −Infinity and Infinity. */
  below: number;
  above: number;
  /** Least and greatest value, exact. */
  least: number;
  most: number;
  /** Counts by page of bins; bin k holds magnitudes in (γ^(k−1), γ^k]. */
  readonly negative: Map<number, Uint32Array>;
  readonly positive: Map<number, Uint32Array>;
}

/** Greatest relative error of an order statistic. */
export const SKETCH_ERROR = 0.0001;

/** Magnitudes below it count as 0. */
export const SKETCH_ZERO = 1e-9;

/** ln γ, with γ = (1 + error) / (1 − error). */
const LOG_RATIO = Math.log1p(SKETCH_ERROR) - Math.log1p(-SKETCH_ERROR);
const PAGE = 128;

/** A sketch of nothing. */
export function createSketch(): QuantileSketch {
  return {
    count: 0,
    zeros: 0,
    below: 0,
    above: 0,
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
    negative: new Map(),
    positive: new Map(),
  };
}

/** Enters a value. Domain: not NaN; fewer than 2^32 values a bin. */
export function enterSketch(sketch: QuantileSketch, value: number): void {
  sketch.count += 1;
  sketch.least = Math.min(sketch.least, value);
  sketch.most = Math.max(sketch.most, value);
  const size = Math.abs(value);
  if (size < SKETCH_ZERO) sketch.zeros += 1;
  else if (size === Number.POSITIVE_INFINITY) {
    if (value > 0) sketch.above += 1;
    else sketch.below += 1;
  } else {
    const bin = Math.ceil(Math.log(size) / LOG_RATIO);
    const page = Math.floor(bin / PAGE);
    const counts = pageOf(value > 0 ? sketch.positive : sketch.negative, page);
    counts[bin - page * PAGE] = (counts[bin - page * PAGE] ?? 0) + 1;
  }
}

/** Enters all that another sketch holds. */
export function mergeSketch(into: QuantileSketch, from: QuantileSketch): void {
  into.count += from.count;
  into.zeros += from.zeros;
  into.below += from.below;
  into.above += from.above;
  into.least = Math.min(into.least, from.least);
  into.most = Math.max(into.most, from.most);
  for (const side of ['negative', 'positive'] as const) {
    for (const [page, counts] of from[side]) {
      const own = pageOf(into[side], page);
      for (const [bin, count] of counts.entries()) own[bin] = (own[bin] ?? 0) + count;
    }
  }
}

/**
 * Quantiles at the given probabilities, interpolated between order statistics (type 7) of which each
 * is off by at most `SKETCH_ERROR` of itself, or `SKETCH_ZERO`; NaN without a value.
 *
 * Source: Masson, Rim, Lee (2019), DDSketch.
 */
export function sketchQuantiles(
  sketch: QuantileSketch,
  probabilities: readonly number[],
): readonly number[] {
  const bins = ascendingBins(sketch);
  return probabilities.map((probability) => {
    const position = (sketch.count - 1) * probability;
    const rank = Math.floor(position);
    const low = statistic(bins, rank, sketch);
    if (rank === position) return low;
    const high = statistic(bins, rank + 1, sketch);
    return low + (position - rank) * (high - low);
  });
}

/** Values of the bins, ascending, and how many values lie in them and all before. */
interface Bins {
  readonly values: readonly number[];
  readonly upTo: readonly number[];
}

function ascendingBins(sketch: QuantileSketch): Bins {
  const values: number[] = [];
  const upTo: number[] = [];
  let seen = 0;
  const take = (value: number, count: number): void => {
    if (count === 0) return;
    seen += count;
    values.push(value);
    upTo.push(seen);
  };
  take(Number.NEGATIVE_INFINITY, sketch.below);
  for (const [value, count] of binsOf(sketch.negative).toReversed()) take(-value, count);
  take(0, sketch.zeros);
  for (const [value, count] of binsOf(sketch.positive)) take(value, count);
  take(Number.POSITIVE_INFINITY, sketch.above);
  return { values, upTo };
}

/** Representative magnitude and count of each bin that holds something, ascending. */
function binsOf(
  pages: ReadonlyMap<number, Uint32Array>,
): readonly (readonly [value: number, count: number])[] {
  const bins: (readonly [number, number])[] = [];
  for (const [page, counts] of [...pages].sort(([a], [b]) => a - b)) {
    for (const [place, count] of counts.entries()) {
      if (count === 0) continue;
      // 2 γ^k / (γ + 1): as far, relatively, from either edge.
      const value = Math.exp((page * PAGE + place) * LOG_RATIO) * (1 - SKETCH_ERROR);
      bins.push([value, count]);
    }
  }
  return bins;
}

/** The order statistic of a rank from 0; least and greatest are exact. */
function statistic({ values, upTo }: Bins, rank: number, sketch: QuantileSketch): number {
  if (!(rank >= 0 && rank < sketch.count)) return Number.NaN;
  if (rank === 0) return sketch.least;
  if (rank === sketch.count - 1) return sketch.most;
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > rank) high = middle;
    else low = middle + 1;
  }
  const value = values[low] ?? Number.NaN;
  return Math.min(sketch.most, Math.max(sketch.least, value));
}

function pageOf(pages: Map<number, Uint32Array>, page: number): Uint32Array {
  const known = pages.get(page);
  if (known !== undefined) return known;
  const made = new Uint32Array(PAGE);
  pages.set(page, made);
  return made;
}
