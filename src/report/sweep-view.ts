import { paretoFront } from '../evaluation/sweep-outcome.ts';
import type { SweepOutcome } from '../evaluation/sweep-outcome.ts';
import type { Frequency } from '../evaluation/frequency.ts';
import type { ReportManifest, ReportModel } from './compare-view.ts';
import { gridLabels } from './grid-labels.ts';
import type { GridAxis } from './grid-labels.ts';
import { formatEstimate } from './format-frequency.ts';
import { formatNumber, formatPercent } from './format-number.ts';
import type { JsonValue } from './json-value.ts';
import { alignedTable, wrapText } from './text-table.ts';

/** A sweep as its reports show it. */
export interface SweepReport {
  readonly policy: string;
  readonly paths: number;
  readonly years: number;
  readonly seed: number;
  /** The path model of the futures, and the same in words. */
  readonly model: ReportModel;
  readonly market: string;
  readonly axes: readonly GridAxis[];
  /** One for each configuration, the last axis running fastest. */
  readonly outcomes: readonly SweepOutcome[];
  readonly manifest: ReportManifest;
}

/** Places of the configurations that no other beats in a risk and its price. */
export interface SweepFronts {
  /** Ruin against carry of the hedge. */
  readonly ruin: readonly number[];
  /** The drawdown of 1 future in 100 against growth. */
  readonly drawdown: readonly number[];
}

/** The two fronts of a sweep. */
export function sweepFronts({ outcomes }: SweepReport): SweepFronts {
  return {
    ruin: paretoFront(
      outcomes.map(({ pRuin, hedgeCarry }) => ({
        risk: pRuin.estimate ?? Number.NaN,
        cost: hedgeCarry,
      })),
    ),
    drawdown: paretoFront(
      outcomes.map(({ drawdown1In100, growth }) => ({ risk: drawdown1In100, cost: -growth })),
    ),
  };
}

/** What was run, in a sentence. */
export function sweepBasis(report: SweepReport): string {
  const { policy, outcomes, paths, years, seed, market } = report;
  const length = `${formatNumber(years)} ${years === 1 ? 'year' : 'years'}`;
  return (
    `${formatNumber(outcomes.length)} configurations of ${policy} over the same ` +
    `${formatNumber(paths)} futures of ${length}, ${market}, seed ${seed}`
  );
}

/** What the figures mean and what their number does to them, a sentence each. */
export function sweepNotes({ outcomes }: SweepReport): readonly string[] {
  const quantiles = outcomes[0]?.quantiles;
  return [
    'growth: a year, of the median final equity. carry: hedge cost less payoff, a year, of the ' +
      'deposit. drawdown: at worst marks, exceeded by 1 future in 100.',
    `Intervals hold with 95 % for all ${formatNumber(outcomes.length)} configurations at once ` +
      '(Bonferroni): the best of many looks better than it is. Choose on one seed, judge on another.',
    ...(quantiles?.kind === 'sketched'
      ? [
          `Median and drawdown are within ${100 * quantiles.relativeError} % of themselves (counts in bins).`,
        ]
      : []),
  ];
}

const FRONT_NOTE =
  'D: no other configuration has both a smaller drawdown and more growth. R: none has both less ' +
  'ruin and a cheaper hedge.';

const WIDTH = 100;

/** A sweep for a terminal: every configuration, with the fronts marked. */
export function sweepText(report: SweepReport): string {
  const fronts = sweepFronts(report);
  const head = [
    ...report.axes.map(({ key }) => key),
    'growth',
    'carry',
    'drawdown',
    'called',
    'liquidated',
    'ruined',
    'front',
  ];
  const rows = report.outcomes.map((outcome, cell) => [
    ...gridLabels(report.axes, cell),
    formatPercent(outcome.growth, 2),
    formatPercent(outcome.hedgeCarry, 2),
    formatPercent(outcome.drawdown1In100),
    formatEstimate(outcome.pMarginCall),
    formatEstimate(outcome.pForcedLiquidation),
    formatEstimate(outcome.pRuin),
    `${fronts.drawdown.includes(cell) ? 'D' : ''}${fronts.ruin.includes(cell) ? 'R' : ''}`,
  ]);
  const notes = [...sweepNotes(report), FRONT_NOTE].map(
    (note) => `${wrapText(`- ${note}`, WIDTH, '  ')}\n`,
  );
  return `${sweepBasis(report)}\n\n${alignedTable([head, ...rows])}\n${notes.join('')}`;
}

/** A sweep as a JSON document. */
export function sweepJson(report: SweepReport): { readonly [key: string]: JsonValue } {
  const fronts = sweepFronts(report);
  const { policy, paths, years, seed, model, axes, outcomes, manifest } = report;
  return {
    policy,
    paths,
    years,
    seed,
    model: { ...model, calibration: { ...model.calibration } },
    configurations: outcomes.length,
    quantiles: outcomes[0] === undefined ? undefined : { ...outcomes[0].quantiles },
    axes: axes.map(({ key, labels }) => ({ key, values: [...labels] })),
    cells: outcomes.map((outcome, cell) => ({
      values: gridLabels(axes, cell),
      growth: outcome.growth,
      hedgeCarry: outcome.hedgeCarry,
      drawdown1In100: outcome.drawdown1In100,
      pMarginCall: frequencyJson(outcome.pMarginCall),
      pForcedLiquidation: frequencyJson(outcome.pForcedLiquidation),
      pRuin: frequencyJson(outcome.pRuin),
      onDrawdownFront: fronts.drawdown.includes(cell),
      onRuinFront: fronts.ruin.includes(cell),
    })),
    manifest: { ...manifest, smallerUnhedged: undefined },
  };
}

function frequencyJson({ estimate, low, high, count, trials }: Frequency): JsonValue {
  return { estimate, low, high, count, trials };
}
