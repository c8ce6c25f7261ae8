import { AM, PM, PUT, SPX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import type { Expiry } from '../contracts/contract-kind.ts';
import { isListed } from '../contracts/listing.ts';
import { strikeStep } from '../contracts/strike-grid.ts';
import { copySnapshot } from '../market/market-snapshot.ts';
import { expectedMoveBand } from '../pricing/expected-move.ts';
import { strikeForDelta } from '../pricing/strike-for-delta.ts';
import { condorLegs, condorStrikes, strangleLegs } from '../strategy/condor-strikes.ts';
import type { CondorStrikes, LegProduct } from '../strategy/condor-strikes.ts';
import type { TenorRule } from '../strategy/hedge-layer.ts';
import type { IntentLeg, OpenIntent } from '../strategy/intent.ts';
import { capUnits, fixedRiskUnits, martingaleUnits } from '../strategy/sizing.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import { candidateMids } from './candidate.ts';
import { sizingAt } from './condor-hurdle.ts';
import type { EngineContext } from './context.ts';
import { closeQuote } from './quoted-legs.ts';
import { quoteOpen } from './trading.ts';
import { multiplier } from './valuation.ts';

/** A condor or strangle that could be opened now, before its size is known. */
export interface CoreCandidate {
  readonly kind: number;
  readonly strikes: CondorStrikes;
  readonly legs: readonly IntentLeg[];
  /** Largest loss of the condor with these strikes, dollars per unit. */
  readonly condorLoss: number;
}

/** The listed expiry nearest to the target, of entries unless told; PM before AM on one date. */
export function chooseExpiry(
  context: EngineContext,
  account: AccountState,
  entry: TenorRule = context.policy.entry,
): Expiry | string {
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

/** The structure the policy would open at an expiry in a product (contract code), or why none. */
export function candidate(
  context: EngineContext,
  expiry: Expiry,
  kind: number,
): CoreCandidate | string {
  const { close, policy } = context;
  const settlement = expiry.settlement === 'PM' ? PM : AM;
  const scale = kind === XSP_OPTION ? 0.1 : 1;
  const name = kind === XSP_OPTION ? 'xsp-option' : 'spx-option';
  const step = strikeStep(name, expiry.day - close.day);
  const forward = expectedMoveBand(close, expiry.day, settlement).forward * scale;
  const product = { kind, expiry: expiry.day, settlement };
  const strikesAt = (grid: number): CondorStrikes | 'no-strikes' =>
    condorStrikes(policy.shortStrikes, policy.wings, {
      spot: close.spot * scale,
      step: grid,
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
  const strikes = quotedStrikes(context, product, step, strikesAt);
  if (typeof strikes === 'string') return strikes;
  const condor = condorLegs(strikes, product);
  const quote = quoteOpen(context, condor, candidateMids(context, condor, close));
  if (quote.obstacle !== undefined) return quote.obstacle;
  if (!(quote.premiumPerUnit > 0)) return 'no-credit';
  const width = Math.max(strikes.shortPut - strikes.longPut, strikes.longCall - strikes.shortCall);
  const { minCreditShare } = policy.entry;
  const credit = quote.premiumPerUnit / (width * multiplier(kind));
  if (minCreditShare !== null && !(credit >= minCreditShare)) return 'credit-below-floor';
  return {
    kind,
    strikes,
    legs: policy.base === 'condor' ? condor : strangleLegs(strikes, product),
    condorLoss: width * multiplier(kind) - quote.premiumPerUnit,
  };
}

/** Steps of listed grids coarser than the finest, points: far weeklies list fewer strikes. */
const COARSER_STEPS: readonly number[] = [10, 25];

/**
 * Strikes on the listed grid. In a run with quotes, on the finest grid on which all four legs are
 * quoted: what is not in a chain was not listed. Where none has all, those of the finest.
 */
function quotedStrikes(
  context: EngineContext,
  product: LegProduct,
  step: number,
  strikesAt: (step: number) => CondorStrikes | 'no-strikes',
): CondorStrikes | 'no-strikes' {
  const finest = strikesAt(step);
  if (context.quotes === undefined) return finest;
  for (const grid of [step, ...COARSER_STEPS.filter((coarser) => coarser > step)]) {
    const strikes = strikesAt(grid);
    if (typeof strikes === 'string') continue;
    const legs = condorLegs(strikes, product);
    if (legs.every((leg) => closeQuote(context, leg)?.kind === 'quoted')) return strikes;
  }
  return finest;
}

/** Units wanted of a candidate. */
export interface Wanted {
  /** What the sizing rule allows: R-03, or the Martingale's size. */
  readonly sized: number;
  /** What R-21 leaves of it. */
  readonly units: number;
  /** Why there are none, if so. */
  readonly reason: string;
  /** Martingale: the base size to remember once this is ordered. */
  readonly baseUnits: number;
}

/** Size of a candidate at this close. */
export function wantedUnits(
  context: EngineContext,
  account: AccountState,
  one: CoreCandidate,
): Wanted {
  const sizing = sizingAt(context, account);
  const equity = account.ledger.equity / 100;
  const openRisk = account.openRisk();
  const fixed = fixedRiskUnits(equity, one.condorLoss, openRisk, sizing);
  if (sizing.kind === 'martingale') {
    const { units, baseUnits } = martingaleUnits(account.martingale, fixed, sizing);
    return { sized: units, units, reason: 'size-zero', baseUnits };
  }
  const units = capUnits(fixed, one.condorLoss, openRisk, account.escalation);
  return {
    sized: fixed,
    units,
    reason: units < fixed ? 'escalation-cap' : 'size-zero',
    baseUnits: 0,
  };
}

/** What the policy would order at this close. */
export interface CoreOrder {
  readonly one: CoreCandidate;
  readonly wanted: Wanted;
}

/**
 * The order of this week's entry, SPX before XSP when SPX is too large, or why there is none. Looks
 * only; the clock and the sequence of a Martingale are the caller's business. Tenor of entries
 * unless told.
 */
export function coreOrder(
  context: EngineContext,
  account: AccountState,
  tenor: TenorRule = context.policy.entry,
): CoreOrder | string {
  if (context.close.day < account.restrictedUntil) return 'restricted-after-unmet-call';
  const { vixMax } = context.policy.entry;
  if (vixMax !== null && !(context.close.vix <= vixMax)) return 'vix-gate';
  const expiry = chooseExpiry(context, account, tenor);
  if (typeof expiry === 'string') return expiry;
  const spx = candidate(context, expiry, SPX_OPTION);
  if (typeof spx === 'string') return spx;
  const wanted = wantedUnits(context, account, spx);
  if (wanted.units >= 1) return { one: spx, wanted };
  const { sizing } = context.policy;
  if (sizing.kind === 'martingale') return wanted.reason;
  if (!isListed('xsp-option', asEpochDay(context.close.day))) return wanted.reason;
  const xsp = candidate(context, expiry, XSP_OPTION);
  if (typeof xsp === 'string') return xsp;
  const small = wantedUnits(context, account, xsp);
  return small.units >= 1 ? { one: xsp, wanted: small } : small.reason;
}

/** The intent of an order; centre and short strikes in SPX points whatever the product. */
export function entryIntent(context: EngineContext, { one, wanted }: CoreOrder): OpenIntent {
  const scale = one.kind === XSP_OPTION ? 10 : 1;
  return {
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
}

/** Loss of one unit's put vertical for SPX -1 % now, sticky strike, dollars >= 0. */
export function putVerticalLoss(context: EngineContext, one: CoreCandidate): number {
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
