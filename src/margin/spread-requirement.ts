import { CALL, NO_RIGHT, PUT } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { NETTED } from './margin-lots.ts';
import type { MarginLots } from './margin-lots.ts';
import type { MarginProfile } from './margin-profile.ts';
import { maxLoss, orderNetted } from './max-loss.ts';
import type { OptionTerms } from './short-requirement.ts';

/** Widths that differ by less are one width, index points; strikes are multiples of 0.5. */
const WIDTH_TOLERANCE = 1e-9;

/** Verticals of one right as columns: width in points, contracts. Reused. */
interface Verticals {
  count: number;
  readonly width: number[];
  readonly contracts: number[];
}

/** Requirement of the netted lots of one series, dollars; longs are already paid in full. */
export type SpreadRequirement = (legs: LegColumns, lots: MarginLots, terms: OptionTerms) => number;

/**
 * The profile's rule for covered shorts: maximum loss by net intrinsic, so that a condor counts
 * its wider side once; or, for a broker that knows a condor only by equal widths, each vertical
 * once, with put and call verticals of one width sharing it. Keeps scratch between calls.
 *
 * Source: SEC Rel. 34-67752; Interactive Brokers knowledge base 600 (equal widths).
 */
export function createSpreadRequirement(profile: MarginProfile): SpreadRequirement {
  const puts: Verticals = { count: 0, width: [], contracts: [] };
  const calls: Verticals = { count: 0, width: [], contracts: [] };
  const factor = profile.universalSpreadFactor;

  return (legs, lots, terms) => {
    let points = maxLoss(legs, lots, NO_RIGHT);
    if (profile.icRule === 'equalWidthElseSum' && points > 0) {
      splitVerticals(legs, lots, PUT, puts);
      splitVerticals(legs, lots, CALL, calls);
      const recognised = sharedTotal(puts, calls);
      // No more than the largest loss: the sides cannot matter then.
      if (!(recognised <= points)) {
        const bySides = factor * (maxLoss(legs, lots, PUT) + maxLoss(legs, lots, CALL));
        points = Math.max(points, Math.min(recognised, bySides));
      }
    }
    const least = points > 0 ? terms.rule.spreadMinimum * shortContracts(lots) : 0;
    const box =
      profile.shortBoxFactor === undefined ? 0 : profile.shortBoxFactor * boxCost(legs, lots);
    return Math.max(least, Math.max(points, box) * terms.multiplier);
  };
}

/** What closing the netted lots costs, points, if they are short boxes: worth the same at any level. */
function boxCost(legs: LegColumns, lots: MarginLots): number {
  const count = orderNetted(legs, lots, NO_RIGHT);
  let puts = 0;
  let value = 0;
  let cost = 0;
  let kink = 0;
  let strike = Number.NaN;
  for (let at = 0; at < count; at += 1) {
    const lot = lots.order[at] ?? 0;
    const slot = lots.slot[lot] ?? 0;
    const own = legs.strike[slot] ?? Number.NaN;
    const quantity = lots.quantity[lot] ?? 0;
    if (own !== strike && kink !== 0) return 0;
    strike = own;
    kink += quantity;
    cost -= quantity * (legs.mark[slot] ?? Number.NaN);
    if (legs.right[slot] !== PUT) continue;
    puts += quantity;
    value += quantity * own;
  }
  return kink === 0 && puts === 0 && value < 0 ? cost : 0;
}

function shortContracts(lots: MarginLots): number {
  let contracts = 0;
  for (let lot = 0; lot < lots.count; lot += 1) {
    if (lots.role[lot] === NETTED) contracts -= Math.min(0, lots.quantity[lot] ?? 0);
  }
  return contracts;
}

/** Pairs shorts with longs from the money outward; a pair that cannot lose has width 0. */
function splitVerticals(legs: LegColumns, lots: MarginLots, right: number, out: Verticals): void {
  out.count = 0;
  const count = orderNetted(legs, lots, right);
  const { left, order } = lots;
  for (let at = 0; at < count; at += 1) {
    left[order[at] ?? 0] = lots.quantity[order[at] ?? 0] ?? 0;
  }
  // Puts from the highest strike down, calls from the lowest up.
  const step = right === PUT ? -1 : 1;
  const start = right === PUT ? count - 1 : 0;
  let s = start;
  let l = start;
  for (;;) {
    s = nextOf(lots, count, s, step, -1);
    l = nextOf(lots, count, l, step, 1);
    if (s < 0 || l < 0 || s >= count || l >= count) return;
    const short = order[s] ?? 0;
    const long = order[l] ?? 0;
    const contracts = Math.min(-(left[short] ?? 0), left[long] ?? 0);
    const ofShort = legs.strike[lots.slot[short] ?? 0] ?? Number.NaN;
    const ofLong = legs.strike[lots.slot[long] ?? 0] ?? Number.NaN;
    out.width[out.count] = Math.max(0, right === PUT ? ofShort - ofLong : ofLong - ofShort);
    out.contracts[out.count] = contracts;
    out.count += 1;
    left[short] = (left[short] ?? 0) + contracts;
    left[long] = (left[long] ?? 0) - contracts;
  }
}

/** First place from `from` on in the direction `step` whose lot has contracts left of a sign. */
function nextOf(lots: MarginLots, count: number, from: number, step: number, sign: number): number {
  let at = from;
  while (at >= 0 && at < count && !((lots.left[lots.order[at] ?? 0] ?? 0) * sign > 0)) at += step;
  return at;
}

/** Widths times contracts of both sides, a width on both sides counted once; consumes `calls`. */
function sharedTotal(puts: Verticals, calls: Verticals): number {
  let total = 0;
  for (let p = 0; p < puts.count; p += 1) {
    const width = puts.width[p] ?? Number.NaN;
    let alone = puts.contracts[p] ?? 0;
    total += width * alone;
    for (let c = 0; c < calls.count && alone > 0; c += 1) {
      if (!(Math.abs((calls.width[c] ?? Number.NaN) - width) <= WIDTH_TOLERANCE)) continue;
      const shared = Math.min(alone, calls.contracts[c] ?? 0);
      alone -= shared;
      calls.contracts[c] = (calls.contracts[c] ?? 0) - shared;
    }
  }
  for (let c = 0; c < calls.count; c += 1) {
    total += (calls.width[c] ?? Number.NaN) * (calls.contracts[c] ?? 0);
  }
  return total;
}
