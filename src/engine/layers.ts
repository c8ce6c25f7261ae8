import { AM, CALL, VIX_OPTION } from '../contracts/contract-kind.ts';
import { isListed } from '../contracts/listing.ts';
import { nearestVixStrike } from '../contracts/strike-grid.ts';
import { vixStrikeForDelta } from '../pricing/vix-strike-for-delta.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import type { LayerEvent, LayerStep, LayerTrade, LayerView } from '../strategy/hedge-layer.ts';
import type { OpenIntent } from '../strategy/intent.ts';
import { stepLongLayer } from '../strategy/long-layer.ts';
import { stepMediumLayer } from '../strategy/medium-layer.ts';
import { stepNearLayer } from '../strategy/near-layer.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { LAYERS } from './account-state.ts';
import { addLeg } from './add-leg.ts';
import type { AccountState, LayerName, LayerTrack } from './account-state.ts';
import type { ThreatSummary } from './base-position.ts';
import { tradeValue } from './base-position.ts';
import { candidateMids } from './candidate.ts';
import type { EngineContext } from './context.ts';
import { futuresRequirement, sweepFutures } from './margin-check.ts';
import type { OpenTrade } from './open-trade.ts';
import { noteRefusal, propose } from './propose.ts';
import { openTrade, placeClose, quoteOpen } from './trading.ts';
import type { OpenQuote } from './trading.ts';
import { isFuture } from './valuation.ts';

