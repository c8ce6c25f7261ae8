import { describe, expect, it } from 'vitest';
import { asEpochDay, civilDate, epochDay } from '../time/epoch-day.ts';
import { RELEASE_RULES, releasedBy } from './release-rules.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { cpiSurpriseColumn, earningsColumns } from './stress-columns.ts';
import type { VintageRow } from './vintages.ts';

const FIRST = epochDay(2000, 1, 1);
const DAYS = Int32Array.from({ length: 3650 }, (_unused, i) => FIRST + i);
const CLOSES = Float64Array.from(DAYS, (_day, i) => 1000 + i + 50 * Math.sin(i / 100));

/** P/E of 20 in every month from January 2000 on, but for those said. */
function ratios(months: number, own: Readonly<Record<number, number>> = {}): ReleasedSeries {
  const series = {
    file: 'made-up.csv',
    day: Int32Array.from({ length: months }, (_unused, i) =>
      epochDay(2000 + Math.floor(i / 12), (i % 12) + 1, 1),
    ),
    columns: new Map([
      ['pe_ttm', Float64Array.from({ length: months }, (_unused, i) => own[i] ?? 20)],
    ]),
  };
  return releasedBy(RELEASE_RULES.priceToEarnings, series, new Int32Array());
}

const at = (column: Float64Array, day: number): number => column[day - FIRST] ?? Number.NaN;

describe('earningsColumns', () => {
  it('divide the close by earnings of a month from the first of the sixth month after it', () => {
    const { ratio } = earningsColumns(DAYS, CLOSES, ratios(12));
    const mean = CLOSES.subarray(0, 31).reduce((sum, close) => sum + close, 0) / 31;
    const known = epochDay(2000, 7, 1);
    expect(at(ratio.values, known - 1)).toBeNaN();
    expect(at(ratio.values, known)).toBeCloseTo(at(CLOSES, known) / (mean / 20), 10);
  });

  it('are NO DATA 120 days after the last earnings, and without a file', () => {
    const { ratio } = earningsColumns(DAYS, CLOSES, ratios(1));
    const known = epochDay(2000, 7, 1);
    expect(at(ratio.values, known + 120)).not.toBeNaN();
    expect(at(ratio.values, known + 121)).toBeNaN();
    expect(earningsColumns(DAYS, CLOSES, undefined).score.values.every(Number.isNaN)).toBe(true);
  });

  it('score a ratio within ten years once five are there', () => {
    const { ratio, score } = earningsColumns(DAYS, CLOSES, ratios(114));
    const first = ratio.values.findIndex((value) => !Number.isNaN(value));
    expect(score.values[first + 1258]).toBeNaN();
    expect(score.values[first + 1259]).not.toBeNaN();
  });

  it('know nothing of earnings that come later', () => {
    const one = earningsColumns(DAYS, CLOSES, ratios(114));
    const other = earningsColumns(DAYS, CLOSES, ratios(114, { 90: 3, 91: 200 }));
    const known = epochDay(2008, 1, 1);
    for (let day: number = FIRST; day < known; day += 1) {
      expect(Object.is(at(one.score.values, day), at(other.score.values, day))).toBe(true);
    }
    expect(at(one.score.values, known)).not.toBe(at(other.score.values, known));
  });
});

/** Quarterly vintages of 24 months; prices rise by turns, and jump in one month. */
function vintages(jump: number): readonly VintageRow[] {
  const level = (month: number): number =>
    100 * Math.exp(0.002 * month + 0.0005 * Math.cos(2 * month) + (month >= jump ? 0.01 : 0));
  return Array.from({ length: 40 }, (_unused, q) => q).flatMap((q) =>
    Array.from({ length: 24 }, (_unused, back): VintageRow => {
      const month = 12 * 2000 + 3 * q + back - 23;
      const { year, month: ofYear } = civilDate(asEpochDay(epochDay(2000, 1, 1) + 91 * q));
      return {
        usableFrom: epochDay(year, 3 * Math.ceil(ofYear / 3) - 1, 15),
        period: month,
        value: level(month - 24_000),
      };
    }),
  );
}

describe('cpiSurpriseColumn', () => {
  it('shows a jump from the day its vintage is usable, and no vintage later than that', () => {
    const jump = 72;
    const rows = vintages(jump);
    const released = rows.find(({ period }) => period >= 24_000 + jump)?.usableFrom ?? 0;
    const column = cpiSurpriseColumn(DAYS, rows);
    expect(at(column.values, released - 1)).toBeLessThan(2);
    expect(at(column.values, released)).toBeGreaterThan(2);
    const before = cpiSurpriseColumn(
      DAYS,
      rows.filter(({ usableFrom }) => usableFrom <= released),
    );
    for (let day: number = FIRST; day <= released; day += 1) {
      expect(Object.is(at(before.values, day), at(column.values, day))).toBe(true);
    }
  });

  it('is NO DATA without vintages and 200 days after the last one', () => {
    expect(cpiSurpriseColumn(DAYS, []).values.every(Number.isNaN)).toBe(true);
    const rows = vintages(72).filter(({ usableFrom }) => usableFrom < epochDay(2005, 1, 1));
    const last = Math.max(...rows.map(({ usableFrom }) => usableFrom));
    const column = cpiSurpriseColumn(DAYS, rows);
    expect(at(column.values, last + 200)).not.toBeNaN();
    expect(at(column.values, last + 201)).toBeNaN();
  });
});
