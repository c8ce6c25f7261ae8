import {
  AM,
  CALL,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VXM_FUTURE,
  VX_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { futuresMargin } from './futures-requirement.ts';
import { underlyingOf } from './margin-position.ts';
import type {
  MarginPosition,
  MarginPositionKind,
  MarginRequest,
  StatementGroup,
} from './margin-position.ts';
import type { MarginProfile, OptionMarginRule } from './margin-profile.ts';
import { MARGIN_PROFILES } from './margin-profile.ts';
import { portfolioStatement } from './portfolio-statement.ts';
import { createMarginCalculator } from './strategy-requirement.ts';

/** The requirement of a set of positions; dollars, gross of premium. */
export interface MarginStatement {
  readonly initial: number;
  readonly maintenance: number;
  /** Net premium received for the options, < 0 when paid. */
  readonly premium: number;
  /** What opening all of it takes from buying power: initial less premium. */
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
  const futures = futuresGroups(request);
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
  return {
    initial,
    maintenance: total(groups, 'maintenance'),
    premium: premium + 0,
    buyingPowerEffect: initial - premium,
    securities: segment(securities),
    futures: segment(futures),
    groups,
  };
}

/** Strategy-based groups of every underlying, shares first where they cover calls. */
function strategyGroups(request: MarginRequest): readonly StatementGroup[] {
  const { positions } = request;
  const names = [...new Set(positions.map(underlyingOf))];
  return names.flatMap((name) => {
    const members = positions
      .map((position, place) => ({ position, place }))
      .filter(({ position }) => underlyingOf(position) === name);
    const shares = members.filter(({ position }) => isShare(position));
    const options = members.filter(({ position }) => position.kind.endsWith('-option'));
    return [
      ...shares.map(({ position, place }) => shareGroup(position, place)),
      ...optionGroups(request, name, options, coveredCalls(shares, options)),
    ];
  });
}

interface Placed {
  readonly position: MarginPosition;
  readonly place: number;
}

/** Short calls that long shares cover, contracts. */
function coveredCalls(shares: readonly Placed[], options: readonly Placed[]): number {
  const held = shares.reduce((sum, { position }) => sum + position.quantity, 0);
  const short = options.reduce(
    (sum, { position: { right, quantity } }) =>
      right === 'call' && quantity < 0 ? sum - quantity : sum,
    0,
  );
  return Math.min(short, Math.floor(Math.max(0, held) / OPTION_MULTIPLIER));
}

function optionGroups(
  request: MarginRequest,
  name: string,
  options: readonly Placed[],
  covered: number,
): readonly StatementGroup[] {
  if (options.length === 0) return [];
  let left = covered;
  const open: Placed[] = [];
  const written: number[] = [];
  // The dearest calls are covered first: those of the lowest strike.
  for (const each of options.toSorted((a, b) => strikeOf(a) - strikeOf(b))) {
    const { position, place } = each;
    const take =
      position.right === 'call' && position.quantity < 0 ? Math.min(left, -position.quantity) : 0;
    left -= take;
    if (take > 0) written.push(place);
    const quantity = position.quantity + take;
    if (quantity !== 0) open.push({ place, position: { ...position, quantity } });
  }
  const covers: StatementGroup[] =
    written.length === 0
      ? []
      : [
          {
            rule: 'covered-call',
            source: 'Cboe Rule 10.3: short calls against long shares need no margin of their own',
            legs: written.toSorted((a, b) => a - b),
            requirement: 0,
            maintenance: 0,
          },
        ];
  open.sort((a, b) => a.place - b.place);
  const profile = profileFor(request, open);
  const level = name === 'SPX' || name === 'VIX' ? undefined : request.spot.get(name);
  const spots = {
    spx: level ?? request.spot.get('SPX') ?? Number.NaN,
    vix: request.spot.get('VIX') ?? Number.NaN,
  };
  const groups = createMarginCalculator(profile, 'always').groups(legColumns(open), spots);
  return [
    ...covers,
    ...groups.map(({ rule, source, legs, requirement }) => ({
      rule,
      source: rule === 'short-option' ? `${source}; ${profile.options.spx.source}` : source,
      legs: legs.map((slot) => open[slot]?.place ?? -1),
      requirement,
      maintenance: requirement,
    })),
  ];
}

/** The broker's profile; options on shares and funds take the equity shares in the place of SPX. */
function profileFor(request: MarginRequest, options: readonly Placed[]): MarginProfile {
  const profile = MARGIN_PROFILES[request.broker];
  const [first] = options;
  if (first === undefined || first.position.kind !== 'equity-option') return profile;
  const { leverage = 1, broadIndex = false } = first.position;
  const rule: OptionMarginRule = {
    ...profile.options.spx,
    nakedShare: (broadIndex ? 0.15 : 0.2) * leverage,
    minimumShare: 0.1 * leverage,
    source: `Cboe Rule 10.3: ${broadIndex ? '15/10' : '20/10'}${leverage === 1 ? '' : ` times leverage ${leverage}`}`,
  };
  return { ...profile, options: { ...profile.options, spx: rule } };
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

/** Long 50/25 %, short 50/30 % of value, times leverage, at most all of it. */
function shareGroup(position: MarginPosition, place: number): StatementGroup {
  const { quantity, price, leverage = 1 } = position;
  const value = Math.abs(quantity) * price;
  const hold = (quantity > 0 ? 0.25 : 0.3) * Math.abs(leverage);
  return {
    rule: quantity > 0 ? 'long-share' : 'short-share',
    source:
      '12 CFR 220.12(a), (c): 50 % initial; FINRA Rule 4210(c): 25 % long, 30 % short to hold; Regulatory Notice 09-53: times leverage',
    legs: [place],
    requirement: Math.max(0.5, Math.min(1, hold)) * value,
    maintenance: Math.min(1, hold) * value,
  };
}

/** Share of an outright that one calendar spread requires. Source: CFE RG13-019, 2,700-3,650 of 5,000. */
const CALENDAR_SHARE = 0.6;

function futuresGroups({ broker, day, positions }: MarginRequest): readonly StatementGroup[] {
  const profile = MARGIN_PROFILES[broker];
  const outright = positions.flatMap((position, place) => {
    const kind = FUTURE_CODES[position.kind];
    if (kind === undefined) return [];
    const one = futuresMargin({ kind, price: position.price, day, stressed: false, profile });
    const minis = kind === VXM_FUTURE ? 1 : 10;
    return [
      { place, one, quantity: position.quantity, minis: position.quantity * minis, unit: minis },
    ];
  });
  if (outright.length === 0) return [];
  const long = outright.reduce((sum, { minis }) => sum + Math.max(0, minis), 0);
  const short = outright.reduce((sum, { minis }) => sum + Math.max(0, -minis), 0);
  const paired = Math.min(long, short);
  const whole = long + short;
  const all = (of: 'initial' | 'maintenance'): number =>
    outright.reduce((sum, { one, quantity }) => sum + Math.abs(quantity) * one[of], 0);
  // Both sides of a pair cost one outright times the calendar share instead of two.
  const share = (whole - 2 * paired + paired * CALENDAR_SHARE) / whole;
  return [
    {
      rule: paired > 0 ? 'futures-calendar' : 'futures-outright',
      source: profile.futures.source,
      legs: outright.map(({ place }) => place),
      requirement: all('initial') * share,
      maintenance: all('maintenance') * share,
    },
  ];
}

const FUTURE_CODES: Readonly<Partial<Record<MarginPositionKind, number>>> = {
  'vx-future': VX_FUTURE,
  'vxm-future': VXM_FUTURE,
};

function isShare({ kind }: MarginPosition): boolean {
  return kind === 'etp' || kind === 'equity';
}

function strikeOf({ position }: Placed): number {
  return position.strike ?? 0;
}
