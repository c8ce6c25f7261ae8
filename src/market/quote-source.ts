/** One listed option series as codes (see contract-kind); an XSP strike is in XSP points. */
export interface QuotedSeries {
  readonly kind: number;
  readonly right: number;
  readonly strike: number;
  /** EpochDay. */
  readonly expiry: number;
  /** AM or PM. */
  readonly settlement: number;
}

/**
 * Why a series has no quote on a day: no chain of its underlying, the series not in the chain, not
 * both sides given, or bid above ask.
 */
export type QuoteAbsence = 'no-chain' | 'not-listed' | 'no-quote' | 'crossed';

/** What a source has on a series: bid and ask in points, a bid of zero included, or why nothing. */
export type SeriesQuote =
  | { readonly kind: 'quoted'; readonly bid: number; readonly ask: number }
  | { readonly kind: 'absent'; readonly reason: QuoteAbsence };

/** Mids of a series by the other quotes of its chain, points; NaN where they do not tell. */
export interface ModelMids {
  /** On the smile fitted to them, moved by what the nearest two leave over: the best guess. */
  readonly mid: number;
  /** On the smile alone. */
  readonly smileMid: number;
}

/**
 * Recorded quotes of option series, one moment a session. Sources answer alike whenever asked, and
 * only for the day asked: nothing later shows through.
 */
export interface QuoteSource {
  /** Bid and ask of a series on a session (EpochDay), points. */
  readonly quote: (day: number, series: QuotedSeries) => SeriesQuote;
  /** Mids that the other quotes of that session's chain give a series, its own quote left out. */
  readonly modelMids: (day: number, series: QuotedSeries) => ModelMids;
}
