import { REGRESSED } from '../market/provenance.ts';
import { epochDay } from '../time/epoch-day.ts';
import { seriesColumn } from './csv-series.ts';
import { dividendYieldColumn, rateDifferentialColumn, reerChangeColumn } from './macro-columns.ts';
import type { MarketFolder } from './market-folder.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { estimateSpxOpening, vixSettlementColumn } from './settlement-columns.ts';
import { alignDaily, alignValues } from './sourced-column.ts';
import type { SourcedColumn } from './sourced-column.ts';
import { cpiSurpriseColumn, earningsColumns, macdColumn } from './stress-columns.ts';
import { etaColumn, surfaceColumns } from './surface-columns.ts';
import type { SurfaceColumns } from './surface-columns.ts';
import { vixAverages } from './vix-averages.ts';
import { vxColumns } from './vx-columns.ts';
import type { VxColumns } from './vx-columns.ts';
import { listedVxExpiries } from './vx-listing.ts';

/** VVIX before its usable history (2006 is sparse and holds bad prints). */
const VVIX_BEFORE = 86;
/** First day whose VVIX is used, EpochDay. */
export const VVIX_START: number = epochDay(2007, 1, 1);

/** What the columns are built from. */
export interface ColumnInputs {
  readonly folder: MarketFolder;
  readonly spx: ReleasedSeries;
  readonly vix: ReleasedSeries;
  /** Every session of the SPX file up to the last one asked for. */
  readonly sessions: Int32Array;
  /** First session of the path; the columns of earlier ones only feed averages. */
  readonly first: number;
  readonly counterfactual: boolean;
  /** Share of the SPX day move done at the opening where SPY has no open. */
  readonly soqFraction: number;
}

/** The one-value-a-session columns by name. */
export type SeriesColumns = Readonly<Record<SeriesName, SourcedColumn>>;
/** Names of the one-value-a-session columns. */
export type SeriesName =
  | 'spxHigh'
  | 'spxLow'
  | 'spxClose'
  | 'spxSettlement'
  | 'vixHigh'
  | 'vixLow'
  | 'vixClose'
  | 'vixSettlement'
  | 'vix9d'
  | 'vix3m'
  | 'vix6m'
  | 'skew'
  | 'vvix'
  | 'billRate'
  | 'dividendYield'
  | 'eta'
  | 'advanceDeclineLine'
  | 'aboveFiftyDay'
  | 'reerChangeZ'
  | 'rateDifferentialZ'
  | StressName;

/** Columns of the scores that weight and move budgets. */
type StressName = 'macdZ' | 'priceToEarnings' | 'priceToEarningsZ' | 'cpiSurpriseZ';

/** The columns of a market by session. */
export interface HistoricalColumns {
  readonly day: Int32Array;
  readonly series: SeriesColumns;
  readonly surface: SurfaceColumns;
  readonly vx: VxColumns;
  readonly fomcDays: Int32Array;
  /** Day of the next CPI release known at each close, EpochDay; 0 = none known. */
  readonly nextCpiRelease: Int32Array;
  /** Weekly VX contracts, one row per day and expiry. */
  readonly weekly: ReleasedSeries | undefined;
}

/** Every column of a historical market, one row per session, each as known at its close. */
export function historicalColumns(inputs: ColumnInputs): HistoricalColumns {
  const { folder, sessions, first } = inputs;
  const levels = levelColumns(inputs);
  const vix = levels.vixClose.values;
  const averages = vixAverages(vix);
  const eta = etaColumn(levels.skew);
  return {
    day: sessions,
    series: {
      ...levels,
      ...slowColumns(inputs, levels.spxClose.values),
      ...stressColumns(inputs, levels.spxClose.values),
      eta,
    },
    surface: surfaceColumns(
      {
        vix9d: levels.vix9d.values,
        vix,
        vix3m: levels.vix3m.values,
        vix6m: levels.vix6m.values,
      },
      averages,
      eta.values,
      first,
    ),
    vx: vxColumns({
      day: sessions,
      vix,
      averages,
      curve: folder.series.vxCurve,
      counterfactual: inputs.counterfactual,
      from: first,
    }),
    fomcDays: scheduledMeetings(folder.series.fomc),
    nextCpiRelease: nextReleaseColumn(sessions, folder.series.cpiReleases),
    weekly: folder.series.vxWeekly,
  };
}

type SlowName =
  | 'billRate'
  | 'dividendYield'
  | 'advanceDeclineLine'
  | 'aboveFiftyDay'
  | 'reerChangeZ'
  | 'rateDifferentialZ';
type LevelName = Exclude<SeriesName, SlowName | StressName | 'eta'>;

