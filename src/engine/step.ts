import { AM, PM } from '../contracts/contract-kind.ts';
import { settlementPrice } from '../execution/settlement.ts';
import type { SettlementValues } from '../execution/settlement.ts';
import { stressedSessionsAfter } from '../margin/futures-requirement.ts';
import type { UnseenSettlement } from '../market/market-path.ts';
import { loadClose } from '../market/market-snapshot.ts';
import { toCents } from '../money/cents.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import { exitBasePositions, noteResults, threatSummary } from './base-position.ts';
import type { EngineContext } from './context.ts';
import { enterBasePosition, fillEntry } from './core-entry.ts';
import { accrueIndex, accrueInterest } from './accrue.ts';
import { fillLayerOpen, stepLayers } from './layers.ts';
import { checkMargin, checkWorst, liftRestriction } from './margin-check.ts';
import { noteTraded } from './margin-base.ts';
import { marginFigures, roomToHold, sweepFutures } from './margin-figures.ts';
import { faceThreats, openShifted, shiftTrade } from './time-shift.ts';
import { markAtQuotes } from './quoted-legs.ts';
import { fillClose, finishTrade, settleLeg } from './trading.ts';
import { equityAtMarks, revalue } from './valuation.ts';

/** What can happen to an account on one session, in this order. */
export type SessionEvent = 'open' | 'worst' | 'close';

/**
 * Moves an account through one event of one session: `open` settles AM expiries by SOQ; `worst`
 * marks the day's extremes and checks margin; `close` settles PM expiries, marks, pays variation
 * and interest, checks margin and lets the policy act. The same code runs history, simulation and
 * paper trading; `account` is its only mutable state.
 */
export function step(
  context: EngineContext,
  account: AccountState,
  event: SessionEvent,
  session: number,
): void {
  switch (event) {
    case 'open':
      return open(context, account, session);
    case 'worst':
      return checkWorst(context, account, session);
    case 'close':
      return close(context, account, session);
  }
}

function open(context: EngineContext, account: AccountState, session: number): void {
  loadClose(context.path, session, context.close);
  accrueInterest(context, account, session);
  const equity = account.ledger.equity / 100;
  account.previousEquity = equity;
  account.riskBefore = account.openRisk();
  account.excessLow = Number.POSITIVE_INFINITY;
  account.equityWorst = equity;
  account.liquidationRounds = 0;
  liftRestriction(context, account, context.close.day);
  if (context.plan.firstOfYear[session] === 1) account.yearStartEquity = equity;
  settleExpiries(context, account, session, AM);
}

/** Settles legs of one settlement kind that expire on or before this session. */
function settleExpiries(
  context: EngineContext,
  account: AccountState,
  session: number,
  settlement: number,
): void {
  const { book } = account;
  const { path, close: market } = context;
  const close = path.pmSettlement?.[session] ?? market.spot;
  const spx = settlement === PM ? close : (path.spxSettlement[session] ?? Number.NaN);
  const soq = path.vixSettlement[session] ?? Number.NaN;
  const vix = Number.isNaN(soq) ? (path.vixClose[session] ?? Number.NaN) : soq;
  let settled = false;
  for (let slot = book.count - 1; slot >= 0; slot -= 1) {
    const expiry = book.expiry[slot] ?? 0;
    const due = expiry <= market.day && book.settlement[slot] === settlement;
    if (!due) continue;
    settled = true;
    const unseen = expiry < market.day ? path.unseenSettlements?.get(expiry) : undefined;
    const price = settlementPrice(book, slot, unseenValues(unseen, settlement) ?? { spx, vix });
    settleLeg(account, slot, price);
  }
  if (!settled) return;
  for (const trade of account.trades.slice()) {
    if (!holdsLeg(account, trade.id)) finishTrade(context, account, trade, 'settlement');
  }
}

/** Final values of a day that the path does not step through. */
function unseenValues(
  unseen: UnseenSettlement | undefined,
  settlement: number,
): SettlementValues | undefined {
  if (unseen === undefined) return undefined;
  return { spx: settlement === PM ? unseen.spxClose : unseen.spxOpening, vix: unseen.vix };
}

function holdsLeg(account: AccountState, id: number): boolean {
  const { book } = account;
  for (let slot = 0; slot < book.count; slot += 1) if (book.trade[slot] === id) return true;
  return false;
}

function close(context: EngineContext, account: AccountState, session: number): void {
  const { path, close: market, policy } = context;
  settleExpiries(context, account, session, PM);
  context.marker.mark(account.book, market, account.book.mark);
  markAtQuotes(context, account);
  revalue(account);
  const revalued = account.book.version;
  if (policy.base === 'spx-total-return') accrueIndex(path, account, session);
  sweepFutures(context, account, market);
  checkMargin(context, account, market, 'close');
  fillPending(context, account, session);
  context.probe?.('marked', context, account, session);
  exitBasePositions(context, account);
  faceThreats(context, account, session);
  noteResults(context, account);
  openShifted(context, account, session);
  if (account.endedDay === undefined) {
    if (context.layers.length > 0) {
      stepLayers(context, account, threatSummary(context, account), session);
    }
    context.probe?.('entry', context, account, session);
    enterBasePosition(context, account, session);
    if (account.book.version !== revalued) revalue(account);
  }
  account.equityWorst = Math.min(account.equityWorst, equityAtMarks(account, account.book.mark));
  noteTraded(account, market, () => roomToHold(marginFigures(context, account, market).margin));
  checkRuin(context, account);
  noteVixStress(context, account, session);
  account.previousDay = market.day;
}

/** Fills what the close before decided (`fill: next-close`). */
function fillPending(context: EngineContext, account: AccountState, session: number): void {
  for (const order of account.pending.splice(0)) {
    switch (order.kind) {
      case 'close':
        fillClose(context, account, order);
        break;
      case 'entry':
        if (account.endedDay === undefined) fillEntry(context, account, order, session);
        break;
      case 'shift':
        shiftTrade(context, account, order.trade, session);
        break;
      case 'layer-open':
        if (account.endedDay === undefined) fillLayerOpen(context, account, order, session);
        break;
    }
  }
}

/** Ruin: equity gone, or below the requirement of one unit of the smallest listed product. */
function checkRuin(context: EngineContext, account: AccountState): void {
  if (account.ruinDay !== undefined) return;
  const equity = account.ledger.equity / 100;
  const unit = context.smallestRequirement(context.close);
  if (equity > 0 && equity >= unit) return;
  account.ruinDay = context.close.day;
  if (account.endedDay === undefined) {
    account.endedDay = context.close.day;
    account.endedBy = 'ruined';
  }
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'ruined',
    sleeve: 'core',
    reason: equity > 0 ? 'below-one-unit' : 'equity-gone',
    values: { equity, unit },
  });
}

/** Advances the clock of stressed VX margin by one session. */
function noteVixStress(context: EngineContext, account: AccountState, session: number): void {
  const now = context.path.vixClose[session] ?? Number.NaN;
  const before = context.path.vixClose[session - 1] ?? Number.NaN;
  account.stressedSessions = stressedSessionsAfter(
    account.stressedSessions,
    now / before - 1,
    context.options.profile.futures,
  );
}

/** Books the starting deposit: cash, or the index itself for a fully invested account. */
export function deposit(context: EngineContext, account: AccountState): void {
  const cents = toCents(context.options.equity);
  const where = context.policy.base === 'spx-total-return' ? 'holdings' : 'securities';
  account.ledger.post(LEDGER.deposit, SLEEVE.core, where, cents);
  account.yearStartEquity = context.options.equity;
  account.previousEquity = context.options.equity;
}
