import type { AuditEvent, RunRecord } from '../engine/run-record.ts';
import { equityOn } from './aligned-columns.ts';
import type { ChartMarker } from './chart.ts';
import { leadingPolicies, recordsOf } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatCount, formatPercent, formatUsd, formatUsdShort } from './format-number.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';
import { lineChart } from './line-chart.ts';
import { marginEvents } from './section-margin-events.ts';
import { timeAxisOf } from './section-curves.ts';

const MARKED: Partial<
  Record<AuditEvent['kind'], { readonly symbol: string; readonly label: string }>
> = {
  'margin-call': { symbol: '▲', label: 'margin call' },
  'forced-liquidation': { symbol: '✕', label: 'forced liquidation' },
  'doubling-refused': { symbol: '◆', label: 'doubling refused' },
  ruined: { symbol: '■', label: 'ruined' },
};

/** Margin used against equity per policy, with calls, liquidations and refusals marked. */
export function marginSection(view: CompareReport): Markup {
  const records = recordsOf(view);
  if (records.length === 0) return NOTHING;
  const leading = new Set(leadingPolicies(view).map(({ metrics }) => metrics.name));
  const first = records.filter(({ policy }) => leading.has(policy));
  const others = records.filter(({ policy }) => !leading.has(policy));
  return html`<section id="margin">
    <h2>Margin used against equity</h2>
    <p>
      Maintenance requirement of the securities and futures segments at each close, against net
      liquidation value. Symbols sit on the equity line on the day of the event.
    </p>
    <div class="multiples">
      ${first.map((record) => marginChart(view, record))}${others.map((record) => marginChart(view, record))}
    </div>
    ${marginEvents(view)}
  </section> `;
}

function marginChart(view: CompareReport, record: RunRecord): Markup {
  const { day, equityClose, marginUsed } = record.columns;
  const peak = marginUsed.reduce((most, used) => Math.max(most, used), 0);
  return lineChart({
    title: record.policy,
    unit: 'dollars at the close',
    summary:
      `Largest requirement ${formatUsd(peak)}, peak use ${formatPercent(record.peakMarginUse)} of equity; ` +
      `${formatCount(record.marginCalls, 'margin call')}, ` +
      `${formatCount(record.forcedLiquidations, 'forced liquidation')}.`,
    days: day,
    series: [
      { name: 'margin used', values: marginUsed, style: 's2', kind: 'area' },
      { name: 'equity', values: equityClose, style: 'ink', kind: 'line' },
    ],
    markers: markersOf(record),
    endedDay: record.endedDay,
    format: formatUsdShort,
    timeAxis: timeAxisOf(view),
    size: 'small',
  });
}

function markersOf(record: RunRecord): readonly ChartMarker[] {
  return record.events.flatMap(({ day, kind }) => {
    const mark = MARKED[kind];
    return mark === undefined ? [] : [{ day, value: equityOn(record, day), ...mark }];
  });
}
