/*
 * Medium layer: VX futures about 90 days out against put-side threat.
 *
 * | from     | event   | condition                                          | to       | intent |
 * |----------|---------|----------------------------------------------------|----------|--------|
 * | IDLE     | close   | put-side threat, condor open, listed               | ARMED    |        |
 * | ARMED    | close   | threat over                                        | IDLE     |        |
 * | ARMED    | close   | RSI and breadth trigger, budget left, size >= 1    | ARMED    | open   |
 * | ARMED    | filled  |                                                    | OPEN     |        |
 * | ARMED    | refused |                                                    | ARMED    |        |
 * | OPEN     | close   | gain >= outlay (initial margin)                    | HARVEST  | half   |
 * | OPEN     | close   | threat clear 5, 20 sessions, 60 days left, budget  | OPEN     | close  |
 * | OPEN     | close   | call outside its delta band, trigger on, `roll`    | ARMED    | close  |
 * | HARVEST  | close   | 20 % off the best gain, or an exit of OPEN         | HARVEST  | close  |
 * | OPEN, HARVEST | closed |                                                | COOLDOWN |        |
 * | COOLDOWN | close   | after the cooldown                                 | IDLE     |        |
 *
 * After the cooldown the IDLE row is evaluated at the same close.
 *
 * A call-side threat never opens long VX.
 */
import { SLEEVE } from '../portfolio/sleeve.ts';
import { vxTenorBeta } from '../volatility/vx-tenor-beta.ts';
import { harvest, hold, stepHeldLayer } from './held-layer.ts';
import type { HeldLayer } from './held-layer.ts';
import { enter, keep, noted } from './hedge-layer.ts';
import type { LayerEvent, LayerState, LayerStep, LayerTrade, LayerView } from './hedge-layer.ts';
import { openingIntent } from './intent.ts';
import type { OpenIntent } from './intent.ts';
import { isPremium, layerUnits } from './layer-instrument.ts';
import { nearestNode } from './nearest-node.ts';
import type { MediumLayerRule } from './policy.ts';

/** Tenor of the VX that an ETP follows, calendar days. */
const SHORT_TERM_DAYS = 30;

const LAYER: HeldLayer<MediumLayerRule> = {
  armOrOpen,
  manage,
  trigger: mediumTrigger,
  opened: 'vx-opened',
  closed: 'vx-closed',
};

/** One event through the medium layer; transitions in the table above. */
export function stepMediumLayer(
  state: LayerState,
  event: LayerEvent,
  view: LayerView,
  rule: MediumLayerRule,
): LayerStep {
  return stepHeldLayer(LAYER, state, event, view, rule);
}

/** RSI and breadth together: SPX and the A/D line both at 20-session lows with RSI touched. */
export function mediumTrigger(view: LayerView, rule: MediumLayerRule): LayerStep['trigger'] {
  if (Number.isNaN(view.rsiMin3) || Number.isNaN(view.spxLow20)) return 'no-data';
  const weak = view.rsiMin3 <= rule.rsi && (rule.breadth === 'rsi-only' || view.spxLow20 === 1);
  if (rule.breadth === 'rsi-only') return weak ? 'true' : 'false';
  let breadth = view.breadthLow20;
  if (Number.isNaN(breadth) && rule.breadth === 'proxy') breadth = view.fewAboveFifty;
  if (Number.isNaN(breadth)) return 'no-data';
  return weak && breadth === 1 ? 'true' : 'false';
}

function armOrOpen(state: LayerState, view: LayerView, rule: MediumLayerRule): LayerStep {
  const trigger = mediumTrigger(view, rule);
  if (!view.putThreat || !(view.condorsOpen > 0)) {
    return keep(state.phase === 'IDLE' ? state : enter('IDLE', view.session), trigger);
  }
  if (!view.listed) return keep(state, trigger, 'not-listed');
  const armed = state.phase === 'ARMED' ? state : enter('ARMED', view.session);
  if (trigger !== 'true') return keep(armed, trigger);
  const intent = opening(view, rule);
  if (typeof intent === 'string') return keep(armed, trigger, intent);
  return { state: armed, intents: [intent], note: 'rsi-and-breadth', rollProposed: false, trigger };
}

/** Units sized to a share of the threatened verticals' loss for -1 % of SPX, or why none. */
function opening(view: LayerView, rule: MediumLayerRule): OpenIntent | string {
  if (!(view.budgetLeft > 0)) return 'budget-spent';
  const expiry = view.vxExpiries[nearestNode(view.vxExpiries, view.day, rule)];
  if (expiry === undefined) return 'no-future-in-range';
  const slope = Math.max(view.vxSlope, rule.slopeFloor) * tenorRatio(view, rule, expiry);
  if (Number.isNaN(slope)) return 'no-slope';
  const wanted = (rule.deltaShare * view.onePercentLoss) / slope;
  for (const unit of layerUnits(view, rule, expiry)) {
    const hedged = Math.round(wanted / unit.perVxPoint);
    const paid = Math.floor(view.budgetLeft / unit.outlay);
    const units = isPremium(rule) ? Math.min(hedged, paid) : hedged;
    if (units >= 1) return openingIntent(SLEEVE.medium, unit, units, 'rsi-and-breadth');
  }
  return 'size-rounds-to-zero';
}

/** Points of the instrument's own VX for one point of the expiry's; 1 but for an ETP. */
function tenorRatio(view: LayerView, rule: MediumLayerRule, expiry: number): number {
  if (rule.instrument !== 'etp') return 1;
  const own = vxTenorBeta(SHORT_TERM_DAYS) * view.etp.vx30;
  return own / (vxTenorBeta(expiry - view.day) * view.vxPrice(expiry));
}

function manage(
  state: LayerState,
  view: LayerView,
  trade: LayerTrade,
  rule: MediumLayerRule,
): LayerStep {
  const clear = view.putThreat ? 0 : state.clear + 1;
  const peak = Math.max(state.peak, trade.profit);
  const next = noted(state, clear, peak);
  const trigger = mediumTrigger(view, rule);
  const reason = exitReason(next, view, trade, rule);
  if (reason !== undefined) {
    const intents = [{ kind: 'close' as const, trade: trade.id, units: trade.units, reason }];
    return { state: next, intents, note: reason, rollProposed: false, trigger };
  }
  if (state.phase === 'OPEN' && trade.profit >= trade.outlay) {
    return harvest(next, view, trade, 'gain-of-initial-margin', trigger);
  }
  return hold(next, view, trade, rule, trigger);
}

function exitReason(
  state: LayerState,
  view: LayerView,
  trade: LayerTrade,
  rule: MediumLayerRule,
): string | undefined {
  if (state.phase === 'HARVEST' && trade.profit <= state.peak * (1 - rule.trail)) {
    return 'trailing-stop';
  }
  if (state.clear >= rule.clearSessions || view.condorsOpen === 0) return 'threat-clear';
  if (view.session - trade.openedSession >= rule.maxSessions) return 'max-sessions';
  if (trade.expiry - view.day <= rule.exitDays) return 'days-left';
  if (!isPremium(rule) && !(view.budgetLeft > 0)) return 'budget-hit';
  return undefined;
}
