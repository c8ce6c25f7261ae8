import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MarketPath } from '../market/market-path.ts';
import { isSession } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate, epochDay, formatIsoDate, parseIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { loadHistoricalMarket } from './historical-market.ts';
import type { HistoricalMarketOptions } from './historical-market.ts';
import { listedVxExpiries } from './vx-listing.ts';

/** First session of the made-up market. */
export const FIRST: EpochDay = epochDay(2003, 1, 2);
/** Last session of the made-up market. */
export const LAST: EpochDay = epochDay(2005, 6, 30);

/** ISO text of a day number. */
export const iso = (day: number): string => formatIsoDate(asEpochDay(day));

/** Sessions of a closed range of days. */
export function sessionsBetween(first: EpochDay, last: EpochDay): readonly EpochDay[] {
  const out: EpochDay[] = [];
  for (let day = first as number; day <= last; day += 1) {
    if (isSession(asEpochDay(day))) out.push(asEpochDay(day));
  }
  return out;
}

function csv(header: string, rows: readonly string[]): string {
  return `${[header, ...rows].join('\n')}\n`;
}

const level = (i: number): number => 1000 + 60 * Math.sin(i / 17) + 0.2 * i;
const vix = (i: number): number => 18 - 4 * Math.sin(i / 17) + Math.cos(i);
// Months 3 and 5 upwards are not quoted.
const isQuoted = (month: number): boolean => month <= 4 && month !== 3;

/** Writes a complete, small, made-up market folder. */
export function writeMadeUpMarket(dir: string): void {
  const days = sessionsBetween(FIRST, LAST);
  const daily = (row: (i: number, day: string) => string): readonly string[] =>
    days.map((day, i) => `${iso(day)},${row(i, iso(day))}`);
  const close = (value: (i: number) => number): readonly string[] =>
    daily((i) => value(i).toFixed(2));
  const write = (file: string, header: string, rows: readonly string[]): void => {
    writeFileSync(join(dir, file), csv(header, rows));
  };
  write(
    'spx_daily.csv',
    'date,open,high,low,close,volume',
    daily((i) => [0, 8, -8, 0].map((d) => (level(i) + d).toFixed(2)).join(',') + ',1'),
  );
  write(
    'vix_daily.csv',
    'date,open,high,low,close',
    daily((i) => [0.1, 1, -1, 0].map((d) => (vix(i) + d).toFixed(2)).join(',')),
  );
  write(
    'vix9d_daily.csv',
    'date,close',
    close((i) => vix(i) - 0.5),
  );
  write(
    'vix3m_daily.csv',
    'date,close',
    close((i) => vix(i) + 1),
  );
  write(
    'vix6m_daily.csv',
    'date,close',
    close((i) => vix(i) + 1.5),
  );
  write(
    'vvix_daily.csv',
    'date,close',
    close((i) => 80 + 10 * Math.sin(i / 9)),
  );
  write(
    'skew_daily.csv',
    'date,close',
    close((i) => 118 + 6 * Math.sin(i / 6)),
  );
  write(
    'spy_daily.csv',
    'date,open,close,adj_close',
    daily((i) => [level(i) / 10 + 0.1, level(i) / 10, level(i) / 11].join(',')),
  );
  write(
    'treasury_yields_daily.csv',
    'date,dgs3mo',
    close((i) => 1 + i / 500),
  );
  write(
    'nyse_breadth_daily.csv',
    'date,net_advances',
    close((i) => Math.round(500 * Math.sin(i))),
  );
  write(
    'pct_above_ma_daily.csv',
    'date,pct_above_50ma',
    close((i) => 50 + 30 * Math.sin(i / 8)),
  );
  writeVx(dir, days);
  writeMacro(dir);
}

function writeVx(dir: string, days: readonly EpochDay[]): void {
  const months = Array.from({ length: 9 }, (_unused, k) => k + 1);
  const header = ['date', ...months.map((k) => `vx${k}`), ...months.map((k) => `exp${k}`)];
  const rows = days.flatMap((day, i) => {
    if (day < epochDay(2004, 3, 26)) return [];
    const expiries = listedVxExpiries(day, 9);
    const prices = months.map((k) => (isQuoted(k) ? (vix(i) + 0.4 * k).toFixed(2) : ''));
    const dates = months.map((k) => (isQuoted(k) ? iso(expiries[k - 1] ?? 0) : ''));
    return [[iso(day), ...prices, ...dates].join(',')];
  });
  writeFileSync(join(dir, 'vix_futures_curve.csv'), csv(header.join(','), rows));
  const finals = listedVxExpiries(epochDay(2004, 4, 1), 14).filter((day) => day <= LAST);
  writeFileSync(
    join(dir, 'vix_futures_final_settlements.csv'),
    csv(
      'expiry,final_settle,source',
      finals.slice(1).map((day, k) => `${iso(day)},${15 + k / 10},"file, row of the expiry"`),
    ),
  );
}

