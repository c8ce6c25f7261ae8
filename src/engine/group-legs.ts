import { CALL, ETP, PUT, VIX_OPTION } from '../contracts/contract-kind.ts';
import type { Leg } from '../contracts/leg-columns.ts';
import type { IntentLeg, OpenIntent } from '../strategy/intent.ts';
import type { LayerName } from './account-state.ts';
import { isFuture } from './valuation.ts';

/** Legs that are one trade: the same product and expiry, as units of a structure. */
export interface LegGroup {
  readonly structure: OpenIntent['structure'];
  readonly sleeve: 'core' | LayerName;
  readonly units: number;
  readonly legs: readonly (IntentLeg & { readonly price: number })[];
}

/**
 * Trades of a list of held legs, in order of their first leg: one for each product, expiry and
 * settlement. SPX and XSP options are base positions, VIX call spreads the near layer's, VX the
 * medium layer's, all other hedges the long layer's.
 */
export function groupLegs(legs: readonly Leg[]): readonly LegGroup[] {
  const groups = new Map<string, Leg[]>();
  for (const leg of legs) {
    const key = `${leg.kind} ${leg.expiry} ${leg.settlement}`;
    groups.set(key, [...(groups.get(key) ?? []), leg]);
  }
  return [...groups.values()].map((held) => {
    const units = held.reduce((divisor, { quantity }) => gcd(divisor, Math.abs(quantity)), 0);
    const structure = structureOf(held);
    return {
      structure,
      sleeve: sleeveOf(held, structure),
      units,
      legs: held.map(({ quantity, ...leg }) => ({ ...leg, ratio: quantity / units })),
    };
  });
}

function structureOf(legs: readonly Leg[]): OpenIntent['structure'] {
  const [first] = legs;
  if (first === undefined) return 'other';
  if (isFuture(first.kind)) return 'vx-future';
  if (first.kind === ETP) return 'etp';
  if (first.kind === VIX_OPTION) return vixStructure(legs);
  const size = Math.abs(first.quantity);
  if (legs.some(({ quantity }) => Math.abs(quantity) !== size)) return 'other';
  const shortPut = strikeOf(legs, PUT, -1);
  const shortCall = strikeOf(legs, CALL, -1);
  if (legs.length === 2 && shortPut < shortCall) return 'strangle';
  const ordered =
    strikeOf(legs, PUT, 1) < shortPut &&
    shortPut < shortCall &&
    shortCall < strikeOf(legs, CALL, 1);
  return legs.length === 4 && ordered ? 'condor' : 'other';
}

function vixStructure(legs: readonly Leg[]): OpenIntent['structure'] {
  const isBoughtCall = (leg: Leg): boolean => leg.right === CALL && leg.quantity > 0;
  if (legs.length === 1) return legs.every(isBoughtCall) ? 'vix-call' : 'other';
  const [a, b] = legs.toSorted((x, y) => x.strike - y.strike);
  const isSpread =
    legs.length === 2 &&
    a !== undefined &&
    b !== undefined &&
    isBoughtCall(a) &&
    b.right === CALL &&
    b.quantity === -a.quantity;
  return isSpread ? 'vix-call-spread' : 'other';
}

/** Strike of the only leg of a right and side; NaN when there is none, or more than one. */
function strikeOf(legs: readonly Leg[], right: number, side: number): number {
  const found = legs.filter((leg) => leg.right === right && Math.sign(leg.quantity) === side);
  return found.length === 1 ? (found[0]?.strike ?? Number.NaN) : Number.NaN;
}

function sleeveOf(legs: readonly Leg[], structure: OpenIntent['structure']): LegGroup['sleeve'] {
  const [first] = legs;
  if (first === undefined) return 'core';
  if (structure === 'vix-call-spread') return 'near';
  if (structure === 'vx-future') return 'medium';
  return first.kind === VIX_OPTION || first.kind === ETP ? 'long' : 'core';
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
