import { invariant } from '../core/invariant.ts';
import { PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { SIMULATED } from '../market/provenance.ts';
import { isSession, nextSession, previousSession } from '../time/cboe-calendar.ts';
import { civilDate, epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { vxExpiriesAfter, vxFinalSettlement } from '../time/vx-expiry.ts';
import { etaFromSkew } from '../volatility/ssvi-surface.ts';
import { patternFomcDays } from './fomc-schedule.ts';
import type { Lv2jhParameters } from './lv2jh-parameters.ts';

/** VX nodes simulated per session: the next nine monthly contracts. */
export const SIMULATED_NODES = 9;

/** Days past the last session for which FOMC decisions are known: a published year ahead. */
const FOMC_AHEAD = 366;
/** Macro scores of a month become known on the first session from this day of the month on. */
const MACRO_DAY = 25;

/** First traded day unless told; only the calendar depends on it. */
export const SIMULATED_START: EpochDay = epochDay(2025, 1, 2);

/** Sessions before the first traded one unless told; indicators of up to a year warm up on them. */
export const WARM_UP_SESSIONS = 300;

const SESSIONS_PER_YEAR = 252;

/** Traded sessions of a number of years of 252. Domain: at least one session. */
export function tradedSessions(years: number): number {
  const sessions = Math.round(SESSIONS_PER_YEAR * years);
  invariant(sessions >= 1, `years x 252 must be >= 1 session, was ${sessions} (years: raise it)`);
  return sessions;
}

/** What every path of a model shares. Shape: one row per session unless said. */
export interface SimulatedCalendar {
  readonly day: Int32Array;
  /** Row of the first traded session. */
  readonly start: number;
  /** EpochDay of the nodes. Shape: [session][SIMULATED_NODES]. */
  readonly expiry: Int32Array;
  /** 1 on VIX final settlement days. */
  readonly settles: Uint8Array;
  /** 1 where the macro scores of another month become known. */
  readonly macroIsNew: Uint8Array;
  readonly fomcDays: Int32Array;
}

/** Sessions of the Cboe calendar around a start, with expiries and FOMC decisions. */
export function simulatedCalendar(
  sessions: number,
  startDay: EpochDay,
  warmUp: number,
): SimulatedCalendar {
  let first = isSession(startDay) ? startDay : nextSession(startDay);
  for (let i = 0; i < warmUp; i += 1) first = previousSession(first);
  const length = warmUp + sessions;
  const day = new Int32Array(length);
  const expiry = new Int32Array(length * SIMULATED_NODES);
  const settles = new Uint8Array(length);
  const macroIsNew = new Uint8Array(length);
  let today = first;
  let expiries = vxExpiriesAfter(today, SIMULATED_NODES);
  let known = -1;
  for (let i = 0; i < length; i += 1) {
    if ((expiries[0] ?? today) <= today) expiries = vxExpiriesAfter(today, SIMULATED_NODES);
    const { year, month, day: dayOfMonth } = civilDate(today);
    const latest = year * 12 + month - (dayOfMonth >= MACRO_DAY ? 0 : 1);
    day[i] = today;
    expiry.set(expiries, i * SIMULATED_NODES);
    settles[i] = vxFinalSettlement(year, month) === today ? 1 : 0;
    macroIsNew[i] = i > 0 && latest > known ? 1 : 0;
    known = latest;
    today = nextSession(today);
  }
  const fomcDays = patternFomcDays(first, today + FOMC_AHEAD);
  return { day, start: warmUp, expiry, settles, macroIsNew, fomcDays };
}

/** Levels of the columns that a model may leave constant. */
type ConstantLevels = Pick<Lv2jhParameters, 'vvix' | 'billRate' | 'dividendYield' | 'skewIndex'>;

/** `into` under another label, in the one literal that makes every path of the model. */
export function relabelled(into: MarketPath, label: string): MarketPath {
  return {
    label,
    length: into.length,
    start: into.start,
    day: into.day,
    spxOpen: into.spxOpen,
    spxHigh: into.spxHigh,
    spxLow: into.spxLow,
    spxClose: into.spxClose,
    spxSettlement: into.spxSettlement,
    vixHigh: into.vixHigh,
    vixLow: into.vixLow,
    vixClose: into.vixClose,
    vixSettlement: into.vixSettlement,
    vvix: into.vvix,
    billRate: into.billRate,
    dividendYield: into.dividendYield,
    theta: into.theta,
    eta: into.eta,
    vxCount: into.vxCount,
    vxExpiry: into.vxExpiry,
    vxSettle: into.vxSettle,
    vxSource: into.vxSource,
    advanceDeclineLine: into.advanceDeclineLine,
    aboveFiftyDay: into.aboveFiftyDay,
    reerChangeZ: into.reerChangeZ,
    rateDifferentialZ: into.rateDifferentialZ,
    surfaceSource: into.surfaceSource,
    fomcDays: into.fomcDays,
  };
}

/** A path of the calendar, its constant columns filled, the others 0 until written. */
export function emptySimulatedPath(
  calendar: SimulatedCalendar,
  p: ConstantLevels,
  label: string,
): MarketPath {
  const { length } = calendar.day;
  const column = (): Float64Array => new Float64Array(length);
  const vxExpiry = new Int32Array(length * VX_NODES);
  for (let i = 0; i < length; i += 1) {
    const from = i * SIMULATED_NODES;
    vxExpiry.set(calendar.expiry.subarray(from, from + SIMULATED_NODES), i * VX_NODES);
  }
  return {
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
    vvix: column().fill(p.vvix),
    billRate: column().fill(p.billRate),
    dividendYield: column().fill(p.dividendYield),
    theta: new Float64Array(length * PILLARS),
    eta: column().fill(etaFromSkew(p.skewIndex)),
    vxCount: new Uint8Array(length).fill(SIMULATED_NODES),
    vxExpiry,
    vxSettle: new Float64Array(length * VX_NODES).fill(Number.NaN),
    vxSource: new Uint8Array(length * VX_NODES).fill(SIMULATED),
    advanceDeclineLine: column(),
    aboveFiftyDay: column(),
    reerChangeZ: column(),
    rateDifferentialZ: column(),
    surfaceSource: new Uint8Array(length).fill(SIMULATED),
    fomcDays: calendar.fomcDays,
  };
}
