import { describe, expect, it } from 'vitest';
import type { TradeRecord } from '../engine/run-record.ts';
import { baseTrade, tinyRecord } from '../evaluation/run-record.fixture.ts';
import { epochDay } from '../time/epoch-day.ts';
import { tradesCsv } from './trades-csv.ts';

const TRADE: TradeRecord = {
  ...baseTrade(123.456, epochDay(2024, 3, 1)),
  id: 7,
  openedDay: epochDay(2024, 2, 1),
  quantity: 2,
  premium: 500,
  fees: 10.5,
  spreadCost: 20,
  maxLoss: 1500,
  legs: [
    {
      kind: 'spx-option',
      right: 'put',
      strike: 4800,
      expiry: epochDay(2024, 3, 15),
      settlement: 'AM',
      quantity: -2,
      entryPrice: 12.35,
      exitPrice: 4.1,
    },
    {
      kind: 'vx-future',
      right: undefined,
      strike: 0,
      expiry: epochDay(2024, 4, 17),
      settlement: 'AM',
      quantity: 1,
      entryPrice: 15,
      exitPrice: 16.05,
    },
  ],
  openReason: 'entry',
  closeReason: 'profit-target',
};

const lines = (changes: Partial<TradeRecord>): readonly string[] =>
  tradesCsv([tinyRecord([100], { trades: [{ ...TRADE, ...changes }] })]).split('\r\n');

describe('tradesCsv', () => {
  it('writes one row per trade under a header, lines ended by CRLF', () => {
    const [header, row, end, ...rest] = lines({});
    expect(header?.split(',')).toHaveLength(15);
    expect(row).toBe(
      'unhedged,7,core,condor,2024-02-01,2024-03-01,2,' +
        '-2 SPX 2024-03-15 AM 4800P 12.35>4.10; 1 VX 2024-04-17 AM 15.00>16.05,' +
        '500.00,10.50,20.00,1500.00,123.46,entry,profit-target',
    );
    expect([end, rest]).toEqual(['', []]);
  });

  it('quotes fields with a comma, a quote or a line end, and doubles quotes', () => {
    const quoted = tradesCsv([
      tinyRecord([100], { trades: [{ ...TRADE, openReason: 'a, "b"\nc', closeReason: 'd\r' }] }),
    ]);
    expect(quoted).toContain(',"a, ""b""\nc","d\r"\r\n');
  });

  it('leaves an unbounded loss blank', () => {
    expect(lines({ maxLoss: null })[1]).toContain(',20.00,,123.46,');
  });

  it('keeps the order of runs and writes a header alone when nothing traded', () => {
    const of = (policy: string): ReturnType<typeof tinyRecord> =>
      tinyRecord([100], { policy, trades: [TRADE] });
    const rows = tradesCsv([of('b'), of('a')])
      .trimEnd()
      .split('\r\n');
    expect(rows.slice(1).map((row) => row.slice(0, 2))).toEqual(['b,', 'a,']);
    expect(tradesCsv([tinyRecord([100])])).toMatch(/^policy,[^\r]*close_reason\r\n$/);
  });
});
