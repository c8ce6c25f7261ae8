/** A position a broker may close: a whole combination, never a single leg of it. */
export interface LiquidationCandidate {
  /** Trade id. */
  readonly group: number;
  /** Excess liquidity gained by closing it, dollars. */
  readonly marginReleased: number;
  /** Cost of crossing the stressed spread, dollars. */
  readonly cost: number;
  /** Profit and loss not yet realised, dollars. */
  readonly unrealised: number;
}

/**
 * Order in which positions are closed: most excess released per dollar of cost first; ties go to
 * the bigger loser, then to the older trade. Brokers' own orders are proprietary; this is ours.
 */
export function liquidationOrder(candidates: readonly LiquidationCandidate[]): readonly number[] {
  return candidates
    .toSorted(
      (a, b) => rate(b) - rate(a) || a.unrealised - b.unrealised || a.group - b.group,
    )
    .map((candidate) => candidate.group);
}

function rate(candidate: LiquidationCandidate): number {
  return candidate.marginReleased / Math.max(candidate.cost, 0.01);
}
