import { VX_FUTURE, VXM_FUTURE } from '../contracts/contract-kind.ts';
import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import { toCents } from '../money/cents.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import type { PositionBook } from '../portfolio/position-book.ts';
import type { AccountState } from './account-state.ts';

/** Dollars per point of one contract. */
export function multiplier(kind: number): number {
  return MULTIPLIERS[kind] ?? Number.NaN;
}

/** True for a future: it carries no value, its profit is paid daily as variation. */
export function isFuture(kind: number): boolean {
  return kind === VX_FUTURE || kind === VXM_FUTURE;
}

/** Value in cents of one leg of the book at a mark in points; options only. */
export function legCents(book: PositionBook, slot: number, mark: number): number {
  const quantity = book.quantity[slot] ?? 0;
  return toCents(mark * quantity * multiplier(book.kind[slot] ?? 0));
}

/**
 * Brings the ledger to the book's current marks: options are revalued, futures pay variation. Each
 * leg is rounded to cents by itself; neighbours of one sleeve share an entry.
 */
export function revalue(account: AccountState): void {
  const { book, ledger } = account;
  let sleeve = 0;
  let change = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    const mark = book.mark[slot] ?? Number.NaN;
    if (isFuture(book.kind[slot] ?? 0)) {
      payVariation(account, slot, mark);
      continue;
    }
    const owner = book.sleeve[slot] ?? 0;
    if (owner !== sleeve) {
      if (change !== 0) ledger.post(LEDGER.revaluation, sleeve, 'holdings', change);
      sleeve = owner;
      change = 0;
    }
    const value = legCents(book, slot, mark);
    change += value - (book.carried[slot] ?? 0);
    book.carried[slot] = value;
  }
  if (change !== 0) ledger.post(LEDGER.revaluation, sleeve, 'holdings', change);
}

/** Pays a future's variation from its last settlement to a price, and carries that price. */
export function payVariation(account: AccountState, slot: number, price: number): number {
  const { book, ledger } = account;
  const points = price - (book.carried[slot] ?? 0);
  const scale = (book.quantity[slot] ?? 0) * multiplier(book.kind[slot] ?? 0);
  const cents = toCents(points * scale);
  if (cents !== 0) ledger.post(LEDGER.variation, book.sleeve[slot] ?? 0, 'futures', cents);
  book.carried[slot] = price;
  const trade = account.findTrade(book.trade[slot] ?? -1);
  if (trade !== undefined) trade.cashCents += cents;
  return cents;
}

/** Net liquidation value in dollars with the legs at other marks than the carried ones. */
export function equityAtMarks(account: AccountState, marks: Float64Array): number {
  const { book, ledger } = account;
  let cents = ledger.securities + ledger.futures + ledger.holdings;
  for (let slot = 0; slot < book.count; slot += 1) {
    const mark = marks[slot] ?? Number.NaN;
    const carried = book.carried[slot] ?? 0;
    const scale = (book.quantity[slot] ?? 0) * multiplier(book.kind[slot] ?? 0) * 100;
    cents += isFuture(book.kind[slot] ?? 0) ? (mark - carried) * scale : mark * scale - carried;
  }
  return cents / 100;
}
