import { SPX_OPTION, XSP_OPTION } from '../../contracts/contract-kind.ts';
import type { OptionChain } from '../../market/option-chain.ts';
import type {
  ModelMids,
  QuotedSeries,
  QuoteSource,
  SeriesQuote,
} from '../../market/quote-source.ts';
import { quoteFault } from '../../pricing/quote-implied-vol.ts';
import { chainExpiries, yearsOfExpiry } from '../../volatility/chain-expiries.ts';
import type { ChainExpiry } from '../../volatility/chain-expiries.ts';
import { midsByNeighbours } from '../../volatility/mids-by-neighbours.ts';
import { chainOfExpiries } from './chain-rows.ts';
import type { SessionChains } from './session-chains.ts';

/**
 * Quotes of the index options in recorded chains, by session.
 *
 * A series is quoted when its chain has both sides with something asked and the bid not above the
 * ask (`quoteFault`); a bid of zero is a quote: it marks at half the ask and cannot be sold. Mids by
 * the other quotes are fitted when first asked for and remembered.
 *
 * Stale sessions are left out as a whole (`readSessionChains`). Some strikes in a row as they were
 * the day before are not held against a quote: a day's decay can offset a small move, as it did for
 * 6 of the 1,823 leg-days of the recorded days of 2019.
 *
 * `rate` gives the continuous bill rate of a session, per year.
 */
export function chainQuotes(chains: SessionChains, rate: (day: number) => number): QuoteSource {
  const terms = new Map<string, ChainExpiry | undefined>();
  const mids = new Map<string, ModelMids>();
  const chainOf = (day: number, kind: number): OptionChain | undefined => {
    if (kind === SPX_OPTION) return chains.spx.get(day);
    return kind === XSP_OPTION ? chains.xsp.get(day) : undefined;
  };
  const termOf = (chain: OptionChain, series: QuotedSeries): ChainExpiry | undefined => {
    const { expiry, settlement, kind } = series;
    const key = `${kind} ${chain.quoteDay} ${expiry} ${settlement}`;
    if (!terms.has(key)) {
      const all = chainExpiries(chainOfExpiries(chain, expiry, expiry));
      terms.set(
        key,
        all.find((term) => term.settlement === settlement),
      );
    }
    return terms.get(key);
  };
  return {
    quote: (day, series) => {
      const chain = chainOf(day, series.kind);
      return chain === undefined ? NO_CHAIN : quoteAt(chain, series);
    },
    modelMids: (day, series) => {
      const chain = chainOf(day, series.kind);
      if (chain === undefined) return NO_MIDS;
      const { kind, right, strike, expiry, settlement } = series;
      const key = `${kind} ${day} ${expiry} ${settlement} ${right} ${strike}`;
      const known = mids.get(key);
      if (known !== undefined) return known;
      const years = yearsOfExpiry(chain, expiry, settlement);
      const quotes = termOf(chain, series)?.quotes ?? [];
      const found = midsByNeighbours(quotes, series, { years, rate: rate(day) });
      mids.set(key, found);
      return found;
    },
  };
}

const NO_MIDS: ModelMids = { mid: Number.NaN, smileMid: Number.NaN };
const NO_CHAIN: SeriesQuote = { kind: 'absent', reason: 'no-chain' };

function quoteAt(chain: OptionChain, series: QuotedSeries): SeriesQuote {
  const row = rowOf(chain, series);
  if (row < 0) return { kind: 'absent', reason: 'not-listed' };
  const bid = chain.bid[row] ?? Number.NaN;
  const ask = chain.ask[row] ?? Number.NaN;
  const fault = quoteFault({ bid, ask });
  if (fault === undefined || fault === 'no-bid') return { kind: 'quoted', bid, ask };
  return { kind: 'absent', reason: fault === 'crossed' ? 'crossed' : 'no-quote' };
}

/** Row of a series, -1 when it is not there; rows ascend by expiry, settlement, strike and right. */
function rowOf(chain: OptionChain, series: QuotedSeries): number {
  let low = 0;
  let high = chain.rows - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compareRow(chain, middle, series);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function compareRow(chain: OptionChain, row: number, series: QuotedSeries): number {
  return (
    (chain.expiry[row] ?? 0) - series.expiry ||
    (chain.settlement[row] ?? 0) - series.settlement ||
    (chain.strike[row] ?? Number.NaN) - series.strike ||
    (chain.right[row] ?? 0) - series.right
  );
}
