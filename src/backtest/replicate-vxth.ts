import type { MarketPath } from '../market/market-path.ts';
import { vixStrikeForDelta } from '../pricing/vix-strike-for-delta.ts';
import { totalReturns } from './replicate-spx-total-return.ts';
import { replicateVixCalls } from './replicate-vix-calls.ts';
import type { VixCallReplica } from './replicate-vix-calls.ts';

/** Share of the index spent on calls while the one-month VIX forward is at most a level. */
export interface VxthWeight {
  /** VIX points, included. */
  readonly forwardUpTo: number;
  readonly weight: number;
  readonly source: string;
}

const DASHBOARD = 'Cboe VIX Tail Hedge Index: allocation by VIX forward';

/** Weights of the Cboe VIX Tail Hedge Index; the first row that fits applies. */
export const VXTH_WEIGHTS: readonly VxthWeight[] = [
  { forwardUpTo: 15, weight: 0, source: DASHBOARD },
  { forwardUpTo: 30, weight: 0.01, source: DASHBOARD },
  { forwardUpTo: 50, weight: 0.005, source: DASHBOARD },
  { forwardUpTo: Number.POSITIVE_INFINITY, weight: 0, source: DASHBOARD },
];

/** Delta of the calls that the Cboe VIX Tail Hedge Index buys. */
export const VXTH_DELTA = 0.3;

/** Weight of the calls at a one-month VIX forward, VIX points; NaN for an unknown forward. */
export function vxthWeight(forward: number): number {
  for (const row of VXTH_WEIGHTS) {
    if (forward <= row.forwardUpTo) return row.weight;
  }
  return Number.NaN;
}

/**
 * Replicates VXTH on a market path: S&P 500 total return with one-month 30-delta VIX calls rolled at
 * each VIX settlement. Level 100 on the first session; calls from the first settlement on.
 *
 * Differs from the index in its prices: model mids at the close where the index takes traded prices
 * of the morning. Source: Cboe VXTH dashboard.
 */
export function replicateVxth(path: MarketPath): VixCallReplica {
  return replicateVixCalls(path, {
    base: totalReturns(path).spx,
    starts: 'first-roll',
    initial: 100,
    order: (snapshot, expiry, forward) => ({
      weight: vxthWeight(forward),
      strike: vixStrikeForDelta(snapshot, expiry, VXTH_DELTA),
    }),
  });
}
