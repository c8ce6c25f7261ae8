import { quantile } from '../math/quantile.ts';
import { fillStationaryResample } from '../math/stationary-bootstrap.ts';
import { conditionalDrawdown, drawdownsAtClose } from './drawdown.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';
import type { BootstrapSettings } from './superior-ability.ts';

/** A difference between two accounts on the same days, and how well it is known. */
export interface DifferenceInterval {
  /** First minus second, on the days as they were. */
  readonly estimate: Measured;
  /** 95 % percentile interval over resamples. */
  readonly low: Measured;
  readonly high: Measured;
  /** Two-sided bootstrap p-value of "no difference": twice the smaller share on one side of 0. */
  readonly pValue: Measured;
}

/** Differences that decide whether a hedge is worth its price. */
export interface PairedIntervals {
  /** Yearly growth, fraction a year. */
  readonly cagr: DifferenceInterval;
  /** CDaR 95 %, fraction; negative when the first account draws down less. */
  readonly conditionalDrawdown95: DifferenceInterval;
}

/** Daily returns of two accounts on the same days. */
export interface PairedReturns {
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** 252 for days. */
  readonly periodsPerYear: number;
}

/**
 * Differences of growth and drawdown of two accounts with intervals from a stationary bootstrap that
 * draws the same days for both, so that what they share cancels.
 *
 * Resampling mixes calm and storm anew, so a drawdown that grew over years is rarer in resamples than
 * in history, and the interval of the CDaR difference need not hold its estimate: it says what other
 * orders of the same blocks would have shown.
 *
 * A resample in which an account falls to 0 has growth −100 % a year. Growth is counted over
 * periods / periodsPerYear, so that the estimate may differ from CAGR by calendar time in the last
 * digit. Source: Politis, Romano (1994); Efron, Tibshirani (1993), percentile interval.
 */
export function pairedIntervals(
  returns: PairedReturns,
  settings: BootstrapSettings,
): PairedIntervals {
  const reason = refusal(returns, settings);
  if (reason !== undefined) return { cagr: none(reason), conditionalDrawdown95: none(reason) };
  const { first, second, periodsPerYear } = returns;
  const count = first.length;
  const growths: number[] = [];
  const tails: number[] = [];
  const places = new Int32Array(count);
  const wealth = new Float64Array(count);
  for (let replicate = 0; replicate < settings.replicates; replicate += 1) {
    fillStationaryResample(settings.stream, replicate, settings.meanBlock, places);
    const one = courseOf(first, places, wealth, periodsPerYear);
    const two = courseOf(second, places, wealth, periodsPerYear);
    growths.push(one.growth - two.growth);
    tails.push(one.tail - two.tail);
  }
  const asTheyWere = Int32Array.from({ length: count }, (_unused, i) => i);
  const one = courseOf(first, asTheyWere, wealth, periodsPerYear);
  const two = courseOf(second, asTheyWere, wealth, periodsPerYear);
  return {
    cagr: intervalOf(one.growth - two.growth, growths),
    conditionalDrawdown95: intervalOf(one.tail - two.tail, tails),
  };
}

interface Course {
  readonly growth: number;
  readonly tail: number;
}

function courseOf(
  returns: Float64Array,
  places: Int32Array,
  wealth: Float64Array,
  periodsPerYear: number,
): Course {
  let level = 1;
  for (let i = 0; i < places.length; i += 1) {
    level = Math.max(0, level * (1 + (returns[places[i] ?? -1] ?? Number.NaN)));
    wealth[i] = level;
  }
  return {
    growth: level ** (periodsPerYear / places.length) - 1,
    tail: conditionalDrawdown(drawdownsAtClose(1, wealth), 0.95),
  };
}

function intervalOf(estimate: number, drawn: readonly number[]): DifferenceInterval {
  const ascending = drawn.toSorted((a, b) => a - b);
  const share = (hits: number): number => hits / drawn.length;
  const atMost = share(drawn.filter((value) => value <= 0).length);
  const atLeast = share(drawn.filter((value) => value >= 0).length);
  const reason = 'a difference is not a finite number';
  return {
    estimate: measured(estimate, reason),
    low: measured(quantile(ascending, 0.025), reason),
    high: measured(quantile(ascending, 0.975), reason),
    pValue: measured(Math.min(1, 2 * Math.min(atMost, atLeast)), reason),
  };
}

function refusal(returns: PairedReturns, settings: BootstrapSettings): string | undefined {
  const { first, second } = returns;
  if (first.length !== second.length) {
    return `the accounts have ${first.length} and ${second.length} returns`;
  }
  if (first.length < 2) return 'fewer than two returns';
  if (!(settings.replicates >= 1)) return `replicates must be >= 1, was ${settings.replicates}`;
  if (!(settings.meanBlock >= 1)) return `mean block must be >= 1, was ${settings.meanBlock}`;
  if (!first.every(Number.isFinite) || !second.every(Number.isFinite)) {
    return 'a return is not a finite number';
  }
  return undefined;
}

function none(reason: string): DifferenceInterval {
  const missing = unknown(reason);
  return { estimate: missing, low: missing, high: missing, pValue: missing };
}
