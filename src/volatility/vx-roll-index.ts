import type { MarketPath } from '../market/market-path.ts';
import { VX_NODES } from '../market/market-path.ts';
import { sessionsBetween } from '../time/cboe-calendar.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { vxExpiriesAfter } from '../time/vx-expiry.ts';

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

/** Level at which the short-term index of a path starts. */
const BASE = 100_000;

/**
 * Excess-return index of a rolling position in the two nearest monthly VX, by session: what a
 * short-term VX fund (VXX, VIXY) holds, before fees and interest. BASE on the first session with
 * two nodes, NaN before it; a session on which a held month has no price carries the level.
 */
export function shortTermVxIndex(path: MarketPath): Float64Array {
  const level = new Float64Array(path.length).fill(Number.NaN);
  let current = Number.NaN;
  for (let row = 0; row < path.length; row += 1) {
    if (!((path.vxCount[row] ?? 0) >= 2)) continue;
    if (Number.isNaN(current)) current = BASE;
    else {
      const ratio = vxRollRatio(path, row, SHORT_TERM);
      if (Number.isFinite(ratio)) current *= ratio;
    }
    level[row] = current;
  }
  return level;
}

/**
 * Value at a row of the months held after the row before, over their value there; NaN where one
 * has no price.
 *
 * At the close of the session before a monthly settlement all of the first month has been rolled,
 * evenly over the sessions since the settlement before it; the share still in it after a session is
 * dr / dt: sessions from the next one to the day before settlement, over sessions of the roll
 * period.
 *
 * Source: S&P VIX Futures Indices methodology, CRW1 = dr / dt.
 */
export function vxRollRatio(path: MarketPath, row: number, rule: VxRollRule): number {
  const before = (row - 1) * VX_NODES;
  let was = 0;
  let is = 0;
  for (const { node, weight } of heldAfter(path, row - 1, rule)) {
    const expiry = path.vxExpiry[before + node] ?? Number.NaN;
    was += weight * (path.vxSettle[before + node] ?? Number.NaN);
    is += weight * priceAt(path, row, expiry);
  }
  return is / was;
}

interface HeldMonth {
  /** Place among the nodes of the session. */
  readonly node: number;
  /** Contracts, relative. */
  readonly weight: number;
}

function heldAfter(path: MarketPath, row: number, rule: VxRollRule): readonly HeldMonth[] {
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

function priceAt(path: MarketPath, row: number, expiry: number): number {
  const base = row * VX_NODES;
  for (let node = 0; node < (path.vxCount[row] ?? 0); node += 1) {
    if (path.vxExpiry[base + node] === expiry) return path.vxSettle[base + node] ?? Number.NaN;
  }
  return Number.NaN;
}
