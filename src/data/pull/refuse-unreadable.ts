import { parseCsvSeries } from '../csv-series.ts';
import { DataError } from '../data-error.ts';
import { MARKET_FILES } from '../market-files.ts';
import type { BuiltFile } from './pull-source.ts';

/**
 * Refuses a made file that the backtest would not read, before it is stored.
 *
 * Errors: those of `parseCsvSeries` with the source in front, its remedy pointing at the publisher.
 */
export function refuseUnreadable(source: string, { file, text }: BuiltFile): void {
  const schema = Object.values(MARKET_FILES).find((each) => each.file === file);
  if (schema === undefined) return;
  try {
    parseCsvSeries({ file: `${source} -> ${file}`, text }, schema);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError({
      code: error.code,
      file: error.file,
      ...(error.line === undefined ? {} : { line: error.line }),
      ...(error.column === undefined ? {} : { column: error.column }),
      rule: error.rule,
      value: error.value,
      ...(error.unit === undefined ? {} : { unit: error.unit }),
      remedy: 'nothing was stored; pull again later, or correct the row in a copy of your own',
    });
  }
}
