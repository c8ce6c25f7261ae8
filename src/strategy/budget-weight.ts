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
  const macd = -scores.macdZ;
  const { priceToEarningsZ: earnings, priceToCashFlowZ: cashFlow } = scores;
  const missing = missingOf(rule, macd, earnings, cashFlow);
  const asked =
    weightIf(rule.macd, 1) + weightIf(rule.priceToEarnings, 1) + weightIf(rule.priceToCashFlow, 1);
  const known =
    weightIf(rule.macd, macd) +
    weightIf(rule.priceToEarnings, earnings) +
    weightIf(rule.priceToCashFlow, cashFlow);
  if (known === 0) return { score: 0, multiplier: 1, missing };
  const share = missing.length === 0 ? 1 : asked / known;
  const score =
    part(rule.macd, macd, share, rule.clip) +
    part(rule.priceToEarnings, earnings, share, rule.clip) +
    part(rule.priceToCashFlow, cashFlow, share, rule.clip);
  return {
    score,
    multiplier: within(1 + rule.strength * score, rule.floor, rule.ceiling),
    missing,
  };
}

/** Scores with a weight and no data; no list is made where there are none. */
function missingOf(
  rule: WeightingRule,
  macd: number,
  earnings: number,
  cashFlow: number,
): readonly StressInput[] {
  let missing: StressInput[] | undefined;
  if (rule.macd > 0 && Number.isNaN(macd)) (missing ??= []).push('macd');
  if (rule.priceToEarnings > 0 && Number.isNaN(earnings)) (missing ??= []).push('priceToEarnings');
  if (rule.priceToCashFlow > 0 && Number.isNaN(cashFlow)) (missing ??= []).push('priceToCashFlow');
  return missing ?? NONE_MISSING;
}

/** A weight that counts: above 0, with a score. */
function weightIf(weight: number, score: number): number {
  return weight > 0 && !Number.isNaN(score) ? weight : 0;
}

/** What a score adds: its weight with what missing ones left it, times the clipped score. */
function part(weight: number, score: number, share: number, clip: number): number {
  return weightIf(weight, score) === 0 ? 0 : weight * share * within(score, -clip, clip);
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
