import { AM, CALL, VIX_OPTION } from '../contracts/contract-kind.ts';
import { nearestVixStrike } from '../contracts/strike-grid.ts';
import type { MarketPath } from '../market/market-path.ts';
import { createSnapshot, loadClose } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { priceContract } from '../pricing/mark-legs.ts';
import { asEpochDay } from '../time/epoch-day.ts';

/** What one roll buys. */
export interface VixCallOrder {
  /** Share of the portfolio spent on premium; 0 buys nothing. */
  readonly weight: number;
  /** VIX points, not yet on the listed grid. */
  readonly strike: number;
}

/** A portfolio that spends a share of itself on one-month VIX calls each month. */
export interface VixCallOverlay {
  /** Value of the base by traded session, > 0: what is not spent on premium is held there. */
  readonly base: Float64Array;
  /** Decides on a roll day, given the price of the VX future that settles with the calls. */
  readonly order: (snapshot: MarketSnapshot, expiry: number, forward: number) => VixCallOrder;
  /** Whether the first calls are bought on the first session or on the first VIX settlement day. */
  readonly starts: 'first-session' | 'first-roll';
  /** Value on the first session. */
  readonly initial: number;
}

/** One month of calls. */
export interface VixCallMonth {
  /** EpochDay of purchase and of settlement. */
  readonly bought: number;
  readonly settled: number;
  /** Same-expiry VX at purchase, VIX points. */
  readonly forward: number;
  readonly weight: number;
  /** Listed strike, premium and settlement value, VIX points. */
  readonly strike: number;
  readonly premium: number;
  readonly settlement: number;
  /** Payoff over premium; 0 where nothing was bought. */
  readonly multiple: number;
  /** (payoff − premium) over the value at purchase, fraction. */
  readonly contribution: number;
}

/** Value of the portfolio by traded session, and its settled months, those without calls too. */
export interface VixCallReplica {
  readonly day: Int32Array;
  readonly level: Float64Array;
  readonly months: readonly VixCallMonth[];
}

interface Held {
  readonly bought: number;
  readonly expiry: number;
  readonly forward: number;
  readonly weight: number;
  readonly strike: number;
  readonly premium: number;
  readonly contracts: number;
  readonly value: number;
}

/**
 * A base portfolio with one-month VIX calls held to settlement: at each monthly VIX settlement the
 * old calls pay their intrinsic value at the special opening quotation, and new ones are bought at
 * that day's close at model mid. No costs. NaN in the market passes through.
 */
export function replicateVixCalls(path: MarketPath, overlay: VixCallOverlay): VixCallReplica {
  const level = new Float64Array(path.length - path.start);
  const months: VixCallMonth[] = [];
  const snapshot = createSnapshot();
  let held: Held | undefined;
  let cash = overlay.initial;
  for (let i = path.start; i < path.length; i += 1) {
    const session = i - path.start;
    loadClose(path, i, snapshot);
    if (session > 0) {
      cash *= (overlay.base[session] ?? Number.NaN) / (overlay.base[session - 1] ?? Number.NaN);
    }
    if (held !== undefined && snapshot.day >= held.expiry) {
      const settlement = path.vixSettlement[i] ?? Number.NaN;
      const payoff = Math.max(0, settlement - held.strike);
      cash += held.contracts * payoff;
      months.push(monthOf(held, snapshot.day, settlement, payoff));
      held = undefined;
    }
    const isSettlementDay = Number.isFinite(path.vixSettlement[i] ?? Number.NaN);
    const starts = overlay.starts === 'first-session' && session === 0;
    if (held === undefined && (isSettlementDay || starts)) {
      held = buy(snapshot, overlay, cash);
      cash -= held.contracts * held.premium;
    }
    level[session] = cash + (held === undefined ? 0 : held.contracts * mark(held, snapshot));
  }
  return { day: path.day.slice(path.start, path.length), level, months };
}

function buy(snapshot: MarketSnapshot, overlay: VixCallOverlay, value: number): Held {
  const expiry = snapshot.vxExpiry[0] ?? Number.NaN;
  const forward = snapshot.vxCount > 0 ? (snapshot.vxPrice[0] ?? Number.NaN) : Number.NaN;
  const { weight, strike: wanted } = overlay.order(snapshot, expiry, forward);
  const strike = nearestVixStrike(wanted, asEpochDay(snapshot.day));
  const terms = { kind: VIX_OPTION, right: CALL, strike, expiry, settlement: AM };
  const premium = priceContract(terms, snapshot);
  const contracts = weight === 0 ? 0 : (weight * value) / premium;
  return { bought: snapshot.day, expiry, forward, weight, strike, premium, contracts, value };
}

function mark(held: Held, snapshot: MarketSnapshot): number {
  // Without contracts an unknown mark must not spoil the level.
  if (held.contracts === 0) return 0;
  const { strike, expiry } = held;
  return priceContract({ kind: VIX_OPTION, right: CALL, strike, expiry, settlement: AM }, snapshot);
}

function monthOf(held: Held, settled: number, settlement: number, payoff: number): VixCallMonth {
  const { bought, forward, weight, strike, premium } = held;
  const multiple = weight === 0 ? 0 : payoff / premium;
  const contribution = weight === 0 ? 0 : (held.contracts * (payoff - premium)) / held.value;
  return { bought, settled, forward, weight, strike, premium, settlement, multiple, contribution };
}
