/*
 * Long layer: fully paid VIX calls about 180 days out on macro turbulence.
 *
 * | from     | event   | condition                                           | to       | intent |
 * |----------|---------|-----------------------------------------------------|----------|--------|
 * | IDLE     | close   | |z| >= threshold, condor open, listed               | ARMED    | open   |
 * | ARMED    | close   | |z| >= threshold                                    | ARMED    | open   |
 * | ARMED    | close   | trigger clear, or no condor                         | IDLE     |        |
 * | ARMED    | filled  |                                                     | OPEN     |        |
 * | ARMED    | refused |                                                     | ARMED    |        |
 * | OPEN     | close   | value >= 3 x premium                                | HARVEST  | half   |
 * | OPEN     | close   | trigger clear 20 sessions, or 120 days left         | OPEN     | close  |
 * | OPEN     | close   | call outside its delta band, trigger on, `roll`     | ARMED    | close  |
 * | HARVEST  | close   | 20 % off the best gain, or an exit of OPEN          | HARVEST  | close  |
 * | OPEN, HARVEST | closed |                                                 | COOLDOWN |        |
 * | COOLDOWN | close   | after the cooldown                                  | IDLE     |        |
 */
import { SLEEVE } from '../portfolio/sleeve.ts';
import { harvest, hold, stepHeldLayer } from './held-layer.ts';
import type { HeldLayer } from './held-layer.ts';
import { enter, keep, noted } from './hedge-layer.ts';
import type { LayerEvent, LayerState, LayerStep, LayerTrade, LayerView } from './hedge-layer.ts';
import { openingIntent } from './intent.ts';
import type { OpenIntent } from './intent.ts';
import { layerUnits, unitsWithin } from './layer-instrument.ts';
import { nearestNode } from './nearest-node.ts';
import type { LongLayerRule } from './policy.ts';

const LAYER: HeldLayer<LongLayerRule> = {
  armOrOpen,
  manage,
  trigger: longTrigger,
  opened: 'vix-calls-opened',
  closed: 'vix-calls-closed',
};

/** One event through the long layer; transitions in the table above. */
export function stepLongLayer(
  state: LayerState,
  event: LayerEvent,
  view: LayerView,
  rule: LongLayerRule,
): LayerStep {
  return stepHeldLayer(LAYER, state, event, view, rule);
}

/** |z| of the REER change or of the rate-differential change at or above the threshold. */
export function longTrigger(view: LayerView, rule: LongLayerRule): LayerStep['trigger'] {
  const reer = Math.abs(view.reerChangeZ);
  const rates = Math.abs(view.rateDifferentialZ);
  if (reer >= rule.zThreshold || rates >= rule.zThreshold) return 'true';
  return Number.isNaN(reer) && Number.isNaN(rates) ? 'no-data' : 'false';
}

function armOrOpen(state: LayerState, view: LayerView, rule: LongLayerRule): LayerStep {
  const trigger = longTrigger(view, rule);
  if (trigger !== 'true' || !(view.condorsOpen > 0)) {
    return keep(state.phase === 'IDLE' ? state : enter('IDLE', view.session), trigger);
  }
  if (!view.listed) return keep(state, trigger, 'not-listed');
  const armed = state.phase === 'ARMED' ? state : enter('ARMED', view.session);
  const intent = opening(view, rule);
  if (typeof intent === 'string') return keep(armed, trigger, intent);
  return {
    state: armed,
    intents: [intent],
    note: 'macro-turbulence',
    rollProposed: false,
    trigger,
  };
}

function opening(view: LayerView, rule: LongLayerRule): OpenIntent | string {
  const expiry = view.vxExpiries[nearestNode(view.vxExpiries, view.day, rule)];
  if (expiry === undefined) return 'no-expiry-in-range';
  const allowed = Math.min(view.budgetYear * rule.budgetShare, view.budgetLeft);
  const bought = unitsWithin(layerUnits(view, rule, expiry), allowed);
  if (bought === undefined) return 'budget-below-one-unit';
  return openingIntent(SLEEVE.long, bought.unit, bought.count, 'macro-turbulence');
}

function manage(
  state: LayerState,
  view: LayerView,
  trade: LayerTrade,
  rule: LongLayerRule,
): LayerStep {
  const trigger = longTrigger(view, rule);
  const clear = trigger === 'true' ? 0 : state.clear + 1;
  const peak = Math.max(state.peak, trade.profit);
  const next = noted(state, clear, peak);
  const reason = exitReason(next, view, trade, rule);
  if (reason !== undefined) {
    const intents = [{ kind: 'close' as const, trade: trade.id, units: trade.units, reason }];
    return { state: next, intents, note: reason, rollProposed: false, trigger };
  }
  const takeProfit = trade.outlay * (rule.takeProfitMultiple - 1);
  if (state.phase === 'OPEN' && trade.profit >= takeProfit) {
    return harvest(next, view, trade, 'take-profit', trigger);
  }
  return hold(next, view, trade, rule, trigger);
}

function exitReason(
  state: LayerState,
  view: LayerView,
  trade: LayerTrade,
  rule: LongLayerRule,
): string | undefined {
  if (state.phase === 'HARVEST' && trade.profit <= state.peak * (1 - rule.trail)) {
    return 'trailing-stop';
  }
  if (state.clear >= rule.clearSessions) return 'trigger-clear';
  if (trade.expiry - view.day <= rule.exitDays) return 'days-left';
  return undefined;
}
