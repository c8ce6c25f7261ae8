import type { PositionBook } from '../portfolio/position-book.ts';
import type { IntentLeg } from '../strategy/intent.ts';

/** What a leg of an intent lacks to stand in a book. */
export interface LegEntry {
  /** Contracts, signed. */
  readonly quantity: number;
  /** Fill price, points. */
  readonly price: number;
  /** Sleeve code and trade id. */
  readonly sleeve: number;
  readonly trade: number;
}

/** Adds a leg of an intent to a book and returns its slot. One flat literal: spreads are slow. */
export function addLeg(book: PositionBook, leg: IntentLeg, entry: LegEntry): number {
  return book.add({
    kind: leg.kind,
    right: leg.right,
    strike: leg.strike,
    expiry: leg.expiry,
    settlement: leg.settlement,
    quantity: entry.quantity,
    price: entry.price,
    sleeve: entry.sleeve,
    trade: entry.trade,
  });
}
