import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type { LineChart } from './chart.ts';
import { evenIndices } from './downsample.ts';
import { htmlTable } from './html-table.ts';
import { html } from './html.ts';
import type { Markup } from './html.ts';

/** The numbers behind a chart, folded away: evenly spread sessions, first and last included. */
export function chartData(chart: LineChart): Markup {
  const rows = evenIndices(chart.days.length, chart.size === 'large' ? 40 : 20);
  const table = htmlTable({
    caption: `${chart.subject === undefined ? '' : `${chart.subject}, `}${chart.title}: ${rows.length} of ${chart.days.length} sessions`,
    columns: [
      { label: 'Session', align: 'left' },
      ...chart.series.map(({ name }) => ({ label: name })),
    ],
    rows: rows.map((row) => [
      sessionLabel(chart, row),
      ...chart.series.map(({ values }) => cell(chart, values[row])),
    ]),
    className: 'data',
  });
  return html`<details>
    <summary>Data</summary>
    ${table}
  </details> `;
}

function cell(chart: LineChart, value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? 'n/a' : chart.format(value);
}

/** The date, or for simulated time the day since the start. */
function sessionLabel(chart: LineChart, row: number): string {
  const day = chart.days[row] ?? 0;
  if (chart.timeAxis === 'dates') return formatIsoDate(asEpochDay(day));
  return `day ${day - (chart.days[0] ?? 0)}`;
}
