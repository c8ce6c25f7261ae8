import type { FalseBinaryRule } from './policy.ts';

/** What can be done with a threatened position: there are always more than two. */
export const THREAT_ACTIONS = ['hold', 'close', 'roll', 'add-hedge'] as const;

/** Name of an action. */
export type ThreatActionName = (typeof THREAT_ACTIONS)[number];

/** An action before it is judged; dollars. */
export interface ThreatAction {
  readonly action: ThreatActionName;
  /** P&L from now on in equally likely outcomes, costs of acting now taken off. */
  readonly outcomes: readonly number[];
  /** Initial margin of what is then held. */
  readonly margin: number;
  /** Half-spreads and fees of acting now. */
  readonly cost: number;
}

/** A row of the action table; dollars. */
export interface ThreatRow {
  readonly action: ThreatActionName;
  readonly expected: number;
  /** Mean of the worst 5 % of the outcomes. */
  readonly tail: number;
  readonly margin: number;
  readonly cost: number;
  /** Expected plus the weighted tail: the larger, the better. */
  readonly utility: number;
}

/** Share of the outcomes that are the tail. */
const TAIL = 0.05;

/**
 * The table of a threatened position: expected P&L, 5 % tail, margin and cost of each action.
 * Outcomes that are not numbers give a utility of NaN, which is never the best.
 * Source: R-31; the utility is ours.
 */
export function actionTable(
  actions: readonly ThreatAction[],
  { tailWeight }: Pick<FalseBinaryRule, 'tailWeight'>,
): readonly ThreatRow[] {
  return actions.map(({ action, outcomes, margin, cost }) => {
    const sorted = Float64Array.from(outcomes).toSorted();
    const worst = sorted.subarray(0, Math.max(1, Math.round(TAIL * sorted.length)));
    const expected = meanOf(sorted);
    const tail = meanOf(worst);
    return { action, expected, tail, margin, cost, utility: expected + tailWeight * tail };
  });
}

/**
 * The action of largest utility among those whose margin the account has; the first of equals.
 * Holding needs no funds beyond its own, so there is always one unless it is not a number.
 */
export function bestAction(rows: readonly ThreatRow[], funds: number): ThreatActionName {
  let best: ThreatRow | undefined;
  for (const row of rows) {
    if (Number.isNaN(row.utility) || !(row.action === 'hold' || row.margin <= funds)) continue;
    if (best === undefined || row.utility > best.utility) best = row;
  }
  return best?.action ?? 'hold';
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
