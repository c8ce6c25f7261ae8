import type { SweepOutcome } from '../evaluation/sweep-outcome.ts';
import { formatEstimate } from './format-frequency.ts';
import { formatPercent } from './format-number.ts';
import { htmlPage } from './html-page.ts';
import { htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';
import { gridLabels, gridPlaces } from './grid-labels.ts';
import { sweepBasis, sweepFronts, sweepNotes } from './sweep-view.ts';
import type { SweepReport } from './sweep-view.ts';

/** A figure of a configuration that a heat table shows. */
interface HeatMeasure {
  readonly title: string;
  readonly of: (outcome: SweepOutcome) => number;
  readonly text: (outcome: SweepOutcome) => string;
}

const MEASURES: readonly HeatMeasure[] = [
  {
    title: 'Drawdown that 1 future in 100 exceeds',
    of: ({ drawdown1In100 }) => drawdown1In100,
    text: ({ drawdown1In100 }) => formatPercent(drawdown1In100),
  },
  {
    title: 'Growth a year of the median future',
    of: ({ growth }) => growth,
    text: ({ growth }) => formatPercent(growth, 2),
  },
  {
    title: 'Carry of the hedge a year',
    of: ({ hedgeCarry }) => hedgeCarry,
    text: ({ hedgeCarry }) => formatPercent(hedgeCarry, 2),
  },
  {
    title: 'Forced liquidation',
    of: ({ pForcedLiquidation }) => pForcedLiquidation.estimate ?? Number.NaN,
    text: ({ pForcedLiquidation }) => formatEstimate(pForcedLiquidation),
  },
];

/** Shades of a heat cell, from the least to the greatest figure of the sweep. */
const SHADES = 8;

/** Heat lies behind the text as a tint, at most so strong that the text keeps its contrast. */
const SWEEP_STYLE = `
${Array.from({ length: SHADES + 1 }, (_, shade) => `.heat .h${shade}{background:color-mix(in srgb,var(--s1) ${shade * 4}%,var(--bg))}`).join('')}
.heat th:first-child{width:34%}.heat td span{display:block;margin:-7px -12px;padding:7px 12px}
.front{font-weight:600}`;

/** A sweep as one self-contained page: heat tables, both fronts, every configuration. */
export function sweepHtml(report: SweepReport): string {
  const title = `Sweep of ${report.policy}`;
  const { manifest } = report;
  const main = html`<header class="hero">
      <p class="eyebrow">Sweep</p>
      <h1>${title}: ${report.axes.map(({ key }) => key).join(', ')}</h1>
      <p class="scope">${sweepBasis(report)}.</p>
      ${sweepNotes(report).map((note) => html`<p>${note}</p>`)}
    </header>
    ${MEASURES.map((measure) => heatSection(report, measure))} ${frontsSection(report)}
    <p>
      <small>
        Policy and grid ${manifest.configHash}, program ${manifest.codeVersion}, Node
        ${manifest.node}. Marks are modelled, not quoted; this is not advice.
      </small>
    </p>`;
  return htmlPage({ title, style: SWEEP_STYLE, main });
}

/** The first axis down, the second across; a table for each setting of the others. */
function heatSection(report: SweepReport, measure: HeatMeasure): Markup {
  const [down, across, ...others] = report.axes;
  if (down === undefined) return NOTHING;
  const values = report.outcomes.map((outcome) => measure.of(outcome));
  const columns = across?.labels.length ?? 1;
  const tables = others.reduce((product, { labels }) => product * labels.length, 1);
  const cellAt = (row: number, column: number, table: number): number =>
    (row * columns + column) * tables + table;
  return html`<section>
    <h2>${measure.title}</h2>
    ${Array.from({ length: tables }, (_, table) => {
      const setting = gridPlaces(report.axes, table).slice(2);
      const fixed = others.map(
        ({ key, labels }, axis) => `${key} ${labels[setting[axis] ?? 0] ?? ''}`,
      );
      return htmlTable({
        caption: [measure.title, ...fixed].join(', '),
        columns: [
          {
            label: across === undefined ? down.key : `${down.key} \\ ${across.key}`,
            align: 'left',
          },
          ...(across?.labels ?? [measure.title]).map((label) => ({ label })),
        ],
        rows: down.labels.map((label, row): readonly HtmlPart[] => [
          label,
          ...Array.from({ length: columns }, (__, column) => {
            const cell = cellAt(row, column, table);
            const outcome = report.outcomes[cell];
            if (outcome === undefined) return '';
            return html`<span class="h${shadeOf(values, values[cell] ?? Number.NaN)}"
              >${measure.text(outcome)}</span
            >`;
          }),
        ]),
        className: 'heat',
      });
    })}
  </section>`;
}

function shadeOf(values: readonly number[], value: number): number {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return span > 0 ? Math.round((SHADES * (value - low)) / span) : 0;
}

function frontsSection(report: SweepReport): Markup {
  const fronts = sweepFronts(report);
  const columns = [
    ...report.axes.map(({ key }) => ({ label: key, align: 'left' as const })),
    { label: 'Growth' },
    { label: 'Drawdown' },
    { label: 'Carry' },
    { label: 'Margin call' },
    { label: 'Forced liquidation' },
    { label: 'Ruin' },
  ];
  const row = (cell: number): readonly HtmlPart[] => {
    const outcome = report.outcomes[cell];
    if (outcome === undefined) return [];
    return [
      ...gridLabels(report.axes, cell),
      formatPercent(outcome.growth, 2),
      formatPercent(outcome.drawdown1In100),
      formatPercent(outcome.hedgeCarry, 2),
      formatEstimate(outcome.pMarginCall),
      formatEstimate(outcome.pForcedLiquidation),
      formatEstimate(outcome.pRuin),
    ];
  };
  const table = (caption: string, cells: readonly number[]): Markup =>
    htmlTable({ caption, columns, rows: cells.map(row), className: 'figures' });
  return html`<section>
    <h2>Configurations no other beats</h2>
    ${table('Drawdown against growth', fronts.drawdown)}
    ${table('Ruin against carry of the hedge', fronts.ruin)}
    <details>
      <summary>Every configuration</summary>
      ${table(
        'Every configuration',
        report.outcomes.map((_outcome, cell) => cell),
      )}
    </details>
  </section>`;
}
