import { AM, PM, PUT, SPX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import type { Expiry } from '../contracts/contract-kind.ts';
import { isListed } from '../contracts/listing.ts';
import { strikeStep } from '../contracts/strike-grid.ts';
import { expectedMoveBand } from '../pricing/expected-move.ts';
import { strikeForDelta } from '../pricing/strike-for-delta.ts';
import { condorLegs, condorStrikes, strangleLegs } from '../strategy/condor-strikes.ts';
import type { CondorStrikes } from '../strategy/condor-strikes.ts';
import type { Approval } from '../strategy/approve.ts';
import type { IntentLeg, OpenIntent } from '../strategy/intent.ts';
import { capUnits, fixedRiskUnits, martingaleUnits } from '../strategy/sizing.ts';
import { copySnapshot } from '../market/market-snapshot.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import { candidateMids } from './candidate.ts';
import type { EngineContext } from './context.ts';
import { noteRefusal, propose, standaloneRequirement } from './propose.ts';
import { openTrade, quoteOpen } from './trading.ts';
import type { OpenQuote } from './trading.ts';
import { multiplier } from './valuation.ts';

/** A condor or strangle that could be opened now, before its size is known. */
export interface CoreCandidate {
  readonly kind: number;
  readonly strikes: CondorStrikes;
  readonly legs: readonly IntentLeg[];
  /** Largest loss of the condor with these strikes, dollars per unit. */
  readonly condorLoss: number;
}

/** Opens this week's base position, or notes why not. */
export function enterBasePosition(
  context: EngineContext,
  account: AccountState,
  session: number,
): void {
  const { policy, plan, sink } = context;
  if (policy.base !== 'condor' && policy.base !== 'strangle') return;
  if (account.endedDay !== undefined) return;
  if (plan.sessionOfWeek[session] !== policy.entry.sessionOfWeek) return;
  const martingale = policy.sizing.kind === 'martingale';
  if (martingale && policy.sizing.overlap === 'sequential' && account.coreOpen() > 0) return;
  const expiry = chooseExpiry(context, account);
  if (typeof expiry === 'string') return sink.skip(expiry);
  const spx = candidate(context, expiry, SPX_OPTION);
  if (typeof spx === 'string') return sink.skip(spx);
  const wanted = wantedUnits(context, account, spx);
  if (wanted.units >= 1) return order(context, account, spx, wanted, session);
  if (martingale || !isListed('xsp-option', asEpochDay(context.close.day))) {
    return sink.skip(wanted.reason);
  }
  const xsp = candidate(context, expiry, XSP_OPTION);
  if (typeof xsp === 'string') return sink.skip(xsp);
  const small = wantedUnits(context, account, xsp);
  if (!(small.units >= 1)) return sink.skip(small.reason);
  order(context, account, xsp, small, session);
}

/** The listed expiry nearest to the target; PM before AM on one date. */
function chooseExpiry(context: EngineContext, account: AccountState): Expiry | string {
  const { entry } = context.policy;
  const { day } = context.close;
  let best: Expiry | undefined;
  let gap = Number.POSITIVE_INFINITY;
  for (const expiry of context.listedExpiries(day)) {
    const days = expiry.day - day;
    if (!(days >= entry.minDays && days <= entry.maxDays)) continue;
    const distance = Math.abs(days - entry.targetDays) - (expiry.settlement === 'PM' ? 0.25 : 0);
    if (distance < gap) {
      best = expiry;
      gap = distance;
    }
  }
  if (best === undefined) return 'no-listed-expiry';
  for (const trade of account.trades) {
    if (trade.sleeve === 0 && trade.expiry === best.day) return 'expiry-already-held';
  }
  return best;
}

function candidate(context: EngineContext, expiry: Expiry, kind: number): CoreCandidate | string {
  const { close, policy } = context;
  const settlement = expiry.settlement === 'PM' ? PM : AM;
  const scale = kind === XSP_OPTION ? 0.1 : 1;
  const name = kind === XSP_OPTION ? 'xsp-option' : 'spx-option';
  const step = strikeStep(name, expiry.day - close.day);
  const forward = expectedMoveBand(close, expiry.day, settlement).forward * scale;
  const strikes = condorStrikes(policy.shortStrikes, policy.wings, {
    spot: close.spot * scale,
    step,
    forward,
    band: (rule) => {
      const band = expectedMoveBand(close, expiry.day, settlement, rule);
      return {
        centre: band.centre * scale,
        lower: band.lower * scale,
        upper: band.upper * scale,
      };
    },
    strikeForDelta: (right, delta) =>
      strikeForDelta(close, expiry.day, settlement, right, delta) * scale,
  });
  if (typeof strikes === 'string') return strikes;
  const product = { kind, expiry: expiry.day, settlement };
  const condor = condorLegs(strikes, product);
  const quote = quoteOpen(context, condor, candidateMids(context, condor, close));
  if (!quote.tradable) return 'zero-bid';
  if (!(quote.premiumPerUnit > 0)) return 'no-credit';
  const width = Math.max(strikes.shortPut - strikes.longPut, strikes.longCall - strikes.shortCall);
  return {
    kind,
    strikes,
    legs: policy.base === 'condor' ? condor : strangleLegs(strikes, product),
    condorLoss: width * multiplier(kind) - quote.premiumPerUnit,
  };
}

interface Wanted {
  readonly units: number;
  readonly reason: string;
}

function wantedUnits(context: EngineContext, account: AccountState, one: CoreCandidate): Wanted {
  const { sizing } = context.policy;
  const equity = account.ledger.equity / 100;
  const openRisk = account.openRisk();
  const fixed = fixedRiskUnits(equity, one.condorLoss, openRisk, sizing);
  if (sizing.kind === 'martingale') {
    const sized = martingaleUnits(account.martingale, fixed, sizing);
    if (sized.units >= 1) {
      account.martingale = { ...account.martingale, baseUnits: sized.baseUnits };
    }
    return { units: sized.units, reason: 'size-zero' };
  }
  const capped = capUnits(fixed, one.condorLoss, openRisk, account.escalation);
  return { units: capped, reason: capped < fixed ? 'escalation-cap' : 'size-zero' };
}

function order(
  context: EngineContext,
  account: AccountState,
  one: CoreCandidate,
  wanted: Wanted,
  session: number,
): void {
  const scale = one.kind === XSP_OPTION ? 10 : 1;
  const intent: OpenIntent = {
    kind: 'open',
    sleeve: 0,
    structure: context.policy.base === 'strangle' ? 'strangle' : 'condor',
    legs: one.legs,
    units: wanted.units,
    reason: 'weekly-entry',
    centre: one.strikes.centre * scale,
    shortPut: one.strikes.shortPut * scale,
    shortCall: one.strikes.shortCall * scale,
  };
  if (context.policy.fill === 'next-close') {
    account.pending.push({ kind: 'entry', one, intent });
    return;
  }
  fillEntry(context, account, { one, intent }, session);
}

/** Proposes an entry at this close and opens it, or notes the refusal. */
export function fillEntry(
  context: EngineContext,
  account: AccountState,
  entry: { readonly one: CoreCandidate; readonly intent: OpenIntent },
  session: number,
): void {
  const { one, intent } = entry;
  const { approval, quote } = propose(context, account, intent);
  if (context.policy.sizing.kind === 'martingale') {
    noteStep(context, account, intent, quote, approval.approved);
  }
  if (!quote.tradable) return context.sink.skip('zero-bid');
  if (!approval.approved) {
    context.sink.skip(approval.reason);
    noteRefusal(context, intent, approval.reason);
    if (context.policy.sizing.kind === 'martingale') {
      refuseDoubling(context, account, one, intent, session);
    }
    return;
  }
  open(context, account, { intent: approval.intent, quote }, one, session);
}

function open(
  context: EngineContext,
  account: AccountState,
  ticket: Parameters<typeof openTrade>[2],
  one: CoreCandidate,
  session: number,
): void {
  openTrade(
    context,
    account,
    ticket,
    {
      maxLossPerUnit: context.policy.base === 'condor' ? one.condorLoss : undefined,
      riskPerUnit: one.condorLoss,
      outlay: 0,
      onePercentLossPerUnit: putVerticalLoss(context, one),
    },
    session,
  );
}

/** The broker refuses the size a Martingale asks for: its end, or the largest size it can have. */
function refuseDoubling(
  context: EngineContext,
  account: AccountState,
  one: CoreCandidate,
  refused: OpenIntent,
  session: number,
): void {
  if (account.martingale.losses === 0) return;
  account.counts.refused += 1;
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'doubling-refused',
    sleeve: 'core',
    reason: 'available-funds',
    values: {
      losses: account.martingale.losses,
      units: refused.units,
      equity: account.ledger.equity / 100,
    },
  });
  if (context.policy.sizing.onRefusal === 'stop') {
    account.endedBy = 'doubling-refused';
    account.endedDay = context.close.day;
    return;
  }
  let low = 0;
  let high = refused.units;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (propose(context, account, { ...refused, units: middle }).approval.approved) low = middle;
    else high = middle;
  }
  if (low < 1) return;
  const { approval, quote } = propose(context, account, { ...refused, units: low });
  if (approval.approved) open(context, account, { intent: approval.intent, quote }, one, session);
}

