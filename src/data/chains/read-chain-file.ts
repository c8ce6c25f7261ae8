import type { Result } from '../../core/result.ts';
import type { DataError } from '../data-error.ts';
import { firstBytes, readTextFile } from './chain-file.ts';
import type { ChainFile } from './chain-file.ts';
import { readChainParquet } from './chain-parquet.ts';
import type { ChainReadOptions } from './chain-plan.ts';

/**
 * The option chains in a file of any known layout: CSV, gzipped CSV or Parquet, told by content.
 *
 * Errors: DataError `not-found` when it cannot be read, `bad-data` when its layout is unknown, it
 * has no date or it is damaged, `no-data` when it has no rows. Broken rows do not fail the file:
 * they are counted and listed in `rejections`.
 */
export async function readChainFile(
  file: string,
  options: ChainReadOptions = {},
): Promise<Result<ChainFile, DataError>> {
  let magic: Uint8Array;
  try {
    magic = await firstBytes(file);
  } catch {
    return readTextFile(file, file, options);
  }
  const isParquet = Buffer.from(magic).toString('latin1') === 'PAR1';
  return isParquet ? readChainParquet(file, options) : readTextFile(file, file, options);
}
