import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import { historicalMarket } from './historical-market.ts';
import { FIRST, iso, LAST, sessionsBetween, writeMadeUpMarket } from './market-folder.fixture.ts';
import { readMarketFolder } from './market-folder.ts';
import { releasedBy } from './release-rules.ts';

const FROM = asEpochDay(epochDay(2004, 3, 1));
const DATES = [epochDay(2004, 12, 17), epochDay(2005, 1, 19), epochDay(2005, 2, 23)];

/** The next release known at the close of each session of a market with these releases, by day. */
function knownWith(dates: readonly number[]): ReadonlyMap<number, number> {
  const dir = mkdtempSync(join(tmpdir(), 'cpi-days-'));
  writeMadeUpMarket(dir);
  const rows = dates.map((day) => `${iso(day)},2004-11`);
  writeFileSync(
    join(dir, 'cpi_release_dates.csv'),
    ['date,reference_month', ...rows, ''].join('\n'),
  );
  const folder = readMarketFolder(dir);
  rmSync(dir, { recursive: true });
  const { path } = historicalMarket(folder, { from: FROM, to: LAST, counterfactual: false });
  return new Map([...path.day].map((day, row) => [day, path.nextCpiRelease?.[row] ?? Number.NaN]));
}

describe('days of CPI releases', () => {
  const known = knownWith(DATES);

  it('are known from the first day of their year on, until they are past', () => {
    expect(known.get(epochDay(2004, 12, 16))).toBe(DATES[0]);
    expect(known.get(epochDay(2004, 12, 17))).toBe(DATES[0]);
    // The next one is of a year whose schedule is not out.
    expect(known.get(epochDay(2004, 12, 31))).toBe(0);
    expect(known.get(epochDay(2005, 1, 3))).toBe(DATES[1]);
    expect(known.get(epochDay(2005, 1, 20))).toBe(DATES[2]);
    expect(known.get(epochDay(2005, 2, 24))).toBe(0);
  });

  it('of a later year change nothing before it', () => {
    const moved = knownWith(DATES.map((day, i) => (i === 0 ? day : day + 1)));
    for (const [day, release] of moved) {
      if (day < epochDay(2005, 1, 1)) expect(release).toBe(known.get(day));
    }
    expect(moved.get(epochDay(2005, 1, 3))).toBe(epochDay(2005, 1, 20));
  });

  it('that were moved are known once that was announced', () => {
    const announced = epochDay(2005, 2, 7);
    const rule = { on: 'year-schedule', moved: [{ day: DATES[2] ?? 0, announced }] } as const;
    const series = { file: '', day: Int32Array.from(DATES), columns: new Map() };
    const sessions = Int32Array.from(sessionsBetween(FIRST, LAST));
    expect([...releasedBy(rule, series, sessions).release]).toEqual([
      epochDay(2004, 1, 1),
      epochDay(2005, 1, 1),
      announced,
    ]);
  });
});
