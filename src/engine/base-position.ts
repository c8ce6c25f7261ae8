import { CALL, PUT } from '../contracts/contract-kind.ts';
import { contractDelta } from '../pricing/contract-greeks.ts';
import { legTerms } from './leg-terms-of.ts';
import { checkRule } from '../strategy/rule-check.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { putThreatened } from '../strategy/threat.ts';
import { capAfterResult, liftCap, martingaleAfterResult } from '../strategy/sizing.ts';
import type { AccountState } from './account-state.ts';
import { spreadsOf } from './context.ts';
import type { EngineContext } from './context.ts';
import type { OpenTrade } from './open-trade.ts';
import { exitQuotes } from './exit-quotes.ts';
import { placeClose } from './trading.ts';
import { multiplier } from './valuation.ts';

/** What the layers need to know about the base positions at this close. */
export interface ThreatSummary {
  readonly putThreat: boolean;
  /** Sum of the put verticals' loss for -1 % SPX at entry over threatened tranches, dollars. */
  readonly onePercentLoss: number;
}

/** Closes base positions by the policy's exits: stop, then profit target, then time. */
export function exitBasePositions(context: EngineContext, account: AccountState): void {
  const { exits } = context.policy;
  for (const trade of account.trades.slice()) {
    // A position of another shape came with the book: it is held and margined, not managed.
    if (trade.sleeve !== 0 || trade.structure === 'other') continue;
    const reason = exitReason(context, account, trade, exits);
    if (reason !== undefined) {
      const intent = { kind: 'close' as const, trade: trade.id, units: trade.unitsOpen, reason };
      placeClose(context, account, intent);
    }
  }
}

function exitReason(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  exits: EngineContext['policy']['exits'],
): string | undefined {
  const credit = trade.premiumCents / 100;
  const costAtMid = -tradeValue(account, trade);
  if (exits.stopCreditMultiple !== null) {
    if (costAtMid - credit >= exits.stopCreditMultiple * credit) return 'stop';
  }
  if (exits.profitTarget !== null) {
    const most = credit * (1 - exits.profitTarget);
    if (costAtMid <= most && executableCost(context, account, trade) <= most) {
      return 'profit-target';
    }
  }
  if (exits.closeAtDays !== null && trade.expiry - context.close.day <= exits.closeAtDays) {
    return 'time-exit';
  }
  return undefined;
}

/**
 * What each exit rule sees of a base position at this close, in the order in which they decide. A
 * rule that passes closes the trade; the first of them gives the reason.
 */
export function exitChecks(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
): readonly RuleCheck[] {
  const { stopCreditMultiple, profitTarget, closeAtDays } = context.policy.exits;
  if (trade.structure === 'other') return [];
  const credit = trade.premiumCents / 100;
  const costAtMid = -tradeValue(account, trade);
  const checks: RuleCheck[] = [];
  if (stopCreditMultiple !== null) {
    checks.push(
      checkRule({
        id: 'stop',
        rule: 'loss at mid reaches the multiple of the credit',
        value: costAtMid - credit,
        threshold: stopCreditMultiple * credit,
        relation: '>=',
        unit: '$',
      }),
    );
  }
  if (profitTarget !== null) {
    checks.push(
      checkRule({
        id: 'profit-target',
        rule: 'buying back costs no more than the share of the credit that is given up',
        value: Math.max(costAtMid, executableCost(context, account, trade)),
        threshold: credit * (1 - profitTarget),
        relation: '<=',
        unit: '$',
      }),
    );
  }
  if (closeAtDays !== null) {
    checks.push(
      checkRule({
        id: 'time-exit',
        rule: 'days to expiry are down to',
        value: trade.expiry - context.close.day,
        threshold: closeAtDays,
        relation: '<=',
        unit: 'days',
      }),
    );
  }
  return checks;
}

/** Value of a trade's options at the current marks, dollars (short positions negative). */
export function tradeValue(account: AccountState, trade: OpenTrade): number {
  const { book } = account;
  let value = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    if (book.trade[slot] !== trade.id) continue;
    const scale = (book.quantity[slot] ?? 0) * multiplier(book.kind[slot] ?? 0);
    value += (book.mark[slot] ?? Number.NaN) * scale;
  }
  return value;
}

/** Cost to close a trade at executable prices, before fees, dollars. */
export function executableCost(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
): number {
  const { book } = account;
  let cost = 0;
  const order = {
    vix: context.close.vix,
    stress: spreadsOf(context),
    moment: 'close',
  } as const;
  for (const { slot, price } of exitQuotes(context, account, trade, order)) {
    cost -= price * (book.quantity[slot] ?? 0) * multiplier(book.kind[slot] ?? 0);
  }
  return cost;
}

/** Put-side threat over all open base positions at this close. */
export function threatSummary(context: EngineContext, account: AccountState): ThreatSummary {
  const { close, policy } = context;
  let putThreat = false;
  let onePercentLoss = 0;
  for (const trade of account.trades) {
    if (trade.sleeve !== 0 || trade.structure === 'other') continue;
    const view = {
      spot: close.spot,
      centre: trade.centre,
      shortPut: trade.shortPut,
      shortCall: trade.shortCall,
      putDelta: () => shortDelta(context, account, trade, PUT),
      callDelta: () => shortDelta(context, account, trade, CALL),
    };
    if (putThreatened(view, policy.threat)) {
      putThreat = true;
      onePercentLoss += trade.onePercentLossPerUnit * trade.unitsOpen;
    }
  }
  return { putThreat, onePercentLoss };
}

/** Absolute delta of a trade's short option of one right; 0 when it has none. */
export function shortDelta(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  right: number,
): number {
  const { book } = account;
  for (let slot = 0; slot < book.count; slot += 1) {
    const isShort = (book.quantity[slot] ?? 0) < 0 && book.right[slot] === right;
    if (book.trade[slot] === trade.id && isShort) {
      return Math.abs(contractDelta(legTerms(book, slot), context.close));
    }
  }
  return 0;
}

/** Feeds the day's closed results, as one result, to the Martingale and to R-21. */
export function noteResults(context: EngineContext, account: AccountState): void {
  const equity = account.ledger.equity / 100;
  if (account.resultCount > 0) {
    const { sizing } = context.policy;
    if (sizing.kind === 'martingale') {
      account.martingale = martingaleAfterResult(account.martingale, account.resultPnl);
    }
    if (sizing.noEscalation) {
      account.escalation = capAfterResult(
        account.escalation,
        account.resultPnl,
        account.riskBefore,
        account.previousEquity,
      );
    }
    account.resultPnl = 0;
    account.resultCount = 0;
  }
  account.escalation = liftCap(account.escalation, equity);
}
