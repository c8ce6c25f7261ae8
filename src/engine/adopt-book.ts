import { CALL, NO_RIGHT, PUT, XSP_OPTION } from '../contracts/contract-kind.ts';
import type { Leg } from '../contracts/leg-columns.ts';
import { loadClose } from '../market/market-snapshot.ts';
import { toCents } from '../money/cents.ts';
import { expectedMoveBand } from '../pricing/expected-move.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import { enter } from '../strategy/hedge-layer.ts';
import type { AccountState, LayerName } from './account-state.ts';
import { LAYERS } from './account-state.ts';
import { addLeg } from './add-leg.ts';
import type { EngineContext } from './context.ts';
import { groupLegs } from './group-legs.ts';
import type { LegGroup } from './group-legs.ts';
import { standaloneRequirementOf } from './propose.ts';
import { isFuture, legCents, multiplier } from './valuation.ts';

/** Positions and state an account brings into its first session. */
export interface OpeningBook {
  readonly legs: readonly Leg[];
  /** Net liquidation value at the first session of the year, dollars; today's when unknown. */
  readonly yearStartEquity?: number;
  /** Hedge dollars each layer has spent since 1 January; 0 when unknown. */
  readonly spent?: Readonly<Partial<Record<LayerName, number>>>;
}

/**
 * Puts an existing book into a fresh account before its first session: legs become trades by
 * expiry, hedges go to their layers, values are carried at the close before.
 *
 * The account's cash must have been deposited; its equity becomes cash plus the value of the legs.
 */
export function adoptBook(
  context: EngineContext,
  account: AccountState,
  book: OpeningBook,
  session: number,
): void {
  loadClose(context.path, session - 1, context.close);
  for (const group of groupLegs(book.legs)) adoptGroup(context, account, group, session);
  for (const name of LAYERS) account.layers[name].yearSpent = book.spent?.[name] ?? 0;
  account.yearStartEquity = book.yearStartEquity ?? account.ledger.equity / 100;
  account.previousEquity = account.ledger.equity / 100;
}

function adoptGroup(
  context: EngineContext,
  account: AccountState,
  group: LegGroup,
  session: number,
): void {
  const { book, ledger } = account;
  const id = account.nextTrade;
  account.nextTrade += 1;
  const sleeve = SLEEVE[group.sleeve];
  const first = book.count;
  let premiumCents = 0;
  for (const leg of group.legs) {
    const quantity = leg.ratio * group.units;
    addLeg(book, leg, { quantity, price: leg.price, sleeve, trade: id });
    if (!isFuture(leg.kind)) premiumCents -= toCents(leg.price * quantity * multiplier(leg.kind));
  }
  context.marker.mark(book, context.close, book.mark);
  for (let slot = first; slot < book.count; slot += 1) {
    const mark = book.mark[slot] ?? Number.NaN;
    if (isFuture(book.kind[slot] ?? 0)) book.carried[slot] = mark;
    else {
      const cents = legCents(book, slot, mark);
      ledger.post(LEDGER.deposit, sleeve, 'holdings', cents);
      book.carried[slot] = cents;
    }
  }
  const strikes = shortStrikes(group);
  const maxLoss = largestLoss(group, premiumCents / 100 / group.units);
  account.trades.push({
    id,
    sleeve,
    structure: group.structure,
    openedDay: context.close.day,
    openedSession: session - 1,
    expiry: Math.min(...group.legs.map(({ expiry }) => expiry)),
    units: group.units,
    baseUnits: group.units,
    unitsOpen: group.units,
    legs: group.legs.map((leg) => ({ ...leg, entryPrice: leg.price, exitSum: 0 })),
    premiumCents,
    cashCents: premiumCents,
    feeCents: 0,
    spreadCents: 0,
    maxLossPerUnit: maxLoss,
    riskPerUnit: maxLoss ?? standaloneRequirementOf(context, group.legs),
    outlay: Math.max(0, -premiumCents / 100),
    centre: centreOf(context, group),
    ...strikes,
    onePercentLossPerUnit: 0,
    openReason: 'book',
    chain: undefined,
    toldAction: undefined,
  });
  holdLayer(account, group, id, session);
}

/** A layer that holds a position from the book is OPEN. */
function holdLayer(account: AccountState, group: LegGroup, id: number, session: number): void {
  if (group.sleeve === 'core') return;
  const track = account.layers[group.sleeve];
  if (track.trade >= 0) return;
  track.trade = id;
  track.state = enter('OPEN', session - 1);
}

function shortStrikes(group: LegGroup): { readonly shortPut: number; readonly shortCall: number } {
  const strike = (right: number): number => {
    const leg = group.legs.find((each) => each.ratio < 0 && each.right === right);
    return leg === undefined ? Number.NaN : leg.strike * (leg.kind === XSP_OPTION ? 10 : 1);
  };
  return { shortPut: strike(PUT), shortCall: strike(CALL) };
}

/** Centre of the expected move at the adoption, SPX points; 0 for hedges. */
function centreOf(context: EngineContext, group: LegGroup): number {
  const [leg] = group.legs;
  if (leg === undefined || group.sleeve !== 'core') return 0;
  return expectedMoveBand(context.close, leg.expiry, leg.settlement).centre;
}

/**
 * Largest loss of one unit at expiry, dollars; undefined when it is not bounded. `credit` is the
 * net premium of one unit, received > 0.
 */
function largestLoss(group: LegGroup, credit: number): number | undefined {
  if (group.legs.some(({ right }) => right === NO_RIGHT)) return undefined;
  const calls = group.legs.filter(({ right }) => right === CALL);
  if (calls.reduce((sum, { ratio }) => sum + ratio, 0) < 0) return undefined;
  const levels = [0, ...group.legs.map(({ strike }) => strike)];
  const worst = Math.min(...levels.map((level) => intrinsic(group, level)));
  return Math.max(0, -worst - credit);
}

function intrinsic(group: LegGroup, level: number): number {
  return group.legs.reduce((sum, { kind, right, strike, ratio }) => {
    const money = right === CALL ? level - strike : strike - level;
    return sum + ratio * Math.max(0, money) * multiplier(kind);
  }, 0);
}
