import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../architecture/source-tree.ts';

/** Folder of recorded market data, beside the repository where it is there at all. */
export const REAL_MARKET: string = join(ROOT, '..', 'shared', 'data', 'market');

/** Whether recorded market data are there; tells why real-data tests are skipped when not. */
export function hasRealMarket(tests: string): boolean {
  const present = existsSync(join(REAL_MARKET, 'spx_daily.csv'));
  if (!present) console.log(`${tests} skipped: no market data at ${REAL_MARKET}`);
  return present;
}
