import { enter, NO_INTENTS } from './hedge-layer.ts';
import type { LayerEvent, LayerState, LayerStep, LayerTrade, LayerView } from './hedge-layer.ts';

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
      if (event === 'filled') return { ...keep(enter('OPEN', session)), note: layer.opened };
      return event === 'close' ? layer.armOrOpen(state, view, rule) : keep(state);
    case 'OPEN':
    case 'HARVEST':
      if (event === 'closed') return { ...keep(enter('COOLDOWN', session)), note: layer.closed };
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

/** The state as it is, without an intent. */
export function keep(
  state: LayerState,
  trigger: LayerStep['trigger'] = 'not-evaluated',
): LayerStep {
  return { state, intents: NO_INTENTS, note: '', trigger };
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
    state: { ...enter('HARVEST', view.session), clear: state.clear, peak: state.peak },
    intents: [{ kind: 'close', trade: trade.id, units, reason }],
    note: 'harvest',
    trigger,
  };
}
