import {
  AM,
  CALL,
  ETP_SHARE,
  NO_RIGHT,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
} from '../contracts/contract-kind.ts';
import { isListed } from '../contracts/listing.ts';
import type { ListedProduct } from '../contracts/listing.ts';
import { nearestVixStrike, strikeStep } from '../contracts/strike-grid.ts';
import { contractDelta } from '../pricing/contract-greeks.ts';
import { vixExpiryOf } from '../pricing/expiry-market.ts';
import { vixStrikeForDelta } from '../pricing/vix-strike-for-delta.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import type { LayerTrade, LayerView, SpxPut, TenorRule } from '../strategy/hedge-layer.ts';
import { nearestNode } from '../strategy/nearest-node.ts';
import type { IntentLeg } from '../strategy/intent.ts';
import type { LayerInstrument } from '../strategy/policy.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { vxPrice } from '../volatility/vx-curve.ts';
import { ofLayer } from './account-state.ts';
import type { AccountState, LayerName } from './account-state.ts';
import { addLeg } from './add-leg.ts';
import type { ThreatSummary } from './base-position.ts';
import { tradeValue } from './base-position.ts';
import { candidateMids } from './candidate.ts';
import type { EngineContext } from './context.ts';
import { futuresRequirement } from './margin-figures.ts';
import type { OpenTrade } from './open-trade.ts';
import { quoteOpen } from './trading.ts';
import { isFuture } from './valuation.ts';

/** The prices a layer may ask for. */
type LayerPrices = Pick<
  LayerView,
  | 'vixCallCost'
  | 'vixStrikeForDelta'
  | 'vixStrike'
  | 'vxPrice'
  | 'vixCallDelta'
  | 'futureInitial'
  | 'etp'
  | 'spxPut'
>;

/** What all layers see alike at this close, and the prices they may ask for. */
export interface SharedView {
  readonly context: EngineContext;
  readonly threat: ThreatSummary;
  readonly session: number;
  readonly vxExpiries: readonly number[];
  readonly miniListed: boolean;
  readonly prices: LayerPrices;
}

/** What every layer sees alike at this close. */
export function sharedView(
  context: EngineContext,
  account: AccountState,
  threat: ThreatSummary,
  session: number,
): SharedView {
  const { close, options } = context;
  const day = asEpochDay(close.day);
  const level = close.shortTermVx;
  return {
    context,
    threat,
    session,
    vxExpiries: firstOf(close.vxExpiry, close.vxCount),
    miniListed: options.counterfactual || isListed('vxm-future', day),
    prices: {
      vixCallCost: (expiry, lower, upper) => vixCallCost(context, expiry, lower, upper),
      vixStrikeForDelta: (expiry, delta) =>
        nearestVixStrike(vixStrikeForDelta(close, expiry, delta), day),
      vixStrike: (strike) => nearestVixStrike(strike, day),
      vxPrice: (expiry) => vxPrice(close, expiry),
      vixCallDelta: (expiry, strike) => vixCallDelta(context, expiry, strike),
      futureInitial: (kind, expiry) => futureInitial(context, account, kind, expiry),
      spxPut: (rule, moneyness) => spxPut(context, rule, moneyness),
      etp: {
        level,
        price: ETP_SHARE,
        vx30: Number.isNaN(level) ? level : vxPrice(close, day + 30),
      },
    },
  };
}

/** The first values of a column as plain numbers; a loop, since `Array.from` is slow here. */
function firstOf(column: Int32Array | Float64Array, count: number): readonly number[] {
  const values: number[] = [];
  for (let i = 0; i < count; i += 1) values.push(column[i] ?? Number.NaN);
  return values;
}

const NO_EXPIRIES: readonly number[] = [];

/** What must be listed before a layer may hold its instrument. */
function productOf(instrument: LayerInstrument): ListedProduct {
  switch (instrument) {
    case 'vx':
      return 'vx-future';
    case 'vix-call':
    case 'vix-call-spread':
      return 'vix-option';
    case 'etp':
      return 'etp';
    case 'spx-put':
      return 'spx-option';
  }
}

/** The view of one layer. One flat literal: this runs for every layer on every session. */
export function layerView(account: AccountState, name: LayerName, shared: SharedView): LayerView {
  const { context, threat, session, prices } = shared;
  const { close, plan, path } = context;
  const { signals } = plan;
  const track = ofLayer(account.layers, name);
  const product = productOf(ofLayer(context.policy.layers, name).instrument);
  const day = asEpochDay(close.day);
  return {
    session,
    day: close.day,
    condorsOpen: account.coreOpen(),
    lastEntryUnits: account.lastEntryUnits,
    putThreat: threat.putThreat,
    onePercentLoss: threat.onePercentLoss,
    sessionsToFomc: plan.sessionsToFomc[session] ?? -1,
    fomcDay: plan.fomcDay[session] ?? 0,
    sessionsToCpi: plan.sessionsToCpi[session] ?? -1,
    cpiDay: plan.cpiDay[session] ?? 0,
    rsiMin3: signals.rsi14Min3[session] ?? Number.NaN,
    spxLow20: flag(signals.spxLow20[session]),
    breadthLow20: flag(signals.breadthLow20[session]),
    fewAboveFifty: few(path.aboveFiftyDay[session], flag(signals.aboveFiftyFalling[session])),
    vxSlope: signals.vxSlope90[session] ?? Number.NaN,
    reerChangeZ: path.reerChangeZ[session] ?? Number.NaN,
    rateDifferentialZ: path.rateDifferentialZ[session] ?? Number.NaN,
    vxExpiries: shared.vxExpiries,
    liquidWeeklies: path.liquidWeeklies?.get(session) ?? NO_EXPIRIES,
    budgetLeft: track.budget - spentThisYear(context, account, name),
    budgetYear: track.budget,
    listed: context.options.counterfactual || isListed(product, day),
    miniListed: shared.miniListed,
    trade: layerTrade(account, account.findTrade(track.trade)),
    vixCallCost: prices.vixCallCost,
    vixStrikeForDelta: prices.vixStrikeForDelta,
    vixStrike: prices.vixStrike,
    vxPrice: prices.vxPrice,
    vixCallDelta: prices.vixCallDelta,
    futureInitial: prices.futureInitial,
    etp: prices.etp,
    spxPut: prices.spxPut,
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
    strike: trade.legs[0]?.strike ?? Number.NaN,
    openedSession: trade.openedSession,
  };
}

