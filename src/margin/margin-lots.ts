import type { LegColumns } from '../contracts/leg-columns.ts';

/** Role of a lot: netted with others by intrinsic value. */
export const NETTED = 0;
/** Role of a lot: a short that nothing covers. */
export const NAKED = 1;
/** Role of a lot: a long that covers nothing; paid in full, requires nothing. */
export const PAID = 2;

/**
 * Contracts of several legs that are margined together, as growing columns; a lot is all or part
 * of a leg. Reused between calls: `clear` first, keep no reference.
 */
export class MarginLots {
  count = 0;
  /** Leg of the lot. */
  slot: Int32Array = new Int32Array(16);
  /** Contracts, signed: short < 0. */
  quantity: Int32Array = new Int32Array(16);
  /** NETTED, NAKED or PAID. */
  role: Uint8Array = new Uint8Array(16);
  /** Scratch: contracts not yet paired. */
  left: Int32Array = new Int32Array(16);
  /** Scratch: lots by strike. */
  order: Int32Array = new Int32Array(16);

  /** Empties the columns. */
  clear(): void {
    this.count = 0;
  }

  /** True when some lot has this role. */
  has(role: number): boolean {
    for (let lot = 0; lot < this.count; lot += 1) if (this.role[lot] === role) return true;
    return false;
  }

  /** Appends a lot. */
  add(slot: number, quantity: number, role: number): void {
    if (this.count === this.slot.length) this.grow();
    this.slot[this.count] = slot;
    this.quantity[this.count] = quantity;
    this.role[this.count] = role;
    this.count += 1;
  }

  private grow(): void {
    const capacity = this.slot.length * 2;
    const { slot, quantity, role } = this;
    this.slot = new Int32Array(capacity);
    this.quantity = new Int32Array(capacity);
    this.role = new Uint8Array(capacity);
    this.left = new Int32Array(capacity);
    this.order = new Int32Array(capacity);
    this.slot.set(slot);
    this.quantity.set(quantity);
    this.role.set(role);
  }
}

/** Whether two legs are options of one underlying with one expiry and one settlement. */
export function sameSeries(legs: LegColumns, a: number, b: number): boolean {
  return (
    legs.kind[a] === legs.kind[b] &&
    legs.expiry[a] === legs.expiry[b] &&
    legs.settlement[a] === legs.settlement[b]
  );
}

/** Whether leg `a` expires on or after leg `b`; on one date AM comes before PM. */
export function expiresOnOrAfter(legs: LegColumns, a: number, b: number): boolean {
  const dayA = legs.expiry[a] ?? Number.NaN;
  const dayB = legs.expiry[b] ?? Number.NaN;
  if (dayA !== dayB) return dayA > dayB;
  return (legs.settlement[a] ?? Number.NaN) >= (legs.settlement[b] ?? Number.NaN);
}
