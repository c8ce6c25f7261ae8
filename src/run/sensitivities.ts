import type { RunRecord } from '../engine/run-record.ts';
import type { Policy } from '../strategy/policy.ts';
import { HEDGED, SMALLER, UNHEDGED } from './smaller-policies.ts';

/** A run under one changed assumption. */
export interface Sensitivity {
  readonly label: string;
  readonly record: RunRecord;
}

/** A policy with one assumption changed, and what to call it. */
export interface Variant {
  readonly label: string;
  readonly policy: Policy;
}

const HEADLINE: readonly string[] = [HEDGED, SMALLER, UNHEDGED];

/**
 * The variants a headline is repeated under: every decision filled one close later, and for the
 * hedged policy the other breadth evidence of its medium layer and a band without CAPM drift.
 */
export function variantsOf(policy: Policy): readonly Variant[] {
  if (!HEADLINE.includes(policy.name)) return [];
  const delayed: Variant = {
    label: 'Filled at the next close instead',
    policy: { ...policy, fill: 'next-close' },
  };
  if (policy.name !== HEDGED) return [delayed];
  const { medium } = policy.layers;
  const others = (['strict', 'proxy', 'rsi-only'] as const).filter(
    (breadth) => breadth !== medium.breadth,
  );
  return [
    delayed,
    ...others.map((breadth) => ({
      label: `Breadth evidence ${breadth} instead of ${medium.breadth}`,
      policy: {
        ...policy,
        layers: { ...policy.layers, medium: { ...medium, breadth } },
      },
    })),
    ...withoutDrift(policy),
  ];
}

function withoutDrift(policy: Policy): readonly Variant[] {
  const { shortStrikes } = policy;
  if (shortStrikes.selector !== 'em' || shortStrikes.capmTilt === 0) return [];
  return [
    {
      label: 'Strikes centred on the forward, without CAPM drift',
      policy: { ...policy, shortStrikes: { ...shortStrikes, capmTilt: 0 } },
    },
  ];
}
