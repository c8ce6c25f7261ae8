import { CALL, PUT } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { NAKED } from './margin-lots.ts';
import type { MarginLots } from './margin-lots.ts';
import type { OptionMarginRule } from './margin-profile.ts';

/** Terms under which the options of one underlying are margined at one instant; reused. */
export interface OptionTerms {
  rule: OptionMarginRule;
  /** Underlying index: SPX, SPX / 10 or spot VIX; index points. */
  spot: number;
  /** Dollars per point. */
  multiplier: number;
}

/**
 * Requirement of one uncovered short option, gross of premium; dollars per contract.
 *
 * Mark + the larger of (share of the index - out-of-the-money amount) and the minimum share of the
 * index (call) or of the strike (put); never more than a put can lose.
 * Domain: strike > 0, mark >= 0, spot >= 0; NaN gives NaN.
 * Source: Cboe Rule 10.3; FINRA Rule 4210(f)(2)(E).
 */
export function nakedRequirement(legs: LegColumns, slot: number, terms: OptionTerms): number {
  const { rule, spot, multiplier } = terms;
  const strike = legs.strike[slot] ?? Number.NaN;
  const mark = legs.mark[slot] ?? Number.NaN;
  const put = legs.right[slot] === PUT;
  const outOfTheMoney = Math.max(0, put ? spot - strike : strike - spot);
  const base = Math.max(
    rule.nakedShare * spot - outOfTheMoney,
    rule.minimumShare * (put ? strike : spot),
  );
  const dollars = Math.max(rule.nakedMinimum, multiplier * (mark + base));
  return put ? Math.min(dollars, multiplier * strike) : dollars;
}

/**
 * What all shorts of a series require at least as if nothing covered them, whatever their marks;
 * dollars. Strangles ask for their greater side, so no less than either side alone.
 */
export function leastShortRequirement(
  legs: LegColumns,
  lots: MarginLots,
  terms: OptionTerms,
): number {
  const { rule, spot, multiplier } = terms;
  let puts = 0;
  let calls = 0;
  for (let lot = 0; lot < lots.count; lot += 1) {
    const contracts = -(lots.quantity[lot] ?? 0);
    if (contracts <= 0) continue;
    const slot = lots.slot[lot] ?? 0;
    const strike = legs.strike[slot] ?? Number.NaN;
    if (legs.right[slot] === PUT) {
      const base = Math.max(
        rule.nakedShare * spot - Math.max(0, spot - strike),
        rule.minimumShare * strike,
      );
      puts += contracts * multiplier * Math.min(base, strike);
    } else {
      const base = Math.max(
        rule.nakedShare * spot - Math.max(0, strike - spot),
        rule.minimumShare * spot,
      );
      calls += contracts * multiplier * base;
    }
  }
  return Math.max(puts, calls);
}

/** Lots up to which pairs are also taken by what they save. */
const MOST_LOTS = 24;

/** Which lots `shortRequirement` takes: those of role NAKED, or every short of the series. */
export type ShortSelection = 'naked' | 'all-shorts';

/**
 * Requirement of short options as if nothing covered them, dollars: puts and calls are paired as
 * strangles (the greater side + the market value of the other), the rest stands alone.
 *
 * The lesser of two ways to pair: the dearest put with the dearest call, or those first that save
 * most (up to 24 lots). A strangle saves what its lesser side requires above its market value.
 * Source: Cboe Rule 10.3, short put and short call.
 */
export function shortRequirement(
  legs: LegColumns,
  lots: MarginLots,
  terms: OptionTerms,
  selection: ShortSelection,
): number {
  selectShorts(lots, selection);
  const inOrder = pairDearest(legs, lots, terms);
  if (inOrder.isOnly || lots.count > MOST_LOTS) return inOrder.total;
  selectShorts(lots, selection);
  const bySaving = pairBySaving(legs, lots, terms);
  return bySaving < inOrder.total ? bySaving : inOrder.total;
}

