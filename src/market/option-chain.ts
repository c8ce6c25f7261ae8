import type { EpochDay } from '../time/epoch-day.ts';

/**
 * The quotes of one underlying at one moment, as columns: one row per listed series.
 *
 * Shape: every column has `rows` rows; rows ascend by expiry, settlement (AM before PM), strike,
 * then call before put, and no series occurs twice. NaN means "not given", never zero; a zero bid
 * is a real quote (no buyer). Prices in the underlying's index points per unit.
 */
export interface OptionChain {
  /** Underlying as traded: SPX (SPX and SPXW roots), XSP, VIX, SPY, QQQ ... */
  readonly underlying: string;
  /** Session the quotes belong to, New York. */
  readonly quoteDay: EpochDay;
  /** Minutes after midnight, New York; undefined when the source gives only a date. */
  readonly quoteMinute: number | undefined;
  /** Underlying in index points as the source gives it; NaN when it does not. */
  readonly spot: number;
  readonly rows: number;
  /** Root per row (`SPX`, `SPXW`), an index into `roots`. */
  readonly root: Uint8Array;
  readonly roots: readonly string[];
  /** Expiration, EpochDay. */
  readonly expiry: Int32Array;
  /** AM or PM, see contract-kind. */
  readonly settlement: Uint8Array;
  /** CALL or PUT, see contract-kind. */
  readonly right: Uint8Array;
  readonly strike: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  /** Contracts traded this session. */
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
  /** The source's own implied volatility (0.20 = 20 %); a reference to check against, not an input. */
  readonly sourceVol: Float64Array;
  /** The source's own delta, signed. */
  readonly sourceDelta: Float64Array;
}
