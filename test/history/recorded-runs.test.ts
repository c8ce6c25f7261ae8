import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import { loadPolicy } from '../../src/data/policy-file.ts';
import { recordRun } from '../../src/engine/record-run.ts';
import type { RunRecord } from '../../src/engine/run-record.ts';
import { planSessions } from '../../src/engine/session-plan.ts';
import { MARGIN_PROFILES } from '../../src/margin/margin-profile.ts';
import { computeSignals } from '../../src/signals/signal-frame.ts';
import { epochDay, parseIsoDate } from '../../src/time/epoch-day.ts';
import type { EpochDay } from '../../src/time/epoch-day.ts';
import { ROOT } from '../architecture/source-tree.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

interface Span {
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly counterfactual?: boolean;
  readonly dir?: string;
}

/** The named shipped policies over recorded history, at the default equity. */
function runsOver(span: Span, names: readonly string[]): readonly RunRecord[] {
  const { from, to, counterfactual = false, dir = REAL_MARKET } = span;
  const { path } = loadHistoricalMarket({ dir, from, to, counterfactual });
  const plan = planSessions(path, computeSignals(path));
  const options = { equity: 1_000_000, profile: MARGIN_PROFILES.ibkr, counterfactual };
  return names.map((name) => {
    const policy = loadPolicy(name, join(ROOT, 'policies'));
    return recordRun({ path, plan, policy, options, detail: 'full' });
  });
}

const CONDOR_POLICIES = [
  'unhedged',
  'fixed-fraction',
  'alvh-45',
  'martingale-capped',
  'tasty-16d-45',
];
const LONG_SPAN = { from: epochDay(1990, 1, 2), to: epochDay(2024, 6, 28) };

describe.skipIf(!hasRealMarket('recorded runs'))('runs over recorded history', () => {
  it('close at least 300 condors from 1990 to 2024 under every condor policy', () => {
    const records = runsOver(LONG_SPAN, CONDOR_POLICIES);
    const closed = records.map(({ policy, trades }) => ({
      policy,
      condors: trades.filter((trade) => trade.structure === 'condor').length,
    }));
    expect(closed.map(({ policy }) => policy)).toEqual(CONDOR_POLICIES);
    expect(closed.filter(({ condors }) => !(condors >= 300))).toEqual([]);
  });

  it('trigger the medium layer 20 to 35 times from 1990 to 2015', () => {
    for (const counterfactual of [false, true]) {
      const span = { from: LONG_SPAN.from, to: epochDay(2015, 11, 11), counterfactual };
      const [record] = runsOver(span, ['alvh-45']);
      const triggers = record?.layers.find((layer) => layer.sleeve === 'medium')?.triggers;
      expect(triggers).toBeGreaterThanOrEqual(20);
      expect(triggers).toBeLessThanOrEqual(35);
    }
  });

  it('balance: entries of the ledger and of the sleeves add up to equity at every close', () => {
    const [record] = runsOver({ from: epochDay(2006, 10, 2), to: epochDay(2012, 6, 29) }, [
      'alvh-45',
    ]);
    expect(record).toBeDefined();
    if (record === undefined) return;
    const { columns, startEquity } = record;
    const rows = columns.day.length;
    const kinds = columns.ledger.length / rows;
    const sleeves = columns.sleevePnl.length / rows;
    const sum = (column: Float64Array, row: number, width: number): number =>
      column.subarray(row * width, (row + 1) * width).reduce((total, value) => total + value, 0);
    for (let row = 0; row < rows; row += 1) {
      const equity = columns.equityClose[row] ?? Number.NaN;
      expect(sum(columns.ledger, row, kinds) / 100).toBeCloseTo(equity, 6);
      expect(startEquity + sum(columns.sleevePnl, row, sleeves)).toBeCloseTo(equity, 4);
    }
    expect(record.trades.length).toBeGreaterThan(100);
  });
});

const GARBAGE_AFTER = epochDay(2010, 6, 30);

/** A row's date, or the day from which its quarterly vintage is usable. */
function dayOf(cell: string): EpochDay | undefined {
  const quarter = /^(\d{4})Q([1-4])$/.exec(cell);
  if (quarter !== null) return epochDay(Number(quarter[1]), 3 * Number(quarter[2]) - 1, 15);
  const day = parseIsoDate(cell);
  return day.ok ? day.value : undefined;
}

/** Copies a folder; every number in a row dated later than the day becomes another number. */
function copyWithGarbage(to: string): void {
  for (const file of readdirSync(REAL_MARKET).filter((name) => name.endsWith('.csv'))) {
    const [header = '', ...lines] = readFileSync(join(REAL_MARKET, file), 'utf8').split('\n');
    const names = header.split(',');
    const rows = lines.map((line, row) => {
      const cells = line.split(',');
      const day = dayOf(cells[0] ?? '');
      if (day === undefined || day <= GARBAGE_AFTER) return line;
      return cells
        .map((cell, place) => {
          if (!/^-?[\d.]+$/.test(cell)) return cell;
          if (names[place] === 'high') return '99.5';
          if (names[place] === 'low') return '0.5';
          return names[place] === 'scheduled' ? cell : String(1 + (((row + place) * 37) % 89));
        })
        .join(',');
    });
    writeFileSync(join(to, file), [header, ...rows].join('\n'));
  }
}

/** What a run had done by a day, as text: every column's bytes, trades, events. */
function courseUntil(record: RunRecord | undefined, last: EpochDay): string {
  if (record === undefined) throw new Error('a record is there');
  const rows = record.columns.day.filter((day) => day <= last).length;
  const columns = Object.entries(record.columns).map(([name, column]: [string, Float64Array]) => {
    const width = column.byteLength / record.columns.day.length;
    const bytes = Buffer.from(column.buffer, column.byteOffset, rows * width);
    return `${name} ${bytes.toString('hex')}`;
  });
  const trades = record.trades.filter((trade) => trade.closedDay <= last);
  const events = record.events.filter((event) => event.day <= last);
  return JSON.stringify({ columns, trades, events });
}

describe.skipIf(!hasRealMarket('look-ahead'))('a run up to a day', () => {
  it('is the same to the byte when all later rows of all files are garbage', () => {
    const dir = mkdtempSync(join(tmpdir(), 'alvh-later-'));
    try {
      copyWithGarbage(dir);
      const span = { from: epochDay(2007, 1, 3), to: epochDay(2010, 7, 30) };
      const names = ['alvh-45', 'martingale-capped', 'strangle'];
      const clean = runsOver(span, names);
      const spoilt = runsOver({ ...span, dir }, names);
      for (const [index, record] of clean.entries()) {
        const other = spoilt[index];
        expect(courseUntil(other, GARBAGE_AFTER) === courseUntil(record, GARBAGE_AFTER)).toBe(true);
        // The garbage was read: the month after differs.
        expect(courseUntil(other, span.to) === courseUntil(record, span.to)).toBe(false);
      }
      expect(clean[0]?.trades.some((trade) => trade.closedDay <= GARBAGE_AFTER)).toBe(true);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
