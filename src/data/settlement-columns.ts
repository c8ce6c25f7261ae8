import { CALIBRATED, QUOTED, REGRESSED } from '../market/provenance.ts';
import { seriesColumn } from './csv-series.ts';
import { isSeenOnItsDay } from './release-rules.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { emptyColumn } from './sourced-column.ts';
import type { SourcedColumn } from './sourced-column.ts';

/**
 * Smallest jump of adj_close / close that is a dividend: 20 bp. SPY pays at least 23 bp a quarter;
 * closing-auction differences between the two columns reach 17 bp (August 2015).
 */
const DIVIDEND_JUMP = 0.002;

/** Share of the close-to-close move that has happened by the opening where no SPY open is known. */
export const SOQ_FRACTION = 0.45;

/** A run of sessions and SPX over it, index points. */
export interface SessionBars {
  readonly day: Int32Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * Estimated special opening quotation of SPX in each session, index points.
 *
 * CALIBRATED: prior close x (SPY open + dividend on ex-dates) / SPY prior close, both prior closes
 * of the session before; the dividend is read off the jump of adj_close / close. REGRESSED, where
 * SPY has no row or its open is a repeated prior close that the SPX range of the day refutes: prior
 * close + fraction x (close - prior close). NO_DATA in the first session.
 */
export function estimateSpxOpening(
  sessions: SessionBars,
  spy: ReleasedSeries | undefined,
  fraction: number,
): SourcedColumn {
  const out = emptyColumn(sessions.day.length);
  const ratio = spyOpenRatio(sessions.day, spy);
  for (let i = 1; i < sessions.day.length; i += 1) {
    const prior = sessions.close[i - 1] ?? Number.NaN;
    const close = sessions.close[i] ?? Number.NaN;
    const spyRatio = ratio[i] ?? Number.NaN;
    // A ratio of exactly 1 outside the day's range: the vendor had no open (2016-11-07, 2017-05-17).
    const inRange = prior <= (sessions.high[i] ?? prior) && prior >= (sessions.low[i] ?? prior);
    const fromSpy = !Number.isNaN(spyRatio) && (spyRatio !== 1 || inRange);
    out.values[i] = fromSpy ? prior * spyRatio : prior + fraction * (close - prior);
    out.source[i] = fromSpy ? CALIBRATED : REGRESSED;
  }
  return out;
}

function spyOpenRatio(day: Int32Array, spy: ReleasedSeries | undefined): Float64Array {
  const out = new Float64Array(day.length).fill(Number.NaN);
  if (spy === undefined) return out;
  const open = seriesColumn(spy, 'open');
  const close = seriesColumn(spy, 'close');
  const adjusted = seriesColumn(spy, 'adj_close');
  const rows = rowsSeenByDay(spy);
  for (let i = 1; i < day.length; i += 1) {
    const row = rows.get(day[i] ?? Number.NaN);
    const before = rows.get(day[i - 1] ?? Number.NaN);
    if (row === undefined || before === undefined) continue;
    const priorClose = close[before] ?? Number.NaN;
    const priorFactor = (adjusted[before] ?? Number.NaN) / priorClose;
    const factor = (adjusted[row] ?? Number.NaN) / (close[row] ?? Number.NaN);
    const payout = factor / priorFactor - 1 > DIVIDEND_JUMP ? 1 - priorFactor / factor : 0;
    out[i] = (open[row] ?? Number.NaN) / priorClose + payout;
  }
  return out;
}

/** Inputs of the VIX settlement column. */
export interface VixSettlementInputs {
  readonly day: Int32Array;
  /** Days on which monthly VIX contracts settle by rule. */
  readonly expiries: readonly number[];
  /** VIX as known at each close, VIX points. */
  readonly vixClose: Float64Array;
  readonly vix: ReleasedSeries;
  readonly finalSettlement: ReleasedSeries | undefined;
}

/**
 * VIX special opening quotation on monthly settlement days, VIX points; NO_DATA on other days.
 *
 * QUOTED: the exchange's final settlement. CALIBRATED: the VIX open of that day. REGRESSED, where
 * the open is missing too: the prior VIX close.
 */
export function vixSettlementColumn(inputs: VixSettlementInputs): SourcedColumn {
  const out = emptyColumn(inputs.day.length);
  const finals = valuesByDay(inputs.finalSettlement, 'final_settle');
  const opens = valuesByDay(inputs.vix, 'open');
  const settles = new Set([...inputs.expiries, ...finals.keys()]);
  for (let i = 0; i < inputs.day.length; i += 1) {
    const day = inputs.day[i] ?? Number.NaN;
    if (!settles.has(day)) continue;
    const candidates: readonly (readonly [number, number | undefined])[] = [
      [QUOTED, finals.get(day)],
      [CALIBRATED, opens.get(day)],
      [REGRESSED, inputs.vixClose[i - 1]],
    ];
    for (const [code, value] of candidates) {
      if (value === undefined || Number.isNaN(value)) continue;
      out.values[i] = value;
      out.source[i] = code;
      break;
    }
  }
  return out;
}

function valuesByDay(
  series: ReleasedSeries | undefined,
  name: string,
): ReadonlyMap<number, number> {
  const out = new Map<number, number>();
  if (series === undefined) return out;
  const column = seriesColumn(series, name);
  for (const [day, row] of rowsSeenByDay(series)) out.set(day, column[row] ?? Number.NaN);
  return out;
}

function rowsSeenByDay(series: ReleasedSeries): ReadonlyMap<number, number> {
  const out = new Map<number, number>();
  series.day.forEach((day, row) => {
    if (isSeenOnItsDay(series, row)) out.set(day, row);
  });
  return out;
}
