import { nextMarginCall } from '../margin/margin-call.ts';
import type { MarginCallType } from '../margin/margin-profile.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import type { MarginFigures } from './margin-figures.ts';
import { tellCall } from './tell-margin-event.ts';

/**
 * Holds every type of deficit against its own call at a close: a new deficit is called for, a
 * covered one is met, an overdue one expires. Each step is told to the audit trail.
 */
export function checkCalls(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  figures: MarginFigures,
): void {
  const { margin } = figures;
  const { callSessions } = context.options.profile;
  const securities: MarginCallType = context.options.regime === 'portfolio' ? 'portfolio' : 'house';
  const deficits: readonly (readonly [MarginCallType, number])[] = [
    [securities, -margin.excessLiquidity],
    ['futures', margin.futuresShortfall - margin.sweep],
  ];
  const day = asEpochDay(market.day);
  for (const [type, deficit] of deficits) {
    const before = account.calls.get(type);
    const { call, note } = nextMarginCall(before, { deficit, day, sessions: callSessions[type] });
    if (call === undefined) account.calls.delete(type);
    else account.calls.set(type, call);
    if (note === undefined) continue;
    if (note !== 'called') tellNote(context, market, type, note);
    else if (call !== undefined) {
      account.counts.calls += 1;
      tellCall(context, account, market, { figures, type, deficit, due: call.due });
    }
  }
}

/** True when some call was not met in time. */
export function isExpired({ calls }: AccountState): boolean {
  for (const { state } of calls.values()) if (state === 'EXPIRED') return true;
  return false;
}

/** Forgets every call: a liquidation restored margin. */
export function dropCalls(account: AccountState): void {
  account.calls.clear();
}

const REASONS: Readonly<Record<'met' | 'expired' | 'cured', string>> = {
  met: 'met-by-the-market',
  expired: 'not-met-in-time',
  cured: 'cured-after-liquidation',
};

function tellNote(
  context: EngineContext,
  market: MarketSnapshot,
  type: MarginCallType,
  note: keyof typeof REASONS,
): void {
  context.sink.event({
    day: asEpochDay(market.day),
    kind: 'call-outcome',
    sleeve: type === 'futures' ? 'medium' : 'core',
    reason: REASONS[note],
    values: {},
  });
}
