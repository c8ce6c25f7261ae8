/**
 * Holm's adjusted p-values, in the order given: comparing each with a level keeps the chance of any
 * false rejection below that level, whatever the dependence.
 *
 * Domain: p in [0, 1]; NaN is refused a rank and stays NaN. Source: Holm (1979).
 */
export function holmAdjusted(pValues: readonly number[]): readonly number[] {
  const order = ranked(pValues);
  const adjusted = pValues.map(() => Number.NaN);
  let largest = 0;
  order.forEach((place, rank) => {
    largest = Math.max(largest, (order.length - rank) * (pValues[place] ?? Number.NaN));
    adjusted[place] = Math.min(1, largest);
  });
  return adjusted;
}

/**
 * Benjamini-Hochberg adjusted p-values, in the order given: rejecting those at most a level keeps the
 * expected share of false rejections below it for independent or positively dependent tests.
 *
 * Domain: p in [0, 1]; NaN is refused a rank and stays NaN. Source: Benjamini, Hochberg (1995).
 */
export function benjaminiHochbergAdjusted(pValues: readonly number[]): readonly number[] {
  const order = ranked(pValues);
  const adjusted = pValues.map(() => Number.NaN);
  let smallest = 1;
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const place = order[rank - 1] ?? -1;
    smallest = Math.min(smallest, (order.length / rank) * (pValues[place] ?? Number.NaN));
    adjusted[place] = smallest;
  }
  return adjusted;
}

/** Places of the known p-values, smallest first. */
function ranked(pValues: readonly number[]): readonly number[] {
  return pValues
    .map((_p, place) => place)
    .filter((place) => !Number.isNaN(pValues[place] ?? Number.NaN))
    .toSorted((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
}
