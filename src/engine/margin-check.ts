import { marginCondition, nextMarginStatus } from '../margin/margin-status.ts';
import type { MarginStatus } from '../margin/margin-status.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { loadWorst } from '../volatility/worst-snapshot.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { liquidateAccount, ordersLeft } from './liquidate.ts';
import { noteChecked, noteTraded } from './margin-base.ts';
import { checkCalls, dropCalls, isExpired } from './margin-clock.ts';
import type { MarginEvent } from './margin-event.ts';
import { marginFigures, roomToHold } from './margin-figures.ts';
import type { MarginFigures } from './margin-figures.ts';
import type { AuditEvent } from './run-record.ts';
import { liquidationEvent } from './tell-margin-event.ts';
import { equityAtMarks } from './valuation.ts';

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
    if (context.options.profile.lifecycle === 'auto') checkMargin(context, account, market, side);
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
 * calls; else it is called for by type, each call with its own due date, and liquidated when it is
 * still there after that date. The owner deposits nothing: a call is met only when the market comes
 * back. After a liquidation that restored margin the account starts anew: the next deficit is called
 * for again.
 */
export function checkMargin(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  moment: MarginEvent['moment'],
): void {
  const figures = marginFigures(context, account, market);
  const excess = roomToHold(figures.margin);
  account.excessLow = Math.min(account.excessLow, excess);
  noteUse(account, figures);
  const { profile } = context.options;
  // A call of an account that holds nothing any more is met by what it has; a debt stays a debt.
  if (account.book.count > 0 || (account.calls.size > 0 && excess >= 0)) {
    const condition = marginCondition(figures.margin, profile);
    if (profile.lifecycle === 'call') checkCalls(context, account, market, figures);
    const seen = isExpired(account) ? 'overdue' : condition;
    const status = nextMarginStatus(account.marginStatus, seen, profile.lifecycle);
    if (status === 'WARNING' && account.marginStatus !== 'WARNING') {
      warn(context, account, market, figures);
    }
    const begins = account.marginStatus !== 'LIQUIDATE';
    enterStatus(context, account, market, status);
    if (status === 'LIQUIDATE' && ordersLeft(context, account) > 0) {
      return liquidate(context, account, market, { figures, moment, begins });
    }
  }
  if (moment === 'close') noteChecked(account, excess);
}

/** Lets a restricted account open positions again when its time is up, and says so. */
export function liftRestriction(context: EngineContext, account: AccountState, day: number): void {
  if (account.restrictedUntil === 0 || day < account.restrictedUntil) return;
  account.restrictedUntil = 0;
  tellTransition(context, day, 'restriction-over', {});
}

/** Takes a status, and tells the audit trail when it is another one. */
function enterStatus(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  status: MarginStatus,
): void {
  const before = account.marginStatus;
  account.marginStatus = status;
  if (before !== status) tellTransition(context, market.day, `${before} to ${status}`, {});
}

function tellTransition(
  context: EngineContext,
  day: number,
  reason: string,
  values: AuditEvent['values'],
): void {
  const kind = 'margin-transition';
  context.sink.event({ day: asEpochDay(day), kind, sleeve: 'core', reason, values });
}

function warn(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  { margin }: MarginFigures,
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
  found: {
    readonly figures: MarginFigures;
    readonly moment: MarginEvent['moment'];
    /** False where it goes on from a session that ran out of orders. */
    readonly begins: boolean;
  },
): void {
  const { figures, moment, begins } = found;
  const { margin } = figures;
  const { lifecycle, restrictedDays } = context.options.profile;
  // Where no calls are made the liquidation is the call.
  if (lifecycle === 'auto') account.counts.calls += begins ? 1 : 0;
  else restrict(context, account, market, restrictedDays);
  account.counts.liquidations += 1;
  const futuresOnly = margin.excessLiquidity >= 0;
  context.sink.event({
    day: asEpochDay(market.day),
    kind: 'forced-liquidation',
    sleeve: futuresOnly ? 'medium' : 'core',
    reason: futuresOnly ? 'futures-segment-deficit' : 'securities-excess-below-zero',
    values: {
      excess: margin.excessLiquidity,
      requirement: figures.requirement,
      futuresCash: figures.futuresCash,
      futuresMaintenance: figures.futuresMaintenance,
      netLiquidation: margin.netLiquidation,
    },
  });
  const tell = liquidationEvent(context, account, market, found);
  const course = liquidateAccount(context, account, market);
  tell(course);
  if (course.outcome === 'restored') {
    dropCalls(account);
    // Whether the cushion is thin is the next check's business: it warns where it must.
    enterStatus(context, account, market, 'OK');
  }
  const room = (): number => roomToHold(marginFigures(context, account, market).margin);
  noteChecked(account, room());
  if (moment !== 'close') noteTraded(account, market, room);
}

/** No new positions for a while after a call that was not met. */
function restrict(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  days: number,
): void {
  if (days === 0) return;
  account.restrictedUntil = market.day + days;
  tellTransition(context, market.day, 'restricted', { until: account.restrictedUntil });
}
