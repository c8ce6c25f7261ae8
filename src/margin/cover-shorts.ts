import { PUT } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { expiresOnOrAfter, sameSeries } from './margin-lots.ts';
import type { MarginLots } from './margin-lots.ts';
import { nakedRequirement } from './short-requirement.ts';
import type { OptionTerms } from './short-requirement.ts';

/** The lots of one series (underlying, expiry, settlement) after longs were assigned to shorts. */
export interface CoveredSeries {
  /** First leg of the series. */
  readonly lead: number;
  readonly lots: MarginLots;
}

/** A long that may cover a short. */
export interface Cover {
  readonly short: number;
  readonly long: number;
  /** Dollars per contract that the long takes off the naked requirement of the short. */
  readonly saving: number;
  readonly sameSeries: boolean;
  /** Strike rank: greater is more intrinsic value. */
  readonly rank: number;
}

/** Whether the long may cover the short under the rule of their underlying. */
export function canCover(
  legs: LegColumns,
  long: number,
  short: number,
  terms: OptionTerms,
): boolean {
  if (legs.kind[long] !== legs.kind[short] || legs.right[long] !== legs.right[short]) return false;
  if (terms.rule.cover === 'same-expiry') return sameSeries(legs, long, short);
  return expiresOnOrAfter(legs, long, short);
}

/** Which covers come first: the greatest saving wherever it is, or those of the own series. */
export type CoverOrder = 'saving-first' | 'own-series-first';

/**
 * Every useful cover of one option kind in an order of preference; ties go to the strike of more
 * intrinsic value. Both orders are stable: one more long takes cover from no short.
 *
 * Source: FINRA Rule 4210(f)(2)(A), definition of spread (equal contracts within a type; the long
 * expires on or after the short); SEC Rel. 34-67752.
 */
export function usefulCovers(
  legs: LegColumns,
  kind: number,
  terms: OptionTerms,
  order: CoverOrder,
): readonly Cover[] {
  const all: Cover[] = [];
  for (let short = 0; short < legs.count; short += 1) {
    if (legs.kind[short] !== kind || !((legs.quantity[short] ?? 0) < 0)) continue;
    const naked = nakedRequirement(legs, short, terms);
    const ofShort = legs.strike[short] ?? Number.NaN;
    for (let long = 0; long < legs.count; long += 1) {
      if (!((legs.quantity[long] ?? 0) > 0) || !canCover(legs, long, short, terms)) continue;
      const ofLong = legs.strike[long] ?? Number.NaN;
      const rank = legs.right[long] === PUT ? ofLong : -ofLong;
      const width = Math.max(0, legs.right[long] === PUT ? ofShort - ofLong : ofLong - ofShort);
      // An unknown naked requirement is worth any cover.
      const saving = Number.isNaN(naked)
        ? Number.POSITIVE_INFINITY
        : naked - Math.min(naked, width * terms.multiplier);
      if (saving > 0) {
        all.push({ short, long, saving, rank, sameSeries: sameSeries(legs, long, short) });
      }
    }
  }
  const own = (a: Cover, b: Cover): number => Number(b.sameSeries) - Number(a.sameSeries);
  const first = order === 'own-series-first' ? own : (): number => 0;
  return all.sort(
    (a, b) =>
      first(a, b) ||
      b.saving - a.saving ||
      own(a, b) ||
      b.rank - a.rank ||
      a.short - b.short ||
      a.long - b.long,
  );
}
