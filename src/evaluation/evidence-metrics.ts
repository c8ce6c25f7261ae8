import type { RunRecord, TradeRecord } from '../engine/run-record.ts';
import { effectiveSampleSize } from '../math/autocorrelation.ts';
import { drawdownsAtClose, ulcerIndex } from './drawdown.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';
import { sharpeRatio, sortinoRatio } from './sharpe-ratio.ts';
import { expectedShortfall } from './tail-risk.ts';

/** Sessions a year. */
const SESSIONS = 252;
const ONE_DAY = 'fewer than two sessions';

/** Figures by which a result is judged; definitions under `evidence.*`. */
export interface EvidenceFigures {
  /** Over bills, a year, and its standard error. */
  readonly sharpe: Measured;
  readonly sharpeStandardError: Measured;
  readonly sortino: Measured;
  /** Mean daily loss on the worst 5 % of days, fraction. */
  readonly expectedShortfall95: Measured;
  /** Root mean squared drawdown at closes, fraction. */
  readonly ulcerIndex: Measured;
  /** Daily returns that carry as much about the mean as all of them, count. */
  readonly effectiveReturns: Measured;
  /** Share of collected premium that was kept. */
  readonly captureRate: Measured;
  /** Loss on upside breaches, fraction of start equity a year, >= 0. */
  readonly upsideBreachDrag: Measured;
  /** Contracts opened and closed, a year. */
  readonly turnover: Measured;
  /** Fees and half-spreads, fraction of mean equity a year, >= 0. */
  readonly costs: Measured;
}

/** Figures as they stand in a report: null with a reason beside it. */
export type EvidenceMetrics = {
  readonly [Name in keyof EvidenceFigures]: number | null;
} & {
  readonly [Name in keyof EvidenceFigures as `${Name}Reason`]: string | undefined;
};

/**
 * Figures of one run.
 *
 * @param billIndex Total return index of 3-month bills, one level > 0 per row of the record; without
 *   it the ratios over bills are unknown.
 */
export function evidenceFigures(record: RunRecord, billIndex?: Float64Array): EvidenceFigures {
  const { columns, startEquity, trades } = record;
  const { day, equityClose } = columns;
  const years = ((day.at(-1) ?? 0) - (day[0] ?? 0)) / 365.25;
  const returns = dailyReturns(startEquity, equityClose);
  const overBills = excessReturns(returns, billIndex);
  const drawdowns = drawdownsAtClose(startEquity, equityClose);
  const noReturn = returns.kind === 'unknown' ? returns.reason : 'not a finite number';
  return {
    ...ratios(overBills),
    expectedShortfall95: measured(
      returns.kind === 'unknown' ? Number.NaN : expectedShortfall(returns.values, 0.95),
      noReturn,
    ),
    ulcerIndex: measured(ulcerIndex(drawdowns), 'no session'),
    effectiveReturns: measured(
      returns.kind === 'unknown' ? Number.NaN : effectiveSampleSize(returns.values),
      returns.kind === 'unknown' ? returns.reason : 'returns do not vary',
    ),
    captureRate: captureRate(trades),
    upsideBreachDrag: perYear(upsideBreachLoss(trades) / startEquity, years),
    turnover: perYear(contractsTraded(trades), years),
    costs: perYear(costsPaid(trades) / meanOf(equityClose), years),
  };
}

type Ratios = Pick<EvidenceFigures, 'sharpe' | 'sharpeStandardError' | 'sortino'>;

function ratios(overBills: DailyReturns): Ratios {
  if (overBills.kind === 'unknown') {
    const none = unknown(overBills.reason);
    return { sharpe: none, sharpeStandardError: none, sortino: none };
  }
  const { ratio, standardError } = sharpeRatio(overBills.values, { periodsPerYear: SESSIONS });
  return {
    sharpe: ratio,
    sharpeStandardError: standardError,
    sortino: sortinoRatio(overBills.values, SESSIONS),
  };
}

/** Daily returns of an account, or why it has none. */
export type DailyReturns =
  | { readonly kind: 'returns'; readonly values: Float64Array }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Close-to-close returns of an account, the first from the start equity; unknown when equity was not
 * above 0 before a session.
 */
