import { seriesColumn } from './csv-series.ts';
import { isSeenOnItsDay } from './release-rules.ts';
import type { ReleasedSeries } from './release-rules.ts';

/** Contracts a weekly VX must trade on a day to count as a market on it. */
const LEAST_VOLUME = 50;

/**
 * Weekly VX expiries (EpochDay, ascending) that traded enough on a session, by session index;
 * sessions without one have no entry. An unknown volume counts as too little.
 */
export function liquidWeeklies(
  days: Int32Array,
  weekly: ReleasedSeries | undefined,
): ReadonlyMap<number, readonly number[]> {
  const bySession = new Map<number, readonly number[]>();
  if (weekly === undefined) return bySession;
  const expiry = seriesColumn(weekly, 'expiry');
  const volume = seriesColumn(weekly, 'volume');
  const sessionOf = new Map(Array.from(days, (day, session) => [day, session]));
  weekly.day.forEach((day, row) => {
    const session = sessionOf.get(day);
    const last = expiry[row] ?? Number.NaN;
    if (session === undefined || !((volume[row] ?? Number.NaN) >= LEAST_VOLUME)) return;
    if (!(last > day) || !isSeenOnItsDay(weekly, row)) return;
    const listed = [...(bySession.get(session) ?? []), last];
    bySession.set(
      session,
      listed.toSorted((a, b) => a - b),
    );
  });
  return bySession;
}
