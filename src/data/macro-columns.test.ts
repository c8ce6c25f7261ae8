import { describe, expect, it } from 'vitest';
import { CALIBRATED, QUOTED } from '../market/provenance.ts';
import { epochDay } from '../time/epoch-day.ts';
import { dividendYieldColumn, rateDifferentialColumn, reerChangeColumn } from './macro-columns.ts';
import { RELEASE_RULES, releasedBy } from './release-rules.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { NO_DATA } from './sourced-column.ts';

/** Monthly series from January 2000. */
function monthly(
  months: number,
  columns: Readonly<Record<string, (i: number) => number>>,
  name: 'reer' | 'shortRates' | 'shiller' = 'reer',
): ReleasedSeries {
  const series = {
    file: 'made-up.csv',
    day: Int32Array.from({ length: months }, (_unused, i) =>
      epochDay(2000 + Math.floor(i / 12), (i % 12) + 1, 1),
    ),
    columns: new Map(
      Object.entries(columns).map(([name, value]) => [
        name,
        Float64Array.from({ length: months }, (_unused, i) => value(i)),
      ]),
    ),
  };
  return releasedBy(RELEASE_RULES[name], series, new Int32Array());
}

const wave = (i: number): number => 100 * Math.exp(0.05 * Math.sin(i / 5));

describe('reerChangeColumn', () => {
  it('appears on the 25th of the next month once five years of changes are there', () => {
    // Changes start in January 2001 (month 12); the 60th is December 2005, known 2006-01-25.
    const days = Int32Array.of(epochDay(2006, 1, 24), epochDay(2006, 1, 25), epochDay(2006, 2, 24));
    const column = reerChangeColumn(days, monthly(72, { value: wave }));
    const changes = Array.from(
      { length: 60 },
      (_unused, i) => 0.05 * (Math.sin((i + 12) / 5) - Math.sin(i / 5)),
    );
    const mean = changes.reduce((sum, value) => sum + value, 0) / 60;
    const squares = changes.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const z = ((changes[59] ?? 0) - mean) / Math.sqrt(squares / 59);
    expect(column.values[0]).toBeNaN();
    expect(column.values[1]).toBeCloseTo(z, 10);
    expect(column.values[2]).toBe(column.values[1]);
    expect([...column.source]).toEqual([NO_DATA, QUOTED, QUOTED]);
  });

  it('is NO DATA 75 days after the last value became known', () => {
    const known = epochDay(2006, 1, 25);
    const column = reerChangeColumn(
      Int32Array.of(known + 75, known + 76),
      monthly(72, { value: wave }),
    );
    expect([...column.source]).toEqual([QUOTED, NO_DATA]);
  });

  it('is NO DATA without a file', () => {
    expect(reerChangeColumn(Int32Array.of(1), undefined).values[0]).toBeNaN();
  });
});

describe('rateDifferentialColumn', () => {
  const day = Int32Array.of(epochDay(2010, 1, 25));
  const columns = {
    us_3m: (i: number) => 4 + Math.sin(i / 7),
    de_3m: (i: number) => 3 + Math.cos(i / 4),
    jp_3m: (i: number) => 0.5 + 0.1 * Math.sin(i / 3),
  };

  it('lets the euro area stand in where Germany is blank', () => {
    const own = rateDifferentialColumn(day, monthly(120, { ...columns, ez_3m: () => Number.NaN }))
      .values[0];
    const euro = rateDifferentialColumn(
      day,
      monthly(120, { ...columns, de_3m: () => Number.NaN, ez_3m: columns.de_3m }),
    ).values[0];
    expect(own).not.toBeNaN();
    expect(euro).toBe(own);
  });

  it('is NO DATA when Japan is missing', () => {
    const rates = monthly(120, { ...columns, jp_3m: () => Number.NaN, ez_3m: () => 1 });
    expect(rateDifferentialColumn(day, rates).values[0]).toBeNaN();
  });
});

describe('dividendYieldColumn', () => {
  it('uses the dividend of a month from the first of the fourth month after it', () => {
    const shiller = monthly(3, { dividend: (i) => 20 + i }, 'shiller');
    const day = Int32Array.of(epochDay(2000, 4, 30), epochDay(2000, 5, 1), epochDay(2000, 6, 1));
    const close = Float64Array.of(1000, 1000, 1000);
    const column = dividendYieldColumn(day, close, shiller);
    expect(column.values[0]).toBeNaN();
    expect(column.values[1]).toBeCloseTo(Math.log(1.02), 14);
    expect(column.values[2]).toBeCloseTo(Math.log(1.021), 14);
  });

  it('says when the last dividend is carried', () => {
    const shiller = monthly(1, { dividend: () => 20 }, 'shiller');
    const day = Int32Array.of(epochDay(2000, 5, 1) + 120, epochDay(2000, 5, 1) + 121);
    const column = dividendYieldColumn(day, Float64Array.of(1000, 1000), shiller);
    expect([...column.source]).toEqual([QUOTED, CALIBRATED]);
  });
});
