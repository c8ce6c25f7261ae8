import { SLEEVES } from '../engine/run-record.ts';
import type { RunRecord, Sleeve } from '../engine/run-record.ts';
import type { LayerMetrics, PolicyMetrics } from '../evaluation/policy-metrics.ts';
import { HEDGED_POLICY } from '../evaluation/verdict.ts';
import type { ChartSeries, LineStyle } from './chart.ts';
import { recordsOf } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatNumber, formatUsd, formatUsdChange, formatUsdShort } from './format-number.ts';
import { bar, gainOrLoss, htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';
import { lineChart } from './line-chart.ts';
import { timeAxisOf } from './section-curves.ts';

/** Sleeves by the name a reader knows. */
const SLEEVE_NAMES: Readonly<Record<Sleeve, string>> = {
  core: 'base position',
  near: 'near layer',
  medium: 'medium layer',
  long: 'long layer',
  puts: 'index puts',
  cash: 'interest on cash',
};

const SLEEVE_STYLES: Readonly<Record<Sleeve, LineStyle>> = {
  core: 'ink',
  near: 's1',
  medium: 's2',
  long: 's4',
  puts: 's5',
  cash: 'muted',
};

/** Hedge cost against hedge payoff per layer, and profit and loss per sleeve through time. */
export function hedgeSection(view: CompareReport): Markup {
  const hedged = view.policies.map(({ metrics }) => metrics).filter(hasLayers);
  if (hedged.length === 0) {
    return html`<section id="hedge">
      <h2>Hedge cost against hedge payoff</h2>
      <p>No policy of this report holds a hedge.</p>
    </section> `;
  }
  const basis = hedged.some(({ basis }) => basis === 'paths')
    ? ' Dollars are means per future.'
    : '';
  return html`<section id="hedge">
    <h2>Hedge cost against hedge payoff</h2>
    <p>
      Cost: premiums, negative realised variation, fees and spread. Payoff: sales, settlements and
      positive variation.${basis} A layer that never opened is listed as such.
    </p>
    ${hedgeTable(hedged)}${activityTable(hedged)}${recordsOf(view)
      .filter(({ layers }) => layers.length > 0)
      .sort((a, b) => Number(b.policy === HEDGED_POLICY) - Number(a.policy === HEDGED_POLICY))
      .slice(0, 2)
      .map((record) => sleeveCharts(view, record))}
  </section> `;
}

function hasLayers({ hedge }: PolicyMetrics): boolean {
  return hedge.byLayer.length > 0;
}

function hedgeTable(hedged: readonly PolicyMetrics[]): Markup {
  const amounts = hedged.flatMap(({ hedge }) => [hedge.cost, hedge.payoff]);
  const largest = Math.max(...amounts, 1);
  const row = (
    name: HtmlPart,
    { cost, payoff, net }: Pick<LayerMetrics, 'cost' | 'payoff' | 'net'>,
  ): readonly HtmlPart[] => [
    name,
    html`${formatUsd(cost)}${bar(cost / largest, 'loss')}`,
    html`${formatUsd(payoff)}${bar(payoff / largest, 'gain')}`,
    gainOrLoss(net, formatUsdChange(net)),
  ];
  const rows = hedged.flatMap(({ name, hedge }) => [
    row(html`<b>${name}</b> all layers`, hedge),
    ...hedge.byLayer.map((layer) =>
      row(html`<span class="indent">${SLEEVE_NAMES[layer.sleeve]}</span>`, layer),
    ),
  ]);
  return htmlTable({
    caption: 'Hedge cost and payoff by layer',
    columns: [
      { label: 'Policy and layer', align: 'left' },
      { label: 'Cost' },
      { label: 'Payoff' },
      { label: 'Payoff − cost' },
    ],
    rows,
    className: 'bars',
  });
}

function activityTable(hedged: readonly PolicyMetrics[]): Markup {
  const rows = hedged.flatMap(({ name, hedge }) =>
    hedge.byLayer.map((layer): readonly HtmlPart[] => [
      html`<b>${name}</b> ${SLEEVE_NAMES[layer.sleeve]}`,
      formatNumber(layer.triggers),
      layer.openings === 0 ? '0 (never opened)' : formatNumber(layer.openings),
      formatNumber(layer.refusals),
      formatNumber(layer.notListed),
      formatNumber(layer.noData),
      formatUsd(layer.overshoot),
      formatNumber(layer.rollsProposed),
    ]),
  );
  return htmlTable({
    caption: 'What each layer did',
    columns: [
      { label: 'Policy and layer', align: 'left' },
      { label: 'Triggers' },
      { label: 'Openings' },
      { label: 'Refused' },
      { label: 'Sessions not listed' },
      { label: 'Sessions without data' },
      { label: 'Largest budget overshoot' },
      { label: 'Rolls proposed (delta band)' },
    ],
    rows,
  });
}

/** The whole account by sleeve, its layers as one; then the layers by themselves. */
function sleeveCharts(view: CompareReport, record: RunRecord): Markup {
  const layers = record.layers.map(({ sleeve }) => sleeveSeries(record, sleeve));
  const sum = Float64Array.from(record.columns.day, (_, row) =>
    layers.reduce((total, { values }) => total + (values[row] ?? Number.NaN), 0),
  );
  const all: ChartSeries = { name: 'all layers', values: sum, style: 'hedge', kind: 'line' };
  const rest = (['core', 'cash'] as const).map((sleeve) => sleeveSeries(record, sleeve));
  const chart = (title: string, series: readonly ChartSeries[]): Markup =>
    lineChart({
      title,
      unit: 'cumulative dollars',
      summary: `At the end: ${series.map((each) => `${each.name} ${formatUsdChange(each.values.at(-1) ?? 0)}`).join(', ')}.`,
      days: record.columns.day,
      series,
      endedDay: record.endedDay,
      format: formatUsdShort,
      timeAxis: timeAxisOf(view),
      size: 'large',
    });
  return html`${chart(`Where ${record.policy} earned and lost`, [...rest, all])}${
    layers.length > 1 ? chart(`Layers of ${record.policy}`, layers) : NOTHING
  }`;
}

function sleeveSeries(record: RunRecord, sleeve: Sleeve): ChartSeries {
  const { day, sleevePnl } = record.columns;
  const column = SLEEVES.indexOf(sleeve);
  const values = Float64Array.from(
    day,
    (_, row) => sleevePnl[row * SLEEVES.length + column] ?? Number.NaN,
  );
  return { name: SLEEVE_NAMES[sleeve], values, style: SLEEVE_STYLES[sleeve], kind: 'line' };
}
