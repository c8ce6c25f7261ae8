import { macd } from './macd.ts';
import { rollingZScore } from './z-score.ts';
import type { ZScoreWindow } from './z-score.ts';

/** Sessions of ten years, the window of the scores that weight budgets. */
const TEN_YEARS = 2520;

/** MACD swings around zero within weeks: most of a year holds enough of its swings. */
const MACD_WINDOW: ZScoreWindow = { rows: TEN_YEARS, minimum: 200 };

/** A multiple drifts over years: half the window at least. */
export const MULTIPLE_WINDOW: ZScoreWindow = { rows: TEN_YEARS, minimum: TEN_YEARS / 2 };

/** Histogram of MACD(12, 26, 9) over the close, a fraction; NaN until its averages are seeded. */
export function histogramOverPrice(closes: Float64Array): Float64Array {
  return macd(closes).histogram.map((value, row) => value / (closes[row] ?? Number.NaN));
}

/**
 * z-score of the MACD histogram over the close within ten years, at least 200 sessions; NaN = NO
 * DATA. Row i rests on rows <= i.
 *
 * Source: Appel (2005); the window is ours.
 */
export function macdScore(closes: Float64Array): Float64Array {
  return rollingZScore(histogramOverPrice(closes), MACD_WINDOW);
}
