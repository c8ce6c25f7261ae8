import { AM, CALL, CONTRACT_KINDS, PUT } from '../contracts/contract-kind.ts';
import type { Leg } from '../contracts/leg-columns.ts';
import { multiplierOf } from '../contracts/contract-spec.ts';
import { invariant } from '../core/invariant.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type {
  BookCertificate,
  CertifiedGroup,
  CertifiedLeg,
  DeclaredSet,
  MarginUse,
} from './certificate.ts';

/** Book to certify, dollars. */
export interface BookToCertify {
  readonly date: string;
  readonly cash: number;
  readonly legs: readonly Leg[];
  readonly declared: DeclaredSet;
}

const UNDERLYING: Readonly<Record<string, CertifiedLeg['underlying']>> = {
  'spx-option': 'SPX',
  'xsp-option': 'XSP',
  'vix-option': 'VIX',
  'vx-future': 'VIX',
  'vxm-future': 'VIX',
};

/**
 * The largest loss of a book until its last leg has settled, over every market state of the
 * declared set. Settlement value is piecewise linear in the settlement level, so its least value
 * is at the ends of the set or at a strike: exact at expiry. Before expiry a European portfolio is
 * worth at least its discounted least payoff, so with rates >= 0 no mark is below the bound.
 *
 * Expiries count as independent of one another, which can only enlarge the bound.
 */
export function certifyBook(book: BookToCertify): BookCertificate {
  const legs = book.legs.map(certifiedLeg);
  const groups = groupsOf(legs, book.declared);
  const bounded = groups.every(({ worstValue }) => worstValue !== null);
  const worst = groups.reduce((sum, { worstValue }) => sum + (worstValue ?? 0), 0);
  const entry = legs.reduce(
    (sum, leg) => (leg.type === 'future' ? sum : sum + leg.quantity * leg.price * leg.multiplier),
    0,
  );
  return {
    schema: 'alvh/certificate/1',
    kind: 'book',
    date: book.date,
    declared: book.declared,
    cash: book.cash,
    legs,
    groups,
    worstEquity: bounded ? book.cash + worst : null,
    bound: bounded ? Math.max(0, entry - worst) : null,
    argmax: groups.map(({ worstLevel }, group) => ({ group, level: worstLevel })),
    marginUse: marginUse(book.cash, legs, groups),
    marginCall: marginCall(book.cash, legs, groups),
    conditions: [
      'European, cash-settled contracts held to settlement; marks before it are never worse, since rates are at least 0.',
      `VIX settles between ${book.declared.vixFloor} and ${book.declared.vixCap}.`,
      'Fees, interest and what a forced liquidation gives up in spreads are not in the bound.',
      'The bound is against entry prices for options and the last settlement for futures.',
    ],
  };
}

function certifiedLeg(leg: Leg): CertifiedLeg {
  const kind = CONTRACT_KINDS[leg.kind] ?? 'etp';
  const underlying = UNDERLYING[kind];
  invariant(underlying !== undefined, `a certified leg settles in cash, was ${kind}`);
  return {
    underlying,
    type: leg.right === CALL ? 'call' : leg.right === PUT ? 'put' : 'future',
    strike: leg.strike,
    expiry: formatIsoDate(asEpochDay(leg.expiry)),
    settlement: leg.settlement === AM ? 'AM' : 'PM',
    quantity: leg.quantity,
    multiplier: multiplierOf(leg.kind),
    price: leg.price,
  };
}

function groupsOf(legs: readonly CertifiedLeg[], declared: DeclaredSet): readonly CertifiedGroup[] {
  const places = new Map<string, number[]>();
  legs.forEach(({ underlying, expiry, settlement }, place) => {
    // XSP is SPX / 10 and settles with it.
    const key = `${underlying === 'XSP' ? 'SPX' : underlying} ${expiry} ${settlement}`;
    places.set(key, [...(places.get(key) ?? []), place]);
  });
  return [...places.values()].map((members) => groupOf(legs, members, declared));
}

