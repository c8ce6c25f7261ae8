import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AM, CALL } from '../../contracts/contract-kind.ts';
import type { OptionChain } from '../../market/option-chain.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { ParquetColumn } from '../duckdb-session.ts';
import { parquetToCsv, writeParquet } from '../duckdb-session.ts';
import { err } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { DataError } from '../data-error.ts';
import { readTextFile } from './chain-file.ts';
import type { ChainFile } from './chain-file.ts';
import type { ChainReadOptions } from './chain-plan.ts';

/** Writes a chain as Parquet (zstd), one row per series under the names of layout `alvh`. */
export async function writeChainParquet(chain: OptionChain, file: string): Promise<void> {
  const floats = (column: Float64Array): readonly (number | null)[] =>
    Array.from(column, (value) => (Number.isFinite(value) ? value : null));
  const texts = (text: (row: number) => string): readonly string[] =>
    Array.from({ length: chain.rows }, (_, row) => text(row));
  const same = <T>(value: T): readonly T[] => Array.from({ length: chain.rows }, () => value);
  const columns: readonly ParquetColumn[] = [
    { name: 'underlying', type: 'VARCHAR', values: same(chain.underlying) },
    { name: 'quote_day', type: 'VARCHAR', values: same(formatIsoDate(chain.quoteDay)) },
    { name: 'quote_minute', type: 'DOUBLE', values: same(chain.quoteMinute ?? null) },
    {
      name: 'spot',
      type: 'DOUBLE',
      values: same(Number.isFinite(chain.spot) ? chain.spot : null),
    },
    {
      name: 'root',
      type: 'VARCHAR',
      values: texts((row) => chain.roots[chain.root[row] ?? 0] ?? ''),
    },
    { name: 'expiry_number', type: 'DOUBLE', values: Array.from(chain.expiry) },
    {
      name: 'settlement',
      type: 'VARCHAR',
      values: texts((row) => (chain.settlement[row] === AM ? 'AM' : 'PM')),
    },
    {
      name: 'right',
      type: 'VARCHAR',
      values: texts((row) => (chain.right[row] === CALL ? 'C' : 'P')),
    },
    { name: 'strike', type: 'DOUBLE', values: floats(chain.strike) },
    { name: 'bid', type: 'DOUBLE', values: floats(chain.bid) },
    { name: 'ask', type: 'DOUBLE', values: floats(chain.ask) },
    { name: 'last', type: 'DOUBLE', values: floats(chain.last) },
    { name: 'volume', type: 'DOUBLE', values: floats(chain.volume) },
    { name: 'open_interest', type: 'DOUBLE', values: floats(chain.openInterest) },
    { name: 'source_vol', type: 'DOUBLE', values: floats(chain.sourceVol) },
    { name: 'source_delta', type: 'DOUBLE', values: floats(chain.sourceDelta) },
  ];
  await writeParquet(columns, file, {
    quote_day: 'CAST(quote_day AS DATE)',
    expiry: `DATE '1970-01-01' + CAST(expiry_number AS INTEGER)`,
    quote_minute: 'CAST(quote_minute AS SMALLINT)',
  });
}

/**
 * The chains in a Parquet file of any layout that is known as CSV, or through a mapping.
 *
 * Errors: DataError `bad-data` when DuckDB cannot read it or its columns are of no known layout.
 */
export async function readChainParquet(
  file: string,
  options: ChainReadOptions = {},
): Promise<Result<ChainFile, DataError>> {
  const folder = mkdtempSync(join(tmpdir(), 'alvh-parquet-'));
  try {
    const text = join(folder, 'rows.csv');
    await parquetToCsv(file, text);
    return await readTextFile(text, file, options);
  } catch (error) {
    return err(
      new DataError({
        code: 'bad-data',
        file,
        rule: 'Parquet data must be whole',
        value: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
        remedy: 'fetch the file again',
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
