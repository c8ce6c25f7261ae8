import { VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { sessionsBetween } from '../time/cboe-calendar.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { vxExpiriesAfter } from '../time/vx-expiry.ts';
import { totalReturns } from './replicate-spx-total-return.ts';

/** Which VX months an index holds: `months` whole ones from `first`, rolling into the next. */
export interface VxRollRule {
  readonly name: string;
  /** 1 = the nearest monthly contract. */
  readonly first: number;
  /** Contracts held in equal parts while one is rolled: 1 or 3. */
  readonly months: number;
  readonly source: string;
}

const METHODOLOGY = 'S&P VIX Futures Indices methodology, contract roll weights';

/** S&P 500 VIX Short-Term Futures Index: month 1 rolls into month 2. */
export const SHORT_TERM: VxRollRule = {
  name: 'spvxsp',
  first: 1,
  months: 1,
  source: METHODOLOGY,
};
/** S&P 500 VIX Mid-Term Futures Index: month 4 rolls into month 7, over 5 and 6. */
export const MID_TERM: VxRollRule = { name: 'spvxmp', first: 4, months: 3, source: METHODOLOGY };

/** An index of rolling VX by traded session; both levels are 100 on the first. */
export interface VxRollReplica {
  readonly day: Int32Array;
  readonly excessReturn: Float64Array;
  /** With bills on the whole value. */
  readonly totalReturn: Float64Array;
}

/**
 * Replicates a VX roll index: at the close of the session before a monthly settlement all of the
 * first month has been rolled, evenly over the sessions since the settlement before it; the share
 * still in it after session t is dr / dt, sessions from the next one to the day before settlement
 * over sessions of the roll period.
 *
 * A session on which a held month has no price repeats the level. NaN without enough months.
 * Source: S&P VIX Futures Indices methodology, CRW.
 */
export function replicateVxRoll(path: MarketPath, rule: VxRollRule): VxRollReplica {
  const { day, bills } = totalReturns(path);
  const excessReturn = new Float64Array(day.length);
  const totalReturn = new Float64Array(day.length);
  let excess = 100;
  let total = 100;
  for (let session = 0; session < day.length; session += 1) {
    const row = path.start + session;
    if ((path.vxCount[row] ?? 0) < rule.first + rule.months) excess = total = Number.NaN;
    if (session > 0) {
      const ratio = heldRatio(path, row, weightsAfter(path, row - 1, rule));
      const interest = (bills[session] ?? Number.NaN) / (bills[session - 1] ?? Number.NaN) - 1;
      if (Number.isFinite(ratio)) excess *= ratio;
      total *= (Number.isFinite(ratio) ? ratio : 1) + interest;
    }
    excessReturn[session] = excess;
    totalReturn[session] = total;
  }
  return { day, excessReturn, totalReturn };
}

interface HeldMonth {
  /** Place among the nodes of the session. */
  readonly node: number;
  /** Contracts, relative. */
  readonly weight: number;
}

/** What is held after the close of a row. */
function weightsAfter(path: MarketPath, row: number, rule: VxRollRule): readonly HeldMonth[] {
  const share = rollShare(path, row);
  return Array.from({ length: rule.months + 1 }, (_unused, place) => {
    const weight = place === 0 ? share : place === rule.months ? 1 - share : 1;
    return { node: rule.first - 1 + place, weight };
  }).filter(({ weight }) => weight > 0);
}

function rollShare(path: MarketPath, row: number): number {
  const next = path.vxExpiry[row * VX_NODES] ?? Number.NaN;
  // Months are 28 or 35 days apart, so the first expiry of the last 40 is the one before.
  const [previous = asEpochDay(next - 30)] = vxExpiriesAfter(asEpochDay(next - 40), 1);
  const today = asEpochDay(path.day[row] ?? 0);
  const left = sessionsBetween(today, asEpochDay(next)) - 1;
  return left / sessionsBetween(previous, asEpochDay(next));
}

/** Value at a row of what was held after the row before, over its value there. */
function heldRatio(path: MarketPath, row: number, held: readonly HeldMonth[]): number {
  const before = (row - 1) * VX_NODES;
  let was = 0;
  let is = 0;
  for (const { node, weight } of held) {
    const expiry = path.vxExpiry[before + node] ?? Number.NaN;
    was += weight * (path.vxSettle[before + node] ?? Number.NaN);
    is += weight * priceAt(path, row, expiry);
  }
  return is / was;
}

function priceAt(path: MarketPath, row: number, expiry: number): number {
  const base = row * VX_NODES;
  for (let node = 0; node < (path.vxCount[row] ?? 0); node += 1) {
    if (path.vxExpiry[base + node] === expiry) return path.vxSettle[base + node] ?? Number.NaN;
  }
  return Number.NaN;
}
