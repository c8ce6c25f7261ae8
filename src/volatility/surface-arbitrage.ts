/** A smile as total variance by log-moneyness, and Durrleman's g of it. */
export interface SmileShape {
  readonly totalVariance: (k: number) => number;
  readonly butterfly: (k: number) => number;
}

/** Least g over a grid; >= 0 says that no butterfly costs less than nothing there. */
export function leastButterfly(smile: SmileShape, grid: readonly number[]): number {
  return grid.reduce((least, k) => Math.min(least, smile.butterfly(k)), Number.POSITIVE_INFINITY);
}

/**
 * Greatest fall of total variance from an earlier to a later smile over a grid, as a share of the
 * earlier one; <= 0 says that no calendar spread costs less than nothing there.
 *
 * Source: Gatheral and Jacquier (2014), lemma 2.1.
 */
export function calendarGap(
  earlier: SmileShape,
  later: SmileShape,
  grid: readonly number[],
): number {
  return grid.reduce((most, k) => {
    const w = earlier.totalVariance(k);
    return Math.max(most, (w - later.totalVariance(k)) / w);
  }, Number.NEGATIVE_INFINITY);
}
