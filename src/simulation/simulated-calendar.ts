import { PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { SIMULATED } from '../market/provenance.ts';
import { isSession, nextSession, nthWeekday, previousSession } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate, epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { vxExpiriesAfter, vxFinalSettlement } from '../time/vx-expiry.ts';

/** Sessions before the first traded one; indicators of up to a year warm up on them. */
export const WARM_UP_SESSIONS = 300;

/** VX nodes simulated per session: the next nine monthly contracts. */
export const SIMULATED_NODES = 9;

/** First traded day of every simulated market; only the calendar depends on it. */
export const SIMULATED_START: EpochDay = epochDay(2025, 1, 2);

/** What every path of a model shares. */
export interface SimulatedCalendar {
  readonly day: Int32Array;
  readonly start: number;
  /** EpochDay of the nodes. Shape: [session][SIMULATED_NODES]. */
  readonly expiry: Int32Array;
  /** 1 on VIX final settlement days. */
  readonly settles: Uint8Array;
  readonly fomcDays: Int32Array;
}

/** Sessions of the Cboe calendar around the start, with expiries and FOMC decisions. */
export function simulatedCalendar(years: number): SimulatedCalendar {
  const sessions = Math.round(252 * years);
  let first: EpochDay = SIMULATED_START;
  for (let i = 0; i < WARM_UP_SESSIONS; i += 1) first = previousSession(first);
  const length = WARM_UP_SESSIONS + sessions;
  const day = new Int32Array(length);
  const expiry = new Int32Array(length * SIMULATED_NODES);
  const settles = new Uint8Array(length);
  let today = first;
  for (let i = 0; i < length; i += 1) {
    day[i] = today;
    expiry.set(vxExpiriesAfter(today, SIMULATED_NODES), i * SIMULATED_NODES);
    const { year, month } = civilDate(today);
    settles[i] = vxFinalSettlement(year, month) === today ? 1 : 0;
    today = nextSession(today);
  }
  return { day, start: WARM_UP_SESSIONS, expiry, settles, fomcDays: fomcDays(first, today) };
}

/** Month and which Wednesday: the pattern of the published schedules since 2015. */
const FOMC_PATTERN: readonly (readonly [number, number])[] = [
  [1, 5],
  [3, 3],
  [5, 1],
  [6, 3],
  [7, 5],
  [9, 3],
  [11, 1],
  [12, 3],
];

function fomcDays(from: number, to: number): Int32Array {
  const days: number[] = [];
  const last = civilDate(asEpochDay(to)).year + 1;
  for (let year = civilDate(asEpochDay(from)).year; year <= last; year += 1) {
    for (const [month, nth] of FOMC_PATTERN) {
      let day = nthWeekday(year, month, 3, nth);
      if (civilDate(day).month !== month) day = asEpochDay(day - 7);
      if (day >= from && isSession(day)) days.push(day);
    }
  }
  return Int32Array.from(days);
}

/** An empty path of the calendar, its constant columns filled. */
export function emptySimulatedPath(calendar: SimulatedCalendar, label: string): MarketPath {
  const { length } = calendar.day;
  const column = (): Float64Array => new Float64Array(length);
  const path: MarketPath = {
    label,
    length,
    start: calendar.start,
    day: calendar.day,
    spxOpen: column(),
    spxHigh: column(),
    spxLow: column(),
    spxClose: column(),
    spxSettlement: column(),
    vixHigh: column(),
    vixLow: column(),
    vixClose: column(),
    vixSettlement: column(),
    vvix: column(),
    billRate: column(),
    dividendYield: column(),
    theta: new Float64Array(length * PILLARS),
    eta: column(),
    vxCount: new Uint8Array(length).fill(SIMULATED_NODES),
    vxExpiry: new Int32Array(length * VX_NODES),
    vxSettle: new Float64Array(length * VX_NODES),
    vxSource: new Uint8Array(length * VX_NODES).fill(SIMULATED),
    advanceDeclineLine: column(),
    aboveFiftyDay: column(),
    reerChangeZ: column(),
    rateDifferentialZ: column(),
    surfaceSource: new Uint8Array(length).fill(SIMULATED),
    fomcDays: calendar.fomcDays,
  };
  for (let i = 0; i < length; i += 1) {
    const from = i * SIMULATED_NODES;
    path.vxExpiry.set(calendar.expiry.subarray(from, from + SIMULATED_NODES), i * VX_NODES);
  }
  return path;
}
