import { chainGreekColumns, fillChainGreeks } from '../kernels/chain-greeks.ts';
import type { ChainGreekColumns } from '../kernels/chain-greeks.ts';

/** What the options of one expiry have in common. */
export interface ExpiryTerms {
  readonly forward: number;
  /** Discount factor to expiry, > 0. */
  readonly discountFactor: number;
  /** Years to expiry, > 0. */
  readonly yearFraction: number;
}

/** Columns of a chain, and what fills price and greeks of some of its rows. */
export interface ChainGreeks {
  readonly columns: ChainGreekColumns;
  /**
   * Fills the rows from `from` up to and without `to`, all of one expiry. A row whose numbers are no
   * prices, such as NaN, gives NaN: the loop checks nothing.
   */
  readonly fill: (from: number, to: number, expiry: ExpiryTerms) => void;
}

/**
 * Columns of so many rows with right, strike and vol to be set by the caller, and `fill` for price,
 * delta, gamma, vega and theta after Black-76. Units, edges and accuracy as `fillChainGreeks`.
 */
export function chainGreeks(rows: number): ChainGreeks {
  const columns = chainGreekColumns(rows);
  return {
    columns,
    fill: (from, to, { forward, discountFactor, yearFraction }) =>
      fillChainGreeks(columns, from, to, forward, discountFactor, yearFraction),
  };
}
