import { invariant } from '../core/invariant.ts';
import { halfSpread } from '../execution/cost-model.ts';
import type { LiquidationCandidate, LiquidationOrder } from '../execution/liquidation.ts';
import { liquidateInRounds } from '../execution/liquidation-rounds.ts';
import type {
  LiquidationCourse,
  LiquidationDesk,
  LiquidationFill,
} from '../execution/liquidation-rounds.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { exitQuotes } from './exit-quotes.ts';
import type { ExitSpread } from './exit-quotes.ts';
import { futuresRequirementOf, marginFigures, roomToHold, sweepFutures } from './margin-figures.ts';
import type { OpenTrade } from './open-trade.ts';
import { requirementOf } from './requirement.ts';
import { closeLeg, closeTrade } from './trading.ts';
import { isFuture, multiplier, revalue } from './valuation.ts';

/** What the desk of one liquidation works on. */
interface DeskScope {
  readonly context: EngineContext;
  readonly account: AccountState;
  readonly market: MarketSnapshot;
  /** True while only the futures segment is short: its positions go first. */
  readonly futuresFirst: boolean;
  /** Exit price of each leg in its whole combination when the liquidation began, points. */
  readonly whole: ReadonlyMap<number, number>;
}

/**
 * Liquidates the account at the current marks by its broker's plan until its room to hold is not
 * below zero, within the orders of the session, and sweeps the futures segment. What is owed in the
 * end stays in the ledger as it is.
 */
export function liquidateAccount(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
): LiquidationCourse {
  const plan = context.options.profile.liquidation;
  const { margin } = marginFigures(context, account, market);
  const scope: DeskScope = {
    context,
    account,
    market,
    futuresFirst: margin.excessLiquidity >= 0,
    whole: plan.mode === 'legs' ? wholeQuotes(context, account, market) : new Map(),
  };
  const course = liquidateInRounds(deskOf(scope), plan, ordersLeft(context, account));
  account.liquidationRounds += course.rounds.length;
  sweepFutures(context, account, market);
  return course;
}

/** Orders that the broker's plan still allows in this session. */
export function ordersLeft({ options }: EngineContext, account: AccountState): number {
  return Math.max(0, options.profile.liquidation.roundsPerDay - account.liquidationRounds);
}

function deskOf(scope: DeskScope): LiquidationDesk {
  const { context, account, market } = scope;
  const { mode } = context.options.profile.liquidation;
  let last: Closed = { kind: -1, contracts: 0 };
  return {
    standing: () => {
      const figures = marginFigures(context, account, market);
      return {
        excess: roomToHold(figures.margin),
        equity: figures.margin.netLiquidation,
        requirement: figures.requirement + figures.futuresMaintenance,
      };
    },
    candidates: () => groupsOf(account, mode).map((slots) => candidateOf(scope, slots)),
    close: (order) => {
      const { closed, fill } = closeOrder(scope, order);
      last = closed;
      return fill;
    },
    impact: () => moveMarks(scope, last),
  };
}

/** Slots of each position: a trade's legs together, or each by itself. */
function groupsOf(account: AccountState, mode: 'combo' | 'legs'): readonly (readonly number[])[] {
  const { book } = account;
  const groups = new Map<number, number[]>();
  for (let slot = 0; slot < book.count; slot += 1) {
    const id = mode === 'combo' ? (book.trade[slot] ?? -1) : legId(account, slot);
    const known = groups.get(id);
    if (known === undefined) groups.set(id, [slot]);
    else known.push(slot);
  }
  return [...groups.values()];
}

/** Legs of a trade that have ids of their own. */
const LEGS_PER_TRADE = 64;

/** Id of one leg: stays with it while slots move. */
function legId(account: AccountState, slot: number): number {
  const { book } = account;
  const trade = account.findTrade(book.trade[slot] ?? -1);
  const place = trade?.legs.findIndex(
    (leg) =>
      leg.kind === book.kind[slot] &&
      leg.right === book.right[slot] &&
      leg.strike === book.strike[slot] &&
      leg.expiry === book.expiry[slot] &&
      leg.settlement === book.settlement[slot],
  );
  return (book.trade[slot] ?? -1) * LEGS_PER_TRADE + (place ?? 0);
}

