/*
 * Near layer: VIX call debit spreads (or another instrument) around scheduled FOMC decisions.
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
 * HARVEST and the delta band are not used: the position lives a few sessions only.
 */
import { SLEEVE } from '../portfolio/sleeve.ts';
import { enter, keep } from './hedge-layer.ts';
import type { LayerEvent, LayerState, LayerStep, LayerView } from './hedge-layer.ts';
import { openingIntent } from './intent.ts';
import type { OpenIntent } from './intent.ts';
import { layerUnits, unitsWithin } from './layer-instrument.ts';
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
      if (event !== 'close') return keep(state);
      return armOrWait(state, view, rule);
    case 'ARMED':
      if (event === 'filled')
        return keep(enter('OPEN', session), 'not-evaluated', 'fomc-spread-opened');
      if (event !== 'close') return keep(state);
      return armOrWait(state, view, rule);
    case 'OPEN':
      if (event === 'closed')
        return keep(enter('COOLDOWN', session), 'not-evaluated', 'fomc-spread-closed');
      if (event === 'close' && view.trade !== undefined && decisionIsOut(view, rule)) {
        return {
          state,
          intents: [
            { kind: 'close', trade: view.trade.id, units: view.trade.units, reason: 'event-over' },
          ],
          note: '',
          rollProposed: false,
          trigger: 'not-evaluated',
        };
      }
      return keep(state);
    case 'COOLDOWN':
      return event === 'close' ? armOrWait(enter('IDLE', session), view, rule) : keep(state);
  }
}

function armOrWait(state: LayerState, view: LayerView, rule: NearLayerRule): LayerStep {
  const near = view.sessionsToFomc >= 1 && view.sessionsToFomc <= rule.sessionsBefore;
  if (!near) return keep(idle(state, view), 'false');
  if (!(view.condorsOpen > 0)) return keep(idle(state, view), 'true');
  if (!view.listed) return keep(idle(state, view), 'true', 'not-listed');
  const intent = opening(view, rule);
  const armed = state.phase === 'ARMED' ? state : enter('ARMED', view.session);
  if (typeof intent === 'string') return keep(armed, 'true', intent);
  return {
    state: armed,
    intents: [intent],
    note: 'fomc-ahead',
    rollProposed: false,
    trigger: 'true',
  };
}

/** What the event's share of the budget buys of the instrument, or why nothing. */
function opening(view: LayerView, rule: NearLayerRule): OpenIntent | string {
  const expiry = firstAfterDecision(view);
  if (expiry === undefined) return 'no-expiry-after-decision';
  const allowed = Math.min(view.budgetYear * rule.budgetShare, view.budgetLeft);
  const bought = unitsWithin(layerUnits(view, rule, expiry), allowed);
  if (bought === undefined) return 'budget-below-one-unit';
  return openingIntent(SLEEVE.near, bought.unit, bought.count, 'fomc-ahead');
}

/** The first monthly expiry strictly after the decision, or a liquid weekly one before that. */
function firstAfterDecision(view: LayerView): number | undefined {
  const after = (expiry: number): boolean => expiry > view.fomcDay;
  const monthly = view.vxExpiries.find(after);
  const weekly = view.liquidWeeklies.find(after);
  if (monthly === undefined || weekly === undefined) return monthly ?? weekly;
  return Math.min(monthly, weekly);
}

/** On the decision day sessionsToFomc is 0; after a missed day it points at the next meeting. */
function decisionIsOut(view: LayerView, rule: NearLayerRule): boolean {
  return view.sessionsToFomc === 0 || view.sessionsToFomc > rule.sessionsBefore;
}

function idle(state: LayerState, view: LayerView): LayerState {
  return state.phase === 'IDLE' ? state : enter('IDLE', view.session);
}