function writeMacro(dir: string): void {
  const months = Array.from({ length: 150 }, (_unused, i) => ({
    date: iso(epochDay(1993 + Math.floor(i / 12), (i % 12) + 1, 1)),
    i,
  }));
  const write = (file: string, header: string, row: (i: number) => string): void => {
    const rows = months.map(({ date, i }) => `${date},${row(i)}`);
    writeFileSync(join(dir, file), csv(header, rows));
  };
  write('shiller_monthly.csv', 'date,dividend', (i) => (16 + i / 100).toFixed(2));
  write('reer_usd_monthly.csv', 'date,value', (i) => (100 + 5 * Math.sin(i / 5)).toFixed(3));
  write('short_rates_monthly.csv', 'date,us_3m,de_3m,jp_3m,ez_3m', (i) =>
    [4 + Math.sin(i / 7), '', 0.5, 3 + Math.cos(i / 4)].join(','),
  );
  write('spx_pe_monthly.csv', 'date,pe_ttm', (i) => (20 + 4 * Math.sin(i / 9)).toFixed(2));
  writeFileSync(join(dir, 'cpi_vintages.csv'), csv('vintage,obs_month,cpi_sa', vintages()));
  const meetings = ['2004-03-16,1,a', '2004-04-10,0,a', '2005-12-13,1,b', '2006-01-31,1,b'];
  writeFileSync(join(dir, 'fomc_meetings.csv'), csv('date,scheduled,source', meetings));
}

/** Vintages of 24 months of CPI each quarter from 1998 to mid 2005; one month jumps. */
function vintages(): readonly string[] {
  const level = (month: number): number =>
    100 * Math.exp(0.002 * month + 0.001 * Math.sin(month) + (month >= 12 * 5 + 9 ? 0.01 : 0));
  return Array.from({ length: 30 }, (_unused, quarter) => quarter).flatMap((quarter) =>
    Array.from({ length: 24 }, (_unused, back) => {
      const month = 3 * quarter + back - 23;
      const year = 1998 + Math.floor(month / 12);
      const ofYear = String((((month % 12) + 12) % 12) + 1).padStart(2, '0');
      const vintage = `${1998 + Math.floor(quarter / 4)}Q${(quarter % 4) + 1}`;
      return `${vintage},${year}-${ofYear},${level(month).toFixed(3)}`;
    }),
  );
}

/** First day on which a row dated `day` of a file may be used at the close. */
function knownOn(file: string, day: EpochDay): number {
  const { year, month } = civilDate(day);
  const later = (months: number, date: number): number =>
    epochDay(year + Math.floor((month - 1 + months) / 12), ((month - 1 + months) % 12) + 1, date);
  if (file === 'fomc_meetings.csv') return 0;
  if (file === 'shiller_monthly.csv') return later(4, 1);
  if (file === 'spx_pe_monthly.csv') return later(6, 1);
  if (file === 'reer_usd_monthly.csv' || file === 'short_rates_monthly.csv') return later(1, 25);
  const lagged = /^(vvix|skew|nyse_breadth|pct_above)/.test(file);
  return lagged ? day + 1 : day;
}

/** Copies a folder with garbage in every number that is not known at the close of `row`. */
function copyWithGarbageAfter(from: string, to: string, last: EpochDay): void {
  for (const file of readdirSync(from)) {
    if (!file.endsWith('.csv')) continue;
    const [header = '', ...lines] = readFileSync(join(from, file), 'utf8').split('\n');
    const names = header.split(',');
    const out = lines.map((line, i) => {
      const cells = line.split(',');
      const day = dayOf(cells[0] ?? '');
      if (day === undefined || knownOn(file, day) <= last) return line;
      return cells.map((cell, k) => garbage(names[k] ?? '', cell, i + k)).join(',');
    });
    writeFileSync(join(to, file), [header, ...out].join('\n'));
  }
}

/** A row's date, or the day from which its quarterly vintage is usable. */
function dayOf(cell: string): EpochDay | undefined {
  const quarter = /^(\d{4})Q([1-4])$/.exec(cell);
  if (quarter !== null) return epochDay(Number(quarter[1]), 3 * Number(quarter[2]) - 1, 15);
  const day = parseIsoDate(cell);
  return day.ok ? day.value : undefined;
}

function garbage(name: string, cell: string, salt: number): string {
  if (!/^-?[\d.]+$/.test(cell)) return cell;
  if (name === 'high') return '99.5';
  if (name === 'low') return '0.5';
  return String(1 + ((salt * 37) % 89));
}

/** Bytes of every session column over rows 0..rows-1. */
function bytesUpTo(path: MarketPath, rows: number): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const [name, value] of Object.entries(path)) {
    if (!ArrayBuffer.isView(value) || name === 'fomcDays') continue;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const width = value.byteLength / path.length;
    out.set(name, bytes.subarray(0, rows * width).toString('hex'));
  }
  return out;
}

/** How the rows up to a day answer garbage in everything that was not known at its close. */
export interface LookAheadCheck {
  /** Names of columns whose rows up to the day changed; none, if nothing looks ahead. */
  readonly changed: readonly string[];
  /** Whether the next row did change, so that the garbage was read at all. */
  readonly garbageSeen: boolean;
}

/** Loads a copy of the folder with garbage after day `t` and compares it with the clean path. */
export function checkLookAhead(
  options: HistoricalMarketOptions,
  clean: MarketPath,
  t: EpochDay,
): LookAheadCheck {
  const dir = mkdtempSync(join(tmpdir(), 'alvh-garbage-'));
  try {
    copyWithGarbageAfter(options.dir, dir, t);
    const { path } = loadHistoricalMarket({ ...options, dir });
    const rows = clean.day.filter((day) => day <= t).length;
    const after = bytesUpTo(path, rows);
    const changed = [...bytesUpTo(clean, rows)]
      .filter(([name, bytes]) => after.get(name) !== bytes)
      .map(([name]) => name);
    const garbageSeen =
      path.spxClose[rows] !== clean.spxClose[rows] && path.vixClose[rows] !== clean.vixClose[rows];
    return { changed, garbageSeen };
  } finally {
    rmSync(dir, { recursive: true });
  }
}
