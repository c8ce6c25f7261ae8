import type { Policy } from '../strategy/policy.ts';

/** What the first pass measures of a policy; dollars per year and fractions. */
export interface FirstPass {
  /** Mean yearly profit of the condor book, interest excluded. */
  readonly corePnlPerYear: number;
  /** Mean yearly hedge cost less hedge payoff. */
  readonly hedgeCarryPerYear: number;
  /** Conditional drawdown at risk (95 %) of daily closes, fraction. */
  readonly cdar95: number;
}

/** How the size of `smaller-unhedged` was found, for the manifest. */
export interface SmallerSolution {
  /** Multiple of riskPerTrade and maxOpenRisk. */
  readonly scale: number;
  readonly variant: 'equal-cost' | 'equal-cdar' | 'hedge-paid-for-itself';
  /** Dollars per year, or the drawdown fraction, that was matched. */
  readonly target: number;
  readonly reached: number;
  readonly note: string;
}

/** Bisection steps: the size is found to within 1/128. */
const STEPS = 7;

/**
 * Solves the size of `smaller-unhedged`: the one whose yearly cost against `unhedged` equals the
 * hedge carry of alvh-45. When the condor book did not earn (being smaller then costs nothing),
 * the second variant is taken: equal CDaR. Bisection on the size with whole runs.
 */
export async function solveSmaller(
  unhedged: FirstPass,
  hedged: FirstPass,
  measure: (scale: number) => Promise<FirstPass>,
): Promise<SmallerSolution> {
  const carry = hedged.hedgeCarryPerYear;
  if (!(carry > 0)) {
    return {
      scale: 1,
      variant: 'hedge-paid-for-itself',
      target: carry,
      reached: carry,
      note: 'The hedge paid more than it cost; no smaller size has that cost, so the size is 1.',
    };
  }
  if (unhedged.corePnlPerYear > carry) {
    const target = unhedged.corePnlPerYear - carry;
    const found = await bisect((pass) => pass.corePnlPerYear, target, unhedged, measure);
    return {
      ...found,
      variant: 'equal-cost',
      target,
      note: 'Mean yearly condor profit equals that of unhedged less the hedge carry of alvh-45.',
    };
  }
  const found = await bisect((pass) => pass.cdar95, hedged.cdar95, unhedged, measure);
  return {
    ...found,
    variant: 'equal-cdar',
    target: hedged.cdar95,
    note:
      'The condors earned less than the hedge carry, so no smaller size costs as much; ' +
      'the size has the conditional drawdown (CDaR 95 %) of alvh-45 instead.',
  };
}

/** Largest size in (0, 1] whose figure does not exceed the target, both growing with size. */
async function bisect(
  figure: (pass: FirstPass) => number,
  target: number,
  unhedged: FirstPass,
  measure: (scale: number) => Promise<FirstPass>,
): Promise<{ readonly scale: number; readonly reached: number }> {
  const whole = figure(unhedged);
  if (whole <= target) return { scale: 1, reached: whole };
  let low = 0;
  let high = 1;
  // While no tried size meets the target, the smallest one stands, with what it reaches.
  let best = { scale: 1, reached: whole };
  for (let i = 0; i < STEPS; i += 1) {
    const scale = (low + high) / 2;
    const reached = figure(await measure(scale));
    if (reached <= target) {
      low = scale;
      best = { scale, reached };
    } else {
      high = scale;
      if (low === 0) best = { scale, reached };
    }
  }
  return best;
}

/** The unhedged policy at a multiple of its size. */
export function scaledPolicy(policy: Policy, scale: number): Policy {
  return {
    ...policy,
    sizing: {
      ...policy.sizing,
      riskPerTrade: policy.sizing.riskPerTrade * scale,
      maxOpenRisk: policy.sizing.maxOpenRisk * scale,
    },
  };
}
