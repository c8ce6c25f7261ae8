import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PILLARS, VX_NODES } from '../market/market-path.ts';
import { CALIBRATED, QUOTED, REGRESSED } from '../market/provenance.ts';
import { epochDay } from '../time/epoch-day.ts';
import { DataError } from './data-error.ts';
import { loadHistoricalMarket } from './historical-market.ts';
import type { HistoricalMarket, HistoricalMarketOptions } from './historical-market.ts';
import {
  checkLookAhead,
  FIRST,
  iso,
  LAST,
  sessionsBetween,
  writeMadeUpMarket,
} from './market-folder.fixture.ts';
import { listedVxExpiries } from './vx-listing.ts';

const FROM = epochDay(2004, 3, 22);

function errorOf(options: HistoricalMarketOptions): DataError {
  try {
    loadHistoricalMarket(options);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('the folder was accepted');
}

describe('loadHistoricalMarket on a made-up folder', () => {
  const dir = mkdtempSync(join(tmpdir(), 'alvh-market-'));
  const options = { dir, from: FROM, to: LAST, counterfactual: true };
  let market: HistoricalMarket;
  beforeAll(() => {
    writeMadeUpMarket(dir);
    market = loadHistoricalMarket(options);
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });
  const rowOf = (day: number): number => market.path.day.indexOf(day);

  it('starts at the first session asked for, with the earlier ones as warm-up', () => {
    const { path } = market;
    expect(path.day[path.start]).toBe(FROM);
    expect(path.day.at(-1)).toBe(LAST);
    expect(path.start).toBe(300);
  });

  it('uses VVIX, SKEW and breadth one session late', () => {
    const { path } = market;
    const changed = mkdtempSync(join(tmpdir(), 'alvh-lag-'));
    for (const file of readdirSync(dir)) copyFileSync(join(dir, file), join(changed, file));
    for (const file of ['skew_daily.csv', 'nyse_breadth_daily.csv', 'pct_above_ma_daily.csv']) {
      const text = readFileSync(join(dir, file), 'utf8');
      writeFileSync(join(changed, file), text.replace(/^2004-06-15,.*$/m, '2004-06-15,99'));
    }
    const other = loadHistoricalMarket({ ...options, dir: changed }).path;
    rmSync(changed, { recursive: true });
    const row = rowOf(epochDay(2004, 6, 15));
    for (const name of ['eta', 'advanceDeclineLine', 'aboveFiftyDay'] as const) {
      expect(other[name][row]).toBe(path[name][row]);
      expect(other[name][row + 1]).not.toBe(path[name][row + 1]);
    }
    expect(path.vvix[row]).toBe(86);
    expect(market.notes).toContain('VVIX before 2007 is taken as 86');
  });

  it('quotes listed VX months, calibrates the others, regresses before the listing', () => {
    const { path } = market;
    const before = rowOf(epochDay(2004, 3, 25)) * VX_NODES;
    expect([...path.vxSource.subarray(before, before + 9)].every((c) => c === REGRESSED)).toBe(
      true,
    );
    const base = rowOf(epochDay(2004, 6, 15)) * VX_NODES;
    const codes = [...path.vxSource.subarray(base, base + 9)];
    expect(codes.slice(0, 5)).toEqual([QUOTED, QUOTED, CALIBRATED, QUOTED, CALIBRATED]);
    const [second = 0, third = 0, fourth = 0] = path.vxSettle.subarray(base + 1, base + 4);
    expect(Math.abs(third / Math.sqrt(second * fourth) - 1)).toBeLessThan(0.05);
    expect([...path.vxExpiry.subarray(base, base + 9)]).toEqual([
      ...listedVxExpiries(epochDay(2004, 6, 15), 9),
    ]);
  });

  it('has no VX node before the listing unless it is asked to make them up', () => {
    const { path, notes } = loadHistoricalMarket({ ...options, counterfactual: false });
    expect(path.vxCount[rowOf(epochDay(2004, 3, 25))]).toBe(0);
    expect(path.vxCount[rowOf(epochDay(2004, 3, 26))]).toBe(9);
    expect(notes).toContain('before 2004-03-26 VX futures did not exist: no VX prices');
  });

  it('settles the VIX on monthly expiries only', () => {
    const { path, coverage } = market;
    const days = [...path.day].filter((_day, i) => !Number.isNaN(path.vixSettlement[i] ?? NaN));
    const rule = listedVxExpiries((path.day[0] ?? 0) - 1, 30).filter((day) => day <= LAST);
    expect(days).toEqual([...rule]);
    expect(coverage['vixSettlement']?.quoted).toBe(13);
    expect(coverage['vixSettlement']?.missing).toBe(0);
  });

  it('knows scheduled meetings ahead and leaves unscheduled ones out', () => {
    expect([...market.path.fomcDays].map(iso)).toEqual(['2004-03-16', '2005-12-13', '2006-01-31']);
  });

  it('turns the bill yield into a continuous rate', () => {
    const row = rowOf(FROM);
    const place = sessionsBetween(FIRST, LAST).indexOf(FROM);
    const percent = Number((1 + place / 500).toFixed(2));
    expect(market.path.billRate[row]).toBeCloseTo(4 * Math.log(1 + percent / 400), 12);
  });

  it('carries a missing VIX print once and then has no data', () => {
    const holed = mkdtempSync(join(tmpdir(), 'alvh-hole-'));
    for (const file of readdirSync(dir)) copyFileSync(join(dir, file), join(holed, file));
    const text = readFileSync(join(dir, 'vix_daily.csv'), 'utf8');
    const without = text.replace(/^2004-06-(15|16),.*\n/gm, '');
    writeFileSync(join(holed, 'vix_daily.csv'), without);
    const { path, coverage } = loadHistoricalMarket({ ...options, dir: holed });
    rmSync(holed, { recursive: true });
    const row = rowOf(epochDay(2004, 6, 15));
    expect(path.vixClose[row]).toBe(path.vixClose[row - 1]);
    expect(path.vixClose[row + 1]).toBeNaN();
    expect(path.theta[(row + 1) * PILLARS]).toBeNaN();
    expect([coverage['vixClose']?.calibrated, coverage['vixClose']?.missing]).toEqual([1, 1]);
    expect(path.vxCount[row + 1]).toBe(0);
  });

  it('moves only what the SOQ fraction moves, and only without SPY', () => {
    const zero = loadHistoricalMarket({ ...options, soqFraction: 0 }).path;
    expect(zero.spxSettlement[300]).toBe(market.path.spxSettlement[300]);
  });

  it('never lets rows at or before a day see what comes after it', () => {
    for (const t of [epochDay(2004, 3, 24), epochDay(2004, 9, 24), epochDay(2005, 2, 25)]) {
      expect(checkLookAhead(options, market.path, t)).toEqual({ changed: [], garbageSeen: true });
    }
  });

  it('hashes the bytes it read', () => {
    expect(market.dataHash).toMatch(/^[0-9a-f]{64}$/);
    expect(loadHistoricalMarket(options).dataHash).toBe(market.dataHash);
    const other = mkdtempSync(join(tmpdir(), 'alvh-hash-'));
    for (const file of readdirSync(dir)) copyFileSync(join(dir, file), join(other, file));
    writeFileSync(join(other, 'unrelated.csv'), 'x');
    expect(loadHistoricalMarket({ ...options, dir: other }).dataHash).toBe(market.dataHash);
    rmSync(join(other, 'fomc_meetings.csv'));
    const without = loadHistoricalMarket({ ...options, dir: other });
    rmSync(other, { recursive: true });
    expect(without.dataHash).not.toBe(market.dataHash);
    expect(without.notes).toContain('NO DATA: fomc_meetings.csv is not in the data folder');
  });

  it('gives the available range when the one asked for is not in it', () => {
    const early = errorOf({ ...options, from: epochDay(2001, 1, 2) });
    expect(early.code).toBe('no-data');
    expect(early.message).toBe(
      `${dir}: from and to must lie within the data (SPX and VIX: 2003-01-02 to 2005-06-30), ` +
        'was 2001-01-02 to 2005-06-30. Remedy: choose dates in 2003-01-02 to 2005-06-30.',
    );
    expect(errorOf({ ...options, to: epochDay(2005, 7, 5) }).code).toBe('no-data');
    expect(errorOf({ ...options, from: LAST, to: FROM }).rule).toBe('from must be on or before to');
  });

  it('names the folder or the required file that is missing', () => {
    const gone = join(dir, 'nowhere');
    expect(errorOf({ ...options, dir: gone }).message).toBe(
      `${gone}: the data folder must exist, was missing. ` +
        'Remedy: name a folder with at least spx_daily.csv, vix_daily.csv and treasury_yields_daily.csv.',
    );
    const empty = mkdtempSync(join(tmpdir(), 'alvh-empty-'));
    const error = errorOf({ ...options, dir: empty });
    rmSync(empty, { recursive: true });
    expect([error.code, error.file]).toEqual(['not-found', join(empty, 'spx_daily.csv')]);
  });

  it('names the first session without a bill yield', () => {
    const holed = mkdtempSync(join(tmpdir(), 'alvh-holed-'));
    for (const file of readdirSync(dir)) copyFileSync(join(dir, file), join(holed, file));
    const file = join(holed, 'treasury_yields_daily.csv');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.filter((line) => !line.startsWith('2004-11')).join('\n'));
    const error = errorOf({ ...options, dir: holed });
    rmSync(holed, { recursive: true });
    expect([error.code, error.file]).toEqual(['no-data', file]);
    expect(error.value).toMatch(/^no data for 2004-11-0\d$/);
    expect(error.remedy).toContain('alvh data pull --only treasury-yields');
  });

  it('works with the required files and says NO DATA for the rest', () => {
    const bare = mkdtempSync(join(tmpdir(), 'alvh-bare-'));
    for (const file of ['spx_daily.csv', 'vix_daily.csv', 'treasury_yields_daily.csv']) {
      copyFileSync(join(dir, file), join(bare, file));
    }
    const { path, coverage, notes } = loadHistoricalMarket({ ...options, dir: bare });
    rmSync(bare, { recursive: true });
    expect(notes.filter((note) => note.startsWith('NO DATA')).length).toBe(18);
    expect(notes).toContain(
      'the SPX dividend yield is taken as 1.9 %, the mean of 1990-2023: there is no dividend series',
    );
    const traded = path.length - path.start;
    expect(coverage['dividendYield']?.regressed).toBe(traded);
    expect(coverage['surface']?.regressed).toBe(traded);
    expect(coverage['vx']?.regressed).toBe(traded * 9);
    expect(path.advanceDeclineLine[path.start]).toBeNaN();
  });

  it('places a broken cell in a file of the folder', () => {
    const broken = mkdtempSync(join(tmpdir(), 'alvh-broken-'));
    for (const file of readdirSync(dir)) copyFileSync(join(dir, file), join(broken, file));
    const text = readFileSync(join(dir, 'spy_daily.csv'), 'utf8').split('\n');
    text[9] = (text[9] ?? '').replace(/,[\d.]+$/, ',-7');
    writeFileSync(join(broken, 'spy_daily.csv'), text.join('\n'));
    const error = errorOf({ ...options, dir: broken });
    rmSync(broken, { recursive: true });
    const column = (text[9] ?? '').lastIndexOf(',') + 2;
    expect(error.message).toBe(
      `${join(broken, 'spy_daily.csv')}:10:${column}: adj_close must be > 0, was -7 (USD). ` +
        'Remedy: correct the cell or leave it blank.',
    );
  });
});
