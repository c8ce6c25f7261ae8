/**
 * A sum without rounding: numbers that do not overlap, of ascending magnitude, whose exact sum it is.
 * Plain data, changed in place.
 */
export interface ExactSum {
  partials: number[];
  /** Sum of what is not finite; 0 without any. */
  special: number;
}

/** A sum of nothing. */
export function createExactSum(): ExactSum {
  return { partials: [], special: 0 };
}

/**
 * Adds a number. What `exactTotal` gives afterwards does not depend on the order of additions, nor on
 * how they were spread over sums that were merged.
 *
 * Domain: sums that stay below the largest double. Source: Shewchuk (1997), grow-expansion.
 */
export function addExact(sum: ExactSum, value: number): void {
  if (!Number.isFinite(value)) {
    sum.special += value;
    return;
  }
  const { partials } = sum;
  let rest = value;
  let kept = 0;
  for (let i = 0; i < partials.length; i += 1) {
    const other = partials[i] ?? 0;
    const high = rest + other;
    const [large, small] = Math.abs(rest) < Math.abs(other) ? [other, rest] : [rest, other];
    const low = small - (high - large);
    if (low !== 0) {
      partials[kept] = low;
      kept += 1;
    }
    rest = high;
  }
  partials.length = kept;
  partials.push(rest);
}

/** Adds all that another sum holds. */
export function mergeExact(into: ExactSum, from: ExactSum): void {
  for (const partial of from.partials) addExact(into, partial);
  into.special += from.special;
}

/**
 * The sum, rounded once, half to even; what is not finite decides where there was any.
 *
 * Source: the last step of Python's math.fsum (R. Hettinger).
 */
export function exactTotal({ partials, special }: ExactSum): number {
  if (special !== 0) return special;
  let place = partials.length - 1;
  let high = partials[place] ?? 0;
  let low = 0;
  while (place > 0) {
    place -= 1;
    const before = high;
    const next = partials[place] ?? 0;
    high = before + next;
    low = next - (high - before);
    if (low !== 0) break;
  }
  // Half-way cases look at the sign of the next partial.
  const below = place > 0 ? (partials[place - 1] ?? 0) : 0;
  if ((low < 0 && below < 0) || (low > 0 && below > 0)) {
    const doubled = 2 * low;
    const rounded = high + doubled;
    if (doubled === rounded - high) return rounded;
  }
  return high;
}
