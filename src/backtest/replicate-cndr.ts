import { AM, CALL, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import { strikeStep } from '../contracts/strike-grid.ts';
import { loadClose, createSnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import type { MarketPath } from '../market/market-path.ts';
import { PositionBook } from '../portfolio/position-book.ts';
import { createMarker } from '../pricing/mark-legs.ts';
import { strikeForDelta } from '../pricing/strike-for-delta.ts';
import { isSession, previousSession } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate } from '../time/epoch-day.ts';
import { thirdFriday } from '../time/vx-expiry.ts';

/** Rules of the Cboe S&P 500 Iron Condor Index (CNDR). Source: Cboe CNDR dashboard. */
export const CNDR_RULE: {
  readonly shortDelta: number;
  readonly longDelta: number;
  /** Bills held per dollar of largest possible loss. */
  readonly collateralMultiple: number;
} = { shortDelta: 0.2, longDelta: 0.05, collateralMultiple: 10 };

/** One roll period's outcome, for comparison with published worst months. */
export interface CndrMonth {
  /** EpochDay of the sale and of the settlement. */
  readonly sold: number;
  readonly settled: number;
  readonly strikes: readonly number[];
  /** Credit over the wider wing, fraction. */
  readonly creditShare: number;
  /** Profit over the largest possible loss, fraction. */
  readonly pnlOverMaxLoss: number;
}

/** A replica of the index: total return including bills, level 100 on the first day. */
export interface CndrReplica {
  /** EpochDay and level of every session. */
  readonly day: Int32Array;
  readonly level: Float64Array;
  readonly months: readonly CndrMonth[];
}

interface Sold {
  readonly book: PositionBook;
  readonly day: number;
  readonly expiry: number;
  readonly credit: number;
  readonly maxLoss: number;
  readonly wing: number;
  /** Level at the sale and condors per index. */
  readonly level: number;
  readonly units: number;
}

/**
 * Replicates CNDR on a market path: on each third Friday the old condor settles by SOQ and a new
 * one-month 20-delta / 5-delta condor is sold at that close's model mid, collateralised by bills of
 * ten times its largest loss. No costs, like the index.
 */
export function replicateCndr(path: MarketPath): CndrReplica {
  const rows = path.length - path.start;
  const day = new Int32Array(rows);
  const level = new Float64Array(rows);
  const months: CndrMonth[] = [];
  const snapshot = createSnapshot();
  const marker = createMarker();
  const marks = new Float64Array(4);
  let sold: Sold | undefined;
  let cash = 100;
  for (let i = path.start; i < path.length; i += 1) {
    loadClose(path, i, snapshot);
    const held = i > path.start ? snapshot.day - (path.day[i - 1] ?? 0) : 0;
    cash *= Math.exp((snapshot.billRate * held) / 365);
    if (sold !== undefined && snapshot.day >= sold.expiry) {
      const payoff = intrinsic(sold.book, path.spxSettlement[i] ?? Number.NaN);
      cash += sold.units * payoff;
      months.push(monthOf(sold, payoff, snapshot.day));
      sold = undefined;
    }
    if (sold === undefined && isMonthlyExpiry(snapshot.day)) {
      sold = sell(snapshot, marker, cash);
      cash += sold.units * sold.credit;
    }
    let value = cash;
    if (sold !== undefined) {
      marker.mark(sold.book, snapshot, marks);
      value += sold.units * net(sold.book, marks);
    }
    day[i - path.start] = snapshot.day;
    level[i - path.start] = value;
  }
  return { day, level, months };
}

function sell(
  snapshot: MarketSnapshot,
  marker: ReturnType<typeof createMarker>,
  level: number,
): Sold {
  const expiry = nextMonthlyExpiry(snapshot.day);
  const step = strikeStep('spx-option', expiry - snapshot.day);
  const strike = (right: number, delta: number): number =>
    Math.round(strikeForDelta(snapshot, expiry, AM, right, delta) / step) * step;
  const legs = [
    { right: PUT, strike: strike(PUT, CNDR_RULE.longDelta), quantity: 1 },
    { right: PUT, strike: strike(PUT, CNDR_RULE.shortDelta), quantity: -1 },
    { right: CALL, strike: strike(CALL, CNDR_RULE.shortDelta), quantity: -1 },
    { right: CALL, strike: strike(CALL, CNDR_RULE.longDelta), quantity: 1 },
  ];
  const book = new PositionBook(4);
  for (const leg of legs) {
    book.add({
      ...leg,
      kind: SPX_OPTION,
      expiry,
      settlement: AM,
      price: Number.NaN,
      sleeve: 0,
      trade: 0,
    });
  }
  const marks = new Float64Array(4);
  marker.mark(book, snapshot, marks);
  const credit = -net(book, marks);
  const [longPut = 0, shortPut = 0, shortCall = 0, longCall = 0] = legs.map((leg) => leg.strike);
  const wing = Math.max(shortPut - longPut, longCall - shortCall);
  const maxLoss = wing - credit;
  const units = level / (CNDR_RULE.collateralMultiple * maxLoss);
  return { book, day: snapshot.day, expiry, credit, maxLoss, wing, level, units };
}

function monthOf(sold: Sold, payoff: number, settled: number): CndrMonth {
  return {
    sold: sold.day,
    settled,
    strikes: Array.from(sold.book.strike.subarray(0, sold.book.count)),
    creditShare: sold.credit / sold.wing,
    pnlOverMaxLoss: (sold.credit + payoff) / sold.maxLoss,
  };
}

function net(book: PositionBook, marks: Float64Array): number {
  let value = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    value += (book.quantity[slot] ?? 0) * (marks[slot] ?? Number.NaN);
  }
  return value;
}

