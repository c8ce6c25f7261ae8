import { XSP_OPTION } from '../contracts/contract-kind.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import type { Approval } from '../strategy/approve.ts';
import type { OpenIntent } from '../strategy/intent.ts';
import { votesInFavour } from '../strategy/soft-votes.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { coreOrder, entryIntent, putVerticalLoss } from './core-candidate.ts';
import type { CoreCandidate } from './core-candidate.ts';
import { sumOf } from './margin-base.ts';
import { marginFigures, roomToHold } from './margin-figures.ts';
import { noteRefusal, propose, standaloneRequirement } from './propose.ts';
import { openTrade } from './trading.ts';
import type { OpenQuote } from './trading.ts';
import { noteVotes, votesAt } from './votes.ts';

/** Opens this week's base position, or notes why not. */
export function enterBasePosition(
  context: EngineContext,
  account: AccountState,
  session: number,
): void {
  const { policy, sink } = context;
  if (!isEntrySession(context, account, session)) return;
  const order = coreOrder(context, account);
  if (typeof order === 'string') return sink.skip(order);
  if (policy.sizing.kind === 'martingale') {
    account.martingale = { ...account.martingale, baseUnits: order.wanted.baseUnits };
  }
  const entry = { one: order.one, intent: entryIntent(context, order) };
  if (policy.fill === 'next-close') account.pending.push({ kind: 'entry', ...entry });
  else fillEntry(context, account, entry, session);
}

/** True when entries happen on a session of the week; 0 = every session. */
export function isEntryDay(asked: number, sessionOfWeek: number | undefined): boolean {
  return asked === 0 || asked === sessionOfWeek;
}

/** True on the closes at which the policy may open a base position at all. */
function isEntrySession(context: EngineContext, account: AccountState, session: number): boolean {
  const { policy, plan } = context;
  if (policy.base !== 'condor' && policy.base !== 'strangle') return false;
  if (account.endedDay !== undefined) return false;
  if (!isEntryDay(policy.entry.sessionOfWeek, plan.sessionOfWeek[session])) return false;
  const { kind, overlap } = policy.sizing;
  return !(kind === 'martingale' && overlap === 'sequential' && account.coreOpen() > 0);
}

/** Proposes an entry at this close and opens it, or notes the refusal. */
export function fillEntry(
  context: EngineContext,
  account: AccountState,
  entry: { readonly one: CoreCandidate; readonly intent: OpenIntent },
  session: number,
): void {
  const { one, intent } = entry;
  const cast = votesAt(context, session);
  if (cast !== undefined) noteVotes(context, cast);
  const votes = cast && votesInFavour(cast);
  const { approval, quote } = propose(context, account, intent, votes);
  if (context.policy.sizing.kind === 'martingale') {
    noteStep(context, account, intent, quote, approval.approved);
  }
  if (quote.obstacle !== undefined) return context.sink.skip(quote.obstacle);
  if (!approval.approved) {
    context.sink.skip(approval.reason);
    noteRefusal(context, intent, approval.reason);
    if (context.policy.sizing.kind === 'martingale' && approval.reason !== 'votes') {
      refuseDoubling(context, account, one, intent, session);
    }
    return;
  }
  open(context, account, { intent: approval.intent, quote }, one, session);
}

function open(
  context: EngineContext,
  account: AccountState,
  ticket: Parameters<typeof openTrade>[2],
  one: CoreCandidate,
  session: number,
): void {
  const { martingale } = account;
  const doubled = martingale.losses > 0;
  const before = doubled ? excessAtMids(context, account) : 0;
  account.lastEntryUnits = ticket.intent.units * (one.kind === XSP_OPTION ? 0.1 : 1);
  const trade = openTrade(
    context,
    account,
    ticket,
    {
      maxLossPerUnit: context.policy.base === 'condor' ? one.condorLoss : undefined,
      riskPerUnit: one.condorLoss,
      outlay: 0,
      onePercentLossPerUnit: putVerticalLoss(context, one),
      ...(doubled ? { baseUnits: martingale.baseUnits } : {}),
    },
    session,
  );
  if (!doubled) return;
  const taken = excessAtMids(context, account) - before;
  account.doubledCents += Math.round(taken * (1 - trade.baseUnits / trade.units) * 100);
}

/** Excess liquidity as if every fill had been free and at its mid, dollars. */
function excessAtMids(context: EngineContext, account: AccountState): number {
  const { margin } = marginFigures(context, account, context.close);
  const costs = account.spreadCents - sumOf(account, LEDGER.fee);
  return roomToHold(margin) + costs / 100;
}

/** The broker refuses the size a Martingale asks for: its end, or the largest size it can have. */
function refuseDoubling(
  context: EngineContext,
  account: AccountState,
  one: CoreCandidate,
  refused: OpenIntent,
  session: number,
): void {
  if (account.martingale.losses === 0) return;
  account.counts.refused += 1;
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'doubling-refused',
    sleeve: 'core',
    reason: 'available-funds',
    values: {
      losses: account.martingale.losses,
      units: refused.units,
      equity: account.ledger.equity / 100,
    },
  });
  if (context.policy.sizing.onRefusal === 'stop') {
    account.endedBy = 'doubling-refused';
    account.endedDay = context.close.day;
    return;
  }
  let low = 0;
  let high = refused.units;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (propose(context, account, { ...refused, units: middle }).approval.approved) low = middle;
    else high = middle;
  }
  if (low < 1) return;
  const { approval, quote } = propose(context, account, { ...refused, units: low });
  if (approval.approved) open(context, account, { intent: approval.intent, quote }, one, session);
}

function noteStep(
  context: EngineContext,
  account: AccountState,
  intent: OpenIntent,
  quote: OpenQuote,
  approved: Approval['approved'],
): void {
  const { sizing } = context.policy;
  const capped = sizing.maxDoublings !== null && account.martingale.losses > sizing.maxDoublings;
  let outcome: 'opened' | 'refused' | 'capped' = 'refused';
  if (approved) outcome = capped ? 'capped' : 'opened';
  context.sink.martingaleStep({
    day: asEpochDay(context.close.day),
    step: account.martingale.losses,
    units: intent.units,
    requirement: standaloneRequirement(context, quote, intent.units),
    equity: account.ledger.equity / 100,
    outcome,
  });
}
