import { invariant } from '../core/invariant.ts';
import type { EndReason } from '../engine/run-record.ts';
import { frequency } from './frequency.ts';
import type { Frequency } from './frequency.ts';
import { lossRuns } from './loss-runs.ts';
import type { LossRuns } from './loss-runs.ts';
import { enterEarly } from './median-future.ts';
import { dotProbabilities, equityFan } from './path-course.ts';
import type { EquityFan, YearsTo } from './path-course.ts';
import type { PathSummary } from './path-summary.ts';
import {
  count,
  counted,
  countedUnder,
  enterAmount,
  enterValue,
  knownOf,
  quantileSource,
  quantilesOf,
  totalOf,
} from './path-tally.ts';
import type { PathTally, QuantileSource } from './path-tally.ts';
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
  /** How quantiles are known: from every path, or from counts in bins with a relative error. */
  readonly quantiles: QuantileSource;
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

/** Every way in which a path can end. */
const ENDINGS: readonly EndReason[] = [
  'completed',
  'doubling-refused',
  'forced-liquidation',
  'ruined',
];

/** Enters what happened on a path. */
export function enterOutcome(tally: PathTally, path: number, summary: PathSummary): void {
  count(tally, 'called', path, Number(summary.marginCall));
  count(tally, 'liquidated', path, Number(summary.forcedLiquidation));
  count(tally, 'ruined', path, Number(summary.ruined));
  count(tally, 'refused doubling', path, Number(summary.doublingRefused > 0));
  count(tally, 'below start', path, Number(summary.finalEquity < summary.startEquity));
  count(tally, 'falls of 5 %', path, summary.fiftyGivenFive.episodes);
  count(tally, 'falls of 50 %', path, summary.fiftyGivenFive.hits);
  count(tally, `ended ${summary.endedBy}`, path);
  enterValue(tally, 'finalEquity', path, summary.finalEquity);
  enterAmount(tally, 'sum of finalEquity', path, summary.finalEquity);
  enterEarly(tally, path, summary.finalEquity);
  enterValue(tally, 'maxDrawdownClose', path, summary.maxDrawdownClose);
  enterValue(tally, 'maxDrawdownWorstMark', path, summary.maxDrawdownWorstMark);
  enterAmount(tally, 'hedgeCost', path, summary.hedgeCost);
  enterAmount(tally, 'hedgePayoff', path, summary.hedgePayoff);
  enterValue(tally, 'years to marginCall', path, summary.yearsTo.marginCall);
  enterValue(tally, 'years to forcedLiquidation', path, summary.yearsTo.forcedLiquidation);
  enterValue(tally, 'years to ruin', path, summary.yearsTo.ruin);
}

/**
 * Outcome of one policy over its paths.
 *
 * Domain: a tally of at least one path.
 */
export function aggregate(tally: PathTally): SimulationOutcome {
  const { policy, paths, years } = tally;
  invariant(paths > 0, 'at least one path is entered');
  const share = (name: string): Frequency => frequency(counted(tally, name), paths);
  return {
    policy,
    paths,
    years,
    quantiles: quantileSource(tally),
    pMarginCall: share('called'),
    pForcedLiquidation: share('liquidated'),
    pRuin: share('ruined'),
    pDoublingRefused: share('refused doubling'),
    pLoss: share('below start'),
    pDrawdown50Given5: frequency(counted(tally, 'falls of 50 %'), counted(tally, 'falls of 5 %')),
    terminalEquity: reported(tally, 'finalEquity'),
    drawdownClose: reported(tally, 'maxDrawdownClose'),
    drawdownWorstMark: reported(tally, 'maxDrawdownWorstMark'),
    meanFinalEquity: totalOf(tally, 'sum of finalEquity') / paths,
    meanHedgeCost: totalOf(tally, 'hedgeCost') / paths,
    meanHedgePayoff: totalOf(tally, 'hedgePayoff') / paths,
    finalEquityDots: quantilesOf(tally, 'finalEquity', dotProbabilities()),
    drawdownDots: quantilesOf(tally, 'maxDrawdownWorstMark', dotProbabilities()),
    fan: equityFan(tally, years),
    yearsTo: {
      marginCall: timesOf(tally, 'marginCall'),
      forcedLiquidation: timesOf(tally, 'forcedLiquidation'),
      ruin: timesOf(tally, 'ruin'),
    },
    lossRuns: lossRuns(tally),
    strata: startStrata(tally),
    endings: endingsOf(tally),
  };
}

/** What ended most paths; of several, what ended the earliest of them, `completed` before all. */
export function mostFrequentEnd(tally: PathTally): EndReason {
  let most: EndReason = 'completed';
  for (const [end, times] of countedUnder(tally, 'ended ')) {
    const reason = ENDINGS.find((each) => each === end);
    if (reason !== undefined && times > counted(tally, `ended ${most}`)) most = reason;
  }
  return most;
}

function timesOf(tally: PathTally, event: keyof YearsTo): readonly OutcomeQuantile[] {
  const name = `years to ${event}`;
  return knownOf(tally, name) === 0 ? [] : outcomes(tally, name, TIME_PROBABILITIES);
}

function reported(tally: PathTally, name: string): readonly OutcomeQuantile[] {
  return outcomes(tally, name, REPORTED_PROBABILITIES);
}

function outcomes(
  tally: PathTally,
  name: string,
  probabilities: readonly number[],
): readonly OutcomeQuantile[] {
  const values = quantilesOf(tally, name, probabilities);
  return probabilities.map((probability, place) => ({
    probability,
    value: values[place] ?? Number.NaN,
  }));
}

function endingsOf(tally: PathTally): Readonly<Record<EndReason, number>> {
  const ended = (by: EndReason): number => counted(tally, `ended ${by}`);
  return {
    completed: ended('completed'),
    'doubling-refused': ended('doubling-refused'),
    'forced-liquidation': ended('forced-liquidation'),
    ruined: ended('ruined'),
  };
}
