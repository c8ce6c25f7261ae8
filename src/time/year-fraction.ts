import { closeFraction } from './cboe-calendar.ts';

const DAYS_PER_YEAR = 365;
/** Fraction of the civil day of AM settlement, 9:30. */
const OPEN_FRACTION = 9.5 / 24;

/**
 * Years from an instant (EpochDay and fraction of the civil day, New York) to an expiry: ACT/365 in
 * continuous time, never below 0. Settlement code 0 = AM (9:30), 1 = PM (the close: 16:00, or the
 * early close of the expiry day); any other code gives NaN, and NaN passes through.
 */
export function yearsToExpiry(
  day: number,
  dayFraction: number,
  expiry: number,
  settlement: number,
): number {
  // Fractions first: a sum with the day number would lose bits, and 16:00 less 16:00 must be 0.
  const partial = settlementFraction(expiry, settlement) - dayFraction;
  const days = expiry - day + partial;
  return days > 0 || Number.isNaN(days) ? days / DAYS_PER_YEAR : 0;
}

function settlementFraction(expiry: number, settlement: number): number {
  if (settlement === 0) return OPEN_FRACTION;
  return settlement === 1 ? closeFraction(expiry) : Number.NaN;
}
