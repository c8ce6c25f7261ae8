import type { MarketPath } from '../market/market-path.ts';
import { toCents } from '../money/cents.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';

/** Broker's spread to the three-month bill, per year: on positive cash, and on debits. */
export const CASH_SPREADS: { readonly credit: number; readonly debit: number } = {
  credit: -0.005,
  debit: 0.015,
};

/**
 * Accrues interest on the cash of both segments as held since the previous close, at that close's
 * bill: bill - 0.50 % (floor 0) on positive cash, bill + 1.50 % on debits; ACT/360, simple, booked
 * to the cent before anything of the new session moves cash.
 */
export function accrueInterest(
  context: EngineContext,
  account: AccountState,
  session: number,
): void {
  const { close, path } = context;
  const days = account.previousDay === 0 ? 0 : close.day - account.previousDay;
  if (days === 0) return;
  const cash = account.ledger.securities + account.ledger.futures;
  const spread = cash >= 0 ? CASH_SPREADS.credit : CASH_SPREADS.debit;
  const rate = Math.max(0, Math.expm1(path.billRate[session - 1] ?? Number.NaN) + spread);
  const cents = toCents((cash / 100) * ((rate * days) / 360));
  if (cents !== 0) account.ledger.post(LEDGER.interest, SLEEVE.cash, 'securities', cents);
}

/** Lets an index holding earn the day's price return and the dividend yield, to the cent. */
export function accrueIndex(path: MarketPath, account: AccountState, session: number): void {
  if (account.previousDay === 0) return;
  const price =
    (path.spxClose[session] ?? Number.NaN) / (path.spxClose[session - 1] ?? Number.NaN) - 1;
  const days = (path.day[session] ?? 0) - (path.day[session - 1] ?? 0);
  const dividend = (path.dividendYield[session] ?? Number.NaN) * (days / 365);
  const cents = toCents((account.ledger.holdings / 100) * (price + dividend));
  account.ledger.post(LEDGER['index-return'], SLEEVE.core, 'holdings', cents);
}
