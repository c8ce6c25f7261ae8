const DAYS_PER_YEAR = 365;
/** Fraction of the civil day at which each settlement code happens: AM 9:30, PM 16:00. */
const SETTLEMENT_FRACTION: readonly number[] = [9.5 / 24, 16 / 24];

/**
 * Years from an instant (EpochDay and fraction of the civil day, New York) to an expiry: ACT/365 in
 * continuous time. Settlement code 0 = AM (9:30), 1 = PM (16:00). Never below 0.
 */
export function yearsToExpiry(
  day: number,
  dayFraction: number,
  expiry: number,
  settlement: number,
): number {
  const end = expiry + (SETTLEMENT_FRACTION[settlement] ?? Number.NaN);
  const days = end - day - dayFraction;
  return days > 0 || Number.isNaN(days) ? days / DAYS_PER_YEAR : 0;
}
