import { AM, CALL, VIX_OPTION } from '../contracts/contract-kind.ts';
import { nearestVixStrike } from '../contracts/strike-grid.ts';
import type { MarketPath } from '../market/market-path.ts';
import { createSnapshot, loadClose } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { priceContract } from '../pricing/mark-legs.ts';
import { vixStrikeForDelta } from '../pricing/vix-strike-for-delta.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { vxPrice } from '../volatility/vx-curve.ts';

/** Delta of the calls that VXTH buys, on the one-month VIX forward. */
const CALL_DELTA = 0.3;

/** Share of the index spent on calls by the one-month VIX forward; the first that fits. */
const WEIGHTS: readonly { readonly above: number; readonly weight: number }[] = [
  { above: 50, weight: 0 },
  { above: 30, weight: 0.005 },
  { above: 15, weight: 0.01 },
  { above: 0, weight: 0 },
];

/** One month's hedge. */
export interface VxthMonth {
  /** EpochDay of the purchase and of the settlement. */
  readonly bought: number;
  readonly settled: number;
  readonly forward: number;
  readonly weight: number;
  readonly strike: number;
  /** Payoff over premium; 0 without a hedge. */
  readonly multiple: number;
}

/** A replica of the index: S&P 500 total return with VIX calls, level 100 on the first session. */
export interface VxthReplica {
  readonly day: Int32Array;
  readonly level: Float64Array;
  readonly months: readonly VxthMonth[];
}

interface Held {
  readonly bought: number;
  readonly expiry: number;
  readonly strike: number;
  readonly forward: number;
  readonly weight: number;
  readonly premium: number;
  readonly calls: number;
}

/**
 * Replicates the Cboe VIX Tail Hedge Index on a market path: at each VIX settlement the old calls
 * pay by SOQ, and a share of the index set by the one-month VIX forward buys new one-month 30-delta
 * calls at the close's model mid. No costs, like the index.
 *
 * Source: Cboe VXTH dashboard (brackets 15, 30, 50; weights 0, 1, 0.5, 0 %).
 */
export function replicateVxth(path: MarketPath): VxthReplica {
  const rows = path.length - path.start;
  const day = new Int32Array(rows);
  const level = new Float64Array(rows);
  const months: VxthMonth[] = [];
  const snapshot = createSnapshot();
  let shares = 100;
  let held: Held | undefined;
  for (let i = path.start; i < path.length; i += 1) {
    loadClose(path, i, snapshot);
    if (i > path.start) shares *= totalReturn(path, i);
    const soq = path.vixSettlement[i] ?? Number.NaN;
    if (held !== undefined && snapshot.day >= held.expiry) {
      const final = Number.isNaN(soq) ? snapshot.vix : soq;
      const payoff = Math.max(0, final - held.strike);
      shares += held.calls * payoff;
      months.push(monthOf(held, payoff, snapshot.day));
      held = undefined;
    }
    if (held === undefined && snapshot.vxCount > 0 && !Number.isNaN(soq)) {
      held = buy(snapshot, shares);
      shares -= held.calls * held.premium;
    }
    day[i - path.start] = snapshot.day;
    level[i - path.start] = shares + (held === undefined ? 0 : held.calls * markOf(held, snapshot));
  }
  return { day, level, months };
}

/** Growth of a dollar in SPX with dividends over the session. */
function totalReturn(path: MarketPath, session: number): number {
  const days = (path.day[session] ?? 0) - (path.day[session - 1] ?? 0);
  const price = (path.spxClose[session] ?? Number.NaN) / (path.spxClose[session - 1] ?? Number.NaN);
  return price * Math.exp(((path.dividendYield[session] ?? Number.NaN) * days) / 365);
}

function buy(snapshot: MarketSnapshot, level: number): Held {
  const expiry = snapshot.vxExpiry[0] ?? 0;
  const forward = vxPrice(snapshot, expiry);
  const weight = WEIGHTS.find(({ above }) => forward > above)?.weight ?? 0;
  const today = asEpochDay(snapshot.day);
  const strike = nearestVixStrike(vixStrikeForDelta(snapshot, expiry, CALL_DELTA), today);
  const bare = { bought: snapshot.day, expiry, strike, forward, weight };
  const premium = markOf(bare, snapshot);
  return { ...bare, premium, calls: weight === 0 ? 0 : (weight * level) / premium };
}

function markOf(held: Pick<Held, 'strike' | 'expiry'>, snapshot: MarketSnapshot): number {
  const { strike, expiry } = held;
  return priceContract({ kind: VIX_OPTION, right: CALL, strike, expiry, settlement: AM }, snapshot);
}

function monthOf(held: Held, payoff: number, settled: number): VxthMonth {
  const { bought, forward, weight, strike, premium } = held;
  return {
    bought,
    settled,
    forward,
    weight,
    strike,
    multiple: weight === 0 ? 0 : payoff / premium,
  };
}
