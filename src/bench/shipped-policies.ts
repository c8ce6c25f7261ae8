import { fileURLToPath } from 'node:url';
import { loadPolicy, policyNames } from '../data/policy-file.ts';
import type { RunOptions } from '../engine/context.ts';
import { MARGIN_PROFILES } from '../margin/margin-profile.ts';
import { HEDGED, UNHEDGED } from '../run/smaller-policies.ts';
import type { SmallerPolicies } from '../run/smaller-policies.ts';
import type { Policy } from '../strategy/policy.ts';

const FOLDER = fileURLToPath(new URL('../../policies', import.meta.url));

/** Options of every benchmarked run: Reg T, a million dollars, layers only once listed. */
export const BENCH_OPTIONS: RunOptions = {
  equity: 1_000_000,
  profile: MARGIN_PROFILES.ibkr,
  counterfactual: false,
};

/** Shipped policies, all of them unless named. */
export function shippedPolicies(names: readonly string[] = policyNames(FOLDER)): readonly Policy[] {
  return names.map((name) => loadPolicy(name, FOLDER));
}

/** The policies that size `smaller-unhedged`. */
export function sizingPolicies(): SmallerPolicies {
  return {
    [UNHEDGED]: loadPolicy(UNHEDGED, FOLDER),
    [HEDGED]: loadPolicy(HEDGED, FOLDER),
  };
}
