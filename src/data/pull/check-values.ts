import type { MarketFile } from '../market-files.ts';
import type { CheckRule } from './check-rules.ts';
import { isoOf } from './pulled-rows.ts';
import { createTally } from './scan-file.ts';
import type { FileFinding, ScannedRow } from './scan-file.ts';
import { VX_RESCALED } from './vx-contract.ts';

/** The first VX month is never this many times the VIX, nor this small a part; a tenth is. */
const RATIO_MOST = 3;

/** Values outside their bounds and jumps of the close. */
export function valueFindings(
  rows: readonly ScannedRow[],
  { bounds, jump }: CheckRule,
): readonly FileFinding[] {
  const tally = createTally();
  const limits = Object.entries(bounds);
  let before = Number.NaN;
  for (const { line, day, cells } of rows) {
    for (const [name, [least, most]] of limits) {
      const value = cells[name] ?? Number.NaN;
      if (value < least || value > most) {
        const text = `${name} must lie in ${least} to ${most}, was ${value}`;
        tally.add('value', `line ${line}: ${isoOf(day)} ${text}`);
      }
    }
    const close = cells['close'] ?? Number.NaN;
    const move = Math.abs(Math.log(close / before));
    if (jump !== undefined && move > jump) {
      const text = `close moved from ${before} to ${close}`;
      tally.add('value', `line ${line}: ${isoOf(day)} ${text}`);
    }
    if (!Number.isNaN(close)) before = close;
  }
  return tally.list();
}

/**
 * Prices of VX futures that are still ten times as high, as they were quoted until 2007-03-23, or
 * are out of all proportion to the VIX of the day.
 */
export function tenfoldFindings(
  name: MarketFile,
  rows: readonly ScannedRow[],
  vix: readonly ScannedRow[],
): readonly FileFinding[] {
  const column = name === 'vxCurve' ? 'vx1' : name === 'vxFinalSettlement' ? 'final_settle' : '';
  if (column === '') return [];
  const level = new Map(vix.map(({ day, cells }) => [day, cells['close'] ?? Number.NaN]));
  const tally = createTally();
  for (const { line, day, cells } of rows) {
    const price = cells[column] ?? Number.NaN;
    const ratio = price / (level.get(day) ?? Number.NaN);
    const place = `line ${line}: ${isoOf(day)} ${column} ${price}`;
    if (ratio > RATIO_MOST && day < VX_RESCALED) {
      tally.add('tenfold', `${place} with VIX at ${level.get(day)}: divide by 10`);
    } else if (ratio > RATIO_MOST || ratio < 1 / RATIO_MOST) {
      tally.add('value', `${place} with VIX at ${level.get(day)}`);
    }
  }
  return tally.list();
}
