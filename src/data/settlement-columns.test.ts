import { describe, expect, it } from 'vitest';
import { CALIBRATED, QUOTED, REGRESSED } from '../market/provenance.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { estimateSpxOpening, vixSettlementColumn } from './settlement-columns.ts';
import { NO_DATA } from './sourced-column.ts';

function series(
  days: readonly number[],
  columns: Readonly<Record<string, number[]>>,
): ReleasedSeries {
  return {
    file: 'made-up.csv',
    day: Int32Array.from(days),
    release: Int32Array.from(days),
    maxAge: 0,
    columns: new Map(
      Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]),
    ),
  };
}

describe('estimateSpxOpening', () => {
  const sessions = {
    day: Int32Array.of(1, 2, 3, 4),
    high: Float64Array.of(1005, 1012, 1011, 999),
    low: Float64Array.of(995, 1001, 985, 989),
    close: Float64Array.of(1000, 1010, 990, 995),
  };

  it('takes a share of the day move where SPY has no row', () => {
    const column = estimateSpxOpening(sessions, undefined, 0.45);
    expect(column.values[0]).toBeNaN();
    expect(column.values[1]).toBeCloseTo(1004.5, 10);
    expect([...column.source]).toEqual([NO_DATA, REGRESSED, REGRESSED, REGRESSED]);
    expect(estimateSpxOpening(sessions, undefined, 0).values[2]).toBe(1010);
    expect(estimateSpxOpening(sessions, undefined, 1).values[2]).toBe(990);
  });

  it('follows the SPY open and adds the dividend on an ex-date only', () => {
    // Ex-date on day 3: 0.50 paid on a prior close of 101, so earlier factors are (101 - 0.5) / 101.
    const factor = (101 - 0.5) / 101;
    const spy = series([2, 3, 4], {
      open: [100, 100, 99],
      close: [101, 99, 99.5],
      adj_close: [101 * factor, 99, 99.5],
    });
    const column = estimateSpxOpening(sessions, spy, 0.45);
    expect([...column.source]).toEqual([NO_DATA, REGRESSED, CALIBRATED, CALIBRATED]);
    expect(column.values[2]).toBeCloseTo((1010 * (100 + 0.5)) / 101, 9);
    expect(column.values[3]).toBeCloseTo((990 * 99) / 99, 9);
  });

  it('takes a closing-auction difference of 17 bp for no dividend', () => {
    const spy = series([2, 3], {
      open: [100, 100],
      close: [100, 100],
      adj_close: [100, 100.17],
    });
    expect(estimateSpxOpening(sessions, spy, 0.45).values[2]).toBe(1010);
  });
});

describe('estimateSpxOpening with a repeated close as open', () => {
  it('is not believed where the SPX range of the day refutes it', () => {
    const sessions = {
      day: Int32Array.of(1, 2, 3),
      high: Float64Array.of(1000, 1030, 1025),
      low: Float64Array.of(1000, 1010, 1015),
      close: Float64Array.of(1000, 1020, 1020),
    };
    const spy = series([1, 2, 3], {
      open: [100, 100, 102],
      close: [100, 102, 102],
      adj_close: [100, 102, 102],
    });
    const column = estimateSpxOpening(sessions, spy, 0.5);
    expect([...column.values.subarray(1)]).toEqual([1010, 1020]);
    expect([...column.source]).toEqual([NO_DATA, REGRESSED, CALIBRATED]);
  });
});

describe('vixSettlementColumn', () => {
  it('prefers the final settlement, then the VIX open, then the prior close', () => {
    const column = vixSettlementColumn({
      day: Int32Array.of(1, 2, 3, 4),
      expiries: [2, 3, 4],
      vixClose: Float64Array.of(20, 21, 22, 23),
      vix: series([1, 2, 3, 4], { open: [19, 19.5, 21.5, Number.NaN] }),
      finalSettlement: series([2], { final_settle: [18.25] }),
    });
    expect([...column.values]).toEqual([Number.NaN, 18.25, 21.5, 22]);
    expect([...column.source]).toEqual([NO_DATA, QUOTED, CALIBRATED, REGRESSED]);
  });
});
