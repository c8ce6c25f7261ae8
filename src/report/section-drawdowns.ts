import { worstDrawdowns } from '../evaluation/worst-drawdowns.ts';
import type { DrawdownEpisode } from '../evaluation/worst-drawdowns.ts';
import { SLEEVES } from '../engine/run-record.ts';
import type { RunRecord, Sleeve } from '../engine/run-record.ts';
import { leadingPolicies, recordsOf } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatNumber, formatPercent, formatUsdChange } from './format-number.ts';
import { gainOrLoss, htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';

const SHOWN = 10;

const HEDGES: readonly Sleeve[] = ['near', 'medium', 'long', 'puts'];

/** The ten deepest falls of each leading policy, and what its hedges did in them. */
export function drawdownsSection(view: CompareReport): Markup {
  const records = recordsOf({ ...view, policies: leadingPolicies(view) });
  if (records.length === 0) return NOTHING;
  return html`<section id="drawdowns">
    <h2>Deepest falls</h2>
    <p>
      From the highest close before to the lowest one after, and until the peak was passed again.
      Hedges: profit and loss of all layers from peak to trough.
    </p>
    ${records.map((record) => fallTable(record))}
  </section> `;
}

function fallTable(record: RunRecord): Markup {
  const { startEquity, columns, policy } = record;
  const falls = worstDrawdowns(startEquity, columns.equityClose, SHOWN);
  if (falls.length === 0) return html`<p>${policy} never closed below an earlier peak.</p>`;
  return html`<details>
    <summary>
      ${policy}: deepest ${formatPercent(-(falls[0]?.depth ?? Number.NaN))} of
      ${formatNumber(falls.length)} falls
    </summary>
    ${htmlTable({
      caption: `Deepest falls of ${policy}`,
      columns: [
        { label: 'Peak', align: 'left' },
        { label: 'Trough' },
        { label: 'Recovered' },
        { label: 'Depth' },
        { label: 'Sessions down' },
        { label: 'Sessions in all' },
        { label: 'Hedges' },
      ],
      rows: falls.map((fall) => fallRow(record, fall)),
      className: 'figures',
    })}
  </details> `;
}

function fallRow(record: RunRecord, fall: DrawdownEpisode): readonly HtmlPart[] {
  const { peak, trough, recovery, depth } = fall;
  const last = record.columns.equityClose.length - 1;
  const hedges = hedgeGain(record, peak, trough);
  return [
    peak < 0 ? 'start' : dayOf(record, peak),
    dayOf(record, trough),
    recovery === undefined ? 'not by the end' : dayOf(record, recovery),
    gainOrLoss(-depth, formatPercent(-depth)),
    formatNumber(trough - peak),
    formatNumber((recovery ?? last) - peak),
    gainOrLoss(hedges, formatUsdChange(hedges)),
  ];
}

function dayOf({ columns }: RunRecord, row: number): string {
  return formatIsoDate(asEpochDay(columns.day[row] ?? 0));
}

/** What the layers gained or lost between two closes, dollars. */
function hedgeGain({ columns }: RunRecord, from: number, to: number): number {
  const at = (row: number, sleeve: number): number =>
    row < 0 ? 0 : (columns.sleevePnl[row * SLEEVES.length + sleeve] ?? Number.NaN);
  let gain = 0;
  for (const [sleeve, name] of SLEEVES.entries()) {
    if (HEDGES.includes(name)) gain += at(to, sleeve) - at(from, sleeve);
  }
  return gain;
}
