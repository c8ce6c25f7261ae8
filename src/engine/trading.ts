import { CONTRACT_KINDS } from '../contracts/contract-kind.ts';
import { feePerContract } from '../contracts/fee-schedule.ts';
import { fillPrice } from '../execution/cost-model.ts';
import { toCents } from '../money/cents.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import { SLEEVES } from '../portfolio/sleeve.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { Approved, CloseIntent, IntentLeg, OpenIntent } from '../strategy/intent.ts';
import type { ChainState } from '../strategy/time-shift.ts';
import { addLeg } from './add-leg.ts';
import type { AccountState, LayerTrack } from './account-state.ts';
import { spreadsOf } from './context.ts';
import type { EngineContext } from './context.ts';
import { exitQuotes, legExitQuote } from './exit-quotes.ts';
import type { ExitQuote, ExitSpread } from './exit-quotes.ts';
import type { OpenTrade, OpenTradeLeg } from './open-trade.ts';
import { closeQuote, legMid, quotedPrice } from './quoted-legs.ts';
import { tradeRecord } from './trade-record.ts';
import { isFuture, legCents, multiplier, payVariation } from './valuation.ts';

/** Executable price of one leg, and the mid it was taken against; points per unit. */
export interface LegQuote {
  readonly leg: IntentLeg;
  readonly mid: number;
  /** NaN when the leg cannot be traded (a bid of zero cannot be sold). */
  readonly price: number;
}

/** What an opening intent would cost at this close. */
export interface OpenQuote {
  readonly legs: readonly LegQuote[];
  /** Net premium of one unit, dollars: received > 0; futures contribute nothing. */
  readonly premiumPerUnit: number;
  readonly feesPerUnit: number;
  /** False when some leg cannot be traded. */
  readonly tradable: boolean;
  /** Why not: a leg without a bid, or one without a quote that may not be modelled. */
  readonly obstacle: 'zero-bid' | 'leg-not-quoted' | undefined;
}

/** Figures of a new trade that the strategy knows and the fill does not. */
export interface TradeTerms {
  readonly maxLossPerUnit: number | undefined;
  readonly riskPerUnit: number;
  readonly outlay: number;
  readonly onePercentLossPerUnit: number;
  /** Units without doubling after losses; all of them unless told. */
  readonly baseUnits?: number;
  /** Chain of rolls it goes on with. */
  readonly chain?: ChainState;
}

/** How units of a trade are closed. */
export interface CloseOrder extends ExitSpread {
  readonly units: number;
  readonly reason: string;
}

/**
 * Quotes the legs of one unit at the close: recorded bid or ask where the run has quotes, else the
 * model mid with the half-spread against the trader.
 */
export function quoteOpen(
  context: EngineContext,
  legs: readonly IntentLeg[],
  mids: Float64Array,
): OpenQuote {
  const { close } = context;
  let premiumPerUnit = 0;
  let feesPerUnit = 0;
  let obstacle: OpenQuote['obstacle'];
  const quotes = legs.map((leg, index): LegQuote => {
    const side = leg.ratio > 0 ? 'buy' : 'sell';
    const recorded = closeQuote(context, leg);
    const mid = legMid(recorded, mids[index] ?? Number.NaN);
    let price = quotedPrice(recorded, side, spreadsOf(context));
    if (recorded?.kind === 'refused') obstacle = 'leg-not-quoted';
    if (side === 'sell' && price === 0) price = Number.NaN;
    price ??= fillPrice({
      kind: leg.kind,
      right: leg.right,
      mid,
      side,
      vix: close.vix,
      day: asEpochDay(close.day),
      stress: spreadsOf(context),
    });
    if (!Number.isFinite(price)) obstacle ??= 'zero-bid';
    const scale = multiplier(leg.kind);
    if (!isFuture(leg.kind)) premiumPerUnit -= leg.ratio * price * scale;
    feesPerUnit += Math.abs(leg.ratio) * legFee(leg.kind, close.day, price);
    return { leg, mid, price };
  });
  return {
    legs: quotes,
    premiumPerUnit,
    feesPerUnit,
    tradable: obstacle === undefined,
    obstacle,
  };
}

