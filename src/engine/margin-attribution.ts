import { copySnapshot, createSnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import { PositionBook } from '../portfolio/position-book.ts';
import type { AccountState } from './account-state.ts';
import { BOOK_CAPACITY } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { sumOf } from './margin-base.ts';
import type { MarginAttribution, MarginFactor } from './margin-event.ts';
import { futuresRequirementOf, optionValue, pendingVariation } from './margin-figures.ts';
import { requirementOf } from './requirement.ts';

/**
 * Scratch of one attribution at a time: a book at other marks, and the market of the event with the
 * volatility of the base.
 */
const scratch: { readonly book: PositionBook; readonly between: MarketSnapshot } = {
  book: new PositionBook(BOOK_CAPACITY),
  between: createSnapshot(),
};

/**
 * Why excess liquidity is what it is: its change since the account's `marginBase`, told apart by
 * revaluing the account with one factor after another, in the order of `MARGIN_FACTORS`. Each state
 * is rounded to cents once and a factor is the difference of two of them, so the factors add up
 * exactly. `excess` is excess liquidity at the event, dollars.
 *
 * `size` is the part of entries and of the spot move that is due to units doubled after losses;
 * `cascade` is of all units.
 */
export function attributeExcess(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  excess: number,
): MarginAttribution {
  const base = account.marginBase;
  const { book, between } = scratch;
  copySnapshot(market, between);
  keepVolatility(base.market, between);
  const flows = flowsSince(account);
  const cash = {
    securities: base.securities + flows.interest + flows.settlement,
    futures: base.futures,
  };
  fillBook(account, 'all');
  context.marker.mark(book, base.market, book.mark);
  const { old, now } = levelsOf(context, account, market);
  const at = (where: MarketSnapshot, levels = old, held: SegmentCash = cash): number =>
    excessCents(context, where, levels, held);

  const expired = at(base.market);
  const spot = undoubledMove(context, account, at);
  context.marker.mark(fillBook(account, 'all'), between, book.mark);
  const moved = at(between);
  context.marker.mark(book, market, book.mark);
  const fallen = at(market);
  const levelled = at(market, now);
  const paid = at(market, now, { ...cash, futures: base.futures + flows.variation });
  const { ledger } = account;
  const futures = ledger.futures + flows.pending;
  const swept = at(market, now, { securities: ledger.securities, futures });
  return {
    trades: base.traded - base.checked - base.tradeFees + base.tradeSpread - base.tradeDoubled,
    cash: base.tradeFees + flows.interest,
    spreads: -base.tradeSpread,
    expiry: expired - base.traded - flows.interest,
    spot,
    size: moved - expired - spot + base.tradeDoubled,
    cascade: fallen - moved,
    level: levelled - fallen,
    variation: paid - levelled,
    sweep: swept - paid,
    remainder: Math.round(excess * 100) - swept,
  };
}

/** Cash of the two segments, cents. */
interface SegmentCash {
  readonly securities: number;
  readonly futures: number;
}

/** What sets requirements apart from marks: VIX of the ranges, points; futures margin, dollars. */
interface MarginLevels {
  readonly vix: number;
  readonly maintenance: number;
}

/** Cash flows since the base, cents; `variation` with what is pending at the current marks. */
function flowsSince(
  account: AccountState,
): Readonly<Record<'interest' | 'settlement' | 'variation' | 'pending', number>> {
  const base = account.marginBase;
  const pending = Math.round(pendingVariation(account) * 100);
  return {
    interest: sumOf(account, LEDGER.interest) - base.interest,
    settlement: sumOf(account, LEDGER.settlement) - base.settlement,
    variation: sumOf(account, LEDGER.variation) - base.variation + pending,
    pending,
  };
}

/** Levels at the base (of the scratch book at its marks) and at the event. */
function levelsOf(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
): { readonly old: MarginLevels; readonly now: MarginLevels } {
  const base = account.marginBase;
  const { profile } = context.options;
  const stressed = account.stressedSessions > 0;
  const before = { day: base.market.day, stressed: base.stressed, profile };
  const after = { day: market.day, stressed, profile };
  return {
    old: {
      vix: base.market.vix,
      maintenance: futuresRequirementOf(scratch.book, before).maintenance,
    },
    now: { vix: market.vix, maintenance: futuresRequirementOf(account.book, after).maintenance },
  };
}

/** The attribution of no change at all: before the first close there is nothing to compare with. */
export const NO_CHANGE: MarginAttribution = {
  trades: 0,
  cash: 0,
  spreads: 0,
  expiry: 0,
  spot: 0,
  size: 0,
  cascade: 0,
  level: 0,
  variation: 0,
  sweep: 0,
  remainder: 0,
};

/** The factor that took most of excess liquidity; undefined when none took anything. */
export function mechanismOf(attribution: MarginAttribution): MarginFactor | undefined {
  let mechanism: MarginFactor | undefined;
  let least = 0;
  for (const [factor, cents] of Object.entries(attribution)) {
    if (!isFactor(attribution, factor) || !(cents < least)) continue;
    least = cents;
    mechanism = factor;
  }
  return mechanism;
}

function isFactor(attribution: MarginAttribution, name: string): name is MarginFactor {
  return Object.hasOwn(attribution, name);
}

/** Change of excess by the spot move if nothing had been doubled after losses, cents. */
function undoubledMove(
  context: EngineContext,
  account: AccountState,
  at: (where: MarketSnapshot) => number,
): number {
  const { market } = account.marginBase;
  const book = fillBook(account, 'undoubled');
  context.marker.mark(book, market, book.mark);
  const before = at(market);
  context.marker.mark(book, scratch.between, book.mark);
  return at(scratch.between) - before;
}

/** Excess liquidity of the scratch book at its marks, cents; see `roomToHold`. */
function excessCents(
  context: EngineContext,
  market: MarketSnapshot,
  levels: MarginLevels,
  cash: SegmentCash,
): number {
  const { book } = scratch;
  const loanable = context.options.regime === 'portfolio' ? optionValue(book) : 0;
  const room = loanable - requirementOf(context, book, market, levels.vix);
  const futures = cash.futures / 100;
  const shortfall = Math.max(0, levels.maintenance - futures, -futures);
  return Math.round(cash.securities + 100 * (room - shortfall));
}

/** Copies the account's legs into the scratch book, whole or as if nothing had been doubled. */
function fillBook(account: AccountState, size: 'all' | 'undoubled'): PositionBook {
  const { book } = scratch;
  const held = account.book;
  book.clear();
  for (let slot = 0; slot < held.count; slot += 1) {
    const trade = held.trade[slot] ?? -1;
    const quantity = held.quantity[slot] ?? 0;
    const owner = size === 'all' ? undefined : account.findTrade(trade);
    const share = owner === undefined ? 1 : owner.baseUnits / owner.units;
    book.add({
      kind: held.kind[slot] ?? 0,
      right: held.right[slot] ?? 0,
      strike: held.strike[slot] ?? Number.NaN,
      expiry: held.expiry[slot] ?? 0,
      settlement: held.settlement[slot] ?? 0,
      quantity: share === 1 ? quantity : Math.round(quantity * share),
      price: held.mark[slot] ?? Number.NaN,
      sleeve: held.sleeve[slot] ?? 0,
      trade,
    });
  }
  return book;
}

/** Puts the volatility of one market, and what is still alive of its VX curve, into another. */
function keepVolatility(from: MarketSnapshot, out: MarketSnapshot): void {
  out.vix = from.vix;
  out.vvix = from.vvix;
  out.eta = from.eta;
  out.theta.set(from.theta);
  out.shortTermVx = from.shortTermVx;
  out.vxCount = 0;
  for (let node = 0; node < from.vxCount; node += 1) {
    const expiry = from.vxExpiry[node] ?? 0;
    if (!(expiry > out.day)) continue;
    out.vxExpiry[out.vxCount] = expiry;
    out.vxPrice[out.vxCount] = from.vxPrice[node] ?? Number.NaN;
    out.vxCount += 1;
  }
}
