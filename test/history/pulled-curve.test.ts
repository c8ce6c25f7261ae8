import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParsedPart, RawPart } from '../../src/data/pull/pull-source.ts';
import { parseVxContract, VX_RESCALED } from '../../src/data/pull/vx-contract.ts';
import { buildVxMonthly } from '../../src/data/pull/vx-files.ts';
import { parseIsoDate } from '../../src/time/epoch-day.ts';
import type { EpochDay } from '../../src/time/epoch-day.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

const HEADER =
  'Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest';

function dayOf(text: string): EpochDay {
  const parsed = parseIsoDate(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

function lines(file: string): readonly string[] {
  return readFileSync(join(REAL_MARKET, file), 'utf8').trimEnd().split('\n').slice(1);
}

/** Recorded contracts written as the exchange does: month first, ten times as high at first. */
function contractFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string[]>();
  for (const line of lines('vix_futures_contracts.csv')) {
    const [date = '', expiry = '', ...cells] = line.split(',');
    const scale = dayOf(date) < VX_RESCALED ? 10 : 1;
    const prices = cells.slice(0, 5).map((cell) => (cell === '' ? '0' : Number(cell) * scale));
    const [year, month, day] = date.split('-');
    const rows = files.get(expiry) ?? [HEADER];
    rows.push(`${month}/${day}/${year},,${prices.join(',')},0,${cells[5]},0,${cells[6]}`);
    files.set(expiry, rows);
  }
  return new Map([...files].map(([expiry, rows]) => [expiry, `${rows.join('\n')}\n`]));
}

describe.skipIf(!hasRealMarket('the pulled VX curve'))(
  'VX contracts as the exchange has them',
  () => {
    it('become the recorded curve and final settlements', () => {
      const parts: readonly ParsedPart[] = [...contractFiles()].map(([expiry, text]) => {
        const part: RawPart = {
          key: `VX_${expiry}.csv`,
          url: '',
          optional: true,
          mayBeEmpty: true,
          expiry: dayOf(expiry),
        };
        return { part, rows: parseVxContract({ file: expiry, text }, part) };
      });
      const [curve, finals] = buildVxMonthly(parts);
      const made = new Map(
        (curve?.text ?? '')
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => [line.slice(0, 10), line]),
      );
      const recorded = lines('vix_futures_curve.csv');
      expect(made.size).toBe(recorded.length);
      // Cells by expiry: where a month has no settlement the recorded file leaves a hole.
      const nodes = (line: string): readonly string[] => {
        const cells = line.split(',');
        const pairs = Array.from({ length: 9 }, (_unused, k) => [cells[k + 10], cells[k + 1]]);
        return pairs
          .filter(([expiry = '', settle = '']) => expiry !== '' && settle !== '')
          .map(([expiry, settle]) => `${expiry} ${Number(settle)}`);
      };
      const others = recorded.filter((line) => {
        const mine = nodes(made.get(line.slice(0, 10)) ?? '');
        return !nodes(line).every((node) => mine.includes(node));
      });
      // The settlement of 1.00 for January 2009 is a misprint and blanked.
      expect(others.map((line) => line.slice(0, 10))).toEqual(['2008-04-21']);
      const settled = (finals?.text ?? '').trimEnd().split('\n').slice(1);
      const key = (line: string): string => {
        const [expiry, settle] = line.split(',');
        return `${expiry} ${Number(settle).toFixed(6)}`;
      };
      expect(settled.map(key)).toEqual(lines('vix_futures_final_settlements.csv').map(key));
    });
  },
);
