import { dueDay } from './margin-call.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** Equity that an account must have to begin trading under a regime, and to go on; dollars. */
export interface MinimumEquity {
  readonly open: number;
  readonly maintain: number;
  /** Sessions until a call for it is due; undefined where none is made and only closing is allowed. */
  readonly callSessions?: number;
  readonly effective: EpochDay;
  readonly source: string;
}

/** Where an account's equity stands against the least; dollars. */
export interface EquityCheck {
  readonly open: number;
  readonly maintain: number;
  /** What is missing to go on; 0 when nothing is. */
  readonly shortfall: number;
  /** Whether new positions may be opened; an unknown (NaN) equity may not. */
  readonly mayOpen: boolean;
  /** Last day to meet a call that goes out today; undefined where none does. */
  readonly due: EpochDay | undefined;
  readonly source: string;
}

/**
 * The check of an account's net liquidation value, dollars, on a day. An account that holds positions
 * has begun already: it may open while it has what it needs to go on.
 */
export function checkMinimumEquity(
  netLiquidation: number,
  rule: MinimumEquity,
  { day, hasBegun }: { readonly day: EpochDay; readonly hasBegun: boolean },
): EquityCheck {
  const { open, maintain, callSessions, source } = rule;
  const keeps = netLiquidation >= maintain;
  return {
    open,
    maintain,
    shortfall: keeps ? 0 : maintain - netLiquidation,
    mayOpen: netLiquidation >= (hasBegun ? maintain : open),
    due: keeps || !hasBegun || callSessions === undefined ? undefined : dueDay(day, callSessions),
    source,
  };
}