/** Levels of the equity and volatility indices and their settlements. */
function levelColumns(inputs: ColumnInputs): Readonly<Record<LevelName, SourcedColumn>> {
  const { folder, spx, vix, sessions, first } = inputs;
  const { series } = folder;
  const daily = (source: ReleasedSeries | undefined, name: string): SourcedColumn =>
    alignDaily(sessions, source, name);
  // The range of a day is of no use on another.
  const spxOfDay = { ...spx, maxAge: 0 };
  const spxHigh = daily(spxOfDay, 'high');
  const spxLow = daily(spxOfDay, 'low');
  const spxClose = daily(spx, 'close');
  const vixClose = daily(vix, 'close');
  return {
    spxHigh,
    spxLow,
    spxClose,
    spxSettlement: estimateSpxOpening(
      { day: sessions, high: spxHigh.values, low: spxLow.values, close: spxClose.values },
      series.spy,
      inputs.soqFraction,
    ),
    vixHigh: daily(vix, 'high'),
    vixLow: daily(vix, 'low'),
    vixClose,
    vixSettlement: vixSettlementColumn({
      day: sessions,
      expiries: expiriesIn(sessions, first),
      vixClose: vixClose.values,
      vix,
      finalSettlement: series.vxFinalSettlement,
    }),
    vix9d: daily(series.vix9d, 'close'),
    vix3m: daily(series.vix3m, 'close'),
    vix6m: daily(series.vix6m, 'close'),
    skew: daily(series.skew, 'close'),
    vvix: vvixColumn(sessions, series.vvix),
  };
}

/** Rates, dividends, breadth and macro scores. */
function slowColumns(
  inputs: ColumnInputs,
  spxClose: Float64Array,
): Readonly<Record<SlowName, SourcedColumn>> {
  const { sessions } = inputs;
  const { series } = inputs.folder;
  return {
    billRate: billRateColumn(alignDaily(sessions, series.treasury, 'dgs3mo')),
    dividendYield: dividendYieldColumn(sessions, spxClose, series.shiller),
    advanceDeclineLine: advanceDeclineColumn(sessions, series.breadth),
    aboveFiftyDay: alignDaily(sessions, series.aboveAverage, 'pct_above_50ma'),
    reerChangeZ: reerChangeColumn(sessions, series.reer),
    rateDifferentialZ: rateDifferentialColumn(sessions, series.shortRates),
  };
}

/** Scores of momentum, valuation and consumer prices, of every session of the SPX file. */
function stressColumns(
  { sessions, folder }: ColumnInputs,
  spxClose: Float64Array,
): Readonly<Record<StressName, SourcedColumn>> {
  const { ratio, score } = earningsColumns(sessions, spxClose, folder.series.priceToEarnings);
  return {
    macdZ: macdColumn(spxClose),
    priceToEarnings: ratio,
    priceToEarningsZ: score,
    cpiSurpriseZ: cpiSurpriseColumn(sessions, folder.cpi),
  };
}

function expiriesIn(sessions: Int32Array, first: number): readonly number[] {
  const last = sessions.at(-1) ?? 0;
  const before = (sessions[first] ?? 0) - 1;
  const months = Math.ceil((last - before) / 28) + 1;
  return listedVxExpiries(before, months).filter((expiry) => expiry <= last);
}

function vvixColumn(sessions: Int32Array, vvix: ReleasedSeries | undefined): SourcedColumn {
  const column = alignDaily(sessions, vvix, 'close');
  for (let i = 0; i < sessions.length && (sessions[i] ?? 0) < VVIX_START; i += 1) {
    column.values[i] = VVIX_BEFORE;
    column.source[i] = REGRESSED;
  }
  return column;
}

/** Bond-equivalent yield of a three-month bill, percent, as a continuous rate: ln(1 + y / 4) * 4. */
function billRateColumn(percent: SourcedColumn): SourcedColumn {
  return {
    values: percent.values.map((value) => 4 * Math.log1p(value / 100 / 4)),
    source: percent.source,
  };
}

function advanceDeclineColumn(
  sessions: Int32Array,
  breadth: ReleasedSeries | undefined,
): SourcedColumn {
  if (breadth === undefined) return alignDaily(sessions, undefined, 'net_advances');
  let line = 0;
  const level = seriesColumn(breadth, 'net_advances').map((net) => {
    if (Number.isNaN(net)) return Number.NaN;
    line += net;
    return line;
  });
  return alignValues(sessions, breadth, level);
}

/** The first release on or after each session among those whose schedule is known; 0 = none. */
function nextReleaseColumn(sessions: Int32Array, releases: ReleasedSeries | undefined): Int32Array {
  const out = new Int32Array(sessions.length);
  if (releases === undefined) return out;
  let row = 0;
  for (const [i, today] of sessions.entries()) {
    while (row < releases.day.length && (releases.day[row] ?? 0) < today) row += 1;
    if ((releases.release[row] ?? Number.POSITIVE_INFINITY) <= today)
      out[i] = releases.day[row] ?? 0;
  }
  return out;
}

function scheduledMeetings(fomc: ReleasedSeries | undefined): Int32Array {
  if (fomc === undefined) return new Int32Array(0);
  const scheduled = seriesColumn(fomc, 'scheduled');
  return fomc.day.filter((_day, row) => scheduled[row] === 1);
}
