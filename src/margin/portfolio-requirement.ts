import { black76 } from '../kernels/black76.ts';
import type { PortfolioMarginRule, ShockRange } from './portfolio-rule.ts';

/** Product groups between which nothing offsets. */
export type ProductGroup = 'broad-index' | 'volatility' | 'equity';

/** An option as portfolio margin revalues it: its own volatility and the time stay. */
export interface RevaluedOption {
  readonly group: ProductGroup;
  /** Underlying within the group: only equal names net. */
  readonly underlying: string;
  /** CALL or PUT, see contract-kind. */
  readonly right: number;
  readonly strike: number;
  /** Forward now, its own points; scaled by the shock. */
  readonly forward: number;
  readonly discount: number;
  /** Implied volatility times root of time. */
  readonly totalVol: number;
  /** Contracts, signed. */
  readonly quantity: number;
  readonly multiplier: number;
  /** Moves of the underlying for one of the shock, 1 unless told: leveraged funds. */
  readonly leverage?: number;
}

/** A share or fund: moves with its underlying one for one. */
export interface RevaluedShare {
  readonly group: ProductGroup;
  readonly underlying: string;
  readonly price: number;
  readonly quantity: number;
  /** Dollars per point, times leverage. */
  readonly multiplier: number;
}

/** The requirement of one underlying, with the points it came from; dollars. */
export interface PortfolioGroup {
  readonly group: ProductGroup;
  readonly underlying: string;
  /** P&L at the ten points, from the lowest to the highest. */
  readonly points: readonly number[];
  /** Largest loss at the points. */
  readonly scanning: number;
  /** Least charge by contracts. */
  readonly minimum: number;
  readonly requirement: number;
}

/** Valuation points on either side of no move. */
const POINTS_A_SIDE = 5;

/**
 * The ten shocks of a range: five equal steps down, five up; no move is not a point.
 *
 * Source: SEC Rel. 34-46576; FINRA Rule 4210(g)(2)(G).
 */
export function shockPoints(range: ShockRange): readonly number[] {
  const steps = Array.from({ length: POINTS_A_SIDE }, (_unused, i) => (i + 1) / POINTS_A_SIDE);
  const down = steps.map((step) => step * range.down).toReversed();
  return [...down, ...steps.map((step) => step * range.up)];
}

/**
 * Portfolio margin by underlying (TIMS-like): the larger of the largest loss over the ten points
 * and the contract minimum. Time and implied volatilities stay; nothing offsets between
 * underlyings.
 *
 * Errors: NaN in a leg makes its group's requirement NaN, which no gate lets pass.
 * Source: FINRA Rule 4210(g); OCC TIMS; checked against the Cboe and OCC table of 2007.
 */
export function portfolioGroups(
  options: readonly RevaluedOption[],
  shares: readonly RevaluedShare[],
  rule: PortfolioMarginRule,
): readonly PortfolioGroup[] {
  const names = new Map<string, { readonly group: ProductGroup; readonly underlying: string }>();
  for (const { group, underlying } of [...options, ...shares]) {
    names.set(`${group} ${underlying}`, { group, underlying });
  }
  return [...names.values()].map(({ group, underlying }) => {
    const own = options.filter((leg) => leg.group === group && leg.underlying === underlying);
    const held = shares.filter((leg) => leg.group === group && leg.underlying === underlying);
    const points = profitsAt(own, held, shockPoints(rangeOf(group, rule)));
    const scanning = Math.max(0, -Math.min(...points));
    const minimum = own.reduce(
      (sum, { quantity, multiplier }) =>
        sum + Math.abs(quantity) * rule.minimumPerPoint * multiplier,
      0,
    );
    const requirement = Number.isNaN(scanning) ? Number.NaN : Math.max(scanning, minimum);
    return { group, underlying, points, scanning, minimum, requirement };
  });
}

function rangeOf(group: ProductGroup, rule: PortfolioMarginRule): ShockRange {
  switch (group) {
    case 'broad-index':
      return rule.broadIndex;
    case 'volatility':
      return rule.volatility;
    case 'equity':
      return rule.equity;
  }
}

/** P&L at each shock, dollars: every leg is valued once where it stands and once at each point. */
function profitsAt(
  options: readonly RevaluedOption[],
  shares: readonly RevaluedShare[],
  shocks: readonly number[],
): readonly number[] {
  const profits = shocks.map(() => 0);
  for (const leg of options) {
    const { right, forward, strike, totalVol, discount, leverage = 1 } = leg;
    const now = black76(right, forward, strike, totalVol);
    const dollars = leg.quantity * leg.multiplier * discount;
    for (const [point, shock] of shocks.entries()) {
      const then = black76(right, forward * (1 + shock * leverage), strike, totalVol);
      profits[point] = (profits[point] ?? 0) + dollars * (then - now);
    }
  }
  for (const { price, quantity, multiplier } of shares) {
    for (const [point, shock] of shocks.entries()) {
      profits[point] = (profits[point] ?? 0) + quantity * multiplier * price * shock;
    }
  }
  return profits;
}
