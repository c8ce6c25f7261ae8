import { isSession, nthWeekday, previousSession } from './cboe-calendar.ts';
import { asEpochDay, civilDate, weekday } from './epoch-day.ts';
import type { EpochDay } from './epoch-day.ts';

const WEDNESDAY = 3;
const FRIDAY = 5;

/** The third Friday of a month, whether or not it is a session. */
export function thirdFriday(year: number, month: number): EpochDay {
  return nthWeekday(year, month, FRIDAY, 3);
}

/**
 * Final settlement day of the monthly VX future (and VIX option) of a month: the Wednesday 30 days
 * before the third Friday of the following month; when that Wednesday or that Friday is a holiday,
 * the business day before the Wednesday. Source: CFE Rule 1202(b); Cboe circular C2024051300.
 */
export function vxFinalSettlement(year: number, month: number): EpochDay {
  const friday = month === 12 ? thirdFriday(year + 1, 1) : thirdFriday(year, month + 1);
  return settlementBefore(friday);
}

function settlementBefore(friday: EpochDay): EpochDay {
  const wednesday = asEpochDay(friday - 30);
  return isSession(wednesday) && isSession(friday) ? wednesday : previousSession(wednesday);
}

/** The next monthly final settlement days strictly after a day, ascending. */
export function vxExpiriesAfter(day: EpochDay, count: number): readonly EpochDay[] {
  const start = civilDate(day);
  let { year, month } = start;
  const expiries: EpochDay[] = [];
  while (expiries.length < count) {
    const expiry = vxFinalSettlement(year, month);
    if (expiry > day) expiries.push(expiry);
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
  return expiries;
}

/** The next weekly VIX expiries (every Wednesday by the same rule) strictly after a day. */
export function vixWeeklyExpiriesAfter(day: EpochDay, count: number): readonly EpochDay[] {
  let wednesday = day + ((WEDNESDAY - weekday(day) + 7) % 7);
  const expiries: EpochDay[] = [];
  while (expiries.length < count) {
    const expiry = settlementBefore(asEpochDay(wednesday + 30));
    if (expiry > day) expiries.push(expiry);
    wednesday += 7;
  }
  return expiries;
}