/** Opens an approved intent: books premium, fees and legs; returns the trade. */
export function openTrade(
  context: EngineContext,
  account: AccountState,
  order: { readonly intent: Approved<OpenIntent>; readonly quote: OpenQuote },
  terms: TradeTerms,
  session: number,
): OpenTrade {
  const { intent, quote } = order;
  const { ledger, book } = account;
  const id = account.nextTrade;
  account.nextTrade += 1;
  const day = context.close.day;
  let spreadCents = 0;
  let premiumCents = 0;
  const legs: OpenTradeLeg[] = [];
  for (const { leg, mid, price } of quote.legs) {
    const quantity = leg.ratio * intent.units;
    const slot = addLeg(book, leg, { quantity, price, sleeve: intent.sleeve, trade: id });
    book.mark[slot] = mid;
    const scale = multiplier(leg.kind);
    spreadCents += toCents(Math.abs(price - mid) * Math.abs(quantity) * scale);
    if (isFuture(leg.kind)) book.carried[slot] = price;
    else {
      const cents = toCents(-price * quantity * scale);
      premiumCents += cents;
      ledger.post(LEDGER.premium, intent.sleeve, 'securities', cents);
    }
    legs.push(openLeg(leg, price));
  }
  const feeCents = toCents(quote.feesPerUnit * intent.units);
  const segment = isFuture(intent.legs[0]?.kind ?? 0) ? 'futures' : 'securities';
  ledger.post(LEDGER.fee, intent.sleeve, segment, toCents(-quote.feesPerUnit * intent.units));
  const trade: OpenTrade = {
    id,
    sleeve: intent.sleeve,
    structure: intent.structure,
    openedDay: day,
    openedSession: session,
    expiry: Math.min(...intent.legs.map((leg) => leg.expiry)),
    units: intent.units,
    unitsOpen: intent.units,
    legs,
    premiumCents,
    cashCents: premiumCents - feeCents,
    feeCents,
    spreadCents,
    baseUnits: Math.min(terms.baseUnits ?? intent.units, intent.units),
    centre: intent.centre,
    shortPut: intent.shortPut,
    shortCall: intent.shortCall,
    openReason: intent.reason,
    maxLossPerUnit: terms.maxLossPerUnit,
    riskPerUnit: terms.riskPerUnit,
    outlay: terms.outlay,
    onePercentLossPerUnit: terms.onePercentLossPerUnit,
    chain: terms.chain,
    toldAction: undefined,
  };
  account.spreadCents += spreadCents;
  account.trades.push(trade);
  return trade;
}

function openLeg(leg: IntentLeg, entryPrice: number): OpenTradeLeg {
  const { kind, right, strike, expiry, settlement, ratio } = leg;
  return { kind, right, strike, expiry, settlement, ratio, entryPrice, exitSum: 0 };
}

/** Closes units of a trade at its exit prices; books premium or variation, and fees. */
export function closeTrade(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  order: CloseOrder,
): void {
  const units = Math.min(order.units, trade.unitsOpen);
  bookExit(context, account, trade, {
    units,
    quotes: exitQuotes(context, account, trade, order),
  });
  trade.unitsOpen -= units;
  if (trade.unitsOpen === 0) finishTrade(context, account, trade, order.reason);
}

/**
 * Closes units of one leg of a trade by itself and returns its price, points: what a broker does
 * that takes combinations apart. The trade goes on with what is left of it.
 */
export function closeLeg(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  order: CloseOrder & { readonly slot: number },
): number {
  const quote = legExitQuote(context, account, order.slot, order);
  bookExit(context, account, trade, { units: order.units, quotes: [quote] });
  trade.unitsOpen = unitsHeld(account, trade);
  if (trade.unitsOpen === 0) finishTrade(context, account, trade, order.reason);
  return quote.price;
}

/** Most units that any leg of a trade still has. */
function unitsHeld({ book }: AccountState, trade: OpenTrade): number {
  let units = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    if (book.trade[slot] !== trade.id) continue;
    units = Math.max(units, (book.quantity[slot] ?? 0) / legOf(trade, book, slot).ratio);
  }
  return units;
}

/** Books the exit of units of legs, last slot first; legs that hold fewer are closed whole. */
function bookExit(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  { units, quotes }: { readonly units: number; readonly quotes: readonly ExitQuote[] },
): void {
  const { book, ledger } = account;
  const { day } = context.close;
  let feeCents = 0;
  let flow = 0;
  for (const { slot, mid, price } of quotes) {
    const leg = legOf(trade, book, slot);
    const kind = book.kind[slot] ?? 0;
    const closed = Math.min(units, (book.quantity[slot] ?? 0) / leg.ratio);
    const quantity = leg.ratio * closed;
    const scale = multiplier(kind);
    noteSpread(account, trade, toCents(Math.abs(price - mid) * Math.abs(quantity) * scale));
    leg.exitSum += price * closed;
    if (price > 0) feeCents += toCents(legFee(kind, day, price) * Math.abs(quantity));
    if (isFuture(kind)) closeFuture(account, slot, quantity, price);
    else {
      const cents = toCents(price * quantity * scale);
      ledger.post(LEDGER.premium, trade.sleeve, 'securities', cents);
      flow += cents;
      reduceOption(account, slot, quantity);
    }
  }
  const segment = isFuture(trade.legs[0]?.kind ?? 0) ? 'futures' : 'securities';
  ledger.post(LEDGER.fee, trade.sleeve, segment, -feeCents + 0);
  trade.feeCents += feeCents;
  trade.cashCents += flow - feeCents;
}

function noteSpread(account: AccountState, trade: OpenTrade, cents: number): void {
  trade.spreadCents += cents;
  account.spreadCents += cents;
}