function vixCallLeg(strike: number, expiry: number, ratio: number): IntentLeg {
  return { kind: VIX_OPTION, right: CALL, strike, expiry, settlement: AM, ratio };
}

/** Dollars to buy one VIX call, or one call spread, at this close's executable prices. */
function vixCallCost(
  context: EngineContext,
  expiry: number,
  lower: number,
  upper: number | undefined,
): number {
  const legs = [vixCallLeg(lower, expiry, 1)];
  if (upper !== undefined) legs.push(vixCallLeg(upper, expiry, -1));
  const quote = quoteOpen(context, legs, candidateMids(context, legs, context.close));
  return quote.tradable ? -quote.premiumPerUnit : Number.NaN;
}

/** Delta of a VIX call on its same-expiry future: the discount factor taken out again. */
function vixCallDelta(context: EngineContext, expiry: number, strike: number): number {
  const terms = { kind: VIX_OPTION, right: CALL, strike, expiry, settlement: AM };
  const { discount } = vixExpiryOf(context.close, expiry, AM);
  return contractDelta(terms, context.close) / discount;
}

/** The listed SPX put nearest to a tenor, at the listed strike nearest to a share of spot. */
function spxPut(context: EngineContext, rule: TenorRule, moneyness: number): SpxPut | undefined {
  const { close } = context;
  const listed = context.listedExpiries(close.day);
  const days = listed.map((expiry) => expiry.day as number);
  const chosen = listed[nearestNode(days, close.day, rule)];
  if (chosen === undefined) return undefined;
  const step = strikeStep('spx-option', chosen.day - close.day);
  const strike = Math.round((moneyness * close.spot) / step) * step;
  const settlement = chosen.settlement === 'PM' ? PM : AM;
  const legs = [{ kind: SPX_OPTION, right: PUT, strike, expiry: chosen.day, settlement, ratio: 1 }];
  const quote = quoteOpen(context, legs, candidateMids(context, legs, close));
  if (!quote.tradable) return undefined;
  return { expiry: chosen.day, settlement, strike, cost: -quote.premiumPerUnit };
}

/** Initial margin one more future would ask for, dollars. */
export function futureInitial(
  context: EngineContext,
  account: AccountState,
  kind: number,
  expiry: number,
): number {
  const { book } = account;
  const before = futuresRequirement(context, account, context.close.day).initial;
  const leg = { kind, right: NO_RIGHT, strike: 0, expiry, settlement: AM, ratio: 1 };
  const price = vxPrice(context.close, expiry);
  const slot = addLeg(book, leg, { quantity: 1, price, sleeve: 0, trade: -1 });
  book.mark[slot] = price;
  const after = futuresRequirement(context, account, context.close.day).initial;
  book.remove(slot);
  return after - before;
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

const NO_ETP: LayerView['etp'] = { level: Number.NaN, price: Number.NaN, vx30: Number.NaN };

function noPrice(): number {
  return Number.NaN;
}

/** A view of nothing, for the events that carry no market: filled, refused, closed. */
export function emptyView(session: number): LayerView {
  return {
    session,
    day: 0,
    condorsOpen: 0,
    lastEntryUnits: 0,
    putThreat: false,
    onePercentLoss: 0,
    sessionsToFomc: -1,
    fomcDay: 0,
    sessionsToCpi: -1,
    cpiDay: 0,
    rsiMin3: Number.NaN,
    spxLow20: Number.NaN,
    breadthLow20: Number.NaN,
    fewAboveFifty: Number.NaN,
    vxSlope: Number.NaN,
    reerChangeZ: Number.NaN,
    rateDifferentialZ: Number.NaN,
    vxExpiries: NO_EXPIRIES,
    liquidWeeklies: NO_EXPIRIES,
    budgetLeft: 0,
    budgetYear: 0,
    listed: true,
    miniListed: true,
    trade: undefined,
    vixCallCost: noPrice,
    vixStrikeForDelta: noPrice,
    vixStrike: noPrice,
    vxPrice: noPrice,
    vixCallDelta: noPrice,
    futureInitial: noPrice,
    etp: NO_ETP,
    spxPut: () => undefined,
  };
}

/** Futures spend what they lose since 1 January; all else what was paid for it, gross. */
export function spentThisYear(
  context: EngineContext,
  account: AccountState,
  name: LayerName,
): number {
  const track = ofLayer(account.layers, name);
  if (ofLayer(context.policy.layers, name).instrument !== 'vx') return track.yearSpent;
  const pnl = (account.ledger.bySleeve[ofLayer(SLEEVE, name)] ?? 0) / 100 - track.yearPnlStart;
  return Math.max(0, -pnl);
}
