import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import { PositionBook } from '../portfolio/position-book.ts';
import { approve } from '../strategy/approve.ts';
import type { Approval, ApprovalView } from '../strategy/approve.ts';
import type { IntentLeg, OpenIntent } from '../strategy/intent.ts';
import { optionRequirement, requirementOf } from './requirement.ts';
import { quickRatio } from '../strategy/quick-ratio.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { addLeg } from './add-leg.ts';
import type { AccountState } from './account-state.ts';
import { candidateMids } from './candidate.ts';
import type { EngineContext } from './context.ts';
import { futuresRequirement, marginFigures, sleeveName } from './margin-figures.ts';
import { quoteOpen } from './trading.ts';
import type { OpenQuote } from './trading.ts';
import { isFuture } from './valuation.ts';

/** Drop and rise of SPX in the stress of the quick ratio. */
const STRESS_DOWN = 0.9;
const STRESS_UP = 1.06;

/**
 * Puts an opening intent before governance: quotes it at this close, adds its legs to the book on
 * trial, measures margin and liquidity, and takes them out again. `votes` are the timeframes in
 * favour, where they are asked.
 */
export function propose(
  context: EngineContext,
  account: AccountState,
  intent: OpenIntent,
  votes?: number,
): { readonly approval: Approval; readonly quote: OpenQuote } {
  const { quote, view } = approvalView(context, account, intent, votes);
  return { approval: approve(intent, view, context.policy.guards), quote };
}

/** What governance would look at if an intent were filled at this close, and its quote. */
export function approvalView(
  context: EngineContext,
  account: AccountState,
  intent: OpenIntent,
  votes?: number,
): { readonly view: ApprovalView; readonly quote: OpenQuote } {
  const { close, policy } = context;
  const { book } = account;
  const quote = quoteOpen(context, intent.legs, candidateMids(context, intent.legs, close));
  const before = marginFigures(context, account, close);
  const slots = book.count;
  for (const { leg, mid, price } of quote.legs) {
    const quantity = leg.ratio * intent.units;
    const slot = addLeg(book, leg, { quantity, price, sleeve: intent.sleeve, trade: -1 });
    book.mark[slot] = mid;
    if (isFuture(leg.kind)) book.carried[slot] = mid;
  }
  const requirement = optionRequirement(context, account, close);
  const futures = futuresRequirement(context, account, close.day);
  const premium = quote.premiumPerUnit * intent.units;
  const fees = quote.feesPerUnit * intent.units;
  const ratio =
    policy.guards === null
      ? Number.POSITIVE_INFINITY
      : quickRatio({
          cash: (account.ledger.securities + account.ledger.futures) / 100 + premium - fees,
          longOptionsAtBid: longOptions(account),
          stressedLoss: stressedLoss(account, close.spot),
          futuresInitial: futures.initial,
          rollDebitsDue: 0,
        });
  while (book.count > slots) book.remove(book.count - 1);
  const equity = premium - fees + loanableValue(context, quote, intent.units);
  const view = {
    availableFunds: before.margin.excessLiquidity,
    fundsNeeded: requirement - before.requirement - equity,
    equityWithLoan: before.margin.equityWithLoan + equity,
    maintenanceAfter: requirement,
    futuresInitialAfter: futures.initial,
    futuresCash: before.futuresCash,
    quickRatio: ratio,
    ...(votes !== undefined && { votes }),
  };
  return { view, quote };
}

/** What new options add to equity with loan value under portfolio margin, dollars; else nothing. */
function loanableValue({ options }: EngineContext, { legs }: OpenQuote, units: number): number {
  if (options.regime !== 'portfolio') return 0;
  let dollars = 0;
  for (const { leg, mid } of legs) {
    if (!isFuture(leg.kind)) dollars += leg.ratio * units * mid * (MULTIPLIERS[leg.kind] ?? 0);
  }
  return dollars;
}

const alone = new PositionBook(8);

/** Requirement of a quoted position held alone, dollars, gross of premium. */
export function standaloneRequirement(
  context: EngineContext,
  quote: OpenQuote,
  units: number,
): number {
  alone.clear();
  for (const { leg, mid } of quote.legs) {
    addLeg(alone, leg, { quantity: leg.ratio * units, price: mid, sleeve: 0, trade: 0 });
  }
  return requirementOf(context, alone, context.close);
}

/** Requirement of one unit of legs held alone at this close, dollars. */
export function standaloneRequirementOf(
  context: EngineContext,
  legs: readonly IntentLeg[],
): number {
  alone.clear();
  const mids = candidateMids(context, legs, context.close);
  legs.forEach((leg, index) => {
    const price = mids[index] ?? Number.NaN;
    addLeg(alone, leg, { quantity: leg.ratio, price, sleeve: 0, trade: 0 });
  });
  return requirementOf(context, alone, context.close);
}

/** Tells the audit that an intent was refused, and why. */
export function noteRefusal(context: EngineContext, intent: OpenIntent, reason: string): void {
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'refused',
    sleeve: sleeveName(intent.sleeve),
    reason,
    values: { units: intent.units },
  });
}

/** Long options at model mid, dollars; the haircut of the ratio covers the spread. */
function longOptions(account: AccountState): number {
  const { book } = account;
  let dollars = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    const quantity = book.quantity[slot] ?? 0;
    const kind = book.kind[slot] ?? 0;
    if (quantity > 0 && !isFuture(kind)) {
      dollars += quantity * (book.mark[slot] ?? Number.NaN) * (MULTIPLIERS[kind] ?? Number.NaN);
    }
  }
  return dollars;
}

/** Loss of the index options against today's marks at the worse of SPX -10 % and +6 %, dollars. */
function stressedLoss(account: AccountState, spot: number): number {
  return Math.max(lossAt(account, spot * STRESS_DOWN), lossAt(account, spot * STRESS_UP));
}

function lossAt(account: AccountState, spot: number): number {
  const { book } = account;
  let loss = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    const kind = book.kind[slot] ?? 0;
    if (kind > 1) continue;
    const index = kind === 1 ? spot / 10 : spot;
    const strike = book.strike[slot] ?? Number.NaN;
    const intrinsic = Math.max(0, book.right[slot] === 0 ? index - strike : strike - index);
    const scale = (book.quantity[slot] ?? 0) * (MULTIPLIERS[kind] ?? Number.NaN);
    loss -= scale * (intrinsic - (book.mark[slot] ?? Number.NaN));
  }
  return loss;
}
