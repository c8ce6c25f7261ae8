import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsvSeries, seriesColumn } from '../csv-series.ts';
import { DataError } from '../data-error.ts';
import { MARKET_FILES } from '../market-files.ts';

/** Lowest and highest SPX of each day (EpochDay), index points. */
export type DayBands = ReadonlyMap<number, { readonly low: number; readonly high: number }>;

/** No day's range is known. */
export const NO_BANDS: DayBands = new Map();

/** The SPX ranges in a market data folder (`spx_daily.csv`). DataError without that file. */
export function readDayBands(dir: string): DayBands {
  const file = join(dir, 'spx_daily.csv');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new DataError({
      code: 'not-found',
      file,
      rule: 'market data folder must have spx_daily.csv',
      value: 'absent',
      remedy: 'name another folder, or leave the option out',
    });
  }
  const series = parseCsvSeries({ file, text }, MARKET_FILES.spx);
  const low = seriesColumn(series, 'low');
  const high = seriesColumn(series, 'high');
  const bands = new Map<number, { readonly low: number; readonly high: number }>();
  for (const [row, day] of series.day.entries()) {
    const band = { low: low[row] ?? Number.NaN, high: high[row] ?? Number.NaN };
    if (band.low <= band.high) bands.set(day, band);
  }
  return bands;
}
