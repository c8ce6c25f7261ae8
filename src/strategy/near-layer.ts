/*
 * Near layer: VIX call debit spreads (or another instrument) around scheduled events: FOMC decisions,
 * and CPI releases where their schedule is published. The nearest event counts.
 *
 * | from     | event   | condition                                        | to       | intent |
 * |----------|---------|--------------------------------------------------|----------|--------|
 * | IDLE     | close   | condor open, listed, event within N sessions     | ARMED    | open   |
 * | ARMED    | close   | event still ahead                                | ARMED    | open   |
 * | ARMED    | close   | no condor, or event passed                       | IDLE     |        |
 * | ARMED    | filled  |                                                  | OPEN     |        |
 * | ARMED    | refused |                                                  | ARMED    |        |
 * | OPEN     | close   | first close at or after the event                | OPEN     | close  |
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
import type { NearEvent, NearLayerRule } from './policy.ts';

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
      if (event === 'close' && view.trade !== undefined && eventIsOut(view, rule)) {
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
  const event = nearestEvent(view, rule);
  const near = event.sessions >= 1 && event.sessions <= rule.sessionsBefore;
  if (!near) return keep(idle(state, view), 'false');
  if (!(view.condorsOpen > 0)) return keep(idle(state, view), 'true');
  if (!view.listed) return keep(idle(state, view), 'true', 'not-listed');
  const intent = opening(view, rule, event);
  const armed = state.phase === 'ARMED' ? state : enter('ARMED', view.session);
  if (typeof intent === 'string') return keep(armed, 'true', intent);
  return {
    state: armed,
    intents: [intent],
    note: `${event.name}-ahead`,
    rollProposed: false,
    trigger: 'true',
  };
}

/** What the event's share of the budget buys of the instrument, or why nothing. */
function opening(view: LayerView, rule: NearLayerRule, event: EventAhead): OpenIntent | string {
  const expiry = firstAfter(view, event.day);
  if (expiry === undefined) return 'no-expiry-after-decision';
  const allowed = Math.min(view.budgetYear * rule.budgetShare, view.budgetLeft);
  const bought = unitsWithin(layerUnits(view, rule, expiry), allowed);
  if (bought === undefined) return 'budget-below-one-unit';
  return openingIntent(SLEEVE.near, bought.unit, bought.count, `${event.name}-ahead`);
}

/** An event of the calendar: sessions to it, 0 on its day; -1 when none is known. */
interface EventAhead {
  readonly name: NearEvent;
  readonly sessions: number;
  readonly day: number;
}

/** The nearest of the events that the rule trades; FOMC where two share a day. */
function nearestEvent(view: LayerView, { events }: NearLayerRule): EventAhead {
  const fomc = { name: 'fomc', sessions: view.sessionsToFomc, day: view.fomcDay } as const;
  if (!events.includes('cpi') || view.sessionsToCpi < 0) return fomc;
  const cpi = { name: 'cpi', sessions: view.sessionsToCpi, day: view.cpiDay } as const;
  if (!events.includes('fomc') || fomc.sessions < 0) return cpi;
  return fomc.sessions <= cpi.sessions ? fomc : cpi;
}

/** The first monthly expiry strictly after the event, or a liquid weekly one before that. */
function firstAfter(view: LayerView, day: number): number | undefined {
  const after = (expiry: number): boolean => expiry > day;
  const monthly = view.vxExpiries.find(after);
  const weekly = view.liquidWeeklies.find(after);
  if (monthly === undefined || weekly === undefined) return monthly ?? weekly;
  return Math.min(monthly, weekly);
}

/** On its own day an event is 0 sessions ahead; after a missed day the next one is far. */
function eventIsOut(view: LayerView, rule: NearLayerRule): boolean {
  const { sessions } = nearestEvent(view, rule);
  return sessions === 0 || sessions > rule.sessionsBefore;
}

function idle(state: LayerState, view: LayerView): LayerState {
  return state.phase === 'IDLE' ? state : enter('IDLE', view.session);
}
