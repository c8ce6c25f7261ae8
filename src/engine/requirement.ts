import { CALL, NO_RIGHT } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import type { BrokerName, MarginProfile } from '../margin/margin-profile.ts';
import { PORTFOLIO_RULES, portfolioRuleOn, ruleAtVix } from '../margin/portfolio-rule.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import type { PositionBook } from '../portfolio/position-book.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { portfolioRequirementOf } from './portfolio-margin.ts';

/**
 * Distance of a covering long strike, as a fraction of the short one, up to which the loss of the
 * spread is below any naked requirement (at least 10 % of the index or strike), so that marks and
 * index levels cannot matter.
 */
const NARROW = 0.09;

/**
 * Strategy requirement of the options at the current marks, dollars. While every short is covered
 * by a near long of its own expiry the requirement does not depend on the market, and is computed
 * once for a book; else once for a book and a market.
 */
export function optionRequirement(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
): number {
  const { book, requirementMemory: memory } = account;
  const isMarked = context.options.regime === 'portfolio';
  const known = isMarked ? undefined : memory.find(book);
  if (known !== undefined) return known;
  const now = memory.findAt(book, market);
  if (now !== undefined) return now;
  const dollars = requirementOf(context, book, market);
  if (!isMarked && isNarrow(book)) memory.keep(book, dollars);
  else memory.keepAt(book, market, dollars);
  return dollars;
}

/**
 * Requirement to hold options at their marks in a market under the run's regime, dollars. The range
 * of a house that widens it follows `ruleVix`, points.
 */
export function requirementOf(
  context: EngineContext,
  legs: LegColumns,
  market: MarketSnapshot,
  ruleVix: number = market.vix,
): number {
  if (context.options.regime !== 'portfolio') {
    return context.margin.requirement(legs, { spx: market.spot, vix: market.vix });
  }
  const house = PORTFOLIO_RULES[brokerOf(context.options.profile)];
  const rule = portfolioRuleOn(ruleAtVix(house, ruleVix), asEpochDay(market.day));
  return portfolioRequirementOf(legs, market, rule);
}

function brokerOf({ name }: MarginProfile): BrokerName {
  return name === 'exchange' || name === 'tastytrade' || name === 'traditional' ? name : 'ibkr';
}

function isNarrow(book: PositionBook): boolean {
  for (let slot = 0; slot < book.count; slot += 1) {
    if ((book.quantity[slot] ?? 0) < 0 && !isCovered(book, slot)) return false;
  }
  return true;
}

/**
 * True when longs of the same series that lie near, or on the side on which the pair cannot lose,
 * are no fewer than the shorts of it.
 */
function isCovered(book: PositionBook, short: number): boolean {
  if (book.right[short] === NO_RIGHT) return true;
  const strike = book.strike[short] ?? Number.NaN;
  let balance = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    const sameSeries =
      book.kind[slot] === book.kind[short] &&
      book.right[slot] === book.right[short] &&
      book.expiry[slot] === book.expiry[short] &&
      book.settlement[slot] === book.settlement[short];
    if (!sameSeries) continue;
    const quantity = book.quantity[slot] ?? 0;
    const away = (book.strike[slot] ?? Number.NaN) - strike;
    const toLose = book.right[short] === CALL ? away : -away;
    if (quantity < 0 || toLose <= NARROW * strike) balance += quantity;
  }
  return balance >= 0;
}
