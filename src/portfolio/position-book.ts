import { invariant } from '../core/invariant.ts';
import type { Leg, LegColumns } from '../contracts/leg-columns.ts';

/** A leg to be added to the book. */
export interface NewLeg extends Leg {
  /** Sleeve code that owns the leg. */
  readonly sleeve: number;
  /** Trade the leg belongs to. */
  readonly trade: number;
}

/**
 * The open legs of one account as columns. Slots keep the order of opening; closing a leg moves
 * the later ones up, so equal histories give equal layouts.
 */
export class PositionBook implements LegColumns {
  count = 0;
  /** Grows with every change of legs or quantities; marks do not count. */
  version = 0;
  readonly kind: Uint8Array;
  readonly right: Uint8Array;
  readonly strike: Float64Array;
  readonly expiry: Int32Array;
  readonly settlement: Uint8Array;
  readonly quantity: Int32Array;
  readonly mark: Float64Array;
  /** Value carried in the ledger: options in cents; futures: last settlement price in points. */
  readonly carried: Float64Array;
  readonly sleeve: Uint8Array;
  readonly trade: Int32Array;

  constructor(capacity: number) {
    invariant(capacity > 0, 'capacity > 0 legs');
    this.kind = new Uint8Array(capacity);
    this.right = new Uint8Array(capacity);
    this.strike = new Float64Array(capacity);
    this.expiry = new Int32Array(capacity);
    this.settlement = new Uint8Array(capacity);
    this.quantity = new Int32Array(capacity);
    this.mark = new Float64Array(capacity);
    this.carried = new Float64Array(capacity);
    this.sleeve = new Uint8Array(capacity);
    this.trade = new Int32Array(capacity);
  }

  /** Appends a leg and returns its slot; a full book is a programmer error. */
  add(leg: NewLeg): number {
    const slot = this.count;
    invariant(slot < this.kind.length, 'a leg finds a free slot in the book', slot);
    this.kind[slot] = leg.kind;
    this.right[slot] = leg.right;
    this.strike[slot] = leg.strike;
    this.expiry[slot] = leg.expiry;
    this.settlement[slot] = leg.settlement;
    this.quantity[slot] = leg.quantity;
    this.mark[slot] = leg.price;
    this.carried[slot] = 0;
    this.sleeve[slot] = leg.sleeve;
    this.trade[slot] = leg.trade;
    this.count = slot + 1;
    this.version += 1;
    return slot;
  }

  /** Removes a leg; later slots move up by one. */
  remove(slot: number): void {
    invariant(slot >= 0 && slot < this.count, 'slot is in use');
    const last = this.count - 1;
    // Books are short: moving row by row is several times faster than `copyWithin` a column.
    for (let to = slot; to < last; to += 1) this.moveUp(to);
    this.count = last;
    this.version += 1;
  }

  /** Changes the contracts of a leg, signed. */
  setQuantity(slot: number, quantity: number): void {
    invariant(slot >= 0 && slot < this.count, 'slot is in use');
    this.quantity[slot] = quantity;
    this.version += 1;
  }

  /** Empties the book. */
  clear(): void {
    this.count = 0;
    this.version += 1;
  }

  /** Copies the row after `to` into it. */
  private moveUp(to: number): void {
    const from = to + 1;
    this.kind[to] = this.kind[from] ?? 0;
    this.right[to] = this.right[from] ?? 0;
    this.strike[to] = this.strike[from] ?? Number.NaN;
    this.expiry[to] = this.expiry[from] ?? 0;
    this.settlement[to] = this.settlement[from] ?? 0;
    this.quantity[to] = this.quantity[from] ?? 0;
    this.mark[to] = this.mark[from] ?? Number.NaN;
    this.carried[to] = this.carried[from] ?? 0;
    this.sleeve[to] = this.sleeve[from] ?? 0;
    this.trade[to] = this.trade[from] ?? 0;
  }
}
