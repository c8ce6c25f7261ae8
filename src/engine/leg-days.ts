import type { QuoteAbsence } from '../market/quote-source.ts';
import { spxSliceOf } from '../pricing/expiry-market.ts';
import { priceContract } from '../pricing/mark-legs.ts';
import { XSP_OPTION } from '../contracts/contract-kind.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { legTerms } from './leg-terms-of.ts';
import { closeQuote, isIndexOption, seriesText } from './quoted-legs.ts';

/** One index option held at one close of a run with quotes; prices in its own points per unit. */
export interface LegDay {
  readonly day: EpochDay;
  readonly trade: number;
  /** Sleeve code. */
  readonly sleeve: number;
  /** As the blotter writes it: `SPX 2019-06-21 PM 2800P`. */
  readonly series: string;
  /** Contracts, signed. */
  readonly quantity: number;
  /** What marked it: its quote, the other quotes of its chain, or the surface of the indices. */
  readonly source: 'quoted' | 'chain-model' | 'index-model';
  /** Why it has no quote; undefined when it has. */
  readonly absence: QuoteAbsence | undefined;
  /** NaN without a quote. */
  readonly bid: number;
  readonly ask: number;
  readonly mark: number;
  /**
   * Mid by the other quotes of its chain, its own left out: what marks it where it has none. And on
   * the smile through them alone. NaN where they do not tell.
   */
  readonly chainModel: number;
  readonly chainSmile: number;
  /** Mid by the surface of the volatility indices: the mark of a run without quotes. */
  readonly indexModel: number;
  /** Distance from the forward: |ln(K / F)| in at-the-money standard deviations to expiry. */
  readonly deviations: number;
}

/** The index options of the book at this close, in order of slot. */
export function legDaysOf(context: EngineContext, account: AccountState): readonly LegDay[] {
  const { book } = account;
  const rows: LegDay[] = [];
  for (let slot = 0; slot < book.count; slot += 1) {
    if (isIndexOption(book.kind[slot] ?? -1)) rows.push(legDay(context, account, slot));
  }
  return rows;
}

function legDay(context: EngineContext, { book }: AccountState, slot: number): LegDay {
  const { close, quotes } = context;
  const leg = legTerms(book, slot);
  const quote = closeQuote(context, leg);
  const quoted = quote?.kind === 'quoted' ? quote : undefined;
  const mids = quotes?.source.modelMids(close.day, leg);
  const chainModel = mids?.mid ?? Number.NaN;
  const model = Number.isNaN(chainModel) ? 'index-model' : 'chain-model';
  const slice = spxSliceOf(close, leg.expiry, leg.settlement);
  const strike = leg.kind === XSP_OPTION ? 10 * leg.strike : leg.strike;
  return {
    day: asEpochDay(close.day),
    trade: book.trade[slot] ?? -1,
    sleeve: book.sleeve[slot] ?? 0,
    series: seriesText(leg),
    quantity: book.quantity[slot] ?? 0,
    source: quoted === undefined ? model : 'quoted',
    absence: quote === undefined || quote.kind === 'quoted' ? undefined : quote.reason,
    bid: quoted?.bid ?? Number.NaN,
    ask: quoted?.ask ?? Number.NaN,
    mark: book.mark[slot] ?? Number.NaN,
    chainModel,
    chainSmile: mids?.smileMid ?? Number.NaN,
    indexModel: priceContract(leg, close),
    deviations: Math.abs(Math.log(strike / slice.forward)) / Math.sqrt(slice.theta),
  };
}
