import type { DuckDBConnection } from '@duckdb/node-api';

/** Rows that DuckDB takes at once. */
const VECTOR = 2048;

/** One column to write; null where nothing is known. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: 'VARCHAR' | 'DOUBLE';
  readonly values: readonly (string | number | null)[];
}

/** Runs work on a fresh DuckDB in memory, without extensions from the network, and closes it. */
async function inSession<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  // Loaded when first needed: the library is large and most commands do without.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '400MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * Writes columns to a Parquet file (zstd). `casts` replaces or adds columns by SQL expressions over
 * them; `expiry_number` is left out.
 */
export async function writeParquet(
  columns: readonly ParquetColumn[],
  file: string,
  casts: Readonly<Record<string, string>>,
): Promise<void> {
  const { DuckDBDataChunk, DOUBLE, VARCHAR } = await import('@duckdb/node-api');
  const rows = columns[0]?.values.length ?? 0;
  await inSession(async (connection) => {
    const defined = columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
    await connection.run(`CREATE TABLE quotes (${defined})`);
    const appender = await connection.createAppender('quotes');
    const types = columns.map(({ type }) => (type === 'DOUBLE' ? DOUBLE : VARCHAR));
    for (let from = 0; from < rows; from += VECTOR) {
      const chunk = DuckDBDataChunk.create(types);
      chunk.setColumns(columns.map(({ values }) => values.slice(from, from + VECTOR)));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    const selected = columns.map(({ name }) => {
      const target = name === 'expiry_number' ? 'expiry' : name;
      return casts[target] === undefined ? `"${name}"` : `${casts[target]} AS "${target}"`;
    });
    const to = `'${file.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`;
    await connection.run(`COPY (SELECT ${selected.join(', ')} FROM quotes) TO ${to}`);
  });
}

/**
 * Writes the rows of Parquet files of the same columns into one (zstd), in the order of the files, a
 * row group at a time. Throws what DuckDB throws.
 */
export async function concatParquet(files: readonly string[], into: string): Promise<void> {
  const quote = (path: string): string => `'${path.replaceAll("'", "''")}'`;
  await inSession(async (connection) => {
    // One thread: the row groups are cut the same way on every machine.
    await connection.run('SET threads = 1');
    const rows = `SELECT * FROM read_parquet([${files.map(quote).join(', ')}])`;
    await connection.run(`COPY (${rows}) TO ${quote(into)} (FORMAT parquet, COMPRESSION zstd)`);
  });
}

/** Writes the rows of a Parquet file as CSV with a header. Throws what DuckDB throws. */
export async function parquetToCsv(parquet: string, csv: string): Promise<void> {
  const quote = (path: string): string => `'${path.replaceAll("'", "''")}'`;
  await inSession(async (connection) => {
    const from = `SELECT * FROM read_parquet(${quote(parquet)})`;
    await connection.run(`COPY (${from}) TO ${quote(csv)} (FORMAT csv, HEADER true)`);
  });
}

/**
 * Rows that a query gives, as objects by column name: DOUBLE as number, VARCHAR as string, NULL as
 * null. `?` stand for the texts in order. Throws what DuckDB throws.
 */
export async function queryRows(
  sql: string,
  texts: readonly string[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return inSession(async (connection) => {
    const reader = await connection.runAndReadAll(sql, [...texts]);
    return reader.getRowObjectsJS();
  });
}