/** The dearest put with the dearest call, and so on; whether there is no other way to pair. */
function pairDearest(
  legs: LegColumns,
  lots: MarginLots,
  terms: OptionTerms,
): { readonly total: number; readonly isOnly: boolean } {
  let total = 0;
  let steps = 0;
  let paired = 0;
  for (;;) {
    const put = dearestLeft(legs, lots, terms, PUT);
    const call = dearestLeft(legs, lots, terms, CALL);
    if (put < 0 && call < 0) return { total, isOnly: paired === 0 || steps === 1 };
    steps += 1;
    if (put < 0 || call < 0) {
      const lot = Math.max(put, call);
      total += (lots.left[lot] ?? 0) * nakedRequirement(legs, lots.slot[lot] ?? 0, terms);
      lots.left[lot] = 0;
      continue;
    }
    paired += 1;
    const pairs = Math.min(lots.left[put] ?? 0, lots.left[call] ?? 0);
    total += pairs * strangleRequirement(legs, lots.slot[put] ?? 0, lots.slot[call] ?? 0, terms);
    lots.left[put] = (lots.left[put] ?? 0) - pairs;
    lots.left[call] = (lots.left[call] ?? 0) - pairs;
  }
}

/** Pairs that save most first, among all puts and calls that are left. */
function pairBySaving(legs: LegColumns, lots: MarginLots, terms: OptionTerms): number {
  let total = 0;
  for (let lot = 0; lot < lots.count; lot += 1) {
    const contracts = lots.left[lot] ?? 0;
    if (contracts > 0) total += contracts * nakedRequirement(legs, lots.slot[lot] ?? 0, terms);
  }
  for (;;) {
    let most = 0;
    let put = -1;
    let call = -1;
    for (let p = 0; p < lots.count; p += 1) {
      if ((lots.left[p] ?? 0) === 0 || legs.right[lots.slot[p] ?? 0] !== PUT) continue;
      for (let c = 0; c < lots.count; c += 1) {
        if ((lots.left[c] ?? 0) === 0 || legs.right[lots.slot[c] ?? 0] !== CALL) continue;
        const saving = savingOf(legs, [lots.slot[p] ?? 0, lots.slot[c] ?? 0], terms);
        if (!(saving > most)) continue;
        most = saving;
        put = p;
        call = c;
      }
    }
    if (put < 0) return total;
    const pairs = Math.min(lots.left[put] ?? 0, lots.left[call] ?? 0);
    total -= pairs * most;
    lots.left[put] = (lots.left[put] ?? 0) - pairs;
    lots.left[call] = (lots.left[call] ?? 0) - pairs;
  }
}

function savingOf(
  legs: LegColumns,
  [put, call]: readonly [number, number],
  terms: OptionTerms,
): number {
  const alone = nakedRequirement(legs, put, terms) + nakedRequirement(legs, call, terms);
  return alone - strangleRequirement(legs, put, call, terms);
}

function strangleRequirement(
  legs: LegColumns,
  put: number,
  call: number,
  terms: OptionTerms,
): number {
  const ofPut = nakedRequirement(legs, put, terms);
  const ofCall = nakedRequirement(legs, call, terms);
  const other = ofPut > ofCall ? call : put;
  const marketValue = terms.multiplier * (legs.mark[other] ?? Number.NaN);
  return Math.max(ofPut, ofCall) + marketValue;
}

function selectShorts(lots: MarginLots, selection: ShortSelection): void {
  for (let lot = 0; lot < lots.count; lot += 1) {
    const quantity = lots.quantity[lot] ?? 0;
    const taken = quantity < 0 && (selection === 'all-shorts' || lots.role[lot] === NAKED);
    lots.left[lot] = taken ? -quantity : 0;
  }
}

/** Lot of this right with contracts left and the greatest requirement, or -1. */
function dearestLeft(
  legs: LegColumns,
  lots: MarginLots,
  terms: OptionTerms,
  right: number,
): number {
  let dearest = -1;
  let greatest = Number.NaN;
  for (let lot = 0; lot < lots.count; lot += 1) {
    const slot = lots.slot[lot] ?? 0;
    if ((lots.left[lot] ?? 0) === 0 || legs.right[slot] !== right) continue;
    const requirement = nakedRequirement(legs, slot, terms);
    if (dearest >= 0 && !(requirement > greatest)) continue;
    dearest = lot;
    greatest = requirement;
  }
  return dearest;
}
