/**
 * Historical value at risk: the loss that at most a share 1 − level of the returns exceed, as a
 * fraction > 0 for a loss.
 *
 * The ⌊(1 − level) n⌋-th worst return after the worst: no interpolation. Domain: level in (0, 1), at
 * least one return, otherwise NaN.
 */
export function valueAtRisk(returns: Float64Array, level: number): number {
  if (!(level > 0 && level < 1)) return Number.NaN;
  return -(returns.toSorted()[tailCount(returns.length, level)] ?? Number.NaN);
}

/** Whole returns in the tail; rounding of (1 − level) n must not lose one. */
function tailCount(count: number, level: number): number {
  return Math.floor((1 - level) * count + 1e-9);
}

/**
 * Expected shortfall: mean loss over the worst share 1 − level of the returns, the last of them
 * counted fractionally; a fraction > 0 for a loss.
 *
 * Domain: level in (0, 1), at least one return, otherwise NaN. NaN passes through.
 * Source: Rockafellar, Uryasev (2002), eq. 25.
 */
export function expectedShortfall(returns: Float64Array, level: number): number {
  const tail = (1 - level) * returns.length;
  if (!(level > 0 && level < 1) || !(tail > 0) || returns.some(Number.isNaN)) return Number.NaN;
  const ascending = returns.toSorted();
  let sum = 0;
  for (let taken = 0; taken < tail; taken += 1) {
    sum += Math.min(1, tail - taken) * (ascending[taken] ?? Number.NaN);
  }
  return -sum / tail;
}
