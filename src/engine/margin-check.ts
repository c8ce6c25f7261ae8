import { accountState } from '../margin/account.ts';
import type { AccountMargin } from '../margin/account.ts';
import { marginCondition, nextMarginStatus } from '../margin/margin-status.ts';
import { futuresMargin } from '../margin/futures-requirement.ts';
import { loadWorst } from '../volatility/worst-snapshot.ts';
import { COST_MODEL, halfSpread } from '../execution/cost-model.ts';
import { liquidationOrder } from '../execution/liquidation.ts';
import { SLEEVES } from '../portfolio/sleeve.ts';
import { nextSession } from '../time/cboe-calendar.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { optionRequirement, requirementOf } from './requirement.ts';
import { closeTrade } from './trading.ts';
import { equityAtMarks, isFuture, multiplier, revalue } from './valuation.ts';

/** The account's margin at one set of marks, with the figures it came from; dollars. */
export interface MarginFigures {
  readonly margin: AccountMargin;
  readonly requirement: number;
  readonly futuresCash: number;
  readonly futuresMaintenance: number;
  readonly futuresInitial: number;
}

/** The account's margin at the book's current `mark` column. Futures cash is as last settled. */
export function marginFigures(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
): MarginFigures {
  const { ledger, book } = account;
  const requirement = optionRequirement(context, account, market);
  const futures = futuresRequirement(context, account, market.day);
  const securitiesCash = ledger.securities / 100;
  const futuresCash = ledger.futures / 100 + pendingVariation(account);
  const margin = accountState({
    securitiesCash,
    optionMarketValue: equityAtMarks(account, book.mark) - securitiesCash - futuresCash,
    strategyInitial: requirement,
    strategyMaintenance: requirement,
    futuresCash,
    futuresOptionValue: 0,
    futuresInitial: futures.initial,
    futuresMaintenance: futures.maintenance,
  });
  return {
    margin,
    requirement,
    futuresCash,
    futuresMaintenance: futures.maintenance,
    futuresInitial: futures.initial,
  };
}

/** Maintenance and initial requirement of the open futures, dollars. */
export function futuresRequirement(
  context: EngineContext,
  account: AccountState,
  day: number,
): { readonly maintenance: number; readonly initial: number } {
  const { book } = account;
  let maintenance = 0;
  let initial = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    const kind = book.kind[slot] ?? 0;
    if (!isFuture(kind)) continue;
    const one = futuresMargin({
      kind,
      price: book.mark[slot] ?? Number.NaN,
      day: asEpochDay(day),
      stressed: account.stressedSessions > 0,
      profile: context.options.profile,
    });
    const contracts = Math.abs(book.quantity[slot] ?? 0);
    maintenance += one.maintenance * contracts;
    initial += one.initial * contracts;
  }
  return { maintenance, initial };
}

/** Variation not yet paid at the current marks, dollars. */
function pendingVariation(account: AccountState): number {
  const { book } = account;
  let dollars = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    const kind = book.kind[slot] ?? 0;
    if (!isFuture(kind)) continue;
    const points = (book.mark[slot] ?? Number.NaN) - (book.carried[slot] ?? 0);
    dollars += points * (book.quantity[slot] ?? 0) * multiplier(kind);
  }
  return dollars;
}

/** Marks the book at the day's adverse snapshots, checks margin at each, liquidates if it must. */
export function checkWorst(context: EngineContext, account: AccountState, session: number): void {
  const { book } = account;
  if (book.count === 0) return;
  for (const side of ['down', 'up'] as const) {
    const market = side === 'down' ? context.down : context.up;
    loadWorst(context.path, session, side, market);
    context.marker.mark(book, market, book.mark);
    account.equityWorst = Math.min(account.equityWorst, equityAtMarks(account, book.mark));
    // A broker that calls looks at closing marks; one that liquidates looks all day.
    if (context.options.profile.lifecycle === 'auto') checkMargin(context, account, market);
    else noteExcess(context, account, market);
  }
}

function noteExcess(context: EngineContext, account: AccountState, market: MarketSnapshot): void {
  const { margin } = marginFigures(context, account, market);
  account.excessLow = Math.min(account.excessLow, roomToHold(margin));
}

