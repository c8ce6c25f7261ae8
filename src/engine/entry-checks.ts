import { approvalChecks } from '../strategy/approve.ts';
import type { OpenIntent } from '../strategy/intent.ts';
import { checkRule } from '../strategy/rule-check.ts';
import { votesInFavour } from '../strategy/soft-votes.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import type { AccountState } from './account-state.ts';
import { sizingAt } from './condor-hurdle.ts';
import type { EngineContext } from './context.ts';
import { coreOrder, entryIntent } from './core-candidate.ts';
import type { CoreOrder } from './core-candidate.ts';
import { approvalView } from './propose.ts';
import type { OpenQuote } from './trading.ts';
import { votesAt } from './votes.ts';

/** What the entry rules say at a close, whether or not it is the day to enter. */
export interface EntryAssessment {
  readonly checks: readonly RuleCheck[];
  /** How each timeframe voted; empty when none was asked. Only their number decides. */
  readonly votes: readonly RuleCheck[];
  /** The entry as it would be ordered; undefined when there is no candidate or no size. */
  readonly order: CoreOrder | undefined;
  readonly intent: OpenIntent | undefined;
  readonly quote: OpenQuote | undefined;
  /** Why there is no order, if so. */
  readonly blockedBy: string | undefined;
}

/**
 * Every rule of the base position's entry held against this close. The entry happens exactly when
 * all of them pass (a test runs both over the same sessions).
 */
export function assessEntry(
  context: EngineContext,
  account: AccountState,
  session: number,
): EntryAssessment {
  const clock = clockChecks(context, account, session);
  const order = coreOrder(context, account);
  if (typeof order === 'string') {
    const none = { order: undefined, intent: undefined, quote: undefined };
    return { checks: [...clock, candidateCheck(order)], votes: [], ...none, blockedBy: order };
  }
  const intent = entryIntent(context, order);
  const votes = votesAt(context, session);
  const inFavour = votes && votesInFavour(votes);
  const { quote, view } = approvalView(context, account, intent, inFavour);
  const checks = [
    ...clock,
    candidateCheck(undefined),
    ...sizeChecks(context, account, order),
    ...approvalChecks(view, context.policy.guards),
  ];
  const failed = checks.find(({ outcome }) => outcome !== 'PASS');
  return { checks, votes: votes ?? [], order, intent, quote, blockedBy: failed?.id };
}

function clockChecks(
  context: EngineContext,
  account: AccountState,
  session: number,
): readonly RuleCheck[] {
  const { policy, plan } = context;
  const { entry, sizing } = policy;
  const checks = [
    checkRule({
      id: 'entry-clock',
      rule: 'session of the week on which entries happen',
      value: plan.sessionOfWeek[session] ?? Number.NaN,
      threshold:
        entry.sessionOfWeek === 0
          ? (plan.sessionOfWeek[session] ?? Number.NaN)
          : entry.sessionOfWeek,
      relation: '=',
      unit: 'session',
    }),
    checkRule({
      id: 'account-open',
      rule: 'the account still trades (1 = ended by ruin or a refused doubling)',
      value: account.endedDay === undefined ? 0 : 1,
      threshold: 0,
      relation: '=',
      unit: 'flag',
    }),
  ];
  if (sizing.kind === 'martingale' && sizing.overlap === 'sequential') {
    checks.push(
      checkRule({
        id: 'one-at-a-time',
        rule: 'base positions open under a sequential Martingale',
        value: account.coreOpen(),
        threshold: 0,
        relation: '<=',
        unit: 'positions',
      }),
    );
  }
  return checks;
}

/** The names of what can keep a candidate from existing, as one rule. */
function candidateCheck(reason: string | undefined): RuleCheck {
  return checkRule({
    id: reason ?? 'candidate',
    rule: 'a listed expiry in range, not yet held, strikes with a bid and a net credit, size >= 1',
    value: reason === undefined ? 1 : 0,
    threshold: 1,
    relation: '=',
    unit: 'candidates',
  });
}

function sizeChecks(
  context: EngineContext,
  account: AccountState,
  { one, wanted }: CoreOrder,
): readonly RuleCheck[] {
  const sizing = sizingAt(context, account);
  const equity = account.ledger.equity / 100;
  const unit = '$';
  if (sizing.kind === 'martingale') return [];
  const risk = wanted.units * one.condorLoss;
  const caps = account.escalation.map(({ openRiskMax }) => openRiskMax);
  return [
    checkRule({
      id: 'risk-per-trade',
      rule: 'largest loss of the entry (R-03, f)',
      value: risk,
      threshold: sizing.riskPerTrade * equity,
      relation: '<=',
      unit,
    }),
    checkRule({
      id: 'open-risk',
      rule: 'largest loss of everything open after it (R-03, F)',
      value: account.openRisk() + risk,
      threshold: sizing.maxOpenRisk * equity,
      relation: '<=',
      unit,
    }),
    ...(caps.length === 0
      ? []
      : [
          checkRule({
            id: 'no-escalation',
            rule: 'open risk after a loss not above what it was before (R-21)',
            value: account.openRisk() + risk,
            threshold: Math.min(...caps),
            relation: '<=',
            unit,
          }),
        ]),
  ];
}
