import { METRIC_DEFINITIONS } from '../evaluation/metric-definitions.ts';
import type { ReportManifest } from './compare-view.ts';
import { formatNumber, formatPercent, formatUsd } from './format-number.ts';
import { alignedTable } from './text-table.ts';

/** What a list of kept runs shows of one. */
export interface ListedRun {
  readonly id: string;
  readonly command: string;
  readonly kept: string;
  readonly market: string;
  readonly from: string;
  readonly to: string;
  /** Growth a year of each policy as a fraction; null where unknown. */
  readonly growth: readonly { readonly policy: string; readonly cagr: number | null }[];
}

/** What two runs have not in common. */
export interface RunDifference {
  readonly a: string;
  readonly b: string;
  /** Parts of the manifest that differ: program, configuration, data, seed, Node. */
  readonly made: readonly DifferingValue[];
  /** Settings that differ; undefined where a run has no such key. */
  readonly settings: readonly DifferingValue[];
  /** Figures that differ; null where unknown or absent. */
  readonly figures: readonly {
    readonly policy: string;
    readonly figure: string;
    readonly a: number | null;
    readonly b: number | null;
  }[];
  /** Figures that both runs have alike. */
  readonly equalFigures: number;
}

/** A value under a name in two runs, as text; undefined where a run has none. */
export interface DifferingValue {
  readonly key: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

const MADE: Readonly<Record<string, (manifest: ReportManifest) => string | number | null>> = {
  program: ({ codeVersion }) => codeVersion,
  data: ({ dataHash }) => dataHash,
  seed: ({ seed }) => seed,
  node: ({ node }) => node,
};

/** Parts of two manifests that differ, the configuration aside. */
export function differingManifest(a: ReportManifest, b: ReportManifest): readonly DifferingValue[] {
  return Object.entries(MADE)
    .map(([key, of]) => ({ key, a: textOrNone(of(a)), b: textOrNone(of(b)) }))
    .filter((value) => value.a !== value.b);
}

function textOrNone(value: string | number | null): string | undefined {
  return value === null ? undefined : String(value);
}

/** The list as a table, or a line where it is empty. */
export function runsText(runs: readonly ListedRun[]): string {
  if (runs.length === 0) return 'No run is kept here.\n';
  const rows = runs.map(({ id, command, kept, market, from, to, growth }) => [
    id,
    kept,
    command,
    market,
    `${from}..${to}`,
    growth
      .map(({ policy, cagr }) => `${policy} ${cagr === null ? 'n/a' : formatPercent(cagr)}`)
      .join(', '),
  ]);
  return alignedTable([['id', 'kept', 'command', 'market', 'sessions', 'growth a year'], ...rows]);
}

/** A figure in the unit of its definition. */
export function figureText(figure: string, value: number | null): string {
  if (value === null) return 'n/a';
  const { unit = '' } = METRIC_DEFINITIONS.find(({ name }) => name === figure) ?? {};
  if (unit.startsWith('$')) return formatUsd(value);
  if (unit.startsWith('fraction') || figure.startsWith('p')) return formatPercent(value, 2);
  return formatNumber(value, Number.isInteger(value) ? 0 : 2);
}

const COUNTED: Readonly<Record<string, string>> = {
  'condors.trades': 'Condors closed',
  'condors.wins': 'Condors won',
  pForcedLiquidation: 'Forced liquidation',
  pRuin: 'Ruin',
};

/** How a figure is called on paper. */
export function figureLabel(figure: string): string {
  return COUNTED[figure] ?? METRIC_DEFINITIONS.find(({ name }) => name === figure)?.label ?? figure;
}

/** Two runs side by side, for a terminal. */
export function differenceText(found: RunDifference): string {
  const { a, b, made, settings, figures, equalFigures } = found;
  const values = (rows: readonly DifferingValue[]): string =>
    alignedTable([['', a, b], ...rows.map((row) => [row.key, row.a ?? '–', row.b ?? '–'])]);
  const parts = [
    made.length === 0 ? 'Program, data, seed and Node are the same.\n' : values(made),
    settings.length === 0 ? 'The configuration is the same.\n' : values(settings),
    figures.length === 0
      ? `All ${equalFigures} figures are the same.\n`
      : alignedTable([
          [`figures that differ (${equalFigures} do not)`, '', a, b],
          ...figures.map((row) => [
            row.policy,
            figureLabel(row.figure),
            figureText(row.figure, row.a),
            figureText(row.figure, row.b),
          ]),
        ]),
  ];
  return parts.join('\n');
}