/** What closing a position would release and cost at the current marks. */
function candidateOf(scope: DeskScope, slots: readonly number[]): LiquidationCandidate {
  const { context, account } = scope;
  const plan = context.options.profile.liquidation;
  const { book } = account;
  const [first = 0] = slots;
  const trade = account.findTrade(book.trade[first] ?? -1);
  const units = unitsIn(account, trade, slots);
  const stress = stressOf(context, contractsIn(account, slots));
  let cost = 0;
  let calm = 0;
  let value = 0;
  let future = false;
  for (const slot of slots) {
    const kind = book.kind[slot] ?? 0;
    const scale = (book.quantity[slot] ?? 0) * multiplier(kind);
    if (isFuture(kind)) future = true;
    else value += (book.mark[slot] ?? Number.NaN) * scale;
    cost += Math.abs(scale) * halfSpreadOf(scope, slot, stress);
    calm += Math.abs(scale) * halfSpreadOf(scope, slot, plan.spreadMultiple);
  }
  const contracts = contractsIn(account, slots) / units;
  return {
    group: plan.mode === 'combo' ? (book.trade[first] ?? -1) : legId(account, first),
    units,
    marginReleased: Math.max(0, releasedBy(scope, slots)),
    cost,
    unrealised: (trade?.cashCents ?? 0) / 100 + value,
    opened: trade?.id ?? 0,
    fits: future === scope.futuresFirst,
    impact: (plan.impactPerHundred / 100) * contracts * (calm / units),
  };
}

/** Units of a position: those of the leg that has most of them. */
function unitsIn(
  { book }: AccountState,
  trade: OpenTrade | undefined,
  slots: readonly number[],
): number {
  if (trade !== undefined && slots.length > 1) return trade.unitsOpen;
  const [slot = 0] = slots;
  const quantity = Math.abs(book.quantity[slot] ?? 0);
  const leg = trade?.legs.find(
    (each) => each.strike === book.strike[slot] && each.right === book.right[slot],
  );
  return Math.max(1, quantity / Math.abs(leg?.ratio ?? 1));
}

function contractsIn({ book }: AccountState, slots: readonly number[]): number {
  return slots.reduce((sum, slot) => sum + Math.abs(book.quantity[slot] ?? 0), 0);
}

/** Multiple of the half-spread of an order of so many contracts, on top of the multiple for VIX. */
function stressOf({ options }: EngineContext, contracts: number): number {
  const { spreadMultiple, sizePerHundred } = options.profile.liquidation;
  return (options.spreads ?? 1) * spreadMultiple * (1 + (sizePerHundred * contracts) / 100);
}

function halfSpreadOf({ account, market }: DeskScope, slot: number, stress: number): number {
  const { book } = account;
  return halfSpread({
    kind: book.kind[slot] ?? 0,
    right: book.right[slot] ?? 0,
    mid: book.mark[slot] ?? Number.NaN,
    side: 'buy',
    vix: market.vix,
    day: asEpochDay(market.day),
    stress,
  });
}

/** Room to hold gained by closing legs at their marks, dollars. */
function releasedBy({ context, account, market }: DeskScope, slots: readonly number[]): number {
  const { book } = account;
  const { regime, profile } = context.options;
  const rule = { day: market.day, stressed: account.stressedSessions > 0, profile };
  const required = (): number =>
    requirementOf(context, book, market) + futuresRequirementOf(book, rule).maintenance;
  const kept = new Int32Array(book.quantity.subarray(0, book.count));
  const before = required();
  let value = 0;
  for (const slot of slots) {
    const kind = book.kind[slot] ?? 0;
    const scale = (book.quantity[slot] ?? 0) * multiplier(kind);
    // Under portfolio margin options are equity already; sold at their mark they change nothing.
    if (regime !== 'portfolio' && !isFuture(kind)) value += (book.mark[slot] ?? Number.NaN) * scale;
    book.quantity[slot] = 0;
  }
  const without = required();
  book.quantity.set(kept);
  return before - without + value;
}

/** Product and contracts of an order that was filled. */
interface Closed {
  readonly kind: number;
  readonly contracts: number;
}

