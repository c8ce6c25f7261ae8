import type { BudgetRule, HurdleRule } from './policy.ts';

/** A closed base position, as the hurdle looks at it. */
export interface ClosedResult {
  /** Net profit and loss after fees, and the risk it was sized by at entry, dollars. */
  readonly pnl: number;
  readonly risk: number;
  /** EpochDay. */
  readonly openedDay: number;
  readonly closedDay: number;
}

/** What condors earn against what their capital costs; undefined parts are NO DATA. */
export interface HurdleState {
  /** Closed trades looked at. */
  readonly trades: number;
  /** Cost of capital, per year: three-month bill plus the spread. */
  readonly wacc: number;
  /** Shrunk return on risk capital, per year; NaN below `minTrades`. */
  readonly expectedReturn: number;
  /** Mean dollars at risk between the first entry looked at and the last exit; NaN likewise. */
  readonly riskCapital: number;
}

const DAYS_PER_YEAR = 365;

/**
 * Return on risk capital of the newest closed trades against the account's WACC.
 *
 * The return is their profit over their dollar-years at risk, shrunk towards no return by
 * n / (n + shrinkTrades): a trade held longer or with more at risk counts for more.
 * Units: billRate continuously compounded per year. Source: R-40; the shrinkage is ours.
 */
export function hurdleState(
  rule: HurdleRule,
  results: readonly ClosedResult[],
  billRate: number,
): HurdleState {
  const wacc = billRate + rule.spread;
  const newest = results.slice(-rule.window);
  const trades = newest.length;
  if (trades < rule.minTrades) {
    return { trades, wacc, expectedReturn: Number.NaN, riskCapital: Number.NaN };
  }
  let pnl = 0;
  let dollarDays = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const result of newest) {
    // A position of one day is at risk for one day.
    const days = Math.max(1, result.closedDay - result.openedDay);
    pnl += result.pnl;
    dollarDays += result.risk * days;
    first = Math.min(first, result.openedDay);
    last = Math.max(last, result.closedDay);
  }
  const mean = (pnl * DAYS_PER_YEAR) / dollarDays;
  return {
    trades,
    wacc,
    expectedReturn: (mean * trades) / (trades + rule.shrinkTrades),
    riskCapital: dollarDays / Math.max(1, last - first),
  };
}

/**
 * H of a year that begins with this equity: (E[R] - WACC) riskCapital / equity within
 * [floor, ceiling]. While condors earn no more than their WACC, or too few have closed, H stays what
 * it was: the condors are reduced then, never their hedge.
 *
 * Units: fractions of year-start net liquidation value.
 */
export function hurdleBudget(
  { floor, ceiling }: HurdleRule,
  { expectedReturn, wacc, riskCapital }: HurdleState,
  equity: number,
  before: number,
): number {
  if (!(expectedReturn > wacc) || !(equity > 0)) return before;
  return Math.min(ceiling, Math.max(floor, ((expectedReturn - wacc) * riskCapital) / equity));
}

/** Share of `riskPerTrade` a condor is sized by: less while the known return is at most the WACC. */
export function condorShare(
  { mode, hurdle }: BudgetRule,
  { expectedReturn, wacc }: HurdleState,
): number {
  return mode === 'hurdle' && expectedReturn <= wacc ? hurdle.condorShare : 1;
}
