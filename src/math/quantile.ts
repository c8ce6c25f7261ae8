/**
 * The p-quantile of ascending values, interpolated linearly between order statistics (type 7).
 *
 * Domain: p in [0, 1], at least one value, no NaN; anything else gives NaN.
 * Source: Hyndman, Fan (1996), definition 7 (the default of R and NumPy).
 */
export function quantile(ascending: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  const position = (ascending.length - 1) * p;
  const below = Math.floor(position);
  const low = ascending[below] ?? Number.NaN;
  if (below === position) return low;
  const high = ascending[below + 1] ?? Number.NaN;
  return low + (position - below) * (high - low);
}
