import type { RunRecord } from '../engine/run-record.ts';
import type { Policy } from '../strategy/policy.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
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
  /** Factor on futures margin; 1 when absent. */
  readonly futuresMargin?: number;
  /** Share of the day's move done at the opening where no opening is known. */
  readonly soqFraction?: number;
}

/** Factors on VX margin where its level is modelled. */
const FUTURES_MARGIN: readonly number[] = [0.7, 1.5];

/** Extremes of the settlement estimate before SPY opens are known. */
const SOQ_FRACTIONS: readonly number[] = [0, 1];

/** First day with SPY opens, from which the settlement value needs no estimate by a fraction. */
const SPY_FROM: EpochDay = epochDay(1999, 11, 1);

const HEADLINE: readonly string[] = [HEDGED, SMALLER, UNHEDGED];

/**
 * The variants a headline is repeated under: every decision filled one close later, and for the
 * hedged policy the other breadth evidence of its medium layer, a band without CAPM drift, other VX
 * margin, and both extremes of the settlement estimate where the history needs it.
 */
export function variantsOf(policy: Policy, from: EpochDay): readonly Variant[] {
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
    ...FUTURES_MARGIN.map((futuresMargin) => ({
      label: `VX margin x ${futuresMargin}`,
      policy,
      futuresMargin,
    })),
    ...SOQ_FRACTIONS.filter(() => from < SPY_FROM).map((soqFraction) => ({
      label: `AM settlement before 1999-11 at ${soqFraction} of the day's move, not 0.45`,
      policy,
      soqFraction,
    })),
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
