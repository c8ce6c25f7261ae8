import type { LiquidationPlan } from '../margin/liquidation-plan.ts';

/** A position, whole or one leg of it, that a forced liquidation may close. */
export interface LiquidationCandidate {
  /** Caller's id of the position. */
  readonly group: number;
  /** Units open, >= 1. */
  readonly units: number;
  /** Excess liquidity gained by closing all of it at its marks, dollars, before costs. */
  readonly marginReleased: number;
  /** Spread and fees of closing all of it, dollars, >= 0, at stressed spreads. */
  readonly cost: number;
  /** Open profit, dollars; a loss < 0. */
  readonly unrealised: number;
  /** Place in the order of opening: later ones are greater. */
  readonly opened: number;
  /** False where it sits in another segment than the deficit. */
  readonly fits: boolean;
  /** Dollars that each closed unit takes from each unit that remains. */
  readonly impact: number;
}

/** One order of a forced liquidation. */
export interface LiquidationOrder {
  readonly group: number;
  readonly units: number;
}

/**
 * Ids of all positions in the order in which a broker closes them. What helps and sits in the
 * segment of the deficit comes first, then what helps elsewhere, last what costs more than it
 * releases (or is unknown); within these by the plan's priority. Ties: the greater loss, then the
 * lower id.
 *
 * Source: assumption, brokers' orders are proprietary; the greatest loss first is the order of
 * QuantConnect LEAN's DefaultMarginCallModel.
 */
export function liquidationOrder(
  candidates: readonly LiquidationCandidate[],
  { priority }: Pick<LiquidationPlan, 'priority'>,
): readonly number[] {
  return [...candidates]
    .sort(
      (a, b) =>
        usefulness(a) - usefulness(b) ||
        ascending(keyOf(a, priority), keyOf(b, priority)) ||
        ascending(a.unrealised, b.unrealised) ||
        a.group - b.group,
    )
    .map(({ group }) => group);
}

/**
 * The next order of a liquidation: the first position of `liquidationOrder`, and as many units of
 * it as the plan's sizing asks for. Undefined without a deficit or without a position.
 *
 * Units: excess in dollars; NaN counts as a deficit of unknown size and closes what a round may.
 */
export function nextLiquidationOrder(
  excess: number,
  candidates: readonly LiquidationCandidate[],
  plan: LiquidationPlan,
): LiquidationOrder | undefined {
  if (excess >= 0) return undefined;
  const [first] = liquidationOrder(candidates, plan);
  const candidate = candidates.find(({ group }) => group === first);
  if (candidate === undefined) return undefined;
  const { group, units } = candidate;
  const most = Math.max(1, Math.floor(plan.fractionPerRound * units));
  if (plan.sizing === 'whole' || !helps(candidate)) return { group, units: most };
  const impact = plan.sizing === 'deficit' ? 0 : candidate.impact;
  const needed = Math.ceil(leastUnits(-excess, candidate, impact) - ROUNDING);
  return { group, units: needed < most ? Math.max(1, needed) : most };
}

/** Whole units are not missed by an error of representation. */
const ROUNDING = 1e-9;

/** Real root of net x - impact x (units - x) = deficit beyond which closing more only helps. */
function leastUnits(deficit: number, candidate: LiquidationCandidate, impact: number): number {
  const net = (candidate.marginReleased - candidate.cost) / candidate.units;
  const slope = net - impact * candidate.units;
  const root = Math.sqrt(slope * slope + 4 * impact * deficit);
  return slope > 0 ? (2 * deficit) / (slope + root) : (root - slope) / (2 * impact);
}

function helps(candidate: LiquidationCandidate): boolean {
  return candidate.marginReleased > candidate.cost;
}

function usefulness(candidate: LiquidationCandidate): number {
  if (!helps(candidate)) return 2;
  return candidate.fits ? 0 : 1;
}

function keyOf(candidate: LiquidationCandidate, priority: LiquidationPlan['priority']): number {
  switch (priority) {
    case 'relief-per-cost':
      return -ratio(candidate);
    case 'last-in-first-out':
      return -candidate.opened;
    case 'largest-loss':
      return candidate.unrealised;
  }
}

/** Margin released per dollar of cost; unknown ranks below everything. */
function ratio(candidate: LiquidationCandidate): number {
  const value = candidate.marginReleased / candidate.cost;
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
}

function ascending(a: number, b: number): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
