import { IBKR_PROFILE } from '../margin/margin-profile.ts';
import type { MarketPath } from '../market/market-path.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { approve } from '../strategy/approve.ts';
import type { IntentLeg, OpenIntent } from '../strategy/intent.ts';
import type { Policy } from '../strategy/policy.ts';
import type { AccountState } from './account-state.ts';
import { RecordingSink } from './audit-sink.ts';
import { candidateMids } from './candidate.ts';
import type { EngineContext, RunOptions } from './context.ts';
import { sweepFutures } from './margin-figures.ts';
import type { OpenTrade } from './open-trade.ts';
import { recordRun } from './record-run.ts';
import { runPolicy } from './run-policy.ts';
import type { SessionObserver } from './run-policy.ts';
import type { RunRecord } from './run-record.ts';
import { planSessions } from './session-plan.ts';
import { openTrade, quoteOpen } from './trading.ts';
import { isFuture, revalue } from './valuation.ts';

/** A million dollars at Interactive Brokers. */
export const OPTIONS: RunOptions = {
  equity: 1_000_000,
  profile: IBKR_PROFILE,
  counterfactual: false,
};

/** The record of one policy on one path. */
export function record(path: MarketPath, policy: Policy, options: RunOptions = OPTIONS): RunRecord {
  const plan = planSessions(path, computeSignals(path));
  return recordRun({ path, plan, policy, options, detail: 'full' });
}

/** What a watched run leaves behind. */
export interface WatchedRun {
  readonly account: AccountState;
  readonly sink: RecordingSink;
}

/** Runs a policy and shows the account after each session, which may be meddled with. */
export function watch(
  path: MarketPath,
  policy: Policy,
  observe: SessionObserver,
  options: RunOptions = OPTIONS,
): WatchedRun {
  const sink = new RecordingSink();
  const plan = planSessions(path, computeSignals(path));
  return { account: runPolicy({ path, plan, policy, options, sink, observe }), sink };
}

/** Opens a position at this close as if a policy had, past every gate. */
export function force(
  context: EngineContext,
  account: AccountState,
  session: number,
  position: Pick<OpenIntent, 'structure' | 'units' | 'sleeve'> & {
    readonly legs: readonly IntentLeg[];
  },
): OpenTrade {
  const intent: OpenIntent = {
    kind: 'open',
    reason: 'test',
    centre: 0,
    shortPut: 0,
    shortCall: 0,
    ...position,
  };
  const open = Number.MAX_VALUE;
  const approval = approve(
    intent,
    {
      availableFunds: open,
      fundsNeeded: 0,
      equityWithLoan: open,
      maintenanceAfter: 0,
      futuresInitialAfter: 0,
      futuresCash: 0,
      quickRatio: open,
    },
    null,
  );
  if (!approval.approved) throw new Error(`a forced position is approved, was ${approval.reason}`);
  const quote = quoteOpen(
    context,
    intent.legs,
    candidateMids(context, intent.legs, context.close).slice(),
  );
  if (!quote.tradable) throw new Error('a forced position has a price for every leg');
  const terms = {
    maxLossPerUnit: undefined,
    riskPerUnit: 0,
    outlay: isFuture(intent.legs[0]?.kind ?? 0) ? 1 : -quote.premiumPerUnit,
    onePercentLossPerUnit: 0,
  };
  const trade = openTrade(context, account, { intent: approval.intent, quote }, terms, session);
  revalue(account);
  sweepFutures(context, account, context.close);
  return trade;
}
