import {
  AM,
  CALL,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { civilDate, epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { futuresStatement } from './futures-statement.ts';
import { marginRulesOf } from './house-rule.ts';
import type { HouseRule, ShareMarginRule } from './house-rule.ts';
import { underlyingOf } from './margin-position.ts';
import type {
  MarginPosition,
  MarginPositionKind,
  MarginRequest,
  StatementGroup,
} from './margin-position.ts';
import type { MarginProfile, OptionMarginRule } from './margin-profile.ts';
import { VOLATILITY_FUNDS } from './portfolio-rule.ts';
import { portfolioStatement } from './portfolio-statement.ts';
import { createMarginCalculator } from './strategy-requirement.ts';
import type { MarginRule } from './strategy-requirement.ts';

/** The requirement of a set of positions; dollars, gross of premium. */
export interface MarginStatement {
  readonly initial: number;
  readonly maintenance: number;
  /** Net premium received for the options, < 0 when paid. */
  readonly premium: number;
  /** What may be borrowed on long options that cover nothing, see LongOptionRule. */
  readonly loanValue: number;
  /** What opening all of it takes from buying power: initial less premium and loan value. */
  readonly buyingPowerEffect: number;
  readonly securities: { readonly initial: number; readonly maintenance: number };
  readonly futures: { readonly initial: number; readonly maintenance: number };
  readonly groups: readonly StatementGroup[];
}

/** Dollars per point of an option or share. */
const OPTION_MULTIPLIER = 100;

/**
 * The requirement of positions under a regime and broker, with the rule and source behind each
 * number.
 *
 * Errors: NaN where a spot or volatility that matters is not given.
 * Source: Cboe Rule 10.3, FINRA Rule 4210(f), (g); 12 CFR 220.12; CFE; house levels as in the profile.
 */
export function marginStatement(request: MarginRequest): MarginStatement {
  const securities =
    request.regime === 'portfolio' ? portfolioStatement(request) : strategyGroups(request);
  const futures = futuresStatement(request);
  const total = (groups: readonly StatementGroup[], of: 'requirement' | 'maintenance'): number =>
    groups.reduce((sum, group) => sum + group[of], 0);
  const segment = (
    groups: readonly StatementGroup[],
  ): { readonly initial: number; readonly maintenance: number } => ({
    initial: total(groups, 'requirement'),
    maintenance: total(groups, 'maintenance'),
  });
  const premium = request.positions.reduce(
    (sum, { kind, quantity, price }) =>
      kind.endsWith('-option') ? sum - quantity * price * OPTION_MULTIPLIER : sum,
    0,
  );
  const groups = [...securities, ...futures];
  const initial = total(groups, 'requirement');
  const loan = loanValue(request, groups);
  return {
    initial,
    maintenance: total(groups, 'maintenance'),
    premium: premium + 0,
    loanValue: loan,
    buyingPowerEffect: initial - premium - loan,
    securities: segment(securities),
    futures: segment(futures),
    groups,
  };
}

/** Dollars that may be borrowed on long options paid in full whose life is long enough. */
function loanValue(request: MarginRequest, groups: readonly StatementGroup[]): number {
  const { longOption } = (request.rules ?? marginRulesOf(request.broker)).house;
  let total = 0;
  for (const { rule, legs, quantities } of groups) {
    if (rule !== 'long-option') continue;
    for (const [index, place] of legs.entries()) {
      const { expiry, price = Number.NaN } = request.positions[place] ?? {};
      if (expiry === undefined || !(expiry.day > monthsAfter(request.day, longOption.months))) {
        continue;
      }
      total += longOption.loanShare * (quantities[index] ?? 0) * price * OPTION_MULTIPLIER;
    }
  }
  return total;
}

function monthsAfter(day: EpochDay, months: number): EpochDay {
  const { year, month, day: ofMonth } = civilDate(day);
  const last = month + months - 1;
  return epochDay(year + Math.floor(last / 12), (last % 12) + 1, ofMonth);
}

/** Strategy-based groups of every underlying, shares first where they cover options. */
function strategyGroups(request: MarginRequest): readonly StatementGroup[] {
  const { positions } = request;
  const { house } = request.rules ?? marginRulesOf(request.broker);
  const names = [...new Set(positions.map(underlyingOf))];
  return names.flatMap((name) => {
    const members = positions
      .map((position, place) => ({ position, place }))
      .filter(({ position }) => underlyingOf(position) === name);
    const shares = members.filter(({ position }) => isShare(position));
    const options = members.filter(({ position }) => position.kind.endsWith('-option'));
    const held = shares.reduce((sum, { position }) => sum + position.quantity, 0);
    const calls = coverByShares(options, 'call', held);
    const puts = coverByShares(calls.open, 'put', -held);
    const spot = request.spot.get(name) ?? Number.NaN;
    return [
      ...shares.map(({ position, place }) => shareGroup(position, place, house.shares)),
      ...coveredGroup('covered-call', calls.written, spot),
      ...coveredGroup('covered-put', puts.written, spot),
      ...optionGroups(request, name, puts.open),
    ];
  });
}

interface Placed {
  readonly position: MarginPosition;
  readonly place: number;
}

/** Short options of a right that shares cover, and what is left; the dearest are covered first. */
function coverByShares(
  options: readonly Placed[],
  right: 'call' | 'put',
  shares: number,
): { readonly written: readonly Placed[]; readonly open: readonly Placed[] } {
  let left = Math.floor(Math.max(0, shares) / OPTION_MULTIPLIER);
  const open: Placed[] = [];
  const written: Placed[] = [];
  const upwards = right === 'call' ? 1 : -1;
  for (const each of options.toSorted((a, b) => upwards * (strikeOf(a) - strikeOf(b)))) {
    const { position, place } = each;
    const take =
      position.right === right && position.quantity < 0 ? Math.min(left, -position.quantity) : 0;
    left -= take;
    if (take > 0) written.push({ place, position: { ...position, quantity: -take } });
    const quantity = position.quantity + take;
    if (quantity !== 0) open.push({ place, position: { ...position, quantity } });
  }
  return { written, open: open.sort((a, b) => a.place - b.place) };
}

/** Calls need nothing beside long shares; puts their in-the-money amount beside short shares. */
function coveredGroup(
  rule: 'covered-call' | 'covered-put',
  written: readonly Placed[],
  spot: number,
): readonly StatementGroup[] {
  if (written.length === 0) return [];
  const inTheMoney = written.reduce(
    (sum, { position: { quantity, strike = Number.NaN } }) =>
      sum - quantity * OPTION_MULTIPLIER * Math.max(0, strike - spot),
    0,
  );
  const inPlace = written.toSorted((a, b) => a.place - b.place);
  const requirement = rule === 'covered-call' ? 0 : inTheMoney;
  return [
    {
      rule,
      source:
        rule === 'covered-call'
          ? 'Cboe Rule 10.3: short calls against long shares need no margin of their own'
          : 'Cboe Rule 10.3: short puts against short shares need their in-the-money amount',
      legs: inPlace.map(({ place }) => place),
      quantities: inPlace.map(({ position }) => position.quantity),
      requirement,
      maintenance: requirement,
    },
  ];
}

function optionGroups(
  request: MarginRequest,
  name: string,
  open: readonly Placed[],
): readonly StatementGroup[] {
  if (open.length === 0) return [];
  const profile = profileFor(request, open);
  const isIndex = name === 'SPX' || name === 'XSP' || name === 'VIX';
  const level = isIndex ? undefined : request.spot.get(name);
  const spots = {
    spx: level ?? request.spot.get('SPX') ?? Number.NaN,
    vix: request.spot.get('VIX') ?? Number.NaN,
  };
  const groups = createMarginCalculator(profile, 'always').groups(legColumns(open), spots);
  const naked = profile.options[name === 'VIX' ? 'vix' : 'spx'].source;
  return groups.map(({ rule, source, legs, quantities, requirement }) => ({
    rule,
    source: [source, ...sourcesOf(rule, naked, profile)].join('; '),
    legs: legs.map((slot) => open[slot]?.place ?? -1),
    quantities,
    requirement,
    maintenance: requirement,
  }));
}

/** Sources of the levels of a rule beside the rule's own. */
function sourcesOf(
  rule: MarginRule,
  naked: string,
  { spreadSource }: MarginProfile,
): readonly string[] {
  if (rule === 'short-option') return [naked];
  return rule === 'universal-spread' && spreadSource !== undefined ? [spreadSource] : [];
}

/** The broker's profile; options on shares and funds take their own shares in the place of SPX. */
function profileFor(request: MarginRequest, options: readonly Placed[]): MarginProfile {
  const { profile, house } = request.rules ?? marginRulesOf(request.broker);
  const [first] = options;
  if (first === undefined || first.position.kind !== 'equity-option') return profile;
  const rule = shareOptionRule(first.position, house);
  return { ...profile, options: { ...profile.options, spx: rule } };
}

/** Levels of an option on a share or fund, both shares times its leverage. */
export function shareOptionRule(position: MarginPosition, house: HouseRule): OptionMarginRule {
  const { leverage = 1, broadIndex = false } = position;
  const ofName = VOLATILITY_FUNDS.has(underlyingOf(position)) ? house.volatilityFund : house.equity;
  const rule = broadIndex ? house.broadFund : ofName;
  if (leverage === 1) return rule;
  return {
    ...rule,
    nakedShare: rule.nakedShare * leverage,
    minimumShare: rule.minimumShare * leverage,
    source: `${rule.source} (leverage ${leverage})`,
  };
}

function legColumns(options: readonly Placed[]): LegColumns {
  const of = <T>(pick: (position: MarginPosition) => T): readonly T[] =>
    options.map(({ position }) => pick(position));
  return {
    count: options.length,
    kind: Uint8Array.from(of(({ kind }) => OPTION_CODES[kind] ?? SPX_OPTION)),
    right: Uint8Array.from(of(({ right }) => (right === 'call' ? CALL : PUT))),
    strike: Float64Array.from(of(({ strike }) => strike ?? Number.NaN)),
    expiry: Int32Array.from(of(({ expiry }) => expiry?.day ?? 0)),
    settlement: Uint8Array.from(of(({ expiry }) => (expiry?.settlement === 'AM' ? AM : PM))),
    quantity: Int32Array.from(of(({ quantity }) => quantity)),
    mark: Float64Array.from(of(({ price }) => price)),
  };
}

const OPTION_CODES: Readonly<Partial<Record<MarginPositionKind, number>>> = {
  'spx-option': SPX_OPTION,
  'xsp-option': XSP_OPTION,
  'vix-option': VIX_OPTION,
};

/** Value times the share to open and to hold, the latter times leverage; at most all of it. */
function shareGroup(
  position: MarginPosition,
  place: number,
  rule: ShareMarginRule,
): StatementGroup {
  const { quantity, price, leverage = 1 } = position;
  const value = Math.abs(quantity) * price;
  const hold = (quantity > 0 ? rule.longMaintenance : rule.shortMaintenance) * Math.abs(leverage);
  return {
    rule: quantity > 0 ? 'long-share' : 'short-share',
    source: rule.source,
    legs: [place],
    quantities: [quantity],
    requirement: Math.max(rule.initial, Math.min(1, hold)) * value,
    maintenance: Math.min(1, hold) * value,
  };
}

function isShare({ kind }: MarginPosition): boolean {
  return kind === 'etp' || kind === 'equity';
}

function strikeOf({ position }: Placed): number {
  return position.strike ?? 0;
}
