/**
 * One contract as the codes that leg columns hold (see contract-kind): what priceContract and
 * contractGreeks read.
 */
export interface LegTerms {
  /** Contract code. */
  readonly kind: number;
  /** CALL, PUT or NO_RIGHT. */
  readonly right: number;
  /** Strike in the contract's own index points; 0 for a future. */
  readonly strike: number;
  /** Expiry or final settlement, EpochDay. */
  readonly expiry: number;
  /** AM or PM. */
  readonly settlement: number;
}
