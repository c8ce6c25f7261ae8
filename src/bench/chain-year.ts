import { epochDay, civilDate, formatIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { nextSession } from '../time/cboe-calendar.ts';

const EXPIRIES = 36;
const STRIKES = 248;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

/** Sessions in a generated year. */
export const YEAR_SESSIONS = 252;
/** Contracts of a generated session: 4.5 million in a year. */
export const SESSION_CONTRACTS: number = 2 * EXPIRIES * STRIKES;

/** The sessions of a generated year. */
export function yearSessions(): readonly EpochDay[] {
  const sessions = [epochDay(2023, 1, 3)];
  while (sessions.length < YEAR_SESSIONS) {
    sessions.push(nextSession(sessions.at(-1) ?? epochDay(2023, 1, 3)));
  }
  return sessions;
}

/**
 * A Cboe quote download of one session, generated: 36 expiries of 248 strikes, calls and puts side by
 * side, prices of a smooth curve that moves from session to session.
 */
export function chainSessionText(day: EpochDay): string {
  const spot = 4000 + ((day * 37) % 400);
  const { year, month, day: date } = civilDate(day);
  const lines = [
    '',
    `S&P 500 INDEX,Last: ${spot.toFixed(2)},Change:  8.5602`,
    `"Date: ${MONTHS[month - 1]} ${date}, ${year} at 5:12 PM EST",Bid: ${spot - 5},Ask: ${spot + 5},Size: 1*1,Volume: 0`,
    'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,' +
      'Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest',
  ];
  let expiry = day;
  for (let listed = 0; listed < EXPIRIES; listed += 1) {
    expiry = nextSession(expiry);
    pushExpiry(lines, day, expiry, spot);
  }
  lines.push('');
  return lines.join('\r\n');
}

function pushExpiry(lines: string[], day: EpochDay, expiry: EpochDay, spot: number): void {
  const civil = civilDate(expiry);
  const weekday = DAYS[(expiry + 4) % 7];
  const date = `${weekday} ${MONTHS[civil.month - 1]} ${String(civil.day).padStart(2, '0')} ${civil.year}`;
  const code = `SPXW${formatIsoDate(expiry).slice(2).replaceAll('-', '')}`;
  const width = 8 + 4 * Math.sqrt(expiry - day);
  for (let step = 0; step < STRIKES; step += 1) {
    const strike = 3200 + 5 * step;
    const moved = spot - strike;
    const call = (Math.sqrt(moved * moved + width * width) + moved) / 2;
    const digits = String(strike * 1000).padStart(8, '0');
    const side = (right: string, mid: number, delta: number): string =>
      `${code}${right}${digits},${mid.toFixed(2)},${(mid / 90).toFixed(4)},${(mid * 0.99).toFixed(2)},` +
      `${(mid * 1.01 + 0.05).toFixed(2)},${(step * 7) % 900},0.${1500 + step},${delta.toFixed(4)},0.0012,${(step * 31) % 9000}`;
    const delta = call / (call + Math.abs(moved) + 1);
    lines.push(
      `${date},${side('C', call, delta)},${strike}.00,${side('P', call - moved, delta - 1)}`,
    );
  }
}
