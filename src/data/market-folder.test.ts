import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { writeMadeUpMarket } from './market-folder.fixture.ts';
import { folderUpTo, readMarketFolder } from './market-folder.ts';
import type { MarketFolder } from './market-folder.ts';

describe('folderUpTo', () => {
  let dir: string;
  let whole: MarketFolder;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'alvh-folder-'));
    writeMadeUpMarket(dir);
    whole = readMarketFolder(dir);
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  it('leaves no row released after the day in any file, and all rows until it', () => {
    const cut = epochDay(2005, 2, 25);
    const past = folderUpTo(whole, cut);
    let shortened = 0;
    for (const [name, series] of Object.entries(past.series)) {
      const full = whole.series[name as keyof typeof whole.series];
      const known = (full?.day ?? []).filter((_day, row) => (full?.release[row] ?? cut) <= cut);
      expect(series.day, name).toEqual(known);
      for (const [column, values] of series.columns) {
        expect(values.length, `${name} ${column}`).toBe(series.day.length);
      }
      if (series.day.length < (full?.day.length ?? 0)) shortened++;
    }
    expect(shortened).toBeGreaterThan(3);
  });

  it('keeps the calendar of meetings, which is published ahead', () => {
    expect(folderUpTo(whole, epochDay(2004, 3, 24)).series.fomc).toEqual(whole.series.fomc);
  });

  it('has empty columns before the first row', () => {
    const none = folderUpTo(whole, epochDay(1980, 1, 2));
    expect(none.series.spx?.day.length).toBe(0);
  });
});
