import type { MarketPath } from '../market/market-path.ts';
import { VX_NODES } from '../market/market-path.ts';
import { sessionsBetween } from '../time/cboe-calendar.ts';
import { asEpochDay } from '../time/epoch-day.ts';

/** Level at which the index starts. */
const BASE = 100_000;

/**
 * Excess-return index of a rolling position in the two nearest monthly VX, by session: what a
 * short-term VX fund (VXX, VIXY) holds, before fees and interest. BASE on the first session with
 * two nodes, NaN before it.
 *
 * Each session's return is that of the two nodes held overnight, weighted by their contracts: the
 * share of the first is the part of its roll period (from the settlement before it to its own)
 * still to go in sessions, so that the position moves evenly from the first month to the second.
 * A session on which a held node has no price carries the level.
 *
 * Source: S&P VIX Futures Indices methodology, contract roll weights CRW1 = dr/dt.
 */
export function shortTermVxIndex(path: MarketPath): Float64Array {
  const level = new Float64Array(path.length).fill(Number.NaN);
  let current = Number.NaN;
  let periodStart = Number.NaN;
  let firstHeld = Number.NaN;
  for (let session = 0; session < path.length; session += 1) {
    if (!((path.vxCount[session] ?? 0) >= 2)) continue;
    if (Number.isNaN(current)) current = BASE;
    else {
      const ratio = heldReturn(path, session, rollShare(path, session - 1, periodStart));
      if (Number.isFinite(ratio)) current *= ratio;
    }
    const first = path.vxExpiry[session * VX_NODES] ?? Number.NaN;
    if (first !== firstHeld) periodStart = Number.isNaN(firstHeld) ? first - 30 : firstHeld;
    firstHeld = first;
    level[session] = current;
  }
  return level;
}

/** Share of the first month at the close of a session: sessions to go over those of its period. */
function rollShare(path: MarketPath, session: number, periodStart: number): number {
  const day = asEpochDay(path.day[session] ?? 0);
  const first = asEpochDay(path.vxExpiry[session * VX_NODES] ?? 0);
  const whole = sessionsBetween(asEpochDay(periodStart), first);
  return Math.min(1, Math.max(0, (sessionsBetween(day, first) - 1) / Math.max(1, whole - 1)));
}

/** Value at a session of what was held at the close before, over its value then. */
function heldReturn(path: MarketPath, session: number, share: number): number {
  const before = (session - 1) * VX_NODES;
  let was = 0;
  let is = 0;
  for (const [node, weight] of [share, 1 - share].entries()) {
    if (weight === 0) continue;
    was += weight * (path.vxSettle[before + node] ?? Number.NaN);
    is += weight * priceOf(path, session, path.vxExpiry[before + node] ?? Number.NaN);
  }
  return is / was;
}

/** Price of a contract at a session: its settlement value on its last day, else its node. */
function priceOf(path: MarketPath, session: number, expiry: number): number {
  if ((path.day[session] ?? 0) >= expiry) return path.vixSettlement[session] ?? Number.NaN;
  const base = session * VX_NODES;
  for (let node = 0; node < (path.vxCount[session] ?? 0); node += 1) {
    if (path.vxExpiry[base + node] === expiry) return path.vxSettle[base + node] ?? Number.NaN;
  }
  return Number.NaN;
}
