import { assertNever } from '../core/assert-never.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { CONTRACT_KINDS } from './contract-kind.ts';
import type { ContractKind } from './contract-kind.ts';

/** A tick: the smallest price step while the premium is below `below` (points). */
export interface TickRule {
  readonly from: EpochDay;
  readonly below: number;
  readonly tick: number;
  readonly source: string;
}

/** Terms of a product that do not depend on the series. */
export interface ContractSpec {
  readonly name: string;
  /** Dollars per point. */
  readonly multiplier: number;
  readonly exercise: 'european' | 'future' | 'none';
  readonly delivery: 'cash' | 'shares';
  /** What the final value is read from. */
  readonly settlementValue: string;
  readonly lastTrading: string;
  readonly listedSince: EpochDay;
  /** Tick rules; the first that fits day and premium applies, newest first. */
  readonly ticks: readonly TickRule[];
  readonly source: string;
}

const ALWAYS = epochDay(1900, 1, 1);
/** Day on which Cboe announced smaller ticks of VIX options and VXM futures as in force. */
const SMALLER_TICKS = epochDay(2022, 11, 29);
const SMALLER_TICKS_SOURCE = 'Cboe, options tick increment change for VIX options, 2022-11-29';
const ANY = Number.POSITIVE_INFINITY;

/** Specifications by contract kind. */
export const CONTRACT_SPECS: Readonly<Record<ContractKind, ContractSpec>> = {
  'spx-option': {
    name: 'SPX, SPXW',
    multiplier: 100,
    exercise: 'european',
    delivery: 'cash',
    settlementValue: 'SET (opening prices of the constituents) for AM; SPX close for PM',
    lastTrading: 'AM: business day before expiry, 16:15 ET; PM: expiry day, 16:00 ET',
    listedSince: epochDay(1983, 7, 1),
    ticks: [
      { from: epochDay(2001, 4, 9), below: 3, tick: 0.05, source: 'Cboe SPX specification' },
      { from: epochDay(2001, 4, 9), below: ANY, tick: 0.1, source: 'Cboe SPX specification' },
      { from: ALWAYS, below: 3, tick: 1 / 16, source: 'fractions until decimalisation, 2001' },
      { from: ALWAYS, below: ANY, tick: 1 / 8, source: 'fractions until decimalisation, 2001' },
    ],
    source: 'Cboe SPX and SPXW specifications',
  },
  'xsp-option': {
    name: 'XSP',
    multiplier: 100,
    exercise: 'european',
    delivery: 'cash',
    settlementValue: 'close of XSP (SPX / 10), PM since 2013-11-05',
    lastTrading: 'expiry day, 16:00 ET',
    listedSince: epochDay(2013, 11, 5),
    ticks: [{ from: ALWAYS, below: ANY, tick: 0.01, source: 'Cboe XSP specification' }],
    source: 'Cboe XSP specification',
  },
  'vix-option': {
    name: 'VIX, VIXW',
    multiplier: 100,
    exercise: 'european',
    delivery: 'cash',
    settlementValue: 'SOQ of VIX (VRO), opening of the expiry day',
    lastTrading: 'business day before expiry, 16:15 ET',
    listedSince: epochDay(2006, 2, 24),
    ticks: [
      { from: SMALLER_TICKS, below: 3, tick: 0.01, source: SMALLER_TICKS_SOURCE },
      { from: SMALLER_TICKS, below: ANY, tick: 0.05, source: SMALLER_TICKS_SOURCE },
      { from: ALWAYS, below: 3, tick: 0.05, source: 'Cboe VIX specification (older ticks)' },
      { from: ALWAYS, below: ANY, tick: 0.1, source: 'Cboe VIX specification (older ticks)' },
    ],
    source: 'Cboe VIX option specification; monthly series (weekly ones tick finer, VIXW 0.01)',
  },
  'vx-future': {
    name: 'VX',
    multiplier: 1000,
    exercise: 'future',
    delivery: 'cash',
    settlementValue: 'SOQ of VIX (VRO), opening of the final settlement day',
    lastTrading: 'final settlement day, 09:00 ET',
    listedSince: epochDay(2004, 3, 26),
    ticks: [{ from: ALWAYS, below: ANY, tick: 0.05, source: 'CFE VX specification' }],
    source: 'CFE VX specification',
  },
  'vxm-future': {
    name: 'VXM',
    multiplier: 100,
    exercise: 'future',
    delivery: 'cash',
    settlementValue: 'SOQ of VIX (VRO), opening of the final settlement day',
    lastTrading: 'final settlement day, 09:00 ET',
    listedSince: epochDay(2020, 8, 10),
    ticks: [
      { from: SMALLER_TICKS, below: ANY, tick: 0.01, source: SMALLER_TICKS_SOURCE },
      { from: ALWAYS, below: ANY, tick: 0.05, source: SMALLER_TICKS_SOURCE },
    ],
    source: 'CFE VXM specification',
  },
  etp: {
    name: 'VIXY',
    multiplier: 1,
    exercise: 'none',
    delivery: 'shares',
    settlementValue: 'none: a share of a fund that holds the two nearest VX',
    lastTrading: 'none',
    listedSince: epochDay(2011, 1, 4),
    ticks: [{ from: ALWAYS, below: ANY, tick: 0.01, source: 'SEC Rule 612: one cent' }],
    source: 'ProShares VIX Short-Term Futures ETF, prospectus; first traded 2011-01-04',
  },
};

/** Dollars per point by contract code. */
export const MULTIPLIERS: Float64Array = Float64Array.from(
  CONTRACT_KINDS,
  (kind) => CONTRACT_SPECS[kind].multiplier,
);

/** Dollars per point of a contract code; NaN for a code that is no contract. */
export function multiplierOf(code: number): number {
  return MULTIPLIERS[code] ?? Number.NaN;
}

/** Tick in points at a premium on a day; NaN for a premium that is not a number. */
export function tickSize(kind: ContractKind, premium: number, day: EpochDay): number {
  for (const rule of CONTRACT_SPECS[kind].ticks) {
    if (day >= rule.from && premium < rule.below) return rule.tick;
  }
  return Number.NaN;
}

/** A billionth of a tick off the grid is rounding noise of the division. */
const SLACK = 1e-9;

/**
 * A price on the tick grid, rounded as asked ('nearest' takes a half up). A price within a
 * billionth of a tick of the grid counts as on it.
 *
 * Domain: tick > 0; NaN passes through. Accuracy: the double nearest to the decimal when one point
 * is a whole number of ticks.
 */
export function roundToTick(
  price: number,
  tick: number,
  direction: 'up' | 'down' | 'nearest',
): number {
  const steps = roundSteps(price / tick, direction);
  const perPoint = Math.round(1 / tick);
  return (Math.abs(perPoint * tick - 1) < SLACK ? steps / perPoint : steps * tick) + 0;
}

function roundSteps(steps: number, direction: 'up' | 'down' | 'nearest'): number {
  switch (direction) {
    case 'up':
      return Math.ceil(steps - SLACK);
    case 'down':
      return Math.floor(steps + SLACK);
    case 'nearest':
      return Math.floor(steps + 0.5 + SLACK);
    default:
      return assertNever(direction);
  }
}
