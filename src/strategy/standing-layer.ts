/*
 * Standing hedge: held always, rolled when it has aged; no trigger.
 *
 * | from     | event   | condition                                        | to       | intent |
 * |----------|---------|--------------------------------------------------|----------|--------|
 * | IDLE     | close   | listed, condor open where asked, size >= 1       | ARMED    | open   |
 * | ARMED    | close   | the same                                         | ARMED    | open   |
 * | ARMED    | close   | no condor where one is asked, or not listed      | IDLE     |        |
 * | ARMED    | filled  |                                                  | OPEN     |        |
 * | ARMED    | refused |                                                  | ARMED    |        |
 * | OPEN     | close   | value >= the multiple of the outlay              | HARVEST  | half   |
 * | OPEN     | close   | rollAtDays left                                  | OPEN     | close  |
 * | HARVEST  | close   | trail off the best gain, or rollAtDays left      | HARVEST  | close  |
 * | OPEN, HARVEST | closed |                                              | COOLDOWN |        |
 * | COOLDOWN | close   | the next session                                 | IDLE     |        |
 *
 * A roll is a close and, one session on, an opening of its own.
 */
import type { SLEEVE } from '../portfolio/sleeve.ts';
import { harvest, stepHeldLayer } from './held-layer.ts';
import type { HeldLayer } from './held-layer.ts';
import { enter, keep, noted } from './hedge-layer.ts';
import type { LayerEvent, LayerState, LayerStep, LayerTrade, LayerView } from './hedge-layer.ts';
import { openingIntent } from './intent.ts';
import type { OpenIntent } from './intent.ts';
import { layerUnits, unitsWithin } from './layer-instrument.ts';
import { nearestNode } from './nearest-node.ts';
import type { InstrumentRule, StandingRule } from './policy.ts';

/** The rule of a standing hedge and the sleeve that pays for it. */
interface Standing {
  readonly rule: InstrumentRule;
  readonly standing: StandingRule;
  readonly sleeve: (typeof SLEEVE)[keyof typeof SLEEVE];
  readonly cooldownSessions: number;
}

const LAYER: HeldLayer<Standing> = {
  armOrOpen,
  manage,
  trigger: () => 'not-evaluated',
  opened: 'standing-opened',
  closed: 'standing-closed',
};

/** One event through a standing hedge; transitions in the table above. */
export function stepStandingLayer(
  state: LayerState,
  event: LayerEvent,
  view: LayerView,
  held: Pick<Standing, 'rule' | 'standing' | 'sleeve'>,
): LayerStep {
  const { rule, standing, sleeve } = held;
  return stepHeldLayer(LAYER, state, event, view, { rule, standing, sleeve, cooldownSessions: 1 });
}

function armOrOpen(state: LayerState, view: LayerView, held: Standing): LayerStep {
  const { standing } = held;
  if (!view.listed || (standing.onlyWithCondors && !(view.condorsOpen > 0))) {
    return keep(state.phase === 'IDLE' ? state : enter('IDLE', view.session));
  }
  const armed = state.phase === 'ARMED' ? state : enter('ARMED', view.session);
  const intent = opening(view, held);
  if (typeof intent === 'string') return keep(armed, 'not-evaluated', intent);
  return {
    state: armed,
    intents: [intent],
    note: 'standing',
    rollProposed: false,
    trigger: 'not-evaluated',
  };
}

function opening(view: LayerView, { rule, standing, sleeve }: Standing): OpenIntent | string {
  const expiry = view.vxExpiries[nearestNode(view.vxExpiries, view.day, standing)];
  if (expiry === undefined && rule.instrument !== 'spx-put') return 'no-expiry-in-range';
  const units = layerUnits(view, rule, expiry ?? Number.NaN);
  const { size } = standing;
  const allowed =
    size.by === 'budget'
      ? Math.min(view.budgetYear * size.share, view.budgetLeft)
      : view.budgetLeft;
  const bought = unitsWithin(units, allowed);
  if (bought === undefined) return 'budget-below-one-unit';
  if (size.by === 'budget') return openingIntent(sleeve, bought.unit, bought.count, 'standing');
  const wanted = Math.round((size.contracts * view.lastEntryUnits) / size.condors);
  const count = Math.min(wanted, bought.count);
  if (!(count >= 1)) return 'size-rounds-to-zero';
  return openingIntent(sleeve, bought.unit, count, 'standing');
}

function manage(
  state: LayerState,
  view: LayerView,
  trade: LayerTrade,
  { standing }: Standing,
): LayerStep {
  const next = noted(state, state.clear, Math.max(state.peak, trade.profit));
  const reason = exitReason(next, view, trade, standing);
  if (reason !== undefined) {
    const intents = [{ kind: 'close' as const, trade: trade.id, units: trade.units, reason }];
    return {
      state: next,
      intents,
      note: reason,
      rollProposed: false,
      trigger: 'not-evaluated',
    };
  }
  const { takeProfitMultiple } = standing;
  const isRich =
    takeProfitMultiple !== null && trade.profit >= trade.outlay * (takeProfitMultiple - 1);
  if (state.phase === 'OPEN' && isRich) {
    return harvest(next, view, trade, 'take-profit', 'not-evaluated');
  }
  return keep(next);
}

function exitReason(
  state: LayerState,
  view: LayerView,
  trade: LayerTrade,
  standing: StandingRule,
): string | undefined {
  if (state.phase === 'HARVEST' && trade.profit <= state.peak * (1 - standing.trail)) {
    return 'trailing-stop';
  }
  return trade.expiry - view.day <= standing.rollAtDays ? 'roll' : undefined;
}