/**
 * Checks margin at the current marks and moves the account's status. A thin cushion warns once until
 * it recovers. A deficit that no segment covers liquidates at once under a broker that makes no
 * calls; else it is called for, with a due date by its kind, and liquidated when it is still there
 * after that date. The owner deposits nothing: a call is met only when the market comes back.
 */
export function checkMargin(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
): void {
  const figures = marginFigures(context, account, market);
  account.excessLow = Math.min(account.excessLow, roomToHold(figures.margin));
  noteUse(account, figures);
  if (account.book.count === 0) return;
  const condition = marginCondition(figures.margin, context.options.profile);
  const { lifecycle } = context.options.profile;
  const overdue = condition === 'deficit' && market.day > account.callDue;
  const status = nextMarginStatus(account.marginStatus, overdue ? 'overdue' : condition, lifecycle);
  if (status === 'WARNING' && account.marginStatus !== 'WARNING') {
    warn(context, account, market, figures.margin);
  }
  if (status === 'DEFICIT' && account.marginStatus !== 'DEFICIT') {
    call(context, account, market, figures);
  }
  if (account.marginStatus === 'DEFICIT' && (status === 'OK' || status === 'WARNING')) {
    meet(context, account, market);
  }
  account.marginStatus = status;
  if (status === 'LIQUIDATE') liquidate(context, account, market, figures);
}

/** A call goes out: the deficit, and the last day to meet it. */
function call(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  { margin }: MarginFigures,
): void {
  const { callSessions } = context.options.profile;
  const futuresOnly = margin.excessLiquidity >= 0;
  let due = asEpochDay(market.day);
  for (let i = 0; i < (futuresOnly ? callSessions.futures : callSessions.securities); i += 1) {
    due = nextSession(due);
  }
  account.callDue = due;
  account.counts.calls += 1;
  context.sink.event({
    day: asEpochDay(market.day),
    kind: 'margin-call',
    sleeve: futuresOnly ? 'medium' : 'core',
    reason: futuresOnly ? 'futures-segment-deficit' : 'securities-excess-below-zero',
    values: { deficit: margin.deficit, due, netLiquidation: margin.netLiquidation },
  });
}

/** The market came back before the due date. */
function meet(context: EngineContext, account: AccountState, market: MarketSnapshot): void {
  account.callDue = Number.POSITIVE_INFINITY;
  context.sink.event({
    day: asEpochDay(market.day),
    kind: 'margin-call',
    sleeve: 'core',
    reason: 'met-by-the-market',
    values: {},
  });
}

/** Securities excess left after the futures segment's shortfall is met, dollars. */
export function roomToHold(margin: AccountMargin): number {
  return margin.excessLiquidity - margin.futuresShortfall;
}

function warn(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  margin: AccountMargin,
): void {
  account.counts.warnings += 1;
  context.sink.event({
    day: asEpochDay(market.day),
    kind: 'margin-warning',
    sleeve: 'core',
    reason: 'thin-cushion',
    values: { cushion: margin.cushion, netLiquidation: margin.netLiquidation },
  });
}

function noteUse(account: AccountState, figures: MarginFigures): void {
  const equity = figures.margin.equityWithLoan + figures.futuresCash;
  const used = figures.requirement + figures.futuresMaintenance;
  if (used > 0) account.peakMarginUse = Math.max(account.peakMarginUse, used / equity);
}

