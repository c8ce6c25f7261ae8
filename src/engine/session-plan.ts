import type { MarketPath } from '../market/market-path.ts';
import type { SignalFrame } from '../signals/signal-frame.ts';
import { isSession, sessionsBetween } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate } from '../time/epoch-day.ts';

/** What is known ahead about each session of a path, computed once for all policies. */
export interface SessionPlan {
  /** Session of its week, 1 = first. */
  readonly sessionOfWeek: Uint8Array;
  /** 1 on the first session of a calendar year. */
  readonly firstOfYear: Uint8Array;
  /** Sessions to the next scheduled FOMC decision (0 on its day); -1 when none is known. */
  readonly sessionsToFomc: Int32Array;
  /** EpochDay of that decision. */
  readonly fomcDay: Int32Array;
  /** Sessions to the next known CPI release (0 on its day), and its EpochDay; -1 = none known. */
  readonly sessionsToCpi: Int32Array;
  readonly cpiDay: Int32Array;
  readonly signals: SignalFrame;
}

/** Plans the sessions of a path. Uses the published calendar only, never prices. */
export function planSessions(path: MarketPath, signals: SignalFrame): SessionPlan {
  const { length } = path;
  const sessionOfWeek = new Uint8Array(length);
  const firstOfYear = new Uint8Array(length);
  let previousWeek = Number.NaN;
  let previousYear = Number.NaN;
  let sessionNumber = 0;
  for (let i = 0; i < length; i += 1) {
    const day = path.day[i] ?? 0;
    const week = Math.floor((day + 3) / 7);
    sessionNumber = week === previousWeek ? sessionNumber + 1 : 1;
    sessionOfWeek[i] = sessionNumber;
    previousWeek = week;
    const { year } = civilDate(asEpochDay(day));
    firstOfYear[i] = year === previousYear ? 0 : 1;
    previousYear = year;
  }
  return { sessionOfWeek, firstOfYear, signals, ...countToFomc(path), ...countToCpi(path) };
}

/** Sessions from the row before to a row: one, but for a path that leaves sessions out. */
function sessionsSince(path: MarketPath, session: number): number {
  const before = path.day[session - 1];
  if (path.unseenSettlements === undefined || before === undefined) return 1;
  return sessionsBetween(asEpochDay(before), asEpochDay(path.day[session] ?? before));
}

function countToCpi({
  length,
  day,
  nextCpiRelease,
}: MarketPath): Pick<SessionPlan, 'sessionsToCpi' | 'cpiDay'> {
  const sessionsToCpi = new Int32Array(length).fill(-1);
  if (nextCpiRelease === undefined) return { sessionsToCpi, cpiDay: new Int32Array(length) };
  for (const [row, release] of nextCpiRelease.entries()) {
    if (release === 0) continue;
    sessionsToCpi[row] = sessionsBetween(asEpochDay(day[row] ?? 0), asEpochDay(release));
  }
  return { sessionsToCpi, cpiDay: nextCpiRelease };
}

function countToFomc(path: MarketPath): Pick<SessionPlan, 'sessionsToFomc' | 'fomcDay'> {
  const sessionsToFomc = new Int32Array(path.length).fill(-1);
  const fomcDay = new Int32Array(path.length);
  let next = path.fomcDays.length - 1;
  const last = path.day[path.length - 1] ?? 0;
  while (next > 0 && (path.fomcDays[next - 1] ?? 0) > last) next -= 1;
  let ahead = 0;
  for (let day = last + 1; day <= (path.fomcDays[next] ?? 0); day += 1) {
    if (isSession(asEpochDay(day))) ahead += 1;
  }
  let decision = path.fomcDays[next] ?? 0;
  for (let i = path.length - 1; i >= 0; i -= 1) {
    const day = path.day[i] ?? 0;
    while (next > 0 && (path.fomcDays[next - 1] ?? 0) >= day) {
      next -= 1;
      decision = path.fomcDays[next] ?? 0;
      ahead = 0;
    }
    if (decision >= day) {
      sessionsToFomc[i] = ahead;
      fomcDay[i] = decision;
      ahead += sessionsSince(path, i);
    }
  }
  return { sessionsToFomc, fomcDay };
}
