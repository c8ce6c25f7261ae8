import type { RunColumns, RunRecord, TradeRecord } from '../engine/run-record.ts';
import { asEpochDay } from '../time/epoch-day.ts';

/** A tiny run on the given closes; unless said otherwise worst marks equal closes, on even days. */
export function tinyRecord(
  equityClose: readonly number[],
  changes: Partial<RunRecord> = {},
  columns: Partial<RunColumns> = {},
): RunRecord {
  const sessions = equityClose.length;
  return {
    policy: 'unhedged',
    startEquity: 100,
    columns: {
      day: Int32Array.from({ length: sessions }, (_, session) => 10_000 + session),
      equityClose: Float64Array.from(equityClose),
      equityWorst: Float64Array.from(equityClose),
      marginUsed: new Float64Array(sessions),
      excessLiquidity: new Float64Array(sessions),
      delta: new Float64Array(sessions),
      gamma: new Float64Array(sessions),
      vega: new Float64Array(sessions),
      theta: new Float64Array(sessions),
      sleevePnl: new Float64Array(sessions * 6),
      ledger: new Float64Array(sessions * 8),
      unitsOpen: new Int32Array(sessions),
      ...columns,
    },
    trades: [],
    events: [],
    marginEvents: [],
    martingale: [],
    layers: [],
    endedBy: 'completed',
    endedDay: undefined,
    skips: {},
    coverage: { quoted: 0, calibrated: 0, regressed: 0, simulated: 0 },
    peakMarginUse: 0,
    marginWarnings: 0,
    marginCalls: 0,
    forcedLiquidations: 0,
    doublingRefused: 0,
    ruined: false,
    ruinDay: undefined,
    ...changes,
  };
}

/** A closed trade of the base position with the given net P&L, closed on the given day. */
export function baseTrade(pnl: number, closedDay: number): TradeRecord {
  return {
    id: closedDay,
    sleeve: 'core',
    structure: 'condor',
    openedDay: asEpochDay(closedDay - 24),
    closedDay: asEpochDay(closedDay),
    quantity: 1,
    legs: [],
    premium: 500,
    fees: 10,
    spreadCost: 20,
    maxLoss: 4500,
    pnl,
    openReason: 'entry',
    closeReason: 'profit-target',
  };
}
