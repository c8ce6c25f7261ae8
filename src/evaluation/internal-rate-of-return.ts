import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import type { TradeRecord } from '../engine/run-record.ts';
import { findRoot } from '../math/root.ts';

/** Money that moves at a time: paid < 0, received > 0. */
export interface CashFlow {
  /** Years from any common moment, ACT/365. */
  readonly years: number;
  readonly dollars: number;
}

/** Why there is no single rate. */
export type NoRate =
  | { readonly kind: 'no-sign-change' }
  /** Several rates may solve the equation, or none: none is chosen. */
  | { readonly kind: 'signs-change-again'; readonly changes: number }
  | { readonly kind: 'no-convergence' };

/** Largest exponent of the discount factors that are tried; exp overflows near 709. */
const MOST_EXPONENT = 600;

/**
 * Yearly rate at which discounted cash flows add up to nothing, 0.10 = 10 %.
 *
 * Flows of one moment count as one; zero flows are left out. With one change of sign the rate is
 * unique (Descartes); with more it is refused, with none there is none.
 * Errors: `no-sign-change`, `signs-change-again`, `no-convergence`.
 * Accuracy: 1e-10 of the continuous rate. Source: R-40.
 */
export function internalRateOfReturn(flows: readonly CashFlow[]): Result<number, NoRate> {
  const byTime = new Map<number, number>();
  for (const { years, dollars } of flows) byTime.set(years, (byTime.get(years) ?? 0) + dollars);
  const net = [...byTime].filter(([, dollars]) => dollars !== 0).toSorted(([a], [b]) => a - b);
  const changes = net.filter(([, dollars], i) => {
    const before = net[i - 1]?.[1];
    return before !== undefined && dollars > 0 !== before > 0;
  }).length;
  if (changes === 0) return err({ kind: 'no-sign-change' });
  if (changes > 1) return err({ kind: 'signs-change-again', changes });
  const start = net[0]?.[0] ?? 0;
  const span = (net.at(-1)?.[0] ?? 0) - start;
  const presentValue = (rate: number): number =>
    net.reduce((sum, [years, dollars]) => sum + dollars * Math.exp(-rate * (years - start)), 0);
  for (let bound = 1; bound * span <= MOST_EXPONENT; bound *= 2) {
    const found = findRoot(presentValue, -bound, bound, { tolerance: 1e-10 });
    if (found.ok) return ok(Math.expm1(found.value));
  }
  return err({ kind: 'no-convergence' });
}

const DAYS_PER_YEAR = 365;

/**
 * Cash flows of closed trades as one cohort, by days since each was opened: its largest loss goes
 * out as margin at its start and comes back with its profit or loss at its end.
 *
 * By date the flows of overlapping trades change sign many times; by age they change once. Trades
 * without a largest loss (strangles) have no risk capital and are left out.
 */
export function cohortFlows(trades: readonly TradeRecord[]): readonly CashFlow[] {
  return trades.flatMap(({ maxLoss, pnl, openedDay, closedDay }) =>
    maxLoss === null
      ? []
      : [
          { years: 0, dollars: -maxLoss },
          // A trade of one session has its margin out for a day.
          { years: Math.max(1, closedDay - openedDay) / DAYS_PER_YEAR, dollars: maxLoss + pnl },
        ],
  );
}
