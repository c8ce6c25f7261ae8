import type { BudgetRule, WeightingRule } from './policy.ts';

/** z-scores of ten years that weight budgets; NaN = NO DATA. */
export interface StressScores {
  /** Of the MACD histogram over price; falling momentum, a low score, is stress. */
  readonly macdZ: number;
  /** Of price over earnings and over cash flow; a high multiple is stress. */
  readonly priceToEarningsZ: number;
  readonly priceToCashFlowZ: number;
}

/** Keys of `budgets.weighting` that name a score, in the order of the method. */
export const STRESS_INPUTS = ['macd', 'priceToEarnings', 'priceToCashFlow'] as const;

/** Name of a score of `budgets.weighting`. */
export type StressInput = (typeof STRESS_INPUTS)[number];

/** What the scores make of the budgets. */
export interface BudgetWeight {
  /** Weighted sum of the clipped, stress-positive scores, standard deviations. */
  readonly score: number;
  /** Multiplier of every layer's budget before the sum is held to the year's. */
  readonly multiplier: number;
  /** Weighted inputs without data; the others carry their weight. */
  readonly missing: readonly StressInput[];
}

/**
 * Multiplier of the layers' budgets: 1 + strength * score within [floor, ceiling].
 *
 * The score is the weighted sum of -z(MACD histogram / price), +z(P/E) and +z(P/CF), each clipped;
 * the weight of a score without data goes to the others in proportion. Without a rule, a weight or
 * any data the multiplier is 1. It never falls when a stress-positive score rises.
 * Source: R-17.
 */
export function budgetWeight(rule: WeightingRule | null, scores: StressScores): BudgetWeight {
  if (rule === null) return UNWEIGHTED;
  const stress: Readonly<Record<StressInput, number>> = {
    macd: -scores.macdZ,
    priceToEarnings: scores.priceToEarningsZ,
    priceToCashFlow: scores.priceToCashFlowZ,
  };
  let missing: StressInput[] | undefined;
  let asked = 0;
  let known = 0;
  for (const name of STRESS_INPUTS) {
    if (!(rule[name] > 0)) continue;
    asked += rule[name];
    if (!Number.isNaN(stress[name])) known += rule[name];
    else (missing ??= []).push(name);
  }
  if (known === 0) return { ...UNWEIGHTED, missing: missing ?? NONE_MISSING };
  const share = missing === undefined ? 1 : asked / known;
  let score = 0;
  for (const name of STRESS_INPUTS) {
    if (!(rule[name] > 0) || Number.isNaN(stress[name])) continue;
    score += rule[name] * share * within(stress[name], -rule.clip, rule.clip);
  }
  return {
    score,
    multiplier: within(1 + rule.strength * score, rule.floor, rule.ceiling),
    missing: missing ?? NONE_MISSING,
  };
}

const NONE_MISSING: readonly StressInput[] = [];
const UNWEIGHTED: BudgetWeight = { score: 0, multiplier: 1, missing: NONE_MISSING };

/**
 * The multiplier that leaves the three budgets within the year's: at most 1 over the sum of their
 * shares, so that with shares that add up to 1 budgets can shrink but not grow.
 */
export function heldMultiplier(multiplier: number, budgets: BudgetRule): number {
  const shares = budgets.near + budgets.medium + budgets.long;
  // Shares may miss 1 by a rounding; a multiplier of 1 must stay 1 to the last bit.
  return multiplier <= 1 ? multiplier : Math.min(multiplier, Math.max(1, 1 / shares));
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
