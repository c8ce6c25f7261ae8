import type { Policy } from '../strategy/policy.ts';

/** Names of the shipped policies behind `smaller-unhedged`. */
export const SMALLER = 'smaller-unhedged';
/** The policy whose size is scaled. */
export const UNHEDGED = 'unhedged';
/** The policy whose hedge sets the cost to match. */
export const HEDGED = 'alvh-45';

/** The two shipped policies that size `smaller-unhedged`. */
export interface SmallerPolicies {
  readonly [UNHEDGED]: Policy;
  readonly [HEDGED]: Policy;
}
