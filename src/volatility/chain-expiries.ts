import { AM, CALL } from '../contracts/contract-kind.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { closeFraction } from '../time/cboe-calendar.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import type { StrikeQuote } from './vix-index.ts';

/** The quotes of one expiry and settlement of a chain. */
export interface ChainExpiry {
  /** EpochDay. */
  readonly expiry: number;
  /** AM or PM, see contract-kind. */
  readonly settlement: number;
  /** Ascending by strike, which occurs once. */
  readonly quotes: readonly StrikeQuote[];
}

/** The expiries of a chain in its order: by day, AM before PM. */
export function chainExpiries(chain: OptionChain): readonly ChainExpiry[] {
  const found = new Map<string, ChainExpiry & { readonly byStrike: Map<number, StrikeQuote> }>();
  for (let row = 0; row < chain.rows; row += 1) {
    const expiry = chain.expiry[row] ?? 0;
    const settlement = chain.settlement[row] ?? AM;
    const key = `${expiry} ${settlement}`;
    let entry = found.get(key);
    if (entry === undefined) {
      entry = { expiry, settlement, quotes: [], byStrike: new Map() };
      found.set(key, entry);
    }
    addQuote(entry.byStrike, chain, row);
  }
  return [...found.values()].map(({ expiry, settlement, byStrike }) => ({
    expiry,
    settlement,
    quotes: [...byStrike.values()].toSorted((a, b) => a.strike - b.strike),
  }));
}

/**
 * Years from a chain's moment to an expiry, ACT/365 in continuous time; a chain that gives only a
 * date counts as the close of its session. 0 when expired.
 */
export function yearsOfExpiry(chain: OptionChain, expiry: number, settlement: number): number {
  const fraction =
    chain.quoteMinute === undefined ? closeFraction(chain.quoteDay) : chain.quoteMinute / 1440;
  return yearsToExpiry(chain.quoteDay, fraction, expiry, settlement);
}

function addQuote(byStrike: Map<number, StrikeQuote>, chain: OptionChain, row: number): void {
  const strike = chain.strike[row] ?? Number.NaN;
  const bid = chain.bid[row] ?? Number.NaN;
  const ask = chain.ask[row] ?? Number.NaN;
  const none = Number.NaN;
  const quote = byStrike.get(strike) ?? {
    strike,
    callBid: none,
    callAsk: none,
    putBid: none,
    putAsk: none,
  };
  byStrike.set(
    strike,
    chain.right[row] === CALL
      ? { ...quote, callBid: bid, callAsk: ask }
      : { ...quote, putBid: bid, putAsk: ask },
  );
}
