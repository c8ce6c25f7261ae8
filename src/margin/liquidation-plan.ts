/**
 * What a broker closes first: most margin released per dollar of cost; what was opened last; the
 * greatest open loss.
 */
export type LiquidationPriority = 'relief-per-cost' | 'last-in-first-out' | 'largest-loss';

/**
 * How many units one order closes: the whole position; the least that cures the deficit at the
 * spread and fees of closing them; the same with the loss that the order itself causes on what
 * remains.
 */
export type LiquidationSizing = 'whole' | 'deficit' | 'deficit-and-impact';

/** How a broker liquidates, as data. One round is one order; the account is looked at again after it. */
export interface LiquidationPlan {
  readonly name: string;
  readonly priority: LiquidationPriority;
  /** Whole combinations, or one leg at a time. */
  readonly mode: 'combo' | 'legs';
  readonly sizing: LiquidationSizing;
  /** Orders at most in one session; a deficit that is left goes on at the next check. */
  readonly roundsPerDay: number;
  /** Share of a position that one order closes at most, in (0, 1]; at least one unit. */
  readonly fractionPerRound: number;
  /** Multiple of the half-spread, on top of the multiple for VIX. */
  readonly spreadMultiple: number;
  /** Further multiple for size: 1 + this for each hundred contracts of the order. */
  readonly sizePerHundred: number;
  /**
   * Own impact: half-spreads by which the marks of what remains in the same product move against
   * the holder, for each hundred contracts closed. It lasts until the book is marked again.
   */
  readonly impactPerHundred: number;
  readonly source: string;
}

const COMBOS: LiquidationPlan = {
  name: 'combos',
  priority: 'relief-per-cost',
  mode: 'combo',
  sizing: 'whole',
  roundsPerDay: 1000,
  fractionPerRound: 1,
  spreadMultiple: 3,
  sizePerHundred: 0,
  impactPerHundred: 0,
  source:
    'assumption, brokers keep their order to themselves: whole combinations as in LEAN’s DefaultMarginCallModel, three times the spread',
};

/** The plans by name. `combos` is what every headline uses. */
export const LIQUIDATION_PLANS: Readonly<Record<'combos' | 'legs' | 'thin', LiquidationPlan>> = {
  combos: COMBOS,
  legs: {
    ...COMBOS,
    name: 'legs',
    mode: 'legs',
    sizing: 'deficit',
    source:
      'Interactive Brokers closes legs one by one (reports of May 2010); sizes and spreads are an assumption',
  },
  thin: {
    ...COMBOS,
    name: 'thin',
    sizing: 'deficit-and-impact',
    roundsPerDay: 8,
    fractionPerRound: 0.5,
    sizePerHundred: 1,
    impactPerHundred: 1,
    source: 'assumption: a thin market, in which size widens spreads and moves marks',
  },
};