/** Settlement value of the legs at an index level, points: losses negative. */
function intrinsic(book: PositionBook, index: number): number {
  let value = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    const strike = book.strike[slot] ?? Number.NaN;
    const moneyness = book.right[slot] === CALL ? index - strike : strike - index;
    value += (book.quantity[slot] ?? 0) * Math.max(0, moneyness);
  }
  return value;
}

function isMonthlyExpiry(day: number): boolean {
  const { year, month } = civilDate(asEpochDay(day));
  return monthlyExpiry(year, month) === day;
}

function nextMonthlyExpiry(day: number): number {
  const { year, month } = civilDate(asEpochDay(day));
  return month === 12 ? monthlyExpiry(year + 1, 1) : monthlyExpiry(year, month + 1);
}

function monthlyExpiry(year: number, month: number): number {
  const friday = thirdFriday(year, month);
  return isSession(friday) ? friday : previousSession(friday);
}

/** A level series' yearly and monthly figures; fractions per year. */
export interface LevelStatistics {
  readonly annualReturn: number;
  /** Standard deviation of calendar-month returns times the root of 12. */
  readonly annualStdev: number;
  readonly years: readonly { readonly year: number; readonly return: number }[];
}

/** Compound return, monthly standard deviation and calendar-year returns of a level series. */
export function levelStatistics(day: Int32Array, level: Float64Array): LevelStatistics {
  const last = level.length - 1;
  const span = ((day[last] ?? 0) - (day[0] ?? 0)) / 365.25;
  const monthly: number[] = [];
  const years: { readonly year: number; readonly return: number }[] = [];
  let monthStart = level[0] ?? Number.NaN;
  let yearStart = monthStart;
  for (let i = 1; i <= last; i += 1) {
    const today = civilDate(asEpochDay(day[i] ?? 0));
    const tomorrow = i === last ? undefined : civilDate(asEpochDay(day[i + 1] ?? 0));
    const value = level[i] ?? Number.NaN;
    if (tomorrow?.month !== today.month) {
      monthly.push(value / monthStart - 1);
      monthStart = value;
    }
    if (tomorrow?.year !== today.year) {
      years.push({ year: today.year, return: value / yearStart - 1 });
      yearStart = value;
    }
  }
  const mean = monthly.reduce((sum, x) => sum + x, 0) / monthly.length;
  const variance = monthly.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (monthly.length - 1);
  return {
    annualReturn: ((level[last] ?? Number.NaN) / (level[0] ?? Number.NaN)) ** (1 / span) - 1,
    annualStdev: Math.sqrt(12 * variance),
    years,
  };
}
