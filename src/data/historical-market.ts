import { join } from 'node:path';
import { PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { nextSession } from '../time/cboe-calendar.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { DataError } from './data-error.ts';
import { historicalColumns, VVIX_START } from './historical-columns.ts';
import type { HistoricalColumns, SeriesColumns } from './historical-columns.ts';
import { ASSUMED_DIVIDEND_YIELD } from './macro-columns.ts';
import { MARKET_FILES } from './market-files.ts';
import { commonSpan, readMarketFolder } from './market-folder.ts';
import type { MarketFolder } from './market-folder.ts';
import { SOQ_FRACTION } from './settlement-columns.ts';
import { keepSessions, unseenSettlements } from './kept-sessions.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { coverageOf, NO_DATA } from './sourced-column.ts';
import type { ColumnCoverage } from './sourced-column.ts';
import { UNUSED_NODE } from './vx-columns.ts';
import { VX_LISTED } from './vx-listing.ts';
import { liquidWeeklies } from './vx-weeklies.ts';

/** What to make of a folder's files. */
export interface HistoricalSpan {
  /** First and last civil day to trade, both included. */
  readonly from: EpochDay;
  readonly to: EpochDay;
  /** Whether VX nodes are made up by regression before VX futures were listed (2004-03-26). */
  readonly counterfactual: boolean;
  /** Share of the SPX day move done at the opening where SPY has no open; 0..1, 0.45 unless told. */
  readonly soqFraction?: number;
  /** Days to trade (EpochDay); other sessions of the span are left out. Absent: all are traded. */
  readonly sessions?: ReadonlySet<number>;
}

/** What to load. */
export interface HistoricalMarketOptions extends HistoricalSpan {
  readonly dir: string;
}

/** A market path read from files, and where its numbers come from. */
export interface HistoricalMarket {
  readonly path: MarketPath;
  /** Volatility indices beside the path's own, VIX points by session; NaN = NO DATA. */
  readonly indices: VolatilityIndices;
  /** By column, over the sessions from `path.start` on. */
  readonly coverage: Readonly<Record<string, ColumnCoverage>>;
  /** SHA-256 over the bytes of every file read, in order of file name; hexadecimal. */
  readonly dataHash: string;
  /** What stands in for missing or unreliable data, in sentences. */
  readonly notes: readonly string[];
}

/** Volatility indices that no path column carries: they pin its surface, and are shown. */
export interface VolatilityIndices {
  readonly vix9d: Float64Array;
  readonly vix3m: Float64Array;
}

/** Sessions before `from` that warm indicators up, where the data has them: over a year. */
const WARM_UP_SESSIONS = 300;

/**
 * The market of `from`..`to` as a path, point-in-time: row i holds what was known at 16:00 New York
 * of session i.
 *
 * Sessions are the rows of the SPX file, at least a year before `from` included where there are
 * any. SPX, VIX, VIX9D/3M/6M, bill yields and VX settlements count at their own close; VVIX, SKEW
 * and breadth from the next session; macro of month m from the 25th of m + 1. Older than its
 * maximum age is NaN. Earnings and CPI lag as `stress-columns` has it.
 *
 * Errors: DataError `not-found` (folder, SPX or VIX file), `no-data` (range outside the data),
 * `bad-data` (a broken cell, with its place).
 */
export function loadHistoricalMarket(options: HistoricalMarketOptions): HistoricalMarket {
  return historicalMarket(readMarketFolder(options.dir), options);
}

/** The same of a folder that is read already: several spans or assumptions cost one reading. */
export function historicalMarket(folder: MarketFolder, options: HistoricalSpan): HistoricalMarket {
  const spx = required(folder, 'spx');
  const vix = required(folder, 'vix');
  checkRange(options, folder.dir, spx, vix);
  const end = countUpTo(spx.day, options.to);
  const sessions = spx.day.subarray(0, end);
  const tradeFrom = countUpTo(sessions, options.from - 1);
  const first = Math.max(0, tradeFrom - WARM_UP_SESSIONS);
  const soqFraction = options.soqFraction ?? SOQ_FRACTION;
  const { counterfactual } = options;
  const all = historicalColumns({
    folder,
    spx,
    vix,
    sessions,
    first,
    counterfactual,
    soqFraction,
  });
  const full = cutWindow(all, first);
  const start = tradeFrom - first;
  const { sessions: traded } = options;
  const window = traded === undefined ? full : keepSessions(full, start, traded);
  const path = {
    ...toPath(options, window, start),
    ...(traded === undefined ? {} : { unseenSettlements: unseenSettlements(full, start, traded) }),
  };
  checkBillYields(folder.dir, path);
  const covered = coverage(window, path.day, start);
  return {
    path,
    indices: { vix9d: window.series.vix9d.values, vix3m: window.series.vix3m.values },
    coverage: covered,
    dataHash: folder.hash,
    notes: [
      ...folder.absent.map((file) => `NO DATA: ${file} is not in the data folder`),
      ...standInNotes({ soqFraction, counterfactual, path, covered }),
    ],
  };
}

function cutWindow(columns: HistoricalColumns, first: number): HistoricalColumns {
  const series = Object.fromEntries(
    Object.entries(columns.series).map(([name, column]) => [
      name,
      { values: column.values.slice(first), source: column.source.slice(first) },
    ]),
  ) as SeriesColumns;
  const { surface, vx } = columns;
  return {
    day: columns.day.slice(first),
    series,
    surface: {
      theta: surface.theta.slice(first * PILLARS),
      source: surface.source.slice(first),
    },
    vx: {
      count: vx.count.slice(first),
      expiry: vx.expiry.slice(first * VX_NODES),
      settle: vx.settle.slice(first * VX_NODES),
      source: vx.source.slice(first * VX_NODES),
    },
    fomcDays: columns.fomcDays,
    nextCpiRelease: columns.nextCpiRelease.slice(first),
    weekly: columns.weekly,
  };
}

function toPath(options: HistoricalSpan, columns: HistoricalColumns, start: number): MarketPath {
  const { series, surface, vx } = columns;
  const high = series.spxHigh.values;
  const low = series.spxLow.values;
  return {
    label: `history ${formatIsoDate(options.from)} to ${formatIsoDate(options.to)}`,
    length: columns.day.length,
    start,
    day: columns.day,
    // The first prints of the day lie within its range; the SOQ need not.
    spxOpen: series.spxSettlement.values.map((value, i) =>
      Math.min(high[i] ?? Number.NaN, Math.max(low[i] ?? Number.NaN, value)),
    ),
    spxHigh: high,
    spxLow: low,
    spxClose: series.spxClose.values,
    spxSettlement: series.spxSettlement.values,
    vixHigh: series.vixHigh.values,
    vixLow: series.vixLow.values,
    vixClose: series.vixClose.values,
    vixSettlement: series.vixSettlement.values,
    vvix: series.vvix.values,
    billRate: series.billRate.values,
    dividendYield: series.dividendYield.values,
    theta: surface.theta,
    eta: series.eta.values,
    vxCount: vx.count,
    vxExpiry: vx.expiry,
    vxSettle: vx.settle,
    vxSource: vx.source,
    liquidWeeklies: liquidWeeklies(columns.day, columns.weekly),
    advanceDeclineLine: series.advanceDeclineLine.values,
    aboveFiftyDay: series.aboveFiftyDay.values,
    reerChangeZ: series.reerChangeZ.values,
    rateDifferentialZ: series.rateDifferentialZ.values,
    macdZ: series.macdZ.values,
    priceToEarnings: series.priceToEarnings.values,
    priceToEarningsZ: series.priceToEarningsZ.values,
    cpiSurpriseZ: series.cpiSurpriseZ.values,
    surfaceSource: surface.source,
    nextCpiRelease: columns.nextCpiRelease,
    fomcDays: columns.fomcDays,
  };
}

function coverage(
  columns: HistoricalColumns,
  day: Int32Array,
  start: number,
): Readonly<Record<string, ColumnCoverage>> {
  const out: Record<string, ColumnCoverage> = {};
  for (const [name, column] of Object.entries(columns.series)) {
    // The VIX settles on expiry days only: other sessions lack nothing.
    const skip = name === 'vixSettlement' ? NO_DATA : undefined;
    out[name] = coverageOf(day, column.source, start, skip);
  }
  out['surface'] = coverageOf(day, columns.surface.source, start);
  out['vx'] = coverageOf(day, columns.vx.source, start, UNUSED_NODE);
  return out;
}

interface NoteInputs {
  readonly soqFraction: number;
  readonly counterfactual: boolean;
  readonly path: MarketPath;
  readonly covered: Readonly<Record<string, ColumnCoverage>>;
}

function standInNotes(inputs: NoteInputs): readonly string[] {
  const { path, covered } = inputs;
  const firstDay = path.day[path.start] ?? 0;
  const notes = [
    'SPX opening and AM settlement are estimated: SPY open plus dividend where SPY has a row, ' +
      `else prior close + ${inputs.soqFraction} of the day move`,
    'VVIX and SKEW of the prior session serve signals and marks',
    'earnings count three months after their quarter, CPI vintages from the 15th of February, May, ' +
      'August and November (approximate); cash flow and PPI are NO DATA',
    'REER and short rates are read as last revised, with publication lags; CPI by vintage',
  ];
  if (firstDay < VVIX_START) notes.push('VVIX before 2007 is taken as 86');
  if (firstDay < VX_LISTED) {
    notes.push(
      inputs.counterfactual
        ? 'before 2004-03-26 VX futures did not exist: their prices are regressed on VIX'
        : 'before 2004-03-26 VX futures did not exist: no VX prices',
    );
  }
  if ((covered['dividendYield']?.calibrated ?? 0) > 0) {
    notes.push('the SPX dividend is carried at its last known level past the end of its series');
  }
  if ((covered['dividendYield']?.regressed ?? 0) > 0) {
    notes.push(
      `the SPX dividend yield is taken as ${(100 * ASSUMED_DIVIDEND_YIELD).toFixed(1)} %, the mean of ` +
        '1990-2023: there is no dividend series',
    );
  }
  return notes;
}

/** Without a bill yield no cash earns, no debit pays, and no option has a forward. */
function checkBillYields(dir: string, { day, billRate, start, length }: MarketPath): void {
  for (let session = start; session < length; session += 1) {
    if (Number.isFinite(billRate[session])) continue;
    throw new DataError({
      code: 'no-data',
      file: join(dir, MARKET_FILES.treasury.file),
      rule: 'the three-month bill yield must be known on every session',
      value: `no data for ${formatIsoDate(asEpochDay(day[session] ?? 0))}`,
      remedy: 'fill the file, `alvh data pull --only treasury-yields` does, or choose another span',
    });
  }
}

function required(folder: MarketFolder, name: 'spx' | 'vix'): ReleasedSeries {
  const series = folder.series[name];
  if (series !== undefined) return series;
  throw new DataError({
    code: 'not-found',
    file: MARKET_FILES[name].file,
    rule: 'the file must exist',
    value: 'missing',
    remedy: 'put the file into the data folder',
  });
}

function countUpTo(days: Int32Array, last: number): number {
  const place = days.findIndex((day) => day > last);
  return place < 0 ? days.length : place;
}

function checkRange(
  options: HistoricalSpan,
  dir: string,
  spx: ReleasedSeries,
  vix: ReleasedSeries,
): void {
  const { first, last } = commonSpan(spx.day, vix.day);
  const firstAsked = nextSession(asEpochDay(options.from - 1));
  const sessionAfterLast = nextSession(last);
  const range = `${formatIsoDate(first)} to ${formatIsoDate(last)}`;
  const asked = `${formatIsoDate(options.from)} to ${formatIsoDate(options.to)}`;
  const ordered = options.from <= options.to;
  if (ordered && firstAsked >= first && firstAsked <= last && options.to < sessionAfterLast) return;
  throw new DataError({
    code: 'no-data',
    file: dir,
    rule: ordered
      ? `from and to must lie within the data (SPX and VIX: ${range})`
      : 'from must be on or before to',
    value: asked,
    remedy: ordered ? `choose dates in ${range}` : 'swap the dates',
  });
}
