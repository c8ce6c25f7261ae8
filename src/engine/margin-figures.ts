import type { LegColumns } from '../contracts/leg-columns.ts';
import { accountState } from '../margin/account.ts';
import type { AccountMargin } from '../margin/account.ts';
import { futuresMargin } from '../margin/futures-requirement.ts';
import type { MarginProfile } from '../margin/margin-profile.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { SLEEVES } from '../portfolio/sleeve.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { optionRequirement } from './requirement.ts';
import { equityAtMarks, isFuture, multiplier } from './valuation.ts';

/** The account's margin at one set of marks, with the figures it came from; dollars. */
export interface MarginFigures {
  readonly margin: AccountMargin;
  readonly requirement: number;
  readonly futuresCash: number;
  readonly futuresMaintenance: number;
  readonly futuresInitial: number;
}

/**
 * The account's margin at the book's current `mark` column. Futures cash is as last settled. Under
 * portfolio margin options count as equity: their value is loanable like cash.
 */
export function marginFigures(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
): MarginFigures {
  const { ledger, book } = account;
  const requirement = optionRequirement(context, account, market);
  const futures = futuresRequirement(context, account, market.day);
  const cash = ledger.securities / 100;
  const futuresCash = ledger.futures / 100 + pendingVariation(account);
  const held = equityAtMarks(account, book.mark) - cash - futuresCash;
  const loanable = loanableOptions(context, account);
  const margin = accountState({
    securitiesCash: cash + loanable,
    optionMarketValue: held - loanable,
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

/** Value of the options that counts as equity of the securities segment, dollars. */
function loanableOptions({ options }: EngineContext, { book }: AccountState): number {
  return options.regime === 'portfolio' ? optionValue(book) : 0;
}

/** Value of options and fund shares at their marks, dollars, short < 0. */
export function optionValue(legs: LegColumns): number {
  let dollars = 0;
  for (let slot = 0; slot < legs.count; slot += 1) {
    const kind = legs.kind[slot] ?? 0;
    if (isFuture(kind)) continue;
    dollars += (legs.mark[slot] ?? Number.NaN) * (legs.quantity[slot] ?? 0) * multiplier(kind);
  }
  return dollars;
}

/** Maintenance and initial requirement of futures, dollars. */
export interface FuturesRequirement {
  readonly maintenance: number;
  readonly initial: number;
}

/** Maintenance and initial requirement of the open futures, dollars. */
export function futuresRequirement(
  context: EngineContext,
  account: AccountState,
  day: number,
): FuturesRequirement {
  const stressed = account.stressedSessions > 0;
  return futuresRequirementOf(account.book, { day, stressed, profile: context.options.profile });
}

/** The same of the futures among any legs at their marks, on a day, calm or after a VIX spike. */
export function futuresRequirementOf(
  legs: LegColumns,
  rule: { readonly day: number; readonly stressed: boolean; readonly profile: MarginProfile },
): FuturesRequirement {
  let maintenance = 0;
  let initial = 0;
  for (let slot = 0; slot < legs.count; slot += 1) {
    const kind = legs.kind[slot] ?? 0;
    if (!isFuture(kind)) continue;
    const one = futuresMargin({
      kind,
      price: legs.mark[slot] ?? Number.NaN,
      day: asEpochDay(rule.day),
      stressed: rule.stressed,
      profile: rule.profile,
    });
    const contracts = Math.abs(legs.quantity[slot] ?? 0);
    maintenance += one.maintenance * contracts;
    initial += one.initial * contracts;
  }
  return { maintenance, initial };
}

/** Variation not yet paid at the current marks, dollars. */
export function pendingVariation(account: AccountState): number {
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

/** Securities excess left after the futures segment's shortfall is met, dollars. */
export function roomToHold(margin: AccountMargin): number {
  return margin.excessLiquidity - margin.futuresShortfall;
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
  const cents = ledger.securities + 100 * (loanableOptions(context, account) - requirement);
  const room = Math.max(0, Math.floor(cents));
  ledger.transferToFutures(Math.min(wanted, room));
}

/** Name of a sleeve code for audit events. */
export function sleeveName(code: number): (typeof SLEEVES)[number] {
  return SLEEVES[code] ?? 'core';
}
