import type { RunRecord } from '../engine/run-record.ts';
import { leadingPolicies, recordsOf } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatPercent, formatUsd, formatUsdShort } from './format-number.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';
import { lineChart } from './line-chart.ts';
import { timeAxisOf } from './section-curves.ts';

const GREEKS = [
  { key: 'delta', title: 'Delta, beta-weighted', unit: '$ per +1 % of SPX' },
  { key: 'gamma', title: 'Gamma', unit: 'change of delta, $ per +1 % of SPX' },
  { key: 'vega', title: 'Vega', unit: '$ per +1 vol point' },
  { key: 'theta', title: 'Theta', unit: '$ per calendar day' },
] as const;

/** Book greeks in dollars and margin use through time; the leading policies are unfolded. */
export function greeksSection(view: CompareReport): Markup {
  const records = recordsOf(view);
  if (records.length === 0) return NOTHING;
  const leading = new Set(leadingPolicies(view).map(({ metrics }) => metrics.name));
  return html`<section id="greeks">
    <h2>Book greeks and margin use</h2>
    <p>
      Whole book at the close, in dollars: SPX options, and VIX futures and options by their tenor
      beta.
    </p>
    ${records.map((record) => {
      const open = leading.has(record.policy) ? html` open` : NOTHING;
      return html`<details class="book" ${open}>
        <summary>${record.policy}</summary>
        <div class="multiples">${bookCharts(view, record)}</div>
      </details> `;
    })}
  </section> `;
}

function bookCharts(view: CompareReport, record: RunRecord): readonly Markup[] {
  const { columns } = record;
  const common = {
    subject: record.policy,
    days: columns.day,
    endedDay: record.endedDay,
    timeAxis: timeAxisOf(view),
    size: 'small',
  } as const;
  const greeks = GREEKS.map(({ key, title, unit }) => {
    const values = columns[key];
    return lineChart({
      ...common,
      title,
      unit,
      summary: `${record.policy}: ${rangeOf(values)}.`,
      series: [{ name: key, values, style: 'ink', kind: 'area' }],
      format: formatUsdShort,
    });
  });
  const use = Float64Array.from(columns.marginUsed, (used, row) => {
    const equity = columns.equityClose[row] ?? Number.NaN;
    return equity > 0 ? used / equity : Number.NaN;
  });
  const margin = lineChart({
    ...common,
    title: 'Margin use',
    unit: 'requirement / equity at the close; gaps where equity is not above 0',
    summary: `${record.policy}: at most ${formatPercent(largestFinite(use))} at a close.`,
    series: [{ name: 'margin use', values: use, style: 's2', kind: 'area' }],
    format: (fraction) => formatPercent(fraction, 0),
  });
  return [...greeks, margin];
}

function rangeOf(values: Float64Array): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return `between ${formatUsd(low)} and ${formatUsd(high)}`;
}

function largestFinite(values: Float64Array): number {
  return values.reduce((most, value) => (value > most ? value : most), 0);
}
