import { emaFromAverage } from './ewma.ts';

/** Spans of a MACD in sessions. */
export interface MacdSpans {
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
}

/** The usual spans. Source: Appel (2005), Technical Analysis: Power Tools, chapter 8. */
export const MACD_12_26_9: MacdSpans = { fast: 12, slow: 26, signal: 9 };

/** MACD columns, in the unit of the prices; NaN until their averages are seeded. */
export interface Macd {
  readonly macd: Float64Array;
  readonly signal: Float64Array;
  /** macd - signal. */
  readonly histogram: Float64Array;
}

/** Moving average convergence-divergence of each row; all averages are seeded with their SMA. */
export function macd(prices: Float64Array, spans: MacdSpans = MACD_12_26_9): Macd {
  const fast = emaFromAverage(prices, spans.fast);
  const slow = emaFromAverage(prices, spans.slow);
  const line = fast.map((value, i) => value - (slow[i] ?? Number.NaN));
  const signal = emaFromAverage(line, spans.signal);
  const histogram = line.map((value, i) => value - (signal[i] ?? Number.NaN));
  return { macd: line, signal, histogram };
}
