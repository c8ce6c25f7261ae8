/**
 * Open legs as columns of typed arrays; slot = leg, slots 0..count-1 are in use.
 *
 * This is all that pricing and margin see of a position: geometry, never a strategy's name.
 */
export interface LegColumns {
  readonly count: number;
  /** Contract code, see contract-kind. */
  readonly kind: Uint8Array;
  /** CALL, PUT or NO_RIGHT. */
  readonly right: Uint8Array;
  /**
   * Strike in the contract's own index points (XSP = SPX / 10); 0 for a future. For an ETP the
   * level of its index at purchase: a share counts as ETP_SHARE dollars there, since the real share
   * price hangs on reverse splits to come.
   */
  readonly strike: Float64Array;
  /** Expiry or final settlement, EpochDay; NO_EXPIRY for a share. */
  readonly expiry: Int32Array;
  /** AM or PM. */
  readonly settlement: Uint8Array;
  /** Contracts, signed: short < 0. */
  readonly quantity: Int32Array;
  /** Current mark in the contract's own points per unit. */
  readonly mark: Float64Array;
}

/** One leg as plain values: what a row of leg columns holds, with its price. */
export interface Leg {
  /** Codes of kind, right and settlement as in contract-kind. */
  readonly kind: number;
  readonly right: number;
  readonly strike: number;
  /** EpochDay. */
  readonly expiry: number;
  readonly settlement: number;
  /** Contracts, signed: short < 0. */
  readonly quantity: number;
  /** Per unit at entry, in the contract's own points. */
  readonly price: number;
}
