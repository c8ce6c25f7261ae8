import { invariant } from '../core/invariant.ts';
import type { EndReason } from '../engine/run-record.ts';
import { quantile } from '../math/quantile.ts';
import { frequency } from './frequency.ts';
import type { Frequency } from './frequency.ts';
import { lossRuns } from './loss-runs.ts';
import type { LossRuns } from './loss-runs.ts';
import { equityFan, quantileDots } from './path-course.ts';
import type { EquityFan, YearsTo } from './path-course.ts';
import type { PathSummary } from './path-summary.ts';
import { startStrata } from './start-strata.ts';
import type { StartStratum } from './start-strata.ts';

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
  /** Fifty dots of equal probability: final equity in dollars, drawdown at worst marks. */
  readonly finalEquityDots: readonly number[];
  readonly drawdownDots: readonly number[];
  readonly fan: EquityFan;
  /** Quantiles of the years to each event over the paths that saw it; empty when none did. */
  readonly yearsTo: Readonly<Record<keyof YearsTo, readonly OutcomeQuantile[]>>;
  readonly lossRuns: LossRuns;
  /** By the level of VIX at the start. */
  readonly strata: readonly StartStratum[];
  /** Paths by what ended them. */
  readonly endings: Readonly<Record<EndReason, number>>;
}

/** Probabilities at which distributions are reported. */
export const REPORTED_PROBABILITIES: readonly number[] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/** Probabilities at which the time to an event is reported. */
const TIME_PROBABILITIES: readonly number[] = [0.1, 0.5, 0.9];

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
    finalEquityDots: quantileDots(summaries.map((path) => path.finalEquity)),
    drawdownDots: quantileDots(summaries.map((path) => path.maxDrawdownWorstMark)),
    fan: equityFan(
      summaries.map(({ course }) => course),
      first.years,
    ),
    yearsTo: {
      marginCall: timesOf(summaries, ({ marginCall }) => marginCall),
      forcedLiquidation: timesOf(summaries, ({ forcedLiquidation }) => forcedLiquidation),
      ruin: timesOf(summaries, ({ ruin }) => ruin),
    },
    lossRuns: lossRuns(summaries.map(({ results }) => results)),
    strata: startStrata(summaries),
    endings: countEndings(summaries),
  };
}

function timesOf(
  summaries: readonly PathSummary[],
  of: (times: YearsTo) => number | null,
): readonly OutcomeQuantile[] {
  const times = summaries.flatMap((path) => of(path.yearsTo) ?? []).sort((a, b) => a - b);
  if (times.length === 0) return [];
  return TIME_PROBABILITIES.map((probability) => ({
    probability,
    value: quantile(times, probability),
  }));
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
