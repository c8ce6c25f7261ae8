import type { LegDay } from '../engine/leg-days.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { measured } from './measured.ts';
import type { Measured } from './measured.ts';

/** Leg-days by distance from the forward: core within 1.5 standard deviations, wing beyond. */
export type MoneynessBand = 'all' | 'core' | 'wing';

/** The bands in the order of tables. */
export const MONEYNESS_BANDS: readonly MoneynessBand[] = ['all', 'core', 'wing'];

/** How far models lie from the mids of quotes, over the quoted leg-days of one band. */
export interface MarkError {
  readonly band: MoneynessBand;
  /** Quoted leg-days of the band with a spread and both models. */
  readonly legDays: number;
  /** Mean of |model - mid| over half of ask less bid: a leg's mid by the other quotes of its chain. */
  readonly chainModel: Measured;
  /** The same of the smile through those quotes alone. */
  readonly chainSmile: Measured;
  /** The same of the surface of the volatility indices. */
  readonly indexModel: Measured;
}

/** What marked the index options of one policy. */
export interface MarkStatistics {
  readonly policy: string;
  /** Base positions opened, and of these closed or settled. */
  readonly entries: number;
  readonly closed: number;
  /** Index options held at closes; each is quoted or modelled. */
  readonly legDays: number;
  readonly quoted: number;
  readonly modelled: number;
  /** Leg-days of other contracts (VIX options, VX, funds), which no chain quotes. */
  readonly otherLegDays: number;
  readonly errors: readonly MarkError[];
}

/** Standard deviations from the forward that are the core; the fits of surfaces use the same. */
const CORE_DEVIATIONS = 1.5;

/** Counts and errors of a run with quotes; undefined for a run without. */
export function markStatistics(record: RunRecord): MarkStatistics | undefined {
  const { legDays, trades, coverage } = record;
  if (legDays === undefined) return undefined;
  const opened = new Set(legDays.filter(({ sleeve }) => sleeve === 0).map(({ trade }) => trade));
  const all = Object.values(coverage).reduce((sum, count) => sum + count, 0);
  const quoted = legDays.filter(({ source }) => source === 'quoted').length;
  return {
    policy: record.policy,
    entries: opened.size,
    closed: trades.filter(({ sleeve }) => sleeve === 'core').length,
    legDays: legDays.length,
    quoted,
    modelled: legDays.length - quoted,
    otherLegDays: all - legDays.length,
    errors: MONEYNESS_BANDS.map((band) => markError(legDays, band)),
  };
}

/** |model - mid| of a leg-day in half-spreads; NaN without a quote, a spread or a model. */
export function halfSpreadsOff({ bid, ask }: LegDay, model: number): number {
  const half = 0.5 * (ask - bid);
  return half > 0 ? Math.abs(model - 0.5 * (bid + ask)) / half : Number.NaN;
}

function markError(legDays: readonly LegDay[], band: MoneynessBand): MarkError {
  const rows = legDays.filter((row) => {
    const isCore = row.deviations <= CORE_DEVIATIONS;
    const isIn = band === 'all' || isCore === (band === 'core');
    return isIn && Number.isFinite(halfSpreadsOff(row, row.chainModel + row.indexModel));
  });
  const mean = (model: (row: LegDay) => number): Measured => {
    const sum = rows.reduce((total, row) => total + halfSpreadsOff(row, model(row)), 0);
    return measured(sum / rows.length, 'no quoted leg-day in this band');
  };
  return {
    band,
    legDays: rows.length,
    chainModel: mean((row) => row.chainModel),
    chainSmile: mean((row) => row.chainSmile),
    indexModel: mean((row) => row.indexModel),
  };
}
