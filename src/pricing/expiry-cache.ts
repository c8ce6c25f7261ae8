/** Expiries held at once: a condor tranche or a hedge expiry each. */
const SLOTS = 8;

/**
 * Which of a few reused blocks holds which expiry of the present snapshot. Belongs to one caller;
 * `resetExpiryIndex` before every snapshot.
 */
export interface ExpiryIndex {
  /** Expiries seen since the reset. */
  seen: number;
  /** Slot of the last look-up: consecutive legs mostly share it. */
  last: number;
  /** 2 * EpochDay + settlement code of each slot. */
  readonly keys: Int32Array;
}

/** An empty index. */
export function createExpiryIndex(): ExpiryIndex {
  return { seen: 0, last: 0, keys: new Int32Array(SLOTS) };
}

/** One reused block for each slot of an index. */
export function createExpirySlots<T>(create: () => T): readonly T[] {
  return Array.from({ length: SLOTS }, create);
}

/** Forgets every expiry: the snapshot has changed. */
export function resetExpiryIndex(index: ExpiryIndex): void {
  index.seen = 0;
}

/** Slot that holds the expiry, or -1: then `claimSlot` says which to fill. */
export function findSlot(index: ExpiryIndex, expiry: number, settlement: number): number {
  const key = 2 * expiry + settlement;
  const used = Math.min(index.seen, SLOTS);
  if (index.last < used && index.keys[index.last] === key) return index.last;
  for (let slot = 0; slot < used; slot += 1) {
    if (index.keys[slot] === key) {
      index.last = slot;
      return slot;
    }
  }
  return -1;
}

/** Slot now reserved for the expiry, the oldest one first; the caller fills its block. */
export function claimSlot(index: ExpiryIndex, expiry: number, settlement: number): number {
  const slot = index.seen % SLOTS;
  index.seen += 1;
  index.last = slot;
  index.keys[slot] = 2 * expiry + settlement;
  return slot;
}
