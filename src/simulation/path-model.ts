import type { MarketPath } from '../market/market-path.ts';

/** A source of simulated markets: path `index` of a seed is always the same market. */
export interface PathModel {
  readonly name: string;
  /**
   * The market of one path. `into`, a path of the same model, is overwritten and returned, so that
   * thousands of paths need one block of memory.
   */
  readonly generate: (seed: number, index: number, into?: MarketPath | undefined) => MarketPath;
}
