import type { PolicyMetrics } from './policy-metrics.ts';

/** Policy whose hedge the verdict is about. */
export const HEDGED_POLICY = 'alvh-45';
/** Policies that the hedged one is always compared with. */
export const HEDGE_COMPARATORS: readonly string[] = ['smaller-unhedged', 'unhedged'];

/** Each doubling policy and the policies that enter alike without doubling, best match first. */
const DOUBLING_PAIRS: readonly {
  readonly doubling: string;
  readonly single: readonly string[];
}[] = [
  { doubling: 'martingale', single: ['unhedged'] },
  { doubling: 'martingale-capped', single: ['unhedged'] },
  { doubling: 'martingale-strangle', single: ['strangle', 'unhedged'] },
];

/** How a policy stands against another one; differences are first − second. */
export interface Contrast {
  readonly first: PolicyMetrics;
  readonly second: PolicyMetrics;
  /** Dollars. */
  readonly finalEquity: number;
  /** Points of drawdown as a fraction; < 0: the first fell less. */
  readonly drawdownClose: number;
  readonly drawdownWorstMark: number;
  /** Whether the first ended with more, and whether it fell less at worst marks. */
  readonly outcome:
    | 'richer-and-safer'
    | 'poorer-but-safer'
    | 'richer-but-riskier'
    | 'poorer-and-no-safer';
}

/** Drawdown of the doubling account split into what not doubling and what the hedge took off. */
export interface DrawdownSplit {
  /** Drawdown at worst marks, fractions. */
  readonly doubling: number;
  readonly single: number;
  readonly hedged: number;
  /** doubling − single. */
  readonly byNotDoubling: number;
  /** single − hedged. */
  readonly byHedge: number;
}

/** Findings about the hedge, kept apart from findings about doubling. */
export interface Verdict {
  /** The hedged policy, or undefined when it was not run. */
  readonly hedged: PolicyMetrics | undefined;
  readonly hedge: readonly Contrast[];
  readonly doubling: readonly Contrast[];
  readonly split: DrawdownSplit | undefined;
  /** Policies that the verdict wants and the report lacks. */
  readonly missing: readonly string[];
}

/** Findings from the policies of a report, by the names of the shipped policies. */
export function verdict(policies: readonly PolicyMetrics[]): Verdict {
  const named = (name: string): PolicyMetrics | undefined =>
    policies.find((policy) => policy.name === name);
  const hedged = named(HEDGED_POLICY);
  const hedge: Contrast[] = [];
  for (const name of HEDGE_COMPARATORS) {
    const comparator = named(name);
    if (hedged !== undefined && comparator !== undefined) hedge.push(contrast(hedged, comparator));
  }
  const doubling: Contrast[] = [];
  for (const pair of DOUBLING_PAIRS) {
    const first = named(pair.doubling);
    const second = pair.single.map((name) => named(name)).find((policy) => policy !== undefined);
    if (first !== undefined && second !== undefined) doubling.push(contrast(first, second));
  }
  return {
    hedged,
    hedge,
    doubling,
    split: drawdownSplit(named('martingale'), named('unhedged'), hedged),
    missing: [HEDGED_POLICY, ...HEDGE_COMPARATORS, 'martingale'].filter(
      (name) => named(name) === undefined,
    ),
  };
}

/** How one policy stands against another. A tie in drawdown is not safer. */
export function contrast(first: PolicyMetrics, second: PolicyMetrics): Contrast {
  const finalEquity = first.finalEquity - second.finalEquity;
  const drawdownWorstMark = first.maxDrawdownWorstMark - second.maxDrawdownWorstMark;
  const richer = finalEquity >= 0;
  const safer = drawdownWorstMark < 0;
  return {
    first,
    second,
    finalEquity,
    drawdownClose: first.maxDrawdownClose - second.maxDrawdownClose,
    drawdownWorstMark,
    outcome: outcomeOf({ richer, safer }),
  };
}

function outcomeOf({
  richer,
  safer,
}: {
  readonly richer: boolean;
  readonly safer: boolean;
}): Contrast['outcome'] {
  if (richer) return safer ? 'richer-and-safer' : 'richer-but-riskier';
  return safer ? 'poorer-but-safer' : 'poorer-and-no-safer';
}

function drawdownSplit(
  doubling: PolicyMetrics | undefined,
  single: PolicyMetrics | undefined,
  hedged: PolicyMetrics | undefined,
): DrawdownSplit | undefined {
  if (doubling === undefined || single === undefined || hedged === undefined) return undefined;
  return {
    doubling: doubling.maxDrawdownWorstMark,
    single: single.maxDrawdownWorstMark,
    hedged: hedged.maxDrawdownWorstMark,
    byNotDoubling: doubling.maxDrawdownWorstMark - single.maxDrawdownWorstMark,
    byHedge: single.maxDrawdownWorstMark - hedged.maxDrawdownWorstMark,
  };
}