/** Steps every enabled layer through this close: trigger, intents, governance, fills. */
export function stepLayers(
  context: EngineContext,
  account: AccountState,
  threat: ThreatSummary,
  session: number,
): void {
  const shared = sharedView(context, threat, session);
  for (const name of LAYERS) {
    if (!context.policy.layers[name].enabled) continue;
    const track = account.layers[name];
    if (context.plan.firstOfYear[session] === 1) startYear(account, name, track);
    settleState(context, account, name, session);
    const view = layerView(account, name, shared);
    const step = stepOne(context, name, track, 'close', view);
    noteTrigger(track, step, view);
    noteTransition(context, name, track, step);
    track.state = step.state;
    for (const intent of step.intents) {
      if (intent.kind === 'close') placeClose(context, account, intent);
      else if (context.policy.fill === 'next-close') {
        account.pending.push({ kind: 'layer-open', name, intent });
      } else fillLayerOpen(context, account, { name, intent }, session);
    }
    settleState(context, account, name, session);
    noteSpending(account, name, track);
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
  const track = account.layers[name];
  const held = track.state.phase === 'OPEN' || track.state.phase === 'HARVEST';
  if (!held || account.findTrade(track.trade) !== undefined) return;
  track.trade = -1;
  const step = stepOne(context, name, track, 'closed', { ...EMPTY_VIEW, session });
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
  const view = { ...EMPTY_VIEW, session };
  const track = account.layers[name];
  const { approval, quote } = propose(context, account, intent);
  const tradable = quote.tradable && approval.approved;
  if (!tradable) {
    track.refusals += 1;
    noteRefusal(context, intent, approval.approved ? 'zero-bid' : approval.reason);
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
  if (!isFuture(intent.legs[0]?.kind ?? 0)) return -quote.premiumPerUnit * intent.units;
  const before = futuresRequirement(context, account, context.close.day).initial;
  const { book } = account;
  const leg = quote.legs[0];
  if (leg === undefined) return Number.NaN;
  const slot = addLeg(book, leg.leg, {
    quantity: intent.units,
    price: leg.mid,
    sleeve: intent.sleeve,
    trade: -1,
  });
  const after = futuresRequirement(context, account, context.close.day).initial;
  book.remove(slot);
  return after - before;
}

function startYear(account: AccountState, name: LayerName, track: LayerTrack): void {
  track.yearSpent = 0;
  track.yearPnlStart = (account.ledger.bySleeve[SLEEVE[name]] ?? 0) / 100;
}

/** Futures spend what they lose since 1 January; options what was paid for them, gross. */
function spentThisYear(account: AccountState, name: LayerName, track: LayerTrack): number {
  if (name !== 'medium') return track.yearSpent;
  const pnl = (account.ledger.bySleeve[SLEEVE[name]] ?? 0) / 100 - track.yearPnlStart;
  return Math.max(0, -pnl);
}

function budgetOf(context: EngineContext, account: AccountState, name: LayerName): number {
  const { budgets } = context.policy;
  return Math.max(0, account.yearStartEquity) * budgets.yearly * budgets[name];
}

function noteSpending(account: AccountState, name: LayerName, track: LayerTrack): void {
  const over = spentThisYear(account, name, track) - track.budget;
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

/** What all layers see alike at this close, and the prices they may ask for. */
interface SharedView {
  readonly context: EngineContext;
  readonly threat: ThreatSummary;
  readonly session: number;
  readonly vxExpiries: readonly number[];
  readonly vxPrices: readonly number[];
  readonly miniListed: boolean;
  readonly prices: Pick<LayerView, 'vixCallCost' | 'vixStrikeForDelta' | 'vixStrike'>;
}

function sharedView(context: EngineContext, threat: ThreatSummary, session: number): SharedView {
  const { close, options } = context;
  const day = asEpochDay(close.day);
  return {
    context,
    threat,
    session,
    vxExpiries: firstOf(close.vxExpiry, close.vxCount),
    vxPrices: firstOf(close.vxPrice, close.vxCount),
    miniListed: options.counterfactual || isListed('vxm-future', day),
    prices: {
      vixCallCost: (expiry, lower, upper) => vixCallCost(context, expiry, lower, upper),
      vixStrikeForDelta: (expiry, delta) =>
        nearestVixStrike(vixStrikeForDelta(close, expiry, delta), day),
      vixStrike: (strike) => nearestVixStrike(strike, day),
    },
  };
}

/** The first values of a column as plain numbers; a loop, since `Array.from` is slow here. */
function firstOf(column: Int32Array | Float64Array, count: number): readonly number[] {
  const values: number[] = [];
  for (let i = 0; i < count; i += 1) values.push(column[i] ?? Number.NaN);
  return values;
}

/** The view of one layer. One flat literal: this runs for every layer on every session. */
function layerView(account: AccountState, name: LayerName, shared: SharedView): LayerView {
  const { context, threat, session, prices } = shared;
  const { close, plan, path } = context;
  const { signals } = plan;
  const track = account.layers[name];
  track.budget = budgetOf(context, account, name);
  const product = name === 'medium' ? 'vx-future' : 'vix-option';
  const day = asEpochDay(close.day);
  return {
    session,
    day: close.day,
    condorsOpen: account.coreOpen(),
    putThreat: threat.putThreat,
    onePercentLoss: threat.onePercentLoss,
    sessionsToFomc: plan.sessionsToFomc[session] ?? -1,
    fomcDay: plan.fomcDay[session] ?? 0,
    rsiMin3: signals.rsi14Min3[session] ?? Number.NaN,
    spxLow20: flag(signals.spxLow20[session]),
    breadthLow20: flag(signals.breadthLow20[session]),
    fewAboveFifty: few(path.aboveFiftyDay[session], flag(signals.aboveFiftyFalling[session])),
    vxSlope: signals.vxSlope90[session] ?? Number.NaN,
    reerChangeZ: path.reerChangeZ[session] ?? Number.NaN,
    rateDifferentialZ: path.rateDifferentialZ[session] ?? Number.NaN,
    vxExpiries: shared.vxExpiries,
    vxPrices: shared.vxPrices,
    budgetLeft: track.budget - spentThisYear(account, name, track),
    budgetYear: track.budget,
    listed: context.options.counterfactual || isListed(product, day),
    miniListed: shared.miniListed,
    trade: layerTrade(account, account.findTrade(track.trade)),
    vixCallCost: prices.vixCallCost,
    vixStrikeForDelta: prices.vixStrikeForDelta,
    vixStrike: prices.vixStrike,
  };
}

function layerTrade(account: AccountState, trade: OpenTrade | undefined): LayerTrade | undefined {
  if (trade === undefined) return undefined;
  const future = isFuture(trade.legs[0]?.kind ?? 0);
  const value = future ? 0 : tradeValue(account, trade);
  return {
    id: trade.id,
    units: trade.unitsOpen,
    profit: trade.cashCents / 100 + value,
    outlay: trade.outlay,
    expiry: trade.expiry,
    openedSession: trade.openedSession,
  };
}

/** Dollars to buy one VIX call, or one call spread, at this close's executable prices. */
function vixCallCost(
  context: EngineContext,
  expiry: number,
  lower: number,
  upper: number | undefined,
): number {
  const leg = { kind: VIX_OPTION, right: CALL, expiry, settlement: AM };
  const legs = [{ ...leg, strike: lower, ratio: 1 }];
  if (upper !== undefined) legs.push({ ...leg, strike: upper, ratio: -1 });
  const quote = quoteOpen(context, legs, candidateMids(context, legs, context.close));
  return quote.tradable ? -quote.premiumPerUnit : Number.NaN;
}

/** Share of stocks above the 50-day average that counts as broad weakness, percent. */
const FEW_ABOVE_FIFTY = 30;

function few(share: number | undefined, falling: number): number {
  if (share === undefined || Number.isNaN(share) || Number.isNaN(falling)) return Number.NaN;
  return share < FEW_ABOVE_FIFTY && falling === 1 ? 1 : 0;
}

/** 0 or 1 of a signal flag; NaN when it has no data. */
function flag(code: number | undefined): number {
  return code === 0 || code === 1 ? code : Number.NaN;
}

const EMPTY_VIEW: LayerView = {
  session: 0,
  day: 0,
  condorsOpen: 0,
  putThreat: false,
  onePercentLoss: 0,
  sessionsToFomc: -1,
  fomcDay: 0,
  rsiMin3: Number.NaN,
  spxLow20: Number.NaN,
  breadthLow20: Number.NaN,
  fewAboveFifty: Number.NaN,
  vxSlope: Number.NaN,
  reerChangeZ: Number.NaN,
  rateDifferentialZ: Number.NaN,
  vxExpiries: [],
  vxPrices: [],
  budgetLeft: 0,
  budgetYear: 0,
  listed: true,
  miniListed: true,
  trade: undefined,
  vixCallCost: () => Number.NaN,
  vixStrikeForDelta: () => Number.NaN,
  vixStrike: () => Number.NaN,
};
