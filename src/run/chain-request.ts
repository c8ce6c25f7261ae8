import { createHash } from 'node:crypto';
import type { SessionChains } from '../data/chains/session-chains.ts';
import { chainMarket } from '../data/chain-market.ts';
import { DataError } from '../data/data-error.ts';
import { historicalMarket } from '../data/historical-market.ts';
import type { HistoricalMarket, HistoricalSpan } from '../data/historical-market.ts';
import type { MarketFolder } from '../data/market-folder.ts';
import type { QuoteRules } from '../engine/context.ts';
import { seriesText, UnquotedLegError } from '../engine/quoted-legs.ts';
import { CONTRACT_KINDS } from '../contracts/contract-kind.ts';
import { formatIsoDate } from '../time/epoch-day.ts';

/** Which series may be marked by model where they have no quote. */
export interface ModelMarks {
  /** Every one. */
  readonly all: boolean;
  /** Contracts (`xsp-option`) or series as the blotter writes them (`SPX 2019-06-21 PM 2800P`). */
  readonly contracts: readonly string[];
}

/** Recorded chains that a comparison marks and fills at. */
export interface ChainRequest {
  readonly chains: SessionChains;
  readonly modelMarks: ModelMarks;
}

/** The market of a comparison, with its quotes where chains were asked for. */
export interface QuotedMarket {
  readonly market: HistoricalMarket;
  readonly quotes?: QuoteRules;
  /** The chains in use. */
  readonly chains?: SessionChains;
}

/** The market of a span, on the sessions with a chain where chains are asked for. */
export function quotedMarket(
  folder: MarketFolder,
  span: HistoricalSpan,
  request: ChainRequest | undefined,
): QuotedMarket {
  if (request === undefined) return { market: historicalMarket(folder, span) };
  const { market, quotes: source, chains } = chainMarket(folder, span, request.chains);
  const hash = createHash('sha256').update(market.dataHash).update(chains.hash);
  return {
    market: { ...market, dataHash: hash.digest('hex') },
    quotes: { source, mayModel: mayModel(request.modelMarks) },
    chains,
  };
}

function mayModel({ all, contracts }: ModelMarks): QuoteRules['mayModel'] {
  const named = new Set(contracts);
  return (series) =>
    all || named.has(CONTRACT_KINDS[series.kind] ?? '') || named.has(seriesText(series));
}

/** Runs something of a comparison; an open leg that cannot be marked becomes a DataError. */
export async function withQuotes<T>(
  request: ChainRequest | undefined,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof UnquotedLegError) || request === undefined) throw error;
    throw new DataError({
      code: 'no-data',
      file: request.chains.dir,
      rule: `the open leg ${error.series} must be quoted on ${formatIsoDate(error.day)}`,
      value: error.reason,
      remedy:
        'import a chain of that session that has it, or let it be marked by model with ' +
        `--model-contracts '${error.series}', or any leg with --allow-model-marks`,
    });
  }
}
