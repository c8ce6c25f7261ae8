import { SLEEVE } from '../portfolio/sleeve.ts';
import type { LayerEvent, LayerStep, LayerView } from '../strategy/hedge-layer.ts';
import type { OpenIntent } from '../strategy/intent.ts';
import { stepLongLayer } from '../strategy/long-layer.ts';
import { stepMediumLayer } from '../strategy/medium-layer.ts';
import { stepNearLayer } from '../strategy/near-layer.ts';
import { stepStandingLayer } from '../strategy/standing-layer.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { ofLayer } from './account-state.ts';
import type { AccountState, LayerName, LayerTrack } from './account-state.ts';
import type { ThreatSummary } from './base-position.ts';
import type { EngineContext } from './context.ts';
import { setBudgets } from './layer-budgets.ts';
import { emptyView, futureInitial, layerView, sharedView, spentThisYear } from './layer-view.ts';
import { sweepFutures } from './margin-figures.ts';
import { noteRefusal, propose } from './propose.ts';
import { openTrade, placeClose } from './trading.ts';
import type { OpenQuote } from './trading.ts';
import { isFuture } from './valuation.ts';

/** Steps every enabled layer through this close: trigger, intents, governance, fills. */
export function stepLayers(
  context: EngineContext,
  account: AccountState,
  threat: ThreatSummary,
  session: number,
): void {
  const shared = sharedView(context, account, threat, session);
  const { layers } = context;
  if (context.plan.firstOfYear[session] === 1) {
    for (const name of layers) startYear(account, name, account.layers[name]);
  }
  setBudgets(context, account, shared);
  for (const name of layers) {
    const track = ofLayer(account.layers, name);
    settleState(context, account, name, session);
    const view = layerView(account, name, shared);
    const step = stepOne(context, name, track, 'close', view);
    noteTrigger(track, step, view);
    track.lastTrigger = step.trigger;
    track.lastNote = step.note;
    noteTransition(context, name, track, step);
    if (step.rollProposed) noteRoll(context, name, track);
    track.state = step.state;
    for (const intent of step.intents) {
      if (intent.kind === 'close') placeClose(context, account, intent);
      else if (context.policy.fill === 'next-close') {
        account.pending.push({ kind: 'layer-open', name, intent });
      } else fillLayerOpen(context, account, { name, intent }, session);
    }
    settleState(context, account, name, session);
    noteSpending(context, account, name);
  }
  sweepFutures(context, account, context.close);
}

function stepOne(
  context: EngineContext,
  name: LayerName,
  track: LayerTrack,
  event: LayerEvent,
  view: LayerView,
): LayerStep {
  const { layers } = context.policy;
  const rule = ofLayer(layers, name);
  if (rule.standing !== null) {
    const held = { rule, standing: rule.standing, sleeve: ofLayer(SLEEVE, name) };
    return stepStandingLayer(track.state, event, view, held);
  }
  switch (name) {
    case 'near':
      return stepNearLayer(track.state, event, view, layers.near);
    case 'medium':
      return stepMediumLayer(track.state, event, view, layers.medium);
    case 'long':
      return stepLongLayer(track.state, event, view, layers.long);
  }
}

/** Tells the machine that its trade is gone (closed by itself, settled or liquidated). */
function settleState(
  context: EngineContext,
  account: AccountState,
  name: LayerName,
  session: number,
): void {
  const track = ofLayer(account.layers, name);
  const held = track.state.phase === 'OPEN' || track.state.phase === 'HARVEST';
  if (!held || account.findTrade(track.trade) !== undefined) return;
  track.trade = -1;
  const step = stepOne(context, name, track, 'closed', emptyView(session));
  noteTransition(context, name, track, step);
  track.state = step.state;
}

/** Proposes a layer's opening at this close and tells its machine what became of it. */
export function fillLayerOpen(
  context: EngineContext,
  account: AccountState,
  wish: { readonly name: LayerName; readonly intent: OpenIntent },
  session: number,
): void {
  const { name, intent } = wish;
  const view = emptyView(session);
  const track = ofLayer(account.layers, name);
  const { approval, quote } = propose(context, account, intent);
  const tradable = quote.tradable && approval.approved;
  if (!tradable) {
    track.refusals += 1;
    noteRefusal(
      context,
      intent,
      approval.approved ? (quote.obstacle ?? 'zero-bid') : approval.reason,
    );
    track.state = stepOne(context, name, track, 'refused', view).state;
    return;
  }
  const outlay = openingOutlay(context, account, intent, quote);
  const trade = openTrade(
    context,
    account,
    { intent: approval.intent, quote },
    {
      maxLossPerUnit: isFuture(intent.legs[0]?.kind ?? 0) ? undefined : -quote.premiumPerUnit,
      riskPerUnit: 0,
      outlay,
      onePercentLossPerUnit: 0,
    },
    session,
  );
  track.trade = trade.id;
  track.openings += 1;
  const step = stepOne(context, name, track, 'filled', view);
  noteTransition(context, name, track, step);
  track.state = step.state;
  if (trade.premiumCents < 0) track.yearSpent += -trade.premiumCents / 100;
  sweepFutures(context, account, context.close);
}

/** Premium paid, or the initial margin of the futures, dollars. */
function openingOutlay(
  context: EngineContext,
  account: AccountState,
  intent: OpenIntent,
  quote: OpenQuote,
): number {
  const leg = intent.legs[0];
  if (leg === undefined || !isFuture(leg.kind)) return -quote.premiumPerUnit * intent.units;
  return futureInitial(context, account, leg.kind, leg.expiry) * intent.units;
}

function startYear(account: AccountState, name: LayerName, track: LayerTrack): void {
  track.yearSpent = 0;
  track.budgetHigh = 0;
  track.yearPnlStart = (account.ledger.bySleeve[SLEEVE[name]] ?? 0) / 100;
}

function noteSpending(context: EngineContext, account: AccountState, name: LayerName): void {
  const track = ofLayer(account.layers, name);
  const over = spentThisYear(context, account, name) - track.budgetHigh;
  track.overshoot = Math.max(track.overshoot, over);
}

/** Quiet sessions after which a trigger that comes true again is a new firing. */
const EPISODE_SESSIONS = 10;

/** Counts firings: the first session of an episode, not each session of it. */
function noteTrigger(track: LayerTrack, step: LayerStep, view: LayerView): void {
  if (step.trigger === 'no-data') track.noData += 1;
  if (!view.listed) track.notListed += 1;
  if (step.trigger !== 'true') return;
  if (view.session - track.lastTrue > EPISODE_SESSIONS) track.triggers += 1;
  track.lastTrue = view.session;
}

/** Counts a proposal to roll, once a trade: a call that is out of its band stays proposed. */
function noteRoll(context: EngineContext, name: LayerName, track: LayerTrack): void {
  if (track.rollTrade === track.trade) return;
  track.rollTrade = track.trade;
  track.rollsProposed += 1;
  if (!context.sink.recording) return;
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'roll-proposed',
    sleeve: name,
    reason: 'delta-band',
    values: { trade: track.trade },
  });
}

function noteTransition(
  context: EngineContext,
  name: LayerName,
  track: LayerTrack,
  step: LayerStep,
): void {
  if (!context.sink.recording || step.state.phase === track.state.phase) return;
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'layer-transition',
    sleeve: name,
    reason: `${track.state.phase}->${step.state.phase}${step.note === '' ? '' : `: ${step.note}`}`,
    values: {},
  });
}
