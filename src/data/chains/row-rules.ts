/** Rules that a row must keep to be taken; a row that breaks one is rejected and counted. */
export const ROW_RULES = {
  fields: 'record must have the fields of the header',
  day: 'quote day must be a date',
  underlying: 'underlying must be named',
  contract: 'contract must be root, expiry, right and strike',
  right: 'right must be C, P, call or put',
  expiry: 'expiry must be a date',
  expired: 'expiry must be on or after the quote day',
  strike: 'strike must be > 0 (index points)',
  agreement: 'contract code, strike, right and expiry must agree',
  bid: 'bid must be a number >= 0 (index points)',
  ask: 'ask must be a number >= 0 (index points)',
  last: 'last must be a number >= 0 (index points)',
  count: 'volume and open interest must be numbers >= 0',
  spot: 'underlying price must be > 0 (index points)',
  duplicate: 'series must occur once a session',
} as const;

/** Name of a row rule. */
export type RowRule = keyof typeof ROW_RULES;

/** A row that was not taken. */
export interface RejectedRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly rule: RowRule;
  /** The record as it stands, at most 300 characters. */
  readonly record: string;
}

/** The rejected rows of a file. */
export interface Rejections {
  /** Rows by rule; absent = none. */
  readonly counts: ReadonlyMap<RowRule, number>;
  /** The first 10 000 of them. */
  readonly rows: readonly RejectedRow[];
}
