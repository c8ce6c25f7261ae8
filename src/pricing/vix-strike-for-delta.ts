import { AM } from '../contracts/contract-kind.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { normalInverse } from '../math/normal.ts';
import { vixSliceTotalVol } from '../volatility/vix-smile.ts';
import { vixExpiryOf } from './expiry-market.ts';

const ITERATIONS = 40;

/**
 * Strike at which a VIX call has this undiscounted delta on its same-expiry future, at the smile's
 * own volatility there. VIX points, not yet on the listed grid.
 *
 * Domain: 0 < delta < 1. Method: K = F exp(s^2/2 - s N^-1(delta)) iterated with half steps, since
 * s depends on K through the smile.
 */
export function vixStrikeForDelta(snapshot: MarketSnapshot, expiry: number, delta: number): number {
  const market = vixExpiryOf(snapshot, expiry, AM);
  const quantile = normalInverse(delta);
  let strike = market.forward;
  for (let i = 0; i < ITERATIONS; i += 1) {
    const s = vixSliceTotalVol(market.slice, market.forward, strike);
    const next = market.forward * Math.exp(0.5 * s * s - s * quantile);
    strike = Math.sqrt(strike * next);
  }
  return strike;
}