function liquidate(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  figures: MarginFigures,
): void {
  const { margin } = figures;
  const { lifecycle, restrictedDays } = context.options.profile;
  // Where no calls are made the liquidation is the call.
  if (lifecycle === 'auto') account.counts.calls += 1;
  else account.restrictedUntil = market.day + restrictedDays;
  account.callDue = Number.POSITIVE_INFINITY;
  account.counts.liquidations += 1;
  context.sink.event({
    day: asEpochDay(market.day),
    kind: 'forced-liquidation',
    sleeve: margin.excessLiquidity >= 0 ? 'medium' : 'core',
    reason:
      margin.excessLiquidity >= 0 ? 'futures-segment-deficit' : 'securities-excess-below-zero',
    values: {
      excess: margin.excessLiquidity,
      requirement: figures.requirement,
      futuresCash: figures.futuresCash,
      futuresMaintenance: figures.futuresMaintenance,
      netLiquidation: margin.netLiquidation,
    },
  });
  const order = liquidationOrder(candidates(context, account, market, figures));
  for (const id of order) {
    const trade = account.findTrade(id);
    if (trade === undefined) continue;
    closeTrade(context, account, trade, {
      units: trade.unitsOpen,
      reason: 'forced-liquidation',
      vix: market.vix,
      stress: COST_MODEL.liquidationStress,
      moment: market === context.close ? 'close' : 'worst',
    });
    revalue(account);
    if (roomToHold(marginFigures(context, account, market).margin) >= 0) break;
  }
  sweepFutures(context, account, market);
}

interface Candidate {
  readonly group: number;
  readonly marginReleased: number;
  readonly cost: number;
  readonly unrealised: number;
}

/** What closing each trade would release and cost; a trade that releases nothing goes last. */
function candidates(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  figures: MarginFigures,
): readonly Candidate[] {
  const { book } = account;
  const futuresFirst = figures.margin.excessLiquidity >= 0;
  return account.trades.map((trade): Candidate => {
    let value = 0;
    let cost = 0;
    let future = 0;
    for (let slot = 0; slot < book.count; slot += 1) {
      if (book.trade[slot] !== trade.id) continue;
      const scale = (book.quantity[slot] ?? 0) * multiplier(book.kind[slot] ?? 0);
      const worth = (book.mark[slot] ?? Number.NaN) * scale;
      if (isFuture(book.kind[slot] ?? 0)) future += Math.abs(scale);
      else value += worth;
      cost +=
        Math.abs(scale) *
        halfSpread({
          kind: book.kind[slot] ?? 0,
          right: book.right[slot] ?? 0,
          mid: book.mark[slot] ?? Number.NaN,
          side: 'buy',
          vix: market.vix,
          day: asEpochDay(market.day),
          stress: COST_MODEL.liquidationStress,
        });
    }
    const released =
      future > 0
        ? figures.futuresMaintenance
        : releasedBy(context, account, trade.id, market, figures);
    const rank = future > 0 === futuresFirst ? released : released * 1e-6;
    return {
      group: trade.id,
      marginReleased: Math.max(0, rank),
      cost,
      unrealised: trade.cashCents / 100 + value,
    };
  });
}

/** Securities excess gained by closing one trade at its marks, dollars. */
function releasedBy(
  context: EngineContext,
  account: AccountState,
  id: number,
  market: MarketSnapshot,
  figures: MarginFigures,
): number {
  const { book } = account;
  const kept = new Int32Array(book.quantity.subarray(0, book.count));
  let value = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    if (book.trade[slot] !== id) continue;
    const scale = (book.quantity[slot] ?? 0) * multiplier(book.kind[slot] ?? 0);
    value += (book.mark[slot] ?? Number.NaN) * scale;
    book.quantity[slot] = 0;
  }
  const without = requirementOf(context, book, market);
  book.quantity.set(kept);
  return figures.requirement - without + value;
}

/**
 * Moves cash between the segments at the close: a futures segment below its initial requirement
 * draws on securities excess, cash above it goes back. `sleeve` accounting is not touched.
 */
export function sweepFutures(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
): void {
  const { ledger } = account;
  const { initial } = futuresRequirement(context, account, market.day);
  const wanted = Math.ceil(initial * 100) - ledger.futures;
  if (wanted === 0) return;
  if (wanted < 0) {
    ledger.transferToFutures(wanted);
    return;
  }
  const requirement = optionRequirement(context, account, market);
  const room = Math.max(0, Math.floor(ledger.securities - requirement * 100));
  ledger.transferToFutures(Math.min(wanted, room));
}

/** Name of a sleeve code for audit events. */
export function sleeveName(code: number): (typeof SLEEVES)[number] {
  return SLEEVES[code] ?? 'core';
}
