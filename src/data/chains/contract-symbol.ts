import { AM, PM } from '../../contracts/contract-kind.ts';
import { isSession, previousSession } from '../../time/cboe-calendar.ts';
import { asEpochDay, civilDate, weekday } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { thirdFriday } from '../../time/vx-expiry.ts';
import { digits, validDay } from './date-text.ts';

const SATURDAY = 6;
const SPACE = 32;

/** Underlyings of roots that are named otherwise. Source: Cboe product specifications, 2024. */
const UNDERLYINGS: Readonly<Record<string, string>> = {
  SPXW: 'SPX',
  SPXPM: 'SPX',
  SPXQ: 'SPX',
  SPXM: 'SPX',
  SPB: 'SPX',
  SPQ: 'SPX',
  SPT: 'SPX',
  SPV: 'SPX',
  SPZ: 'SPX',
  SXB: 'SPX',
  SXM: 'SPX',
  SXY: 'SPX',
  SXZ: 'SPX',
  SYG: 'SPX',
  SYU: 'SPX',
  SYV: 'SPX',
  SYZ: 'SPX',
  SVP: 'SPX',
  SKU: 'SPX',
  SLQ: 'SPX',
  JXA: 'SPX',
  JXB: 'SPX',
  JXD: 'SPX',
  JXE: 'SPX',
  QZQ: 'SPX',
  VIXW: 'VIX',
  NDXP: 'NDX',
  RUTW: 'RUT',
  DJXW: 'DJX',
};
/** Roots settled by the opening quotation. Source: Cboe product specifications, 2024. */
const MORNING_ROOTS: ReadonlySet<string> = new Set(['SPX', 'VIX', 'VIXW', 'NDX', 'RUT', 'DJX']);
/** Roots of the end of a month or quarter and of a weekday, settled by the close. */
const EVENING_SPX: ReadonlySet<string> = new Set(['SPXW', 'SPXPM', 'SPXQ', 'SPXM', 'QZQ']);

/** Underlying of a root: SPX for SPXW. */
export function underlyingOfRoot(root: string): string {
  return Object.hasOwn(UNDERLYINGS, root) ? (UNDERLYINGS[root] ?? root) : root;
}

/** AM or PM, see contract-kind. */
export function settlementOfRoot(root: string): number {
  if (MORNING_ROOTS.has(root)) return AM;
  return underlyingOfRoot(root) === 'SPX' && !EVENING_SPX.has(root) ? AM : PM;
}

/** Root of a series whose source names only the underlying: SPX on third Fridays, else SPXW. */
export function rootOfUnderlying(underlying: string, expiry: EpochDay): string {
  if (underlying !== 'SPX') return underlying;
  const { year, month } = civilDate(expiry);
  return settledDay(thirdFriday(year, month)) === expiry ? 'SPX' : 'SPXW';
}

/**
 * Day an expiry settles: a Saturday, as monthly options carried until February 2015, is the session
 * before it; a third Friday without a session is the session before too.
 */
export function settledDay(expiry: EpochDay): EpochDay {
  if (weekday(expiry) === SATURDAY) return settledDay(asEpochDay(expiry - 1));
  const { year, month } = civilDate(expiry);
  if (!isSession(expiry) && thirdFriday(year, month) === expiry) return previousSession(expiry);
  return expiry;
}

/** Where the parts of a contract code stand, and what they say. */
export interface ContractParts {
  rootStart: number;
  rootEnd: number;
  /** yyyymmdd. */
  date: number;
  isPut: boolean;
  /** Index points. */
  strike: number;
}

/** Parts that say nothing yet. */
export function createContractParts(): ContractParts {
  return { rootStart: 0, rootEnd: 0, date: 0, isPut: false, strike: Number.NaN };
}

/**
 * Whether the field holds an OCC contract code (root, yymmdd, C or P, strike x 1000 in eight
 * digits), padded or not; its parts go to `out`. Source: OCC, Options Symbology Initiative (2010).
 */
export function readOccSymbol(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: ContractParts,
): boolean {
  const rightAt = end - 9;
  const dateAt = rightAt - 6;
  if (dateAt <= start) return false;
  const right = bytes[rightAt];
  if (right !== 67 && right !== 80) return false;
  const strike = digits(bytes, rightAt + 1, 8);
  const date = digits(bytes, dateAt, 6);
  if (strike < 0 || date < 0) return false;
  let rootEnd = dateAt;
  while (rootEnd > start && bytes[rootEnd - 1] === SPACE) rootEnd -= 1;
  if (rootEnd === start || rootEnd - start > 8) return false;
  out.rootStart = start;
  out.rootEnd = rootEnd;
  out.date = 20_000_000 + date;
  out.isPut = right === 80;
  out.strike = strike / 1000;
  return true;
}

/** A contract as the Cboe download of 2011 names it. */
export interface OldContract {
  readonly root: string;
  readonly expiry: EpochDay;
  readonly isPut: boolean;
  readonly strike: number;
}

/**
 * The contract in `11 Jan 1075.00 (SPXW1128A1075-E)`, or undefined: root, year, day, month and
 * right as one letter (A..L calls, M..X puts). Source: OPRA symbology before 2010, as Cboe kept it.
 */
export function parseOldContract(text: string): OldContract | undefined {
  const match = /^\d\d\s+\w{3}\s+([\d.]+)\s+\(([A-Z]+)(\d\d)(\d\d)([A-X])([\d.]+)-/.exec(text);
  if (match === null) return undefined;
  const letter = (match[5] ?? '').charCodeAt(0) - 65;
  const expiry = validDay(2000 + Number(match[3]), (letter % 12) + 1, Number(match[4]));
  const strike = Number(match[1]);
  // The code leaves out what follows the point, so it may only say less.
  if (expiry === undefined || !(Math.abs(strike - Number(match[6])) < 1)) return undefined;
  return { root: match[2] ?? '', expiry, isPut: letter >= 12, strike };
}
