import { enter, keep, NO_INTENTS, noted } from './hedge-layer.ts';
import type { LayerEvent, LayerState, LayerStep, LayerTrade, LayerView } from './hedge-layer.ts';
import { outsideDeltaBand } from './layer-instrument.ts';
import type { InstrumentRule } from './policy.ts';

/** What a layer that holds a position over weeks does in each phase; `R` is its rule. */
export interface HeldLayer<R> {
  /** IDLE and ARMED at a close: arm, open, or stand down. */
  readonly armOrOpen: (state: LayerState, view: LayerView, rule: R) => LayerStep;
  /** OPEN and HARVEST at a close: harvest, exit, or hold. */
  readonly manage: (state: LayerState, view: LayerView, trade: LayerTrade, rule: R) => LayerStep;
  readonly trigger: (view: LayerView, rule: R) => LayerStep['trigger'];
  /** Audit notes of a fill and of the end of the trade. */
  readonly opened: string;
  readonly closed: string;
}

/** One event through the phases that the medium and the long layer share. */
export function stepHeldLayer<R extends { readonly cooldownSessions: number }>(
  layer: HeldLayer<R>,
  state: LayerState,
  event: LayerEvent,
  view: LayerView,
  rule: R,
): LayerStep {
  const { session } = view;
  switch (state.phase) {
    case 'IDLE':
      return event === 'close' ? layer.armOrOpen(state, view, rule) : keep(state);
    case 'ARMED':
      if (event === 'filled') return keep(enter('OPEN', session), 'not-evaluated', layer.opened);
      return event === 'close' ? layer.armOrOpen(state, view, rule) : keep(state);
    case 'OPEN':
    case 'HARVEST':
      if (event === 'closed') {
        return keep(enter('COOLDOWN', session), 'not-evaluated', layer.closed);
      }
      return event === 'close' && view.trade !== undefined
        ? layer.manage(state, view, view.trade, rule)
        : keep(state);
    case 'COOLDOWN':
      if (event !== 'close') return keep(state);
      return session - state.since >= rule.cooldownSessions
        ? layer.armOrOpen(enter('IDLE', session), view, rule)
        : keep(state, layer.trigger(view, rule));
  }
}

/**
 * A trade that stays. A call outside its delta band is proposed for a roll; under `roll`, and only
 * while the trigger would open it anew, it is sold and the layer armed for an opening of its own.
 */
export function hold(
  state: LayerState,
  view: LayerView,
  trade: LayerTrade,
  rule: InstrumentRule,
  trigger: LayerStep['trigger'],
): LayerStep {
  if (!outsideDeltaBand(view, trade, rule)) return keep(state, trigger);
  if (rule.onDeltaBand === 'propose' || trigger !== 'true' || state.phase !== 'OPEN') {
    return { state, intents: NO_INTENTS, note: '', rollProposed: true, trigger };
  }
  return {
    state: enter('ARMED', view.session),
    intents: [{ kind: 'close', trade: trade.id, units: trade.units, reason: 'delta-band' }],
    note: 'roll',
    rollProposed: true,
    trigger,
  };
}

/** Half of a trade is sold and the rest trails from the best gain so far. */
export function harvest(
  state: LayerState,
  view: LayerView,
  trade: LayerTrade,
  reason: string,
  trigger: LayerStep['trigger'],
): LayerStep {
  const units = Math.max(1, Math.floor(trade.units / 2));
  return {
    state: noted(enter('HARVEST', view.session), state.clear, state.peak),
    intents: [{ kind: 'close', trade: trade.id, units, reason }],
    note: 'harvest',
    rollProposed: false,
    trigger,
  };
}
