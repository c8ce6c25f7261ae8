/**
 * Index of the expiry nearest to the target tenor within the accepted range, or -1.
 *
 * Units: expiries and day are EpochDay; tenors are calendar days.
 */
export function nearestNode(
  expiries: readonly number[],
  day: number,
  rule: { readonly targetDays: number; readonly minDays: number; readonly maxDays: number },
): number {
  let best = -1;
  let gap = Number.POSITIVE_INFINITY;
  for (const [index, expiry] of expiries.entries()) {
    const days = expiry - day;
    const distance = Math.abs(days - rule.targetDays);
    if (days >= rule.minDays && days <= rule.maxDays && distance < gap) {
      best = index;
      gap = distance;
    }
  }
  return best;
}
