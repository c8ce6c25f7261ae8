import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsvSeries, seriesColumn } from './csv-series.ts';

/** Closing prices of a fund by day. */
export interface ClosingPrices {
  /** EpochDay, ascending. */
  readonly day: Int32Array;
  /** USD a share. */
  readonly level: Float64Array;
}

/**
 * Closing prices of a fund in a market folder; undefined when the folder has no such file.
 *
 * Errors: those of `parseCsvSeries`.
 */
export function fundPrices(dir: string, name: string): ClosingPrices | undefined {
  const file = join(dir, name);
  if (!existsSync(file)) return undefined;
  const close = { name: 'close', rule: 'positive', unit: 'USD', blank: 'missing' } as const;
  const series = parseCsvSeries(
    { file, text: readFileSync(file, 'utf8') },
    { file: name, key: 'date', columns: [close] },
  );
  return { day: series.day, level: seriesColumn(series, 'close') };
}
