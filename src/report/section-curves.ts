import type { RunRecord } from '../engine/run-record.ts';
import { drawdownsAtClose, drawdownsAtWorstMark } from '../evaluation/drawdown.ts';
import { alignColumn, sharedDays } from './aligned-columns.ts';
import type { ChartSeries, LineChart, LineStyle } from './chart.ts';
import { leadingPolicies, recordsOf, simulatedPaths } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatPercent, formatUsd, formatUsdShort } from './format-number.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';
import { lineChart } from './line-chart.ts';

const STYLES: readonly LineStyle[] = ['s1', 's2', 's3', 's4', 's5'];

/** Kind of time axis: dates of history, or time elapsed on a simulated path. */
export function timeAxisOf(view: CompareReport): LineChart['timeAxis'] {
  return simulatedPaths(view) === undefined ? 'dates' : 'elapsed';
}

/** Equity and drawdown: the leading policies together, then every policy by itself. */
export function curvesSection(view: CompareReport): Markup {
  const records = recordsOf(view);
  const intro =
    view.recordLabel === undefined
      ? NOTHING
      : html`<p>The curves show one example path: ${view.recordLabel}.</p>`;
  if (records.length === 0) {
    return html`<section id="curves">
      <h2>Equity and drawdown</h2>
      <p>No path was recorded, so there are no curves.</p>
    </section> `;
  }
  return html`<section id="curves">
    <h2>Equity and drawdown</h2>
    ${intro}${leadingEquity(view)}${leadingDrawdown(view)}
    <h3>Each policy by itself</h3>
    <p>
      Equity at closes, and the drawdown at closes beside the one at the worst mark of each day.
    </p>
    <div class="multiples">${records.map((record) => ownCurves(view, record))}</div>
  </section> `;
}

function leadingRecords(view: CompareReport): readonly RunRecord[] {
  return recordsOf({ ...view, policies: leadingPolicies(view) });
}

function together(
  view: CompareReport,
  column: (record: RunRecord) => Float64Array,
): Pick<LineChart, 'days' | 'series' | 'timeAxis' | 'size'> {
  const records = leadingRecords(view);
  const days = sharedDays(records);
  const series = records.map((record, index): ChartSeries => ({
    name: record.policy,
    values: alignColumn(days, record, column(record)),
    style: STYLES[index] ?? 'muted',
    kind: 'line',
  }));
  return { days, series, timeAxis: timeAxisOf(view), size: 'large' };
}

function leadingEquity(view: CompareReport): Markup {
  const records = leadingRecords(view);
  if (records.length === 0) return NOTHING;
  const ends = records.map((record) => {
    const last = record.columns.equityClose.at(-1) ?? record.startEquity;
    return `${record.policy} ${formatUsd(last)}`;
  });
  return lineChart({
    ...together(view, (record) => record.columns.equityClose),
    title: 'Equity',
    unit: 'dollars at the close',
    summary: `From ${formatUsd(records[0]?.startEquity ?? Number.NaN)} to: ${ends.join(', ')}.`,
    format: formatUsdShort,
  });
}

function leadingDrawdown(view: CompareReport): Markup {
  const records = leadingRecords(view);
  if (records.length === 0) return NOTHING;
  const worst = records.map(
    (record) => `${record.policy} ${formatPercent(-deepest(worstDrawdowns(record)))}`,
  );
  return lineChart({
    ...together(view, (record) => negated(worstDrawdowns(record))),
    title: 'Drawdown at the worst mark of the day',
    unit: 'below the highest close before',
    summary: `Deepest: ${worst.join(', ')}.`,
    format: wholePercent,
  });
}

function ownCurves(view: CompareReport, record: RunRecord): Markup {
  const { day, equityClose } = record.columns;
  const common = {
    subject: record.policy,
    days: day,
    timeAxis: timeAxisOf(view),
    size: 'small',
    endedDay: record.endedDay,
  } as const;
  const last = equityClose.at(-1) ?? record.startEquity;
  const close = drawdownsAtClose(record.startEquity, equityClose);
  const worst = worstDrawdowns(record);
  return html`<article>
    <h4>${record.policy}</h4>
    ${lineChart({
      ...common,
      title: 'Equity',
      unit: 'dollars at the close',
      summary: `${formatUsd(record.startEquity)} became ${formatUsd(last)}.`,
      series: [{ name: 'equity', values: equityClose, style: 'ink', kind: 'line' }],
      format: formatUsdShort,
    })}${lineChart({
      ...common,
      title: 'Drawdown',
      unit: 'below the highest close before',
      summary: `Deepest ${formatPercent(-deepest(close))} at closes, ${formatPercent(-deepest(worst))} at worst marks.`,
      series: [
        { name: 'worst mark', values: negated(worst), style: 'muted', kind: 'area' },
        { name: 'close', values: negated(close), style: 'ink', kind: 'line' },
      ],
      format: wholePercent,
    })}
  </article> `;
}

function worstDrawdowns(record: RunRecord): Float64Array {
  const { equityClose, equityWorst } = record.columns;
  return drawdownsAtWorstMark(record.startEquity, equityClose, equityWorst);
}

function negated(values: Float64Array): Float64Array {
  return values.map((value) => -value);
}

function deepest(drawdowns: Float64Array): number {
  return drawdowns.reduce((most, drawdown) => Math.max(most, drawdown), 0);
}

/** Drawdown axis: enough decimals to tell small ticks apart. */
function wholePercent(fraction: number): string {
  return formatPercent(fraction, Number.isInteger(Math.round(fraction * 1e6) / 1e4) ? 0 : 1);
}
