import { moments } from '../math/moments.ts';
import { backtestOverfitting } from './backtest-overfitting.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';
import { deflatedSharpe, sharpeSample } from './sharpe-evidence.ts';
import { sharpeRatio } from './sharpe-ratio.ts';
import { walkForwardSplits } from './walk-forward.ts';
import type { PeriodRange } from './walk-forward.ts';

const SESSIONS = 252;
/** Tests of the walk-forward; the first fold only trains. */
const FOLDS = 8;
/** Sessions between training and test: the longest life of a trade, and a week of memory. */
const PURGE = 45;
const EMBARGO = 5;
/** Blocks of the cross-validation: 70 splits. */
const BLOCKS = 8;

/** A test of the walk-forward: what was chosen on the past, and how it did afterwards. */
export interface WalkForwardTest {
  readonly test: PeriodRange;
  /** Place of the configuration with the best Sharpe ratio of the training. */
  readonly chosen: number;
  /** Sharpe ratios a year of the chosen one, in training and in the test. */
  readonly inSample: number;
  readonly outOfSample: number;
}

/** What a grid of configurations proves, once all of them are counted. */
export interface GridEvidence {
  /** Sharpe ratio over bills a year of each configuration. */
  readonly sharpe: readonly Measured[];
  /** Place of the best one, and the probability that it is better than the best of luck. */
  readonly best: number;
  readonly bestDeflated: Measured;
  /** Probability that the best in sample is at or below the median outside. */
  readonly overfitting: Measured;
  readonly tests: readonly WalkForwardTest[];
  /** Sharpe ratio a year over all tests: of what was chosen each time, and of one configuration. */
  readonly chosenSharpe: Measured;
  readonly fixedSharpe: Measured;
}

/**
 * Evidence of a grid.
 *
 * @param returns Daily returns over bills of each configuration, all of one length.
 * @param fixed Place of the configuration that is held throughout for comparison.
 *
 * Source: López de Prado (2018), ch. 7 and 12 (purged walk-forward); Bailey and others (2017), PBO;
 * Bailey, López de Prado (2014), deflated Sharpe ratio.
 */
export function gridEvidence(returns: readonly Float64Array[], fixed: number): GridEvidence {
  const sharpe = returns.map((series) => sharpeRatio(series, { periodsPerYear: SESSIONS }).ratio);
  const daily = returns.map((series) => sharpeSample(series));
  const best = placeOfLargest(sharpe.map(({ value }) => value ?? Number.NEGATIVE_INFINITY));
  const { standardDeviation } = moments(daily.map((sample) => sample.sharpe));
  const bestSample = daily[best];
  const { tests, chosen, held } = walkForward(returns, fixed);
  return {
    sharpe,
    best,
    bestDeflated:
      bestSample === undefined
        ? unknown('no configuration')
        : measured(
            deflatedSharpe(bestSample, {
              trials: returns.length,
              variance: returns.length === 1 ? 0 : standardDeviation * standardDeviation,
            }),
            'returns do not vary',
          ),
    overfitting: backtestOverfitting({ returns, blocks: BLOCKS }).probability,
    tests,
    chosenSharpe: sharpeRatio(chosen, { periodsPerYear: SESSIONS }).ratio,
    fixedSharpe: sharpeRatio(held, { periodsPerYear: SESSIONS }).ratio,
  };
}

interface WalkForward {
  readonly tests: readonly WalkForwardTest[];
  /** Returns over all tests of what was chosen, and of the configuration that is held. */
  readonly chosen: readonly number[];
  readonly held: readonly number[];
}

function walkForward(returns: readonly Float64Array[], fixed: number): WalkForward {
  const found = walkForwardSplits({
    periods: returns[0]?.length ?? 0,
    folds: FOLDS,
    purge: PURGE,
    embargo: EMBARGO,
    training: 'past',
  });
  if (found.kind === 'refused') return { tests: [], chosen: [], held: [] };
  const chosen: number[] = [];
  const held: number[] = [];
  const tests = found.splits.map(({ train, test }): WalkForwardTest => {
    const trained = returns.map((series) => dailySharpe(parts(series, train)));
    const place = placeOfLargest(trained);
    const outside = parts(returns[place] ?? new Float64Array(), [test]);
    chosen.push(...outside);
    held.push(...parts(returns[fixed] ?? new Float64Array(), [test]));
    const yearly = Math.sqrt(SESSIONS);
    return {
      test,
      chosen: place,
      inSample: yearly * (trained[place] ?? Number.NaN),
      outOfSample: yearly * dailySharpe(outside),
    };
  });
  return { tests, chosen, held };
}

function parts(series: Float64Array, ranges: readonly PeriodRange[]): Float64Array {
  return Float64Array.from(ranges.flatMap(({ first, end }) => [...series.subarray(first, end)]));
}

/** Mean over standard deviation; 0 for a series that does not vary. */
function dailySharpe(series: Float64Array): number {
  const { mean, standardDeviation } = moments(series);
  return standardDeviation > 0 ? mean / standardDeviation : 0;
}

/** The first of the largest values. */
function placeOfLargest(values: readonly number[]): number {
  return values.indexOf(values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
}
