import type { PriceSpikeRule } from './policy.ts';

/** Layers that near budget can move to. */
export type LongerLayer = 'medium' | 'long';

/** Dollars of near budget that stand with each longer layer this year, >= 0. */
export interface MovedBudget {
  readonly medium: number;
  readonly long: number;
}

/** Nothing has moved. */
export const NOTHING_MOVED: MovedBudget = { medium: 0, long: 0 };

/** True when the newest first release of CPI is a spike; NO DATA is none. */
export function isPriceSpike(rule: PriceSpikeRule | null, cpiSurpriseZ: number): boolean {
  return rule !== null && cpiSurpriseZ >= rule.z;
}

/** The layer whose time value per vega-day is the smaller one; undefined when neither has one. */
export function cheaperLayer(
  perVegaDay: Readonly<Record<LongerLayer, number>>,
): LongerLayer | undefined {
  const { medium, long } = perVegaDay;
  if (Number.isNaN(medium)) return Number.isNaN(long) ? undefined : 'long';
  return long < medium ? 'long' : 'medium';
}

/** A layer's budget and what it has spent of it this year, dollars. */
export interface SpentBudget {
  readonly budget: number;
  readonly spent: number;
}

/**
 * Moves a share of the near budget to a longer layer, never more than near has left unspent, so
 * that what is spent in a year stays within the sum of the budgets.
 */
export function moveNearBudget(
  moved: MovedBudget,
  near: SpentBudget,
  to: LongerLayer,
  share: number,
): MovedBudget {
  const left = near.budget - near.spent - moved.medium - moved.long;
  const dollars = Math.max(0, Math.min(near.budget * share, left));
  return { ...moved, [to]: moved[to] + dollars };
}

/** What stays moved when a spike is over: only what the longer layer spent beyond its own budget. */
export function returnUnspent(
  moved: MovedBudget,
  own: Readonly<Record<LongerLayer, SpentBudget>>,
): MovedBudget {
  const kept = (layer: LongerLayer): number =>
    Math.min(moved[layer], Math.max(0, own[layer].spent - own[layer].budget));
  return { medium: kept('medium'), long: kept('long') };
}