/** Fills a closing intent at this close, or leaves it for the next one, as the policy says. */
export function placeClose(
  context: EngineContext,
  account: AccountState,
  intent: CloseIntent,
): void {
  if (context.policy.fill === 'next-close') account.pending.push(intent);
  else fillClose(context, account, intent);
}

/** Fills a closing intent at this close; a trade that is already gone is left alone. */
export function fillClose(
  context: EngineContext,
  account: AccountState,
  intent: CloseIntent,
): void {
  const trade = account.findTrade(intent.trade);
  if (trade === undefined) return;
  closeTrade(context, account, trade, {
    units: intent.units,
    reason: intent.reason,
    vix: context.close.vix,
    stress: spreadsOf(context),
    moment: 'close',
  });
}

/** Settles every leg of a trade that expires now; values in points per unit. */
export function settleLeg(account: AccountState, slot: number, value: number): void {
  const { book, ledger } = account;
  const trade = account.findTrade(book.trade[slot] ?? -1);
  if (trade === undefined) return;
  const leg = legOf(trade, book, slot);
  const kind = book.kind[slot] ?? 0;
  leg.exitSum += value * ((book.quantity[slot] ?? 0) / leg.ratio);
  if (isFuture(kind)) payVariation(account, slot, value);
  else {
    const cents = legCents(book, slot, value);
    ledger.post(LEDGER.settlement, trade.sleeve, 'securities', cents);
    const carried = book.carried[slot] ?? 0;
    if (carried !== 0) {
      ledger.post(LEDGER.revaluation, trade.sleeve, 'holdings', -carried + 0);
    }
    trade.cashCents += cents;
  }
  book.remove(slot);
}

/** Records a trade whose last unit is gone, and tells the sizing rules its result. */
export function finishTrade(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  reason: string,
): void {
  const index = account.trades.indexOf(trade);
  if (index >= 0) account.trades.splice(index, 1);
  trade.unitsOpen = 0;
  if (trade.sleeve === 0) {
    account.resultPnl += trade.cashCents / 100;
    account.resultCount += 1;
    account.noteResult(trade, context.close.day);
  } else noteHedgeFlow(account, trade);
  context.sink.trade(tradeRecord(trade, context.close.day, reason));
}

/** Fee of one contract, dollars. */
function legFee(kind: number, day: number, price: number): number {
  const name = CONTRACT_KINDS[kind];
  return name === undefined ? Number.NaN : feePerContract(name, asEpochDay(day), price);
}

function noteHedgeFlow(account: AccountState, trade: OpenTrade): void {
  const track = trackOf(account, trade.sleeve);
  if (track === undefined) return;
  const paid = Math.max(0, -trade.premiumCents) / 100;
  const fees = trade.feeCents / 100;
  const back = trade.cashCents / 100 + fees + paid;
  track.cost += paid + fees + Math.max(0, -back);
  track.payoff += Math.max(0, back);
  if (track.trade === trade.id) track.trade = -1;
}

/** The layer track of a sleeve code, or undefined when the sleeve is no layer. */
export function trackOf(account: AccountState, sleeve: number): LayerTrack | undefined {
  const name = SLEEVES[sleeve];
  return name === 'near' || name === 'medium' || name === 'long' ? account.layers[name] : undefined;
}

function legOf(trade: OpenTrade, book: AccountState['book'], slot: number): OpenTradeLeg {
  for (const leg of trade.legs) {
    if (
      leg.kind === book.kind[slot] &&
      leg.right === book.right[slot] &&
      leg.strike === book.strike[slot] &&
      leg.expiry === book.expiry[slot] &&
      leg.settlement === book.settlement[slot]
    ) {
      return leg;
    }
  }
  throw new Error('Invariant: every open leg belongs to its trade');
}

function closeFuture(account: AccountState, slot: number, quantity: number, price: number): void {
  const { book, ledger } = account;
  const scale = quantity * multiplier(book.kind[slot] ?? 0);
  const cents = toCents((price - (book.carried[slot] ?? 0)) * scale);
  if (cents !== 0) ledger.post(LEDGER.variation, book.sleeve[slot] ?? 0, 'futures', cents);
  const trade = account.findTrade(book.trade[slot] ?? -1);
  if (trade !== undefined) trade.cashCents += cents;
  const left = (book.quantity[slot] ?? 0) - quantity;
  if (left === 0) book.remove(slot);
  else book.setQuantity(slot, left);
}

function reduceOption(account: AccountState, slot: number, quantity: number): void {
  const { book, ledger } = account;
  const held = book.quantity[slot] ?? 0;
  const carried = book.carried[slot] ?? 0;
  const left = held - quantity;
  const keep = left === 0 ? 0 : toCents((carried * left) / held / 100);
  if (carried !== keep) {
    ledger.post(LEDGER.revaluation, book.sleeve[slot] ?? 0, 'holdings', keep - carried);
  }
  book.carried[slot] = keep;
  if (left === 0) book.remove(slot);
  else book.setQuantity(slot, left);
}
