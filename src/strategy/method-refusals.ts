import type { Policy } from './policy.ts';

/** A rule of the method that a policy breaks, and the key that breaks it. */
export interface MethodRefusal {
  /** Path of the policy key. */
  readonly key: readonly string[];
  /** Number of the rule that forbids it. */
  readonly rule: string;
  /** What the rule asks, in words. */
  readonly asks: string;
}

/** A rule and the policies that break it. */
interface Prohibition extends MethodRefusal {
  readonly breaks: (policy: Policy) => boolean;
}

/**
 * What no policy of the method's name may do, one row a rule.
 *
 * Source: R-01 (four legs), R-20 and R-21 (doubling is a benchmark; no larger risk after a loss).
 */
const PROHIBITIONS: readonly Prohibition[] = [
  {
    key: ['base'],
    rule: 'R-01',
    asks: 'four legs, never a naked short leg: strangle is another policy',
    breaks: ({ base }) => base === 'strangle',
  },
  {
    key: ['sizing', 'kind'],
    rule: 'R-20',
    asks: 'fixed-risk: doubling after a loss is the benchmark to beat',
    breaks: ({ sizing }) => sizing.kind === 'martingale',
  },
  {
    key: ['sizing', 'noEscalation'],
    rule: 'R-21',
    asks: 'true: open risk after a loss may not exceed what it was before',
    breaks: ({ sizing }) => !sizing.noEscalation,
  },
];

/** The method itself and its variants: `alvh-45`, `alvh-45-hold` and whatever is named so. */
const METHOD_NAME = /^alvh-45(-|$)/;

/**
 * The rules of the method that a policy breaks, in the order of the table; empty for a policy under
 * another name, which may be a comparator and do what the method forbids.
 */
export function methodRefusals(policy: Policy): readonly MethodRefusal[] {
  if (!METHOD_NAME.test(policy.name)) return [];
  return PROHIBITIONS.filter(({ breaks }) => breaks(policy)).map(({ key, rule, asks }) => ({
    key,
    rule,
    asks,
  }));
}