function closeOrder(
  scope: DeskScope,
  order: LiquidationOrder,
): { readonly fill: LiquidationFill; readonly closed: Closed } {
  const { context, account, market } = scope;
  const { mode } = context.options.profile.liquidation;
  const slots = groupsOf(account, mode).find(
    ([slot = -1]) => groupIdOf(scope, slot) === order.group,
  );
  invariant(slots !== undefined, 'a position to be liquidated is in the book', order.group);
  const [slot = 0] = slots;
  const trade = account.findTrade(account.book.trade[slot] ?? -1);
  invariant(trade !== undefined, 'every open leg belongs to a trade');
  const share = Math.min(1, order.units / unitsIn(account, trade, slots));
  const closed = {
    kind: account.book.kind[slot] ?? -1,
    contracts: contractsIn(account, slots) * share,
  };
  const ticket = {
    units: order.units,
    reason: 'forced-liquidation',
    vix: market.vix,
    stress: stressOf(context, closed.contracts),
    moment: momentOf(scope),
  };
  const before = trade.spreadCents + trade.feeCents;
  let leggingLoss = 0;
  if (mode === 'combo') closeTrade(context, account, trade, ticket);
  else leggingLoss = closeOneLeg(scope, trade, { ...ticket, slot }, closed.contracts);
  revalue(account);
  const cost = (trade.spreadCents + trade.feeCents - before) / 100;
  return { fill: { cost, leggingLoss }, closed };
}

function groupIdOf({ context, account }: DeskScope, slot: number): number {
  const { mode } = context.options.profile.liquidation;
  return mode === 'combo' ? (account.book.trade[slot] ?? -1) : legId(account, slot);
}

/** Closes a leg and returns what was lost against its price in the whole combination, dollars. */
function closeOneLeg(
  { context, account, whole }: DeskScope,
  trade: OpenTrade,
  order: Parameters<typeof closeLeg>[3],
  contracts: number,
): number {
  const { book } = account;
  const scale = multiplier(book.kind[order.slot] ?? 0);
  const sign = Math.sign(book.quantity[order.slot] ?? 0);
  const id = legId(account, order.slot);
  const price = closeLeg(context, account, trade, order);
  return ((whole.get(id) ?? price) - price) * sign * contracts * scale;
}

/** Recorded quotes are of the close alone. */
function momentOf({
  context,
  market,
}: Pick<DeskScope, 'context' | 'market'>): ExitSpread['moment'] {
  return market === context.close ? 'close' : 'worst';
}

/**
 * Exit prices of all legs if every combination were closed whole now, by leg id. No leg counts as
 * better than its mid: what a wide market in the long saves on the short is nobody's loss while the
 * long is still held.
 */
function wholeQuotes(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
): ReadonlyMap<number, number> {
  const { book } = account;
  const prices = new Map<number, number>();
  const { spreads = 1, profile } = context.options;
  const order = {
    vix: market.vix,
    stress: spreads * profile.liquidation.spreadMultiple,
    moment: momentOf({ context, market }),
  };
  for (const trade of account.trades) {
    for (const { slot, price, mid } of exitQuotes(context, account, trade, order)) {
      const isShort = (book.quantity[slot] ?? 0) < 0;
      const fair = isShort ? Math.max(price, mid) : Math.min(price, mid);
      prices.set(legId(account, slot), fair);
    }
  }
  return prices;
}

/**
 * Moves the marks of what remains in the closed products against the holder. The book is marked
 * afresh at the next instant, so the impact lasts for this liquidation.
 */
function moveMarks(scope: DeskScope, { kind, contracts }: Closed): void {
  const { context, account } = scope;
  const { impactPerHundred, spreadMultiple } = context.options.profile.liquidation;
  if (!(impactPerHundred > 0)) return;
  const { book } = account;
  for (let slot = 0; slot < book.count; slot += 1) {
    if (book.kind[slot] !== kind) continue;
    const half = halfSpreadOf(scope, slot, spreadMultiple);
    const sign = Math.sign(book.quantity[slot] ?? 0);
    const moved =
      (book.mark[slot] ?? Number.NaN) - sign * half * impactPerHundred * (contracts / 100);
    book.mark[slot] = Math.max(0, moved);
  }
  revalue(account);
}
