const DAYS_PER_YEAR = 365;
/** Fraction of the civil day at which each settlement code happens: AM 9:30, PM 16:00. */
const SETTLEMENT_FRACTION: readonly number[] = [9.5 / 24, 16 / 24];

/**
 * Years from an instant (EpochDay and fraction of the civil day, New York) to an expiry: ACT/365 in
 * continuous time, never below 0. Settlement code 0 = AM (9:30), 1 = PM (16:00, also on the early
 * closes that end at 13:00); any other code gives NaN, and NaN passes through.
 */
export function yearsToExpiry(
  day: number,
  dayFraction: number,
  expiry: number,
  settlement: number,
): number {
  // Fractions first: a sum with the day number would lose bits, and 16:00 less 16:00 must be 0.
  const partial = (SETTLEMENT_FRACTION[settlement] ?? Number.NaN) - dayFraction;
  const days = expiry - day + partial;
  return days > 0 || Number.isNaN(days) ? days / DAYS_PER_YEAR : 0;
}
