import { CALL } from '../contracts/contract-kind.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { normalInverse } from '../math/normal.ts';
import { sliceTotalVol } from '../volatility/ssvi-surface.ts';
import type { SsviSlice } from '../volatility/ssvi-surface.ts';
import { spxSliceOf } from './expiry-market.ts';

/** Width of the bracket in log-strike at which the search stops: 1e-12 of a strike. */
const TOLERANCE = 1e-12;

/**
 * Strike of SPX at which the option's absolute Black delta e^{-qT} N(±d1), at the smile's own
 * volatility, is the target; index points, not rounded to the listed grid.
 *
 * Units: expiry EpochDay; settlement and right as codes (AM | PM, CALL | PUT); absDelta 0.16 =
 * 16-delta. Domain: 0 < absDelta < e^{-qT}, before expiry; anything else gives NaN.
 * Accuracy: 1e-12 relative. The root is unique: d1 falls in strike on a slice without butterflies
 * (Fukasawa 2012).
 */
export function strikeForDelta(
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
  right: number,
  absDelta: number,
): number {
  const slice = spxSliceOf(snapshot, expiry, settlement);
  const sign = right === CALL ? 1 : -1;
  const forwardDelta = (absDelta * snapshot.spot) / (slice.discount * slice.forward);
  if (!(forwardDelta > 0 && forwardDelta < 1) || !(slice.theta > 0)) return Number.NaN;
  const d1 = sign * normalInverse(forwardDelta);
  return slice.forward * Math.exp(logStrikeOf(slice, d1));
}

/** Log-moneyness with the given d1: secant steps kept inside a shrinking bracket. */
function logStrikeOf(slice: SsviSlice, target: number): number {
  const gap = (k: number): number => {
    const totalVol = sliceTotalVol(slice, slice.forward * Math.exp(k));
    return -k / totalVol + 0.5 * totalVol - target;
  };
  let low = -Math.sqrt(slice.theta);
  let high = -low;
  while (gap(low) < 0 && low > -20) low *= 2;
  while (gap(high) > 0 && high < 20) high *= 2;
  let gapLow = gap(low);
  let gapHigh = gap(high);
  for (let step = 0; step < 100 && high - low > TOLERANCE; step += 1) {
    // Illinois would do; a bisection every third step bounds the cost for certain.
    const secant = (low * gapHigh - high * gapLow) / (gapHigh - gapLow);
    const inside = step % 3 !== 2 && secant > low && secant < high;
    const k = inside ? secant : 0.5 * (low + high);
    const value = gap(k);
    if (value === 0) return k;
    if (value > 0) {
      low = k;
      gapLow = value;
    } else {
      high = k;
      gapHigh = value;
    }
  }
  return 0.5 * (low + high);
}
