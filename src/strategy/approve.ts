import type { Approved, CloseIntent, OpenIntent } from './intent.ts';
import type { GuardRule } from './policy.ts';

/** What governance looks at before risk is added; dollars. */
export interface ApprovalView {
  /** Securities segment: available funds before, and what the position asks for. */
  readonly availableFunds: number;
  readonly fundsNeeded: number;
  /** Equity with loan value, and maintenance of the segment after the entry. */
  readonly equityWithLoan: number;
  readonly maintenanceAfter: number;
  /** Futures segment after the entry: initial requirement that the transfer must cover. */
  readonly futuresInitialAfter: number;
  readonly futuresCash: number;
  /** Portfolio quick ratio after the entry; Infinity when nothing is owed under stress. */
  readonly quickRatio: number;
}

/** Why an intent was refused. */
export type Refusal =
  | 'available-funds'
  | 'futures-funds'
  | 'margin-use'
  | 'quick-ratio'
  | 'not-a-number';

/** An approval or a reason against. */
export type Approval =
  | { readonly approved: true; readonly intent: Approved<OpenIntent> }
  | { readonly approved: false; readonly reason: Refusal };

/**
 * Approves an opening intent, or says which check refused it. The broker's funds bind every
 * policy; the guards bind those that carry them. Every check is positive: a figure that is not a
 * number refuses.
 */
export function approve(
  intent: OpenIntent,
  view: ApprovalView,
  guards: GuardRule | null,
): Approval {
  const figures =
    view.availableFunds + view.fundsNeeded + view.maintenanceAfter + view.futuresInitialAfter;
  if (!Number.isFinite(figures)) return { approved: false, reason: 'not-a-number' };
  if (!(view.fundsNeeded <= view.availableFunds)) {
    return { approved: false, reason: 'available-funds' };
  }
  const shortfall = Math.max(0, view.futuresInitialAfter - view.futuresCash);
  if (!(shortfall <= view.availableFunds - view.fundsNeeded)) {
    return { approved: false, reason: 'futures-funds' };
  }
  if (guards !== null) {
    const base = view.equityWithLoan - shortfall;
    if (!(base > 0)) return { approved: false, reason: 'margin-use' };
    const securitiesUse = view.maintenanceAfter / base;
    const futuresUse = view.futuresInitialAfter / (view.equityWithLoan + view.futuresCash);
    if (!(Math.max(securitiesUse, futuresUse) <= guards.maxMarginUse)) {
      return { approved: false, reason: 'margin-use' };
    }
    if (!(view.quickRatio >= guards.quickRatioBlock)) {
      return { approved: false, reason: 'quick-ratio' };
    }
  }
  return { approved: true, intent: intent as Approved<OpenIntent> };
}

/** Approves a closing intent: reducing risk needs no vote. */
export function approveClose(intent: CloseIntent): Approved<CloseIntent> {
  return intent as Approved<CloseIntent>;
}
