import { invariant } from '../core/invariant.ts';
import type { EndReason } from '../engine/run-record.ts';
import { quantile } from '../math/quantile.ts';
import { wilsonInterval } from '../math/wilson-interval.ts';
import type { PathSummary } from './path-summary.ts';

/** How often something happened, with its 95 % interval; fractions, null without a trial. */
export interface Frequency {
  readonly estimate: number | null;
  readonly low: number | null;
  /** Upper end; 3 / trials when nothing was seen. */
  readonly high: number | null;
  /** Trials with the event. */
  readonly count: number;
  /** Paths, or episodes for a conditional frequency. */
  readonly trials: number;
}

/** A point of a distribution over paths. */
export interface OutcomeQuantile {
  /** Probability, 0..1. */
  readonly probability: number;
  readonly value: number;
}

/** What happened to one policy over many simulated futures. */
export interface SimulationOutcome {
  readonly policy: string;
  readonly paths: number;
  readonly years: number;
  readonly pMarginCall: Frequency;
  readonly pForcedLiquidation: Frequency;
  readonly pRuin: Frequency;
  readonly pDoublingRefused: Frequency;
  /** Futures that end below the start equity. */
  readonly pLoss: Frequency;
  /** Of episodes that start at −5 % from a peak, those that reach −50 % before a new peak. */
  readonly pDrawdown50Given5: Frequency;
  /** Dollars. */
  readonly terminalEquity: readonly OutcomeQuantile[];
  /** Fractions >= 0 at closes. */
  readonly drawdownClose: readonly OutcomeQuantile[];
  /** Fractions >= 0 at worst marks. */
  readonly drawdownWorstMark: readonly OutcomeQuantile[];
  readonly meanFinalEquity: number;
  /** Dollars per path. */
  readonly meanHedgeCost: number;
  /** Dollars per path. */
  readonly meanHedgePayoff: number;
  /** Paths by what ended them. */
  readonly endings: Readonly<Record<EndReason, number>>;
}

/** Probabilities at which distributions are reported. */
export const REPORTED_PROBABILITIES: readonly number[] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/**
 * Frequency with its Wilson interval, of 95 % unless another confidence is given; after zero events
 * the upper end is 3 / trials.
 *
 * Source: Wilson (1927); rule of three, Hanley and Lippman-Hand (1983).
 */
export function frequency(count: number, trials: number, confidence = 0.95): Frequency {
  if (!(trials > 0)) return { estimate: null, low: null, high: null, count, trials };
  const { estimate, low, high } = wilsonInterval(count, trials, confidence);
  return { estimate, low, high, count, trials };
}

/**
 * Outcome of one policy over its paths.
 *
 * Domain: at least one summary, in path order; the order workers finish in plays no part.
 */
export function aggregate(summaries: readonly PathSummary[]): SimulationOutcome {
  const [first] = summaries;
  invariant(first !== undefined, 'at least one path is summarised');
  const paths = summaries.length;
  let episodes = 0;
  let hits = 0;
  let equity = 0;
  let cost = 0;
  let payoff = 0;
  for (const path of summaries) {
    invariant(path.policy === first.policy, 'summaries are of one policy');
    episodes += path.fiftyGivenFive.episodes;
    hits += path.fiftyGivenFive.hits;
    equity += path.finalEquity;
    cost += path.hedgeCost;
    payoff += path.hedgePayoff;
  }
  return {
    policy: first.policy,
    paths,
    years: first.years,
    pMarginCall: shareOf(summaries, (path) => path.marginCall),
    pForcedLiquidation: shareOf(summaries, (path) => path.forcedLiquidation),
    pRuin: shareOf(summaries, (path) => path.ruined),
    pDoublingRefused: shareOf(summaries, (path) => path.doublingRefused > 0),
    pLoss: shareOf(summaries, (path) => path.finalEquity < path.startEquity),
    pDrawdown50Given5: frequency(hits, episodes),
    terminalEquity: quantilesOf(summaries, (path) => path.finalEquity),
    drawdownClose: quantilesOf(summaries, (path) => path.maxDrawdownClose),
    drawdownWorstMark: quantilesOf(summaries, (path) => path.maxDrawdownWorstMark),
    meanFinalEquity: equity / paths,
    meanHedgeCost: cost / paths,
    meanHedgePayoff: payoff / paths,
    endings: countEndings(summaries),
  };
}

function shareOf(
  summaries: readonly PathSummary[],
  happened: (path: PathSummary) => boolean,
): Frequency {
  return frequency(summaries.filter((path) => happened(path)).length, summaries.length);
}

function quantilesOf(
  summaries: readonly PathSummary[],
  of: (path: PathSummary) => number,
): readonly OutcomeQuantile[] {
  const ascending = summaries.map((path) => of(path)).sort((a, b) => a - b);
  return REPORTED_PROBABILITIES.map((probability) => ({
    probability,
    value: quantile(ascending, probability),
  }));
}

function countEndings(summaries: readonly PathSummary[]): Readonly<Record<EndReason, number>> {
  const ended = (by: EndReason): number => summaries.filter((path) => path.endedBy === by).length;
  return {
    completed: ended('completed'),
    'doubling-refused': ended('doubling-refused'),
    'forced-liquidation': ended('forced-liquidation'),
    ruined: ended('ruined'),
  };
}