export function dailyReturns(startEquity: number, equityClose: Float64Array): DailyReturns {
  if (equityClose.length < 2) return { kind: 'unknown', reason: ONE_DAY };
  let previous = startEquity;
  const values = new Float64Array(equityClose.length);
  for (const [session, close] of equityClose.entries()) {
    if (!(previous > 0)) {
      const reason = `equity was not above 0 before session ${session} of ${equityClose.length}`;
      return { kind: 'unknown', reason };
    }
    values[session] = close / previous - 1;
    previous = close;
  }
  return { kind: 'returns', values };
}

/** Daily returns of a run; all NaN when it has none, so that nothing computed from them is known. */
export function returnsOf({ startEquity, columns }: RunRecord): Float64Array {
  const returns = dailyReturns(startEquity, columns.equityClose);
  return returns.kind === 'returns'
    ? returns.values
    : new Float64Array(columns.equityClose.length).fill(Number.NaN);
}

/** Returns less those of bills; the first session, which has no bill return, is left out. */
export function excessReturns(
  returns: DailyReturns,
  billIndex: Float64Array | undefined,
): DailyReturns {
  if (returns.kind === 'unknown') return returns;
  if (billIndex === undefined) return { kind: 'unknown', reason: 'no bill series' };
  const count = returns.values.length;
  if (billIndex.length < count) {
    const reason = `the bill series has ${billIndex.length} of ${count} sessions`;
    return { kind: 'unknown', reason };
  }
  const values = returns.values.slice(1).map((value, i) => {
    return value - ((billIndex[i + 1] ?? Number.NaN) / (billIndex[i] ?? Number.NaN) - 1);
  });
  return { kind: 'returns', values };
}

function captureRate(trades: readonly TradeRecord[]): Measured {
  let kept = 0;
  let collected = 0;
  for (const trade of trades) {
    if (trade.sleeve !== 'core' || !(trade.premium > 0)) continue;
    kept += trade.pnl;
    collected += trade.premium;
  }
  if (!(collected > 0)) return unknown('no premium was collected');
  return measured(kept / collected, 'a trade has no finite result');
}

/** Dollars lost on base trades whose call side lost more than their put side, >= 0. */
function upsideBreachLoss(trades: readonly TradeRecord[]): number {
  let loss = 0;
  for (const trade of trades) {
    if (trade.sleeve !== 'core' || !(trade.pnl < 0)) continue;
    let calls = 0;
    let puts = 0;
    for (const leg of trade.legs) {
      const gain = leg.quantity * (leg.exitPrice - leg.entryPrice);
      if (leg.right === 'call') calls += gain;
      if (leg.right === 'put') puts += gain;
    }
    if (calls < puts) loss -= trade.pnl;
  }
  return loss;
}

function contractsTraded(trades: readonly TradeRecord[]): number {
  let contracts = 0;
  for (const { legs } of trades) {
    for (const leg of legs) contracts += 2 * Math.abs(leg.quantity);
  }
  return contracts;
}

function costsPaid(trades: readonly TradeRecord[]): number {
  let paid = 0;
  for (const trade of trades) paid += trade.fees + trade.spreadCost;
  return paid;
}

function perYear(amount: number, years: number): Measured {
  if (!(years > 0)) return unknown(ONE_DAY);
  return measured(amount / years, 'not a finite number');
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Figures laid out for a report: each value, null where unknown, and its reason. */
export function evidenceMetrics(figures: EvidenceFigures): EvidenceMetrics {
  const { sharpe, sharpeStandardError, sortino, expectedShortfall95 } = figures;
  const { effectiveReturns, captureRate: capture, upsideBreachDrag, turnover, costs } = figures;
  return {
    sharpe: sharpe.value,
    sharpeReason: sharpe.reason,
    sharpeStandardError: sharpeStandardError.value,
    sharpeStandardErrorReason: sharpeStandardError.reason,
    sortino: sortino.value,
    sortinoReason: sortino.reason,
    expectedShortfall95: expectedShortfall95.value,
    expectedShortfall95Reason: expectedShortfall95.reason,
    ulcerIndex: figures.ulcerIndex.value,
    ulcerIndexReason: figures.ulcerIndex.reason,
    effectiveReturns: effectiveReturns.value,
    effectiveReturnsReason: effectiveReturns.reason,
    captureRate: capture.value,
    captureRateReason: capture.reason,
    upsideBreachDrag: upsideBreachDrag.value,
    upsideBreachDragReason: upsideBreachDrag.reason,
    turnover: turnover.value,
    turnoverReason: turnover.reason,
    costs: costs.value,
    costsReason: costs.reason,
  };
}
