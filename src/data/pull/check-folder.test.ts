import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasRealMarket, REAL_MARKET } from '../../../test/history/real-market.ts';
import { epochDay } from '../../time/epoch-day.ts';
import { iso, sessionsBetween, writeMadeUpMarket } from '../market-folder.fixture.ts';
import { checkFolder, hasFolderFindings } from './check-folder.ts';
import type { FileCard, FolderCard } from './check-folder.ts';
import { tableExtent, worseThan } from './worse-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-check-'));
  writeMadeUpMarket(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

function edit(file: string, change: (text: string) => string): void {
  const path = join(dir, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

const cardOf = (card: FolderCard, file: string): FileCard | undefined =>
  card.files.find((each) => each.file === file);

function rulesOf(file: string): readonly string[] {
  const findings = cardOf(checkFolder(dir), file)?.findings ?? [];
  return findings.map(({ rule, count }) => `${rule} ${count}`);
}

/** Replaces a file by one value a day. */
function writeDays(file: string, header: string, days: readonly number[], cells: string): void {
  writeFileSync(
    join(dir, file),
    `${[header, ...days.map((day) => `${iso(day)},${cells}`)].join('\n')}\n`,
  );
}

describe('a check of a folder', () => {
  it('finds nothing in a sound one', () => {
    const card = checkFolder(dir);
    expect(
      card.files.flatMap(({ file, findings }) => findings.map((each) => [file, each])),
    ).toEqual([]);
    expect(hasFolderFindings(card)).toBe(false);
    expect(card.files.every(({ state }) => state === 'own')).toBe(true);
  });

  it('says which gaps are bridged, and counts those that are not', () => {
    const without =
      (...days: readonly string[]): ((text: string) => string) =>
      (text) =>
        text
          .split('\n')
          .filter((line) => !days.includes(line.slice(0, 10)))
          .join('\n');
    edit('vix_daily.csv', without('2004-03-01'));
    expect(rulesOf('vix_daily.csv')).toEqual([]);
    expect(cardOf(checkFolder(dir), 'vix_daily.csv')?.notes).toEqual([
      '1 missing session bridged, the first 2004-03-01',
    ]);
    edit('vix_daily.csv', without('2004-03-02', '2004-03-03'));
    expect(rulesOf('vix_daily.csv')).toEqual(['gap 3']);
    // A session without an SPX row does not exist in a backtest.
    edit('spx_daily.csv', without('2004-03-01'));
    expect(rulesOf('spx_daily.csv')).toEqual(['gap 1']);
    edit('shiller_monthly.csv', without('2004-03-01', '2004-04-01'));
    expect(rulesOf('shiller_monthly.csv')).toEqual(['gap 2']);
  });

  it('expects no yields on bond holidays, and no rows when nobody trades', () => {
    const days = sessionsBetween(epochDay(2023, 10, 2), epochDay(2023, 11, 30)).filter(
      (day) => day !== epochDay(2023, 10, 9),
    );
    writeDays('treasury_yields_daily.csv', 'date,dgs3mo', days, '5.4');
    expect(cardOf(checkFolder(dir), 'treasury_yields_daily.csv')).toMatchObject({
      findings: [],
      notes: [],
    });
    const holiday = [epochDay(2023, 11, 22), epochDay(2023, 11, 23), epochDay(2023, 11, 24)];
    writeDays('skew_daily.csv', 'date,close', holiday, '140');
    expect(rulesOf('skew_daily.csv')).toEqual(['closed-day 1']);
  });

  it('takes the days of the futures exchange for sessions of its files', () => {
    const header = readFileSync(join(dir, 'vix_futures_curve.csv'), 'utf8').split('\n')[0] ?? '';
    const days = [epochDay(2018, 12, 4), epochDay(2018, 12, 5), epochDay(2018, 12, 6)];
    const months = `17,,,,,,,,,2018-12-19,,,,,,,,`;
    writeDays('vix_futures_curve.csv', header, days, months);
    expect(rulesOf('vix_futures_curve.csv')).toEqual([]);
  });

  it('finds jumps, values out of range and prices of the era of ten', () => {
    edit('spx_daily.csv', (text) => text.replace(/^(2004-03-01,.*),[\d.]+,1$/m, '$1,99.5,1'));
    expect(rulesOf('spx_daily.csv')).toEqual(['value 2']);
    edit('skew_daily.csv', (text) => text.replace(/^(2004-03-01),.*$/m, '$1,11'));
    expect(rulesOf('skew_daily.csv')).toEqual(['value 1']);
    edit('vix_futures_final_settlements.csv', (text) => text.replace(',15.1,', ',151,'));
    expect(rulesOf('vix_futures_final_settlements.csv')).toEqual(['value 1', 'tenfold 1']);
  });

  it('names what no row can show: a missing column, an empty file', () => {
    edit('vvix_daily.csv', (text) => text.replace('date,close', 'date,vvix'));
    writeFileSync(join(dir, 'fomc_meetings.csv'), '');
    const card = checkFolder(dir);
    expect(cardOf(card, 'vvix_daily.csv')?.findings).toMatchObject([
      { rule: 'unreadable', example: expect.stringContaining('must have a column close') },
    ]);
    expect(rulesOf('fomc_meetings.csv')).toEqual(['unreadable 1']);
  });
});

describe.skipIf(!hasRealMarket('a check of recorded data'))('a check of recorded data', () => {
  it('finds the hole in SKEW and the misprinted settlement, and nothing else', () => {
    const found = checkFolder(REAL_MARKET).files.flatMap(({ file, findings }) =>
      findings.map(({ rule, count, example }) => `${file} ${rule} ${count}: ${example}`),
    );
    expect(found).toEqual([
      expect.stringMatching(/^skew_daily.*longest gap: 8 from 2000-09-20 to 2000-09-29$/),
      expect.stringMatching(/^vix_futures_curve.*2008-04-21 vx9 must lie in 5 to 150, was 1$/),
    ]);
  });
});

describe('a file is worse', () => {
  const extent = (...rows: readonly string[]): ReturnType<typeof tableExtent> =>
    tableExtent(`date,open,close\n${rows.join('\n')}\n`);
  const old = extent('2024-01-02,1,2', '2024-01-03,,2');

  it.each([
    [['2024-01-02,1,2'], '1 rows where 2 are stored'],
    [['2024-01-03,1,2', '2024-01-04,1,2'], 'begins 2024-01-03, the stored one 2024-01-02'],
    [['2024-01-01,1,2', '2024-01-02,1,2'], 'ends 2024-01-02, the stored one 2024-01-03'],
    [['2024-01-02,,2', '2024-01-03,,2'], '0 values of open where 1 are stored'],
    [['2024-01-02,1,2', '2024-01-03,1,2', '2024-01-04,,2'], undefined],
  ])('with %j: %s', (rows, reason) => {
    expect(worseThan(old, extent(...rows))).toBe(reason);
  });

  it('without a column that has values, but not without an empty one', () => {
    const narrow = tableExtent('date,close\n2024-01-02,2\n2024-01-03,2\n');
    expect(worseThan(old, narrow)).toBe('has no column open, which is stored');
    expect(worseThan(extent('2024-01-02,,2'), narrow)).toBeUndefined();
  });
});