function noteStep(
  context: EngineContext,
  account: AccountState,
  intent: OpenIntent,
  quote: OpenQuote,
  approved: Approval['approved'],
): void {
  const { sizing } = context.policy;
  const capped = sizing.maxDoublings !== null && account.martingale.losses > sizing.maxDoublings;
  let outcome: 'opened' | 'refused' | 'capped' = 'refused';
  if (approved) outcome = capped ? 'capped' : 'opened';
  context.sink.martingaleStep({
    day: asEpochDay(context.close.day),
    step: account.martingale.losses,
    units: intent.units,
    requirement: standaloneRequirement(context, quote, intent.units),
    equity: account.ledger.equity / 100,
    outcome,
  });
}

/** Loss of one unit's put vertical for SPX -1 % now, sticky strike, dollars >= 0. */
function putVerticalLoss(context: EngineContext, one: CoreCandidate): number {
  const { close, down } = context;
  const puts = condorLegs(one.strikes, {
    kind: one.kind,
    expiry: one.legs[0]?.expiry ?? 0,
    settlement: one.legs[0]?.settlement ?? 0,
  }).filter((leg) => leg.right === PUT);
  const now = net(puts, candidateMids(context, puts, close));
  copySnapshot(close, down);
  down.spot = close.spot * 0.99;
  const after = net(puts, candidateMids(context, puts, down));
  return Math.max(0, now - after) * multiplier(one.kind);
}

function net(legs: readonly IntentLeg[], mids: Float64Array): number {
  let value = 0;
  for (const [index, leg] of legs.entries()) value += leg.ratio * (mids[index] ?? Number.NaN);
  return value;
}