function groupOf(
  legs: readonly CertifiedLeg[],
  members: readonly number[],
  declared: DeclaredSet,
): CertifiedGroup {
  const [first] = members;
  const head = legs[first ?? -1];
  invariant(head !== undefined, 'a group has a leg');
  const isVix = head.underlying === 'VIX';
  const underlying = isVix ? 'VIX' : 'SPX';
  const held = members.map((place) => legs[place]).filter((leg) => leg !== undefined);
  const [from, to] = isVix ? [declared.vixFloor, declared.vixCap] : [0, Number.POSITIVE_INFINITY];
  const strikes = held.map((leg) => (leg.underlying === 'XSP' ? 10 * leg.strike : leg.strike));
  const kinks = strikes.filter((strike) => strike > from && strike < to);
  const levels = [from, ...kinks, ...(Number.isFinite(to) ? [to] : [])];
  let worstValue = Number.POSITIVE_INFINITY;
  let worstLevel = from;
  for (const level of levels) {
    const value = settlementValueAt(held, level);
    if (value < worstValue) {
      worstValue = value;
      worstLevel = level;
    }
  }
  const bounded = Number.isFinite(to) || slopeAbove(held) >= 0;
  return {
    underlying,
    expiry: head.expiry,
    settlement: head.settlement,
    legs: members,
    worstValue: bounded ? worstValue : null,
    worstLevel: bounded ? worstLevel : null,
  };
}

/** Dollars the legs settle for at a level of SPX or VIX; futures against their last settlement. */
function settlementValueAt(legs: readonly CertifiedLeg[], level: number): number {
  return legs.reduce((sum, leg) => {
    const index = leg.underlying === 'XSP' ? level / 10 : level;
    return sum + leg.quantity * leg.multiplier * pointsAt(leg, index);
  }, 0);
}

function pointsAt(leg: CertifiedLeg, index: number): number {
  switch (leg.type) {
    case 'call':
      return Math.max(0, index - leg.strike);
    case 'put':
      return Math.max(0, leg.strike - index);
    case 'future':
      return index - leg.price;
  }
}

/** Dollars per point of the level above every strike. */
function slopeAbove(legs: readonly CertifiedLeg[]): number {
  return legs.reduce((sum, leg) => {
    const scale = leg.underlying === 'XSP' ? 0.1 : 1;
    return leg.type === 'put' ? sum : sum + leg.quantity * leg.multiplier * scale;
  }, 0);
}

/** Largest payout of every group at once, dollars >= 0: what the strategy rules require at least. */
function largestPayout(groups: readonly CertifiedGroup[]): number {
  return groups.reduce((sum, { worstValue }) => sum + Math.max(0, -(worstValue ?? 0)), 0);
}

function marginUse(
  cash: number,
  legs: readonly CertifiedLeg[],
  groups: readonly CertifiedGroup[],
): MarginUse {
  if (legs.some(({ type }) => type === 'future')) {
    return { requirement: null, share: null, reason: 'futures margin follows the price' };
  }
  if (groups.some(({ worstValue }) => worstValue === null)) {
    return { requirement: null, share: null, reason: 'a group has no bound' };
  }
  const requirement = largestPayout(groups);
  return {
    requirement,
    share: cash > 0 ? requirement / cash : null,
    reason: 'largest payouts of all expiries, over cash',
  };
}

/**
 * A call is ruled out when cash covers the worst value of every group of a book of options: the
 * strategy requirement of a bounded group is its largest payout, and what settles is taken from
 * requirement and cash alike. Futures margin follows the price and is never ruled out here.
 */
function marginCall(
  cash: number,
  legs: readonly CertifiedLeg[],
  groups: readonly CertifiedGroup[],
): BookCertificate['marginCall'] {
  if (legs.some(({ type }) => type === 'future')) {
    return {
      ruledOut: false,
      reason: 'futures pay variation daily; their margin follows the price',
    };
  }
  if (groups.some(({ worstValue }) => worstValue === null)) {
    return { ruledOut: false, reason: 'a group has no bound: its requirement follows the market' };
  }
  return cash >= largestPayout(groups)
    ? { ruledOut: true, reason: 'cash covers the largest payout of every expiry at once' }
    : { ruledOut: false, reason: 'cash does not cover the largest payouts of all expiries' };
}
