/*
 * Near layer: VIX call debit spreads around scheduled FOMC decisions.
 *
 * | from     | event   | condition                                        | to       | intent |
 * |----------|---------|--------------------------------------------------|----------|--------|
 * | IDLE     | close   | condor open, listed, decision within N sessions  | ARMED    | open   |
 * | ARMED    | close   | decision still ahead                             | ARMED    | open   |
 * | ARMED    | close   | no condor, or decision passed                    | IDLE     |        |
 * | ARMED    | filled  |                                                  | OPEN     |        |
 * | ARMED    | refused |                                                  | ARMED    |        |
 * | OPEN     | close   | first close at or after the decision             | OPEN     | close  |
 * | OPEN     | closed  |                                                  | COOLDOWN |        |
 * | COOLDOWN | close   |                                                  | IDLE     |        |
 *
 * HARVEST is not used: the spread lives a few sessions only.
 */
import { AM, CALL, VIX_OPTION } from '../contracts/contract-kind.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import { enter, NO_INTENTS } from './hedge-layer.ts';
import type { LayerEvent, LayerState, LayerStep, LayerView } from './hedge-layer.ts';
import type { OpenIntent } from './intent.ts';
import type { NearLayerRule } from './policy.ts';

/** One event through the near layer; transitions in the table above. */
export function stepNearLayer(
  state: LayerState,
  event: LayerEvent,
  view: LayerView,
  rule: NearLayerRule,
): LayerStep {
  const { session } = view;
  switch (state.phase) {
    case 'IDLE':
    case 'HARVEST':
      if (event !== 'close') return stay(state);
      return armOrWait(state, view, rule);
    case 'ARMED':
      if (event === 'filled') return move(enter('OPEN', session), 'fomc-spread-opened');
      if (event !== 'close') return stay(state);
      return armOrWait(state, view, rule);
    case 'OPEN':
      if (event === 'closed') return move(enter('COOLDOWN', session), 'fomc-spread-closed');
      if (event === 'close' && view.trade !== undefined && decisionIsOut(view, rule)) {
        return {
          state,
          intents: [
            { kind: 'close', trade: view.trade.id, units: view.trade.units, reason: 'event-over' },
          ],
          note: '',
          trigger: 'not-evaluated',
        };
      }
      return stay(state);
    case 'COOLDOWN':
      return event === 'close' ? armOrWait(enter('IDLE', session), view, rule) : stay(state);
  }
}

function armOrWait(state: LayerState, view: LayerView, rule: NearLayerRule): LayerStep {
  const near = view.sessionsToFomc >= 1 && view.sessionsToFomc <= rule.sessionsBefore;
  if (!near) return move(idle(state, view), '', 'false');
  if (!(view.condorsOpen > 0)) return move(idle(state, view), '', 'true');
  if (!view.listed) return move(idle(state, view), 'not-listed', 'true');
  const intent = spread(view, rule);
  const armed = state.phase === 'ARMED' ? state : enter('ARMED', view.session);
  if (typeof intent === 'string') return move(armed, intent, 'true');
  return { state: armed, intents: [intent], note: 'fomc-ahead', trigger: 'true' };
}

/** The debit spread that fits the event's share of the budget, or why there is none. */
function spread(view: LayerView, rule: NearLayerRule): OpenIntent | string {
  const node = view.vxExpiries.findIndex((expiry) => expiry > view.fomcDay);
  const expiry = view.vxExpiries[node];
  const future = view.vxPrices[node];
  if (expiry === undefined || future === undefined) return 'no-expiry-after-decision';
  const lower = view.vixStrike(future);
  const upper = view.vixStrike(Math.max(future * rule.upperMultiple, lower + 1));
  const debit = view.vixCallCost(expiry, lower, upper);
  const allowed = Math.min(view.budgetYear * rule.budgetShare, view.budgetLeft);
  const units = Math.floor(allowed / debit);
  if (!(debit > 0) || !(units >= 1)) return 'budget-below-one-spread';
  const leg = { kind: VIX_OPTION, right: CALL, expiry, settlement: AM };
  return {
    kind: 'open',
    sleeve: SLEEVE.near,
    structure: 'vix-call-spread',
    legs: [
      { ...leg, strike: lower, ratio: 1 },
      { ...leg, strike: upper, ratio: -1 },
    ],
    units,
    reason: 'fomc-ahead',
    centre: 0,
    shortPut: 0,
    shortCall: 0,
  };
}

/** On the decision day sessionsToFomc is 0; after a missed day it points at the next meeting. */
function decisionIsOut(view: LayerView, rule: NearLayerRule): boolean {
  return view.sessionsToFomc === 0 || view.sessionsToFomc > rule.sessionsBefore;
}

function idle(state: LayerState, view: LayerView): LayerState {
  return state.phase === 'IDLE' ? state : enter('IDLE', view.session);
}

function stay(state: LayerState): LayerStep {
  return { state, intents: NO_INTENTS, note: '', trigger: 'not-evaluated' };
}

function move(
  state: LayerState,
  note: string,
  trigger: LayerStep['trigger'] = 'not-evaluated',
): LayerStep {
  return { state, intents: NO_INTENTS, note, trigger };
}
