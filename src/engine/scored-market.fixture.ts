import type { MarketPath } from '../market/market-path.ts';
import type { Sketch } from './sketched-market.fixture.ts';

/** Scores that a sketched market does not draw; each by session, NaN = NO DATA. */
export interface ScoreSketch {
  readonly macdZ?: Sketch;
  readonly priceToEarningsZ?: Sketch;
  readonly cpiSurpriseZ?: Sketch;
}

/** A market with scores drawn by hand; those that are not drawn stay as they were. */
export function withScores(path: MarketPath, scores: ScoreSketch): MarketPath {
  const columns = Object.entries(scores).map(([name, sketch]: [string, Sketch]) => [
    name,
    Float64Array.from({ length: path.length }, (_unused, session) => sketch(session)),
  ]);
  return { ...path, ...Object.fromEntries(columns) };
}
