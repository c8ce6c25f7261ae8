import type { LegColumns } from '../contracts/leg-columns.ts';
import type { LegTerms } from '../pricing/leg-terms.ts';

/** The terms of one leg of a block of columns. */
export function legTerms(legs: LegColumns, slot: number): LegTerms {
  return {
    kind: legs.kind[slot] ?? Number.NaN,
    right: legs.right[slot] ?? Number.NaN,
    strike: legs.strike[slot] ?? Number.NaN,
    expiry: legs.expiry[slot] ?? Number.NaN,
    settlement: legs.settlement[slot] ?? Number.NaN,
  };
}
