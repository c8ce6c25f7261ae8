import { CALL, PUT, SPX_OPTION, VIX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { searchCovers } from './cover-search.ts';
import type { CoveredSeries, SearchEffort } from './cover-search.ts';
import type { CoverProblem } from './cover-state.ts';
import { MarginLots, NAKED, NETTED, PAID } from './margin-lots.ts';
import type { MarginProfile, MarginUnderlying } from './margin-profile.ts';
import { needsAssignment, SeriesIndex } from './series-index.ts';
import { leastShortRequirement, shortRequirement } from './short-requirement.ts';
import type { OptionTerms } from './short-requirement.ts';
import { createSpreadRequirement } from './spread-requirement.ts';
import type { SpreadRequirement } from './spread-requirement.ts';

/** Index levels that margin reads; index points. Spot VIX, not a future. */
export interface MarginSpots {
  readonly spx: number;
  readonly vix: number;
}

/** The rule that sets the requirement of a group of legs. */
export type MarginRule = 'universal-spread' | 'short-option' | 'long-option';

/** Legs margined together, and what they require. */
export interface MarginGroup {
  readonly rule: MarginRule;
  readonly source: string;
  /** Slots of the legs, ascending. */
  readonly legs: readonly number[];
  /** Contracts of each leg in this group, signed; a leg may be split between groups. */
  readonly quantities: readonly number[];
  /** Dollars, gross of premium. */
  readonly requirement: number;
}

/** The strategy-based requirement of option legs under one profile. Not to be shared by threads. */
export interface MarginCalculator {
  /**
   * Requirement of all option legs, dollars, gross of premium; futures and zero quantities are
   * skipped. Reads strikes, quantities and expiries, and marks of shorts where they can matter.
   * Errors: NaN when an uncovered short has no mark or no spot; a covered short needs neither.
   */
  requirement(legs: LegColumns, spots: MarginSpots): number;
  /** The same by group; requirements add up to `requirement`. Allocates. */
  groups(legs: LegColumns, spots: MarginSpots): readonly MarginGroup[];
}

const SOURCES: Readonly<Record<MarginRule, string>> = {
  'universal-spread': 'SEC Rel. 34-67752 (universal spread rule, effective 2012-10-26)',
  'short-option': 'Cboe Rule 10.3; FINRA Rule 4210(f)(2)(E)',
  'long-option': 'Cboe Rule 10.3: long options are paid in full',
};

const UNDERLYINGS: readonly { readonly kind: number; readonly name: MarginUnderlying }[] = [
  { kind: SPX_OPTION, name: 'spx' },
  { kind: XSP_OPTION, name: 'xsp' },
  { kind: VIX_OPTION, name: 'vix' },
];

/**
 * Which books are searched for the least requirement: all, or those in which some series holds
 * longs and shorts of one right in unequal numbers. A balanced series is margined as it stands by
 * the latter, which is never less and very rarely more.
 */
export type MarginEffort = 'always' | 'unbalanced-only';

interface Workspace {
  readonly profile: MarginProfile;
  readonly effort: MarginEffort;
  readonly spread: SpreadRequirement;
  readonly lots: MarginLots;
  readonly terms: OptionTerms;
  readonly index: SeriesIndex;
}

/**
 * A calculator of the strategy-based requirement: per underlying and expiry, shorts offset by as
 * many longs of the same right that expire on or after them require the lesser of the maximum loss
 * by net intrinsic and the naked requirement; other shorts the naked or strangle requirement.
 *
 * Cost: about half a microsecond for each four-leg series; balanced series do not allocate. Where
 * longs must be assigned one by one the assignment is searched: never below the least requirement,
 * and with effort `always` the least in books of up to twelve legs, see `searchCovers`.
 * Source: Cboe Rule 10.3; FINRA Rule 4210(f)(2); SEC Rel. 34-67752.
 */
export function createMarginCalculator(
  profile: MarginProfile,
  effort: MarginEffort = 'unbalanced-only',
): MarginCalculator {
  const workspace: Workspace = {
    profile,
    effort,
    spread: createSpreadRequirement(profile),
    lots: new MarginLots(),
    terms: { rule: profile.options.spx, spot: Number.NaN, multiplier: Number.NaN },
    index: new SeriesIndex(),
  };
  return {
    requirement: (legs, spots) => evaluate(workspace, legs, spots, undefined),
    groups: (legs, spots) => {
      const groups: MarginGroup[] = [];
      evaluate(workspace, legs, spots, groups);
      return groups;
    },
  };
}

/** Requirement of all option legs, dollars, gross of premium; see MarginCalculator. */
export function strategyRequirement(
  legs: LegColumns,
  spots: MarginSpots,
  profile: MarginProfile,
): number {
  return createMarginCalculator(profile).requirement(legs, spots);
}

function evaluate(
  workspace: Workspace,
  legs: LegColumns,
  spots: MarginSpots,
  sink: MarginGroup[] | undefined,
): number {
  const { index } = workspace;
  index.load(legs);
  let total = 0;
  for (const { kind, name } of UNDERLYINGS) {
    const { terms } = workspace;
    terms.rule = workspace.profile.options[name];
    terms.spot = spotOf(kind, spots);
    terms.multiplier = MULTIPLIERS[kind] ?? Number.NaN;
    const searches =
      workspace.effort === 'always' || needsAssignment(index, legs, kind, terms.rule.cover);
    total += searches
      ? assigned(workspace, legs, kind, sink)
      : balanced(workspace, legs, kind, sink);
  }
  return total;
}

function spotOf(kind: number, spots: MarginSpots): number {
  if (kind === VIX_OPTION) return spots.vix;
  return kind === XSP_OPTION ? spots.spx / 10 : spots.spx;
}

/** Shorts of each series are covered by as many longs of the series, or by none at all. */
function balanced(
  workspace: Workspace,
  legs: LegColumns,
  kind: number,
  sink: MarginGroup[] | undefined,
): number {
  const { lots, index } = workspace;
  let total = 0;
  for (let series = 0; series < index.count; series += 1) {
    const lead = index.lead[series] ?? 0;
    if (legs.kind[lead] !== kind) continue;
    lots.clear();
    const calls = roleOf(index, series, CALL);
    const puts = roleOf(index, series, PUT);
    for (let slot = lead; slot >= 0; slot = index.next[slot] ?? -1) {
      lots.add(slot, legs.quantity[slot] ?? 0, legs.right[slot] === PUT ? puts : calls);
    }
    if (sink === undefined && calls === PAID && puts === PAID) continue;
    total += seriesRequirement(workspace, legs, lots, sink);
  }
  return total;
}

/** Role shared by all lots of one right in a balanced series. */
function roleOf(index: SeriesIndex, series: number, right: number): number {
  const shorts = index.shortOf(series, right);
  if (shorts === 0) return PAID;
  return index.longOf(series, right) === shorts ? NETTED : NAKED;
}

const EFFORTS: Readonly<Record<MarginEffort, SearchEffort>> = {
  always: { moves: 20_000, enumerated: 50_000, releasedLegs: 64 },
  'unbalanced-only': { moves: 3000, enumerated: 2000, releasedLegs: 0 },
};

/** The least that is found when longs are assigned to shorts one by one. */
function assigned(
  workspace: Workspace,
  legs: LegColumns,
  kind: number,
  sink: MarginGroup[] | undefined,
): number {
  const { terms, effort, index } = workspace;
  const problem = {
    legs,
    kind,
    terms,
    spread: (lots: MarginLots): number => workspace.spread(legs, lots, terms),
    naked: (lots: MarginLots): number => shortRequirement(legs, lots, terms, 'naked'),
    allNaked: (lots: MarginLots): number => shortRequirement(legs, lots, terms, 'all-shorts'),
  };
  const solve = (part: CoverProblem): number => {
    const { series, total } = searchCovers(part, EFFORTS[effort]);
    return sink === undefined ? total : totalOf(workspace, legs, series(), sink);
  };
  if (terms.rule.cover !== 'same-expiry') return solve(problem);
  // No long covers anything beyond its own series: each is a problem of its own.
  let total = 0;
  for (let at = 0; at < index.count; at += 1) {
    const series = index.lead[at] ?? -1;
    if (legs.kind[series] === kind) total += solve({ ...problem, series });
  }
  return total;
}

function totalOf(
  workspace: Workspace,
  legs: LegColumns,
  all: readonly CoveredSeries[],
  sink: MarginGroup[] | undefined,
): number {
  let total = 0;
  for (const { lots } of all) total += seriesRequirement(workspace, legs, lots, sink);
  return total;
}

/** Spread plus naked requirement, or all shorts as naked where that is less; dollars. */
function seriesRequirement(
  workspace: Workspace,
  legs: LegColumns,
  lots: MarginLots,
  sink: MarginGroup[] | undefined,
): number {
  const { terms } = workspace;
  const spread = workspace.spread(legs, lots, terms);
  const naked = lots.has(NAKED) ? shortRequirement(legs, lots, terms, 'naked') : 0;
  // Mostly the spread is far below any naked requirement, which then need not be known.
  if (sink === undefined && leastShortRequirement(legs, lots, terms) >= spread + naked) {
    return spread + naked;
  }
  const allNaked = shortRequirement(legs, lots, terms, 'all-shorts');
  const lesser = allNaked < spread + naked;
  if (sink !== undefined) {
    if (lesser) pushGroup(sink, lots, 'short-option', allNaked, isNotPaid);
    else {
      pushGroup(sink, lots, 'universal-spread', spread, isNetted);
      pushGroup(sink, lots, 'short-option', naked, isNaked);
    }
    pushGroup(sink, lots, 'long-option', 0, isPaid);
  }
  return lesser ? allNaked : spread + naked;
}

function pushGroup(
  sink: MarginGroup[],
  lots: MarginLots,
  rule: MarginRule,
  requirement: number,
  includes: (role: number) => boolean,
): void {
  const taken = new Map<number, number>();
  for (let lot = 0; lot < lots.count; lot += 1) {
    if (!includes(lots.role[lot] ?? PAID)) continue;
    const slot = lots.slot[lot] ?? 0;
    taken.set(slot, (taken.get(slot) ?? 0) + (lots.quantity[lot] ?? 0));
  }
  if (taken.size === 0) return;
  const legs = [...taken.keys()].sort((a, b) => a - b);
  const quantities = legs.map((slot) => taken.get(slot) ?? 0);
  sink.push({ rule, source: SOURCES[rule], legs, quantities, requirement });
}

function isNetted(role: number): boolean {
  return role === NETTED;
}

function isNaked(role: number): boolean {
  return role === NAKED;
}

function isPaid(role: number): boolean {
  return role === PAID;
}

function isNotPaid(role: number): boolean {
  return role !== PAID;
}
