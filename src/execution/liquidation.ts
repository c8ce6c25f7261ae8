/** A group of legs (a combination) that is closed as a whole. */
export interface LiquidationCandidate {
  /** Caller's id of the group. */
  readonly group: number;
  /** Excess liquidity gained by closing it at its marks, dollars, before costs. */
  readonly marginReleased: number;
  /** Spread and fees of closing it, dollars, >= 0, at stressed spreads. */
  readonly cost: number;
  /** Open profit, dollars; a loss < 0. */
  readonly unrealised: number;
}

/** Groups that a forced liquidation closes, and where it leaves the account. */
export interface LiquidationSequence {
  /** Ids in the order of closing. */
  readonly groups: readonly number[];
  /** Excess liquidity after the last of them, dollars. */
  readonly excess: number;
  /** Costs paid, dollars. */
  readonly cost: number;
  /** `restored`: excess >= 0. `exhausted`: nothing is left that would help. */
  readonly outcome: 'restored' | 'exhausted';
}

/**
 * Ids of all groups in the order in which a broker closes them: most margin released per dollar of
 * cost first; ties: the greater loss, then the lower id. Groups whose closing costs more than it
 * releases (or is unknown) come last.
 *
 * Source: assumption, the broker's order is proprietary; the greater loss first is the order of
 * QuantConnect LEAN's DefaultMarginCallModel.
 */
export function liquidationOrder(candidates: readonly LiquidationCandidate[]): readonly number[] {
  return ranked(candidates).map(({ group }) => group);
}

/** Closes groups in `liquidationOrder` until excess is no longer below zero, or none helps. */
export function liquidationSequence(
  excess: number,
  candidates: readonly LiquidationCandidate[],
): LiquidationSequence {
  const groups: number[] = [];
  let reached = excess;
  let cost = 0;
  for (const candidate of ranked(candidates)) {
    if (reached >= 0) break;
    if (!helps(candidate)) break;
    groups.push(candidate.group);
    reached += candidate.marginReleased - candidate.cost;
    cost += candidate.cost;
  }
  return { groups, excess: reached, cost, outcome: reached >= 0 ? 'restored' : 'exhausted' };
}

function helps(candidate: LiquidationCandidate): boolean {
  return candidate.marginReleased > candidate.cost;
}

function ranked(candidates: readonly LiquidationCandidate[]): readonly LiquidationCandidate[] {
  return [...candidates].sort((a, b) => {
    const aHelps = helps(a);
    if (aHelps !== helps(b)) return aHelps ? -1 : 1;
    const byRatio = ascending(ratio(b), ratio(a));
    if (byRatio !== 0) return byRatio;
    return ascending(a.unrealised, b.unrealised) || a.group - b.group;
  });
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
