import { copySnapshot, createSnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import type { AccountState } from './account-state.ts';

/**
 * The account as the attribution of the next margin event begins: at the last close, checked and
 * then traded on, or right after a liquidation. Cents unless said.
 */
export interface MarginBase {
  /** EpochDay; 0 before the first. */
  day: number;
  /** Excess liquidity at the check, and after the trades that followed it. */
  checked: number;
  traded: number;
  /** Fees (< 0) and spread (>= 0) of those trades. */
  tradeFees: number;
  tradeSpread: number;
  /** Part of what the entries took that units doubled after losses took; <= 0 as a rule. */
  tradeDoubled: number;
  /** Cash of the segments after them. */
  securities: number;
  futures: number;
  /** Running sums of the ledger after them. */
  interest: number;
  settlement: number;
  variation: number;
  /** True while VX margin was on its stressed level. */
  stressed: boolean;
  /** Counters of the account at the check. */
  version: number;
  fees: number;
  spread: number;
  readonly market: MarketSnapshot;
}

/** A base before any close. */
export function createMarginBase(): MarginBase {
  return {
    day: 0,
    checked: 0,
    traded: 0,
    tradeFees: 0,
    tradeSpread: 0,
    tradeDoubled: 0,
    securities: 0,
    futures: 0,
    interest: 0,
    settlement: 0,
    variation: 0,
    stressed: false,
    version: -1,
    fees: 0,
    spread: 0,
    market: createSnapshot(),
  };
}

/** Notes excess liquidity, dollars, at a check, and the counters from which trades are told. */
export function noteChecked(account: AccountState, excess: number): void {
  const base = account.marginBase;
  base.checked = Math.round(excess * 100);
  base.version = account.book.version;
  base.fees = sumOf(account, LEDGER.fee);
  base.spread = account.spreadCents;
  account.doubledCents = 0;
}

/**
 * Notes the account after the trades of a close (or after a liquidation); `excess` gives excess
 * liquidity in dollars and is asked only when something was traded since the check.
 */
export function noteTraded(
  account: AccountState,
  market: MarketSnapshot,
  excess: () => number,
): void {
  const base = account.marginBase;
  const { ledger } = account;
  const fees = sumOf(account, LEDGER.fee);
  const idle = base.version === account.book.version && fees === base.fees;
  base.day = market.day;
  base.traded = idle ? base.checked : Math.round(excess() * 100);
  base.tradeFees = fees - base.fees;
  base.tradeSpread = account.spreadCents - base.spread;
  base.tradeDoubled = account.doubledCents;
  base.securities = ledger.securities;
  base.futures = ledger.futures;
  base.interest = sumOf(account, LEDGER.interest);
  base.settlement = sumOf(account, LEDGER.settlement);
  base.variation = sumOf(account, LEDGER.variation);
  base.stressed = account.stressedSessions > 0;
  // An account without positions is the same in any market.
  if (account.book.count > 0) copySnapshot(market, base.market);
}

/** Running sum of one kind of entry, cents. */
export function sumOf({ ledger }: AccountState, kind: number): number {
  return ledger.byKind[kind] ?? 0;
}
