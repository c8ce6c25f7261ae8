import type { MarketPath } from '../market/market-path.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** A source of simulated markets: path `index` of a seed is always the same market. */
export interface PathModel {
  readonly name: string;
  /** Paths there are: Infinity where every index draws another. */
  readonly paths: number;
  /**
   * The market of one path. Seed in [0, 2^53), index in [0, 2^32) and below `paths`, integers.
   *
   * `into`, a path this same model gave before, has its numbers overwritten and its columns are
   * those of the result, so that thousands of paths need one block of memory.
   */
  readonly generate: (seed: number, index: number, into?: MarketPath) => MarketPath;
}

/** What a path model is asked for. */
export interface PathOptions {
  /** Trading years of 252 sessions after the warm-up. */
  readonly years: number;
  /** First civil day to trade; its first session is `path.start`. Default 2025-01-02. */
  readonly startDay?: EpochDay;
  /** Sessions before it, on which indicators warm up; >= 260, default 300. */
  readonly warmUp?: number;
  /**
   * `stationary` (default): each path begins in a regime of its own. A number: VIX at the last
   * close before trading begins, VIX points; the warm-up is bent towards it.
   */
  readonly startState?: 'stationary' | number;
}
