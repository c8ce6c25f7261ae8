import { SPX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import { settlementPrice } from '../execution/settlement.ts';
import { copySnapshot } from '../market/market-snapshot.ts';
import { toCents } from '../money/cents.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { applyShock } from '../volatility/market-shock.ts';
import type { AccountState } from './account-state.ts';
import { RecordingSink } from './audit-sink.ts';
import { exitChecks } from './base-position.ts';
import type { EngineContext } from './context.ts';
import { assessEntry } from './entry-checks.ts';
import { legTerms } from './leg-terms-of.ts';
import { marginFigures, roomToHold } from './margin-figures.ts';
import type { OpenTrade } from './open-trade.ts';
import { plannedLayers } from './plan-day.ts';
import type { PlannedLayer } from './plan-day.ts';
import { runPolicy } from './run-policy.ts';
import type { RunInput } from './run-policy.ts';
import type { AuditEvent, TradeRecord } from './run-record.ts';
import { isFuture, multiplier } from './valuation.ts';

/** A leg of a trade at a close; the mark in the contract's own points. */
export interface ReplayedLeg {
  readonly kind: number;
  readonly right: number;
  readonly strike: number;
  /** EpochDay. */
  readonly expiry: number;
  readonly settlement: number;
  /** Contracts, signed: short < 0. */
  readonly quantity: number;
  readonly mark: number;
}

/** A trade at one close, before that close's decisions; on the day of its entry, after them. */
export interface ReplayedDay {
  readonly day: EpochDay;
  readonly spot: number;
  readonly vix: number;
  /** Net liquidation value of the account, and room to its maintenance requirement, dollars. */
  readonly equity: number;
  readonly excessLiquidity: number;
  readonly legs: readonly ReplayedLeg[];
  /** Profit and loss of the trade since its entry after fees, dollars, at the marks. */
  readonly pnl: number;
  /** The same at other levels of SPX today, one per `SPOT_RATIOS`: the surface moves along. */
  readonly profile: readonly number[];
  /** The same when volatility moves as it has moved with such a change of SPX. */
  readonly shocked: readonly number[];
  /** The same at the expiry its legs share; undefined where they share none, or hold no SPX option. */
  readonly atExpiry: readonly number[] | undefined;
  /** What each exit rule of a base position saw; PASS means that it closes the trade. */
  readonly exits: readonly RuleCheck[];
  /** What each rule of a new entry saw at this close. */
  readonly entry: readonly RuleCheck[];
  readonly layers: readonly PlannedLayer[];
  readonly events: readonly AuditEvent[];
}

/** A trade day by day. */
export interface TradeReplay {
  readonly id: number;
  readonly days: readonly ReplayedDay[];
  /** How it ended; undefined while it is open at the end of the path. */
  readonly record: TradeRecord | undefined;
}

/** Levels of SPX over that day's at which a replayed trade is marked. */
export const SPOT_RATIOS: readonly number[] = [
  0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 1, 1.01, 1.02, 1.03, 1.05, 1.075, 1.1,
];

/**
 * Runs a policy over a path by the same steps as any run and tells one trade day by day: legs and
 * marks, profit and loss now and at other levels of SPX, and what each rule saw.
 *
 * @param id Number of the trade in the blotter. A trade that never was has no days.
 */
export function replayTrade(
  input: Omit<RunInput, 'sink' | 'observe' | 'probe'>,
  id: number,
): TradeReplay {
  const { first, last } = sessionsOf(input, id);
  const sink = new RecordingSink();
  const days: ReplayedDay[] = [];
  let marked: ReplayedDay | undefined;
  let entry: readonly RuleCheck[] = [];
  runPolicy({
    ...input,
    path: last + 1 < input.path.length ? { ...input.path, length: last + 1 } : input.path,
    sink,
    probe: (moment, context, account, session) => {
      if (session < first) return;
      if (moment === 'entry') entry = assessEntry(context, account, session).checks;
      else marked = dayOf(context, account, account.findTrade(id));
    },
    observe: (context, account, session) => {
      if (session < first) return;
      const day = marked ?? dayOf(context, account, account.findTrade(id));
      if (day === undefined) return;
      days.push({
        ...day,
        entry,
        // The engine goes on with the trades: what is kept must not move with them.
        layers: plannedLayers(context, account).map((layer) => ({
          ...layer,
          trade: layer.trade === undefined ? undefined : { ...layer.trade },
        })),
        events: sink.events.filter((event) => event.day === day.day),
      });
    },
  });
  return { id, days, record: sink.trades.find((trade) => trade.id === id) };
}

/** First and last session at whose close the trade is open or is closed; none: beyond the path. */
function sessionsOf(
  input: Omit<RunInput, 'sink' | 'observe' | 'probe'>,
  id: number,
): { readonly first: number; readonly last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  runPolicy({
    ...input,
    sink: new RecordingSink(),
    observe: (_, account, session) => {
      if (account.findTrade(id) === undefined) {
        // The session after the last at which it stood open is the one that closed it.
        if (last === session - 1 && first < session) last = session;
        return;
      }
      first = Math.min(first, session);
      last = session;
    },
  });
  return { first, last: Number.isFinite(last) ? last : input.path.length };
}

function dayOf(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade | undefined,
): ReplayedDay | undefined {
  if (trade === undefined) return undefined;
  const { close } = context;
  const figures = marginFigures(context, account, close);
  return {
    day: asEpochDay(close.day),
    spot: close.spot,
    vix: close.vix,
    equity: account.ledger.equity / 100,
    excessLiquidity: roomToHold(figures.margin),
    legs: legsOf(account, trade),
    pnl: pnlAt(account, trade, (slot) => account.book.mark[slot] ?? Number.NaN),
    ...pnlElsewhere(context, account, trade),
    atExpiry: pnlAtExpiry(context, account, trade),
    exits: trade.sleeve === 0 ? exitChecks(context, account, trade) : [],
    entry: [],
    layers: [],
    events: [],
  };
}

function slotsOf({ book }: AccountState, { id }: OpenTrade): readonly number[] {
  return Array.from({ length: book.count }, (_, slot) => slot).filter(
    (slot) => book.trade[slot] === id,
  );
}

function legsOf(account: AccountState, trade: OpenTrade): readonly ReplayedLeg[] {
  const { book } = account;
  return slotsOf(account, trade).map((slot) => ({
    ...legTerms(book, slot),
    quantity: book.quantity[slot] ?? 0,
    mark: book.mark[slot] ?? Number.NaN,
  }));
}

/** Dollars a trade has made when its legs stand at these marks; cash flows include fees. */
function pnlAt(account: AccountState, trade: OpenTrade, markOf: (slot: number) => number): number {
  const { book } = account;
  let cents = trade.cashCents;
  for (const slot of slotsOf(account, trade)) {
    const mark = markOf(slot);
    const kind = book.kind[slot] ?? 0;
    const paid = isFuture(kind) ? (book.carried[slot] ?? 0) : 0;
    cents += toCents((mark - paid) * (book.quantity[slot] ?? 0) * multiplier(kind));
  }
  return cents / 100;
}

/** Marks the book elsewhere and leaves it marked at the close. */
function pnlElsewhere(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
): Pick<ReplayedDay, 'profile' | 'shocked'> {
  const { close, down, marker } = context;
  const { book } = account;
  const pnlAfter = (move: () => void): number => {
    copySnapshot(close, down);
    move();
    marker.mark(book, down, book.mark);
    return pnlAt(account, trade, (slot) => book.mark[slot] ?? Number.NaN);
  };
  const profile = SPOT_RATIOS.map((ratio) => pnlAfter(() => (down.spot *= ratio)));
  const shocked = SPOT_RATIOS.map((ratio) => pnlAfter(() => applyShock(ratio, down)));
  marker.mark(book, close, book.mark);
  return { profile, shocked };
}

function pnlAtExpiry(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
): readonly number[] | undefined {
  const { book } = account;
  const slots = slotsOf(account, trade);
  const [firstSlot] = slots;
  if (firstSlot === undefined) return undefined;
  const shared = slots.every((slot) => {
    const kind = book.kind[slot];
    const index = kind === SPX_OPTION || kind === XSP_OPTION;
    return index && book.expiry[slot] === book.expiry[firstSlot];
  });
  if (!shared) return undefined;
  return SPOT_RATIOS.map((ratio) =>
    pnlAt(account, trade, (slot) =>
      settlementPrice(book, slot, { spx: context.close.spot * ratio, vix: Number.NaN }),
    ),
  );
}
