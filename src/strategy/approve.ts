import type { Approved, CloseIntent, OpenIntent } from './intent.ts';
import type { GuardRule } from './policy.ts';
import { checkRule, holds } from './rule-check.ts';
import type { RuleCheck, RuleTerms } from './rule-check.ts';

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
  /** Soft votes in favour; absent: the timeframes are not asked. */
  readonly votes?: number;
}

/** Why an intent was refused. */
export type Refusal =
  | 'available-funds'
  | 'futures-funds'
  | 'margin-use'
  | 'quick-ratio'
  | 'votes'
  | 'not-a-number';

/** An approval or a reason against. */
export type Approval =
  | { readonly approved: true; readonly intent: Approved<OpenIntent> }
  | { readonly approved: false; readonly reason: Refusal };

/** One governance rule: what is measured of the account, and its limit. */
interface GovernanceRule extends Pick<RuleTerms, 'rule' | 'relation' | 'unit'> {
  readonly id: Refusal;
  readonly value: (view: ApprovalView) => number;
  readonly threshold: (view: ApprovalView, guards: GuardRule) => number;
  /** The broker's funds bind every policy, the guards those that carry them. */
  readonly binds: 'every policy' | 'policies with guards' | 'policies with votes';
}

/** Governance in the order in which it is asked; the first rule that does not pass refuses. */
const GOVERNANCE: readonly GovernanceRule[] = [
  {
    id: 'available-funds',
    rule: 'the broker has the funds to open it',
    relation: '<=',
    unit: '$',
    binds: 'every policy',
    value: (view) => view.fundsNeeded,
    threshold: (view) => view.availableFunds,
  },
  {
    id: 'futures-funds',
    rule: 'funds left cover the futures segment (initial margin)',
    relation: '<=',
    unit: '$',
    binds: 'every policy',
    value: futuresShortfall,
    threshold: (view) => view.availableFunds - view.fundsNeeded,
  },
  {
    id: 'margin-use',
    rule: 'margin use after it, the larger of both segments',
    relation: '<=',
    unit: 'share of equity',
    binds: 'policies with guards',
    value: marginUse,
    threshold: (_view, guards) => guards.maxMarginUse,
  },
  {
    id: 'quick-ratio',
    rule: 'quick ratio after it (liquid means over stressed obligations, R-23)',
    relation: '>=',
    unit: 'ratio',
    binds: 'policies with guards',
    value: (view) => view.quickRatio,
    threshold: (_view, guards) => guards.quickRatioBlock,
  },
  {
    id: 'votes',
    rule: 'timeframes in favour of more short options (k of n, R-34)',
    relation: '>=',
    unit: 'votes',
    binds: 'policies with votes',
    value: (view) => view.votes ?? Number.NaN,
    threshold: (_view, guards) => guards.votes?.needed ?? Number.NaN,
  },
];

const NO_GUARDS: GuardRule = {
  quickRatioBlock: 0,
  maxMarginUse: Number.POSITIVE_INFINITY,
  votes: null,
};

/**
 * Approves an opening intent, or says which check refused it. Every check is positive: a figure
 * that is not a number refuses.
 */
export function approve(
  intent: OpenIntent,
  view: ApprovalView,
  guards: GuardRule | null,
): Approval {
  const figures =
    view.availableFunds + view.fundsNeeded + view.maintenanceAfter + view.futuresInitialAfter;
  if (!Number.isFinite(figures)) return { approved: false, reason: 'not-a-number' };
  const failed = firstFailed(view, guards);
  if (failed !== undefined) return { approved: false, reason: failed };
  return { approved: true, intent: intent as Approved<OpenIntent> };
}

/** The first rule that does not pass: what `approvalChecks` would find, without writing it down. */
function firstFailed(view: ApprovalView, guards: GuardRule | null): Refusal | undefined {
  for (const { id, binds, relation, value, threshold } of GOVERNANCE) {
    if (!isBound(binds, view, guards)) continue;
    if (!holds(value(view), threshold(view, guards ?? NO_GUARDS), relation)) return id;
  }
  return undefined;
}

/** Every governance check of an opening, in order, with its value and limit. */
export function approvalChecks(
  view: ApprovalView,
  guards: GuardRule | null,
): readonly (RuleCheck & { readonly id: Refusal })[] {
  return GOVERNANCE.filter(({ binds }) => isBound(binds, view, guards)).map(
    ({ id, rule, relation, unit, value, threshold }) => ({
      ...checkRule({
        id,
        rule,
        relation,
        unit,
        value: value(view),
        threshold: threshold(view, guards ?? NO_GUARDS),
      }),
      id,
    }),
  );
}

function isBound(
  binds: GovernanceRule['binds'],
  view: ApprovalView,
  guards: GuardRule | null,
): boolean {
  switch (binds) {
    case 'every policy':
      return true;
    case 'policies with guards':
      return guards !== null;
    case 'policies with votes':
      return guards !== null && guards.votes !== null && view.votes !== undefined;
  }
}

function futuresShortfall(view: ApprovalView): number {
  return Math.max(0, view.futuresInitialAfter - view.futuresCash);
}

/** Infinite when no equity is left to use. */
function marginUse(view: ApprovalView): number {
  const base = view.equityWithLoan - futuresShortfall(view);
  if (!(base > 0)) return Number.POSITIVE_INFINITY;
  const futures = view.futuresInitialAfter / (view.equityWithLoan + view.futuresCash);
  return Math.max(view.maintenanceAfter / base, futures);
}

/** Approves a closing intent: reducing risk needs no vote. */
export function approveClose(intent: CloseIntent): Approved<CloseIntent> {
  return intent as Approved<CloseIntent>;
}
