import { AM } from '../contracts/contract-kind.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { lv2jLogMean } from '../kernels/lv2j.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import { VX_CURVE_PARAMETERS } from './vx-curve-parameters.ts';

const { kappa1: FAST, kappa2: SLOW } = VX_CURVE_PARAMETERS;

/**
 * VX price for a final settlement day, VIX points.
 *
 * At a node: the node's settlement price, exactly. Between nodes: the deviation of the log price
 * from the two-factor mean curve is a fast and a slow exponential through both neighbours; before
 * the first node the left neighbour is spot VIX at zero time, or the first node alone where VIX is
 * NaN. Beyond the last node the deviation decays at the slow rate.
 *
 * Domain: at or past settlement gives spot VIX; no nodes gives NaN.
 * Accuracy: leaving out one node in turn, settlements 2004-2024, log rmse 1.9 % between nodes, 2.7 %
 * before the first, 5.6 % beyond the last.
 * Source: Bergomi (2005), two-factor decay; the mean curve is `lv2jLogMean`.
 */
export function vxPrice(snapshot: MarketSnapshot, expiryDay: number): number {
  const { vxCount, vxExpiry } = snapshot;
  let upper = 0;
  while (upper < vxCount && (vxExpiry[upper] ?? Number.NaN) < expiryDay) upper += 1;
  if (upper < vxCount && vxExpiry[upper] === expiryDay) {
    return snapshot.vxPrice[upper] ?? Number.NaN;
  }
  if (vxCount === 0) return Number.NaN;
  const years = yearsToExpiry(snapshot.day, snapshot.dayFraction, expiryDay, AM);
  if (years <= 0) return snapshot.vix;
  const mean = lv2jLogMean(VX_CURVE_PARAMETERS, years);
  return Math.exp(mean + deviation(snapshot, upper, years));
}

/** Deviation of the log price from the mean curve; `upper` is the first node after `years`. */
function deviation(snapshot: MarketSnapshot, upper: number, years: number): number {
  const { vxCount } = snapshot;
  if (upper === vxCount) {
    const last = nodeYears(snapshot, vxCount - 1);
    return nodeDeviation(snapshot, vxCount - 1, last) * Math.exp(-SLOW * (years - last));
  }
  const right = nodeYears(snapshot, upper);
  const high = nodeDeviation(snapshot, upper, right);
  const left = upper === 0 ? 0 : nodeYears(snapshot, upper - 1);
  const low =
    upper === 0 ? spotDeviation(snapshot, high) : nodeDeviation(snapshot, upper - 1, left);
  // Fast and slow exponentials through (left, low) and (right, high), measured from `left`.
  const fastRight = Math.exp(-FAST * (right - left));
  const slowRight = Math.exp(-SLOW * (right - left));
  const fast = (low * slowRight - high) / (slowRight - fastRight);
  const slow = low - fast;
  return fast * Math.exp(-FAST * (years - left)) + slow * Math.exp(-SLOW * (years - left));
}

function spotDeviation(snapshot: MarketSnapshot, nearest: number): number {
  if (Number.isNaN(snapshot.vix)) return nearest;
  return Math.log(snapshot.vix) - VX_CURVE_PARAMETERS.logLevel;
}

function nodeYears(snapshot: MarketSnapshot, node: number): number {
  const expiry = snapshot.vxExpiry[node] ?? Number.NaN;
  return yearsToExpiry(snapshot.day, snapshot.dayFraction, expiry, AM);
}

function nodeDeviation(snapshot: MarketSnapshot, node: number, years: number): number {
  const price = snapshot.vxPrice[node] ?? Number.NaN;
  return Math.log(price) - lv2jLogMean(VX_CURVE_PARAMETERS, years);
}
