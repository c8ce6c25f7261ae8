import { countResults } from './loss-runs.ts';
import type { TradeRecord } from '../engine/run-record.ts';

/** Closed trades of the base position (condors, strangles); dollars after fees, losses negative. */
export interface CondorStatistics {
  readonly trades: number;
  /** Trades with net P&L > 0. */
  readonly wins: number;
  /** Trades with net P&L < 0. */
  readonly losses: number;
  readonly winRate: number | null;
  readonly winRateReason: string | undefined;
  readonly averageWin: number | null;
  readonly averageWinReason: string | undefined;
  readonly averageLoss: number | null;
  readonly averageLossReason: string | undefined;
  readonly costs: TradingCosts;
}

/** From the model mid to the account, over closed base trades; dollars. */
export interface TradingCosts {
  /** P&L as if every fill were at mid and free. */
  readonly gross: number;
  /** Half-spreads and slippage paid, >= 0. */
  readonly spread: number;
  /** >= 0. */
  readonly fees: number;
  /** gross − spread − fees: the trades' net P&L. */
  readonly net: number;
  /**
   * Multiple of the stated half-spreads at which the same trades net 0, fees paid: 1 = the stated
   * ones; negative when even free fills at mid lose.
   */
  readonly breakEvenSlippage: number | null;
  readonly breakEvenSlippageReason: string | undefined;
}

/** Counts and sums of base trades; they add up over paths. */
export interface CondorTotals {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  /** Sum of the winners' net P&L, dollars. */
  readonly won: number;
  /** Sum of the losers' net P&L, dollars <= 0. */
  readonly lost: number;
  /** Fees and half-spreads paid, dollars >= 0. */
  readonly fees: number;
  readonly spread: number;
}

/** Counts and sums of the closed base trades of a blotter. */
export function condorTotals(trades: readonly TradeRecord[]): CondorTotals {
  let count = 0;
  let wins = 0;
  let losses = 0;
  let won = 0;
  let lost = 0;
  let fees = 0;
  let spread = 0;
  for (const trade of trades) {
    if (trade.sleeve !== 'core') continue;
    count += 1;
    fees += trade.fees;
    spread += trade.spreadCost;
    if (trade.pnl > 0) {
      wins += 1;
      won += trade.pnl;
    } else if (trade.pnl < 0) {
      losses += 1;
      lost += trade.pnl;
    }
  }
  return { trades: count, wins, losses, won, lost, fees, spread };
}

/** Win rate and averages from totals; unknown where there is nothing to average. */
export function condorAverages(totals: CondorTotals): CondorStatistics {
  const { trades, wins, losses, won, lost } = totals;
  return {
    trades,
    wins,
    losses,
    winRate: trades > 0 ? wins / trades : null,
    winRateReason: trades > 0 ? undefined : 'no closed trade',
    averageWin: wins > 0 ? won / wins : null,
    averageWinReason: wins > 0 ? undefined : 'no trade won',
    averageLoss: losses > 0 ? lost / losses : null,
    averageLossReason: losses > 0 ? undefined : 'no trade lost',
    costs: tradingCosts(totals),
  };
}

/** The way from gross to net, and the slippage at which nothing is left. */
function tradingCosts({ won, lost, fees, spread }: CondorTotals): TradingCosts {
  const net = won + lost;
  const gross = net + fees + spread;
  const paid = spread > 0;
  return {
    gross,
    spread,
    fees,
    net,
    breakEvenSlippage: paid ? (gross - fees) / spread : null,
    breakEvenSlippageReason: paid ? undefined : 'no spread was paid',
  };
}

/** Statistics of the closed base trades of a blotter. */
export function condorStatistics(trades: readonly TradeRecord[]): CondorStatistics {
  return condorAverages(condorTotals(trades));
}

/** Results of the base position in order, dollars; the closings of one day are one result. */
export function dailyResults(trades: readonly TradeRecord[]): readonly number[] {
  const byDay = new Map<number, number>();
  for (const trade of trades) {
    if (trade.sleeve !== 'core') continue;
    byDay.set(trade.closedDay, (byDay.get(trade.closedDay) ?? 0) + trade.pnl);
  }
  return [...byDay].sort(([a], [b]) => a - b).map(([, pnl]) => pnl);
}

/** Most consecutive results < 0 of the base position. */
export function longestLosingRun(trades: readonly TradeRecord[]): number {
  return countResults(dailyResults(trades)).longestRun;
}
