import {
  CALL,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { canCover, coverShorts } from './cover-shorts.ts';
import { MarginLots, NAKED, NETTED, PAID, sameSeries } from './margin-lots.ts';
import type { MarginProfile, MarginUnderlying } from './margin-profile.ts';
import { shortRequirement } from './short-requirement.ts';
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

interface Workspace {
  readonly profile: MarginProfile;
  readonly spread: SpreadRequirement;
  readonly lots: MarginLots;
  readonly terms: OptionTerms;
  /** One where a leg's series was already taken; grows. */
  taken: Uint8Array;
}

/**
 * A calculator of the strategy-based requirement: per underlying and expiry, shorts offset by as
 * many longs of the same right that expire on or after them require the lesser of the maximum loss
 * by net intrinsic and the naked requirement; other shorts the naked or strangle requirement.
 *
 * Cost: about a microsecond for ten four-leg series; balanced series do not allocate.
 * Source: Cboe Rule 10.3; FINRA Rule 4210(f)(2); SEC Rel. 34-67752.
 */
export function createMarginCalculator(profile: MarginProfile): MarginCalculator {
  const workspace: Workspace = {
    profile,
    spread: createSpreadRequirement(profile),
    lots: new MarginLots(),
    terms: { rule: profile.options.spx, spot: Number.NaN, multiplier: Number.NaN },
    taken: new Uint8Array(64),
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
  if (workspace.taken.length < legs.count) workspace.taken = new Uint8Array(legs.count * 2);
  workspace.taken.fill(0, 0, legs.count);
  let total = 0;
  for (const { kind, name } of UNDERLYINGS) {
    const { terms } = workspace;
    terms.rule = workspace.profile.options[name];
    terms.spot = spotOf(kind, spots);
    terms.multiplier = MULTIPLIERS[kind] ?? Number.NaN;
    total += needsAssignment(legs, kind, terms)
      ? assigned(workspace, legs, kind, sink)
      : balanced(workspace, legs, kind, sink);
  }
  return total;
}

function spotOf(kind: number, spots: MarginSpots): number {
  if (kind === VIX_OPTION) return spots.vix;
  return kind === XSP_OPTION ? spots.spx / 10 : spots.spx;
}

/** Whether longs must be assigned: a short and a long that may cover it, in unequal numbers. */
function needsAssignment(legs: LegColumns, kind: number, terms: OptionTerms): boolean {
  for (let short = 0; short < legs.count; short += 1) {
    if (legs.kind[short] !== kind || !((legs.quantity[short] ?? 0) < 0)) continue;
    if (netContracts(legs, short) === 0) continue;
    for (let long = 0; long < legs.count; long += 1) {
      if ((legs.quantity[long] ?? 0) > 0 && canCover(legs, long, short, terms)) return true;
    }
  }
  return false;
}

/** Longs less shorts of the leg's right in its series. */
function netContracts(legs: LegColumns, slot: number): number {
  let contracts = 0;
  for (let other = 0; other < legs.count; other += 1) {
    if (legs.right[other] === legs.right[slot] && sameSeries(legs, other, slot)) {
      contracts += legs.quantity[other] ?? 0;
    }
  }
  return contracts;
}

/** Shorts of each series are covered by as many longs of the series, or by none at all. */
function balanced(
  workspace: Workspace,
  legs: LegColumns,
  kind: number,
  sink: MarginGroup[] | undefined,
): number {
  const { lots, taken } = workspace;
  let total = 0;
  for (let lead = 0; lead < legs.count; lead += 1) {
    if (legs.kind[lead] !== kind || taken[lead] === 1) continue;
    lots.clear();
    const calls = roleOf(legs, lead, CALL);
    const puts = roleOf(legs, lead, PUT);
    for (let slot = lead; slot < legs.count; slot += 1) {
      if (!sameSeries(legs, lead, slot)) continue;
      taken[slot] = 1;
      const quantity = legs.quantity[slot] ?? 0;
      if (quantity !== 0) lots.add(slot, quantity, legs.right[slot] === PUT ? puts : calls);
    }
    total += seriesRequirement(workspace, legs, lots, sink);
  }
  return total;
}

/** Role shared by all lots of one right in a balanced series. */
function roleOf(legs: LegColumns, lead: number, right: number): number {
  let longs = 0;
  let shorts = 0;
  for (let slot = lead; slot < legs.count; slot += 1) {
    if (legs.right[slot] !== right || !sameSeries(legs, lead, slot)) continue;
    const quantity = legs.quantity[slot] ?? 0;
    if (quantity > 0) longs += quantity;
    else shorts -= quantity;
  }
  if (shorts === 0) return PAID;
  return longs === shorts ? NETTED : NAKED;
}

function assigned(
  workspace: Workspace,
  legs: LegColumns,
  kind: number,
  sink: MarginGroup[] | undefined,
): number {
  let total = 0;
  for (const { lots } of coverShorts(legs, kind, workspace.terms)) {
    total += seriesRequirement(workspace, legs, lots, sink);
  }
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
  const naked = shortRequirement(legs, lots, terms, 'naked');
  const allNaked = shortRequirement(legs, lots, terms, 'all-shorts');
  const lesser = allNaked < spread + naked;
  if (sink !== undefined) {
    const { NETTED: netted, NAKED: alone } = { NETTED, NAKED };
    pushGroup(sink, legs, 'universal-spread', lesser ? 0 : spread, slotsOf(lots, [netted]));
    pushGroup(sink, legs, 'short-option', lesser ? allNaked : naked, slotsOf(lots, [alone]));
  }
  return lesser ? allNaked : spread + naked;
}
