/** A book of equal units after a loss; dollars, dollars per unit. */
export interface ForcedLiquidationInput {
  /** Units held, > 0. */
  readonly units: number;
  /** Equity before the loss. */
  readonly equity: number;
  readonly loss: number;
  /** Requirement of one unit after it was repriced, > 0. */
  readonly marginPerUnit: number;
  /** Cost of closing one unit. */
  readonly costPerUnit: number;
  /** Extra cost of each closed unit for each unit that remains (own price impact); 0 = none. */
  readonly impactPerUnit: number;
}

/** How far a forced liquidation goes. `spiral`: insolvent before margin is restored. */
export type ForcedLiquidation =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'partial';
      /** Units at which margin is just met, a real number. */
      readonly exact: number;
      /** Whole units left. */
      readonly remaining: number;
      /** Share of the units that is closed, of `exact`. */
      readonly fraction: number;
      /** Units closed over units closed if closing were free. */
      readonly amplification: number;
    }
  | { readonly kind: 'spiral' };

/**
 * Units left when equity again covers margin: E - L - (s + k n')(n - n') = m' n', with k = 0:
 * n' = (E - L - n s) / (m' - s). Spiral: no n' in [0, n] solves it; with k = 0 when s >= m' or the
 * liquidation would exceed the book.
 *
 * Errors: NaN in any input gives `spiral`, never `none`.
 * Accuracy: root of the quadratic in the form without cancellation.
 */
export function forcedLiquidationUnits(input: ForcedLiquidationInput): ForcedLiquidation {
  const { units, marginPerUnit, costPerUnit, impactPerUnit } = input;
  const left = input.equity - input.loss;
  if (left >= units * marginPerUnit) return { kind: 'none' };
  const constant = left - costPerUnit * units;
  const slope = marginPerUnit + impactPerUnit * units - costPerUnit;
  if (!(slope > 0)) return { kind: 'spiral' };
  const root = Math.sqrt(slope * slope - 4 * impactPerUnit * constant);
  const exact = (2 * constant) / (slope + root);
  if (!(exact >= 0)) return { kind: 'spiral' };
  return {
    kind: 'partial',
    exact,
    remaining: Math.floor(exact),
    fraction: 1 - exact / units,
    amplification: (units - exact) / (units - left / marginPerUnit),
  };
}

/**
 * Units that one closed unit forces to be closed in the next round: k n' / (m' - s). At 1 or more
 * the liquidation feeds itself; NaN when s >= m'.
 */
export function liquidationReproduction(input: ForcedLiquidationInput, remaining: number): number {
  const released = input.marginPerUnit - input.costPerUnit;
  return released > 0 ? (input.impactPerUnit * remaining) / released : Number.NaN;
}
