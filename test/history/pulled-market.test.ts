import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import { treasuryFeed } from '../../src/data/pull/publisher-samples.fixture.ts';
import type { ParsedPart, RawPart } from '../../src/data/pull/pull-source.ts';
import { PULL_SOURCES } from '../../src/data/pull/pull-sources.ts';
import { PAR_YIELDS } from '../../src/data/pull/treasury-rates.ts';
import { parseVxContract, VX_RESCALED } from '../../src/data/pull/vx-contract.ts';
import { buildVxMonthly } from '../../src/data/pull/vx-files.ts';
import { epochDay, parseIsoDate } from '../../src/time/epoch-day.ts';
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

describe.skipIf(!hasRealMarket('pulled VX contracts'))(
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

/** `YYYY-MM-DD` as `MM/DD/YYYY`. */
function american(date: string): string {
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year}`;
}

/** A recorded file as Cboe writes it: bars, or one value under the name of the index. */
function asCboe(file: string, columns: readonly string[]): string {
  const [header = '', ...rows] = readFileSync(join(REAL_MARKET, file), 'utf8')
    .trimEnd()
    .split('\n');
  const places = columns.map((name) => header.split(',').indexOf(name));
  const names = columns.length === 1 ? 'VALUE' : columns.join(',').toUpperCase();
  const body = rows.map((row) => {
    const cells = row.split(',');
    return [american(cells[0] ?? ''), ...places.map((place) => cells[place])].join(',');
  });
  return `DATE,${names}\n${body.join('\n')}\n`;
}

/** A year of the recorded yields as the Treasury's feed. */
function asTreasury(year: string): string {
  const [header = '', ...rows] = readFileSync(
    join(REAL_MARKET, 'treasury_yields_daily.csv'),
    'utf8',
  )
    .trimEnd()
    .split('\n');
  const names = header
    .split(',')
    .slice(1)
    .map((name) => PAR_YIELDS.rates[name] ?? name);
  const entries = rows
    .filter((row) => row.startsWith(year))
    .map((row) => {
      const [date = '', ...cells] = row.split(',');
      const rates = cells.map((cell, k) => [names[k] ?? '', cell === '' ? null : Number(cell)]);
      return [date, Object.fromEntries(rates) as Record<string, number | null>] as const;
    });
  return treasuryFeed(PAR_YIELDS.date, entries);
}

describe.skipIf(!hasRealMarket('pulled indices and yields'))(
  'a market pulled from publishers',
  () => {
    it('is the recorded market to the bit', () => {
      const dir = mkdtempSync(join(tmpdir(), 'alvh-pulled-market-'));
      cpSync(REAL_MARKET, dir, { recursive: true });
      const bars = ['open', 'high', 'low', 'close'];
      const texts: Readonly<Record<string, (part: RawPart) => string>> = {
        'cboe-spx': () => asCboe('spx_daily.csv', bars),
        'cboe-vix': () => asCboe('vix_daily.csv', bars),
        'cboe-vix9d': () => asCboe('vix9d_daily.csv', bars),
        'cboe-vix3m': () => asCboe('vix3m_daily.csv', bars),
        'cboe-vvix': () => asCboe('vvix_daily.csv', ['close']),
        'cboe-skew': () => asCboe('skew_daily.csv', ['close']),
        'treasury-yields': ({ key }) => asTreasury(key.slice(0, 4)),
      };
      for (const source of PULL_SOURCES) {
        const textOf = texts[source.id];
        if (textOf === undefined) continue;
        const parts = source.parts(epochDay(2024, 6, 28)).map((part) => ({
          part,
          rows: source.parse({ file: source.id, text: textOf(part) }, part),
        }));
        for (const { file, text } of source.build(parts)) writeFileSync(join(dir, file), text);
      }
      const span = { from: epochDay(1990, 1, 2), to: epochDay(2024, 6, 28), counterfactual: false };
      const recorded = loadHistoricalMarket({ dir: REAL_MARKET, ...span });
      const pulled = loadHistoricalMarket({ dir, ...span });
      rmSync(dir, { recursive: true });
      expect(pulled.path).toEqual(recorded.path);
      expect(pulled.coverage).toEqual(recorded.coverage);
    });
  },
);
