import { join } from 'node:path';
import { loadPolicy, policyNames } from '../../src/data/policy-file.ts';
import type { Policy } from '../../src/strategy/policy.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'policies');

/** Names of every policy in the box. */
export const SHIPPED: readonly string[] = policyNames(FOLDER);

/** A policy of the box. */
export function shipped(name: string): Policy {
  return loadPolicy(name, FOLDER);
}
