import { METRIC_DEFINITIONS } from '../evaluation/metric-definitions.ts';
import type { CompareReport } from './compare-view.ts';
import { formatNumber } from './format-number.ts';
import { htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';

/** What the figures rest on: assumptions, data coverage, definitions and the manifest. */
export function basisSection(view: CompareReport): Markup {
  return html`<section id="assumptions">
      <h2>Assumptions</h2>
      <ol class="assumptions">
        ${view.assumptions.map((assumption) => html`<li>${assumption}</li>`)}
      </ol>
      ${sensitivities(view)}
      <h3>Size of smaller-unhedged</h3>
      <p>${view.smallerUnhedgedNote}</p>
    </section>
    <section id="coverage">
      <h2>Data coverage</h2>
      ${seriesTable(view)}${legDayTable(view)}${skipTable(view)}
    </section>
    <section id="definitions">
      <h2>Definitions</h2>
      ${htmlTable({
        caption: 'What each figure means',
        columns: ['Figure', 'Formula', 'Basis', 'Unit', 'Source'].map((label) => ({
          label,
          align: 'left' as const,
        })),
        rows: METRIC_DEFINITIONS.map(({ name, label, formula, basis, unit, source }) => [
          html`${label}<small>${name}</small>`,
          formula,
          basis,
          unit,
          source,
        ]),
        className: 'prose',
      })}
    </section>
    <section id="manifest">
      <h2>Manifest</h2>
      <p>Equal manifests give equal bytes.</p>
      ${manifestList(view)}
    </section> `;
}

function seriesTable(view: CompareReport): Markup {
  if (view.coverage.length === 0)
    return view.manifest.dataHash === null
      ? html`<p>No market file was read: the market is ${view.market}.</p>`
      : html`<p>The market is ${view.market}.</p>`;
  return htmlTable({
    caption: 'Sessions by origin, per series',
    columns: [
      { label: 'Series', align: 'left' },
      { label: 'From' },
      { label: 'To' },
      { label: 'Quoted' },
      { label: 'Calibrated' },
      { label: 'Regressed' },
      { label: 'Missing' },
    ],
    rows: view.coverage.map((row): readonly HtmlPart[] => [
      row.series,
      row.from ?? 'absent',
      row.to ?? 'absent',
      formatNumber(row.quoted),
      formatNumber(row.calibrated),
      formatNumber(row.regressed),
      row.missing > 0 ? html`<span class="warn">${formatNumber(row.missing)}</span>` : '0',
    ]),
  });
}

function legDayTable(view: CompareReport): Markup {
  return htmlTable({
    caption: 'Leg-days held, by where their mark came from',
    columns: [
      { label: 'Policy', align: 'left' },
      { label: 'Quoted' },
      { label: 'Calibrated' },
      { label: 'Regressed' },
      { label: 'Simulated' },
    ],
    rows: view.policies.map(({ metrics: { name, coverage } }) => [
      name,
      formatNumber(coverage.quoted),
      formatNumber(coverage.calibrated),
      formatNumber(coverage.regressed),
      formatNumber(coverage.simulated),
    ]),
  });
}

function skipTable(view: CompareReport): Markup {
  const rows = view.policies.flatMap(({ metrics: { name, skips } }) =>
    Object.entries(skips)
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => [name, reason, formatNumber(count)]),
  );
  if (rows.length === 0) return NOTHING;
  return html`<details>
    <summary>Entries considered and skipped</summary>
    ${htmlTable({
      caption: 'Entries considered and skipped',
      columns: [
        { label: 'Policy', align: 'left' },
        { label: 'Reason', align: 'left' },
        { label: 'Entries' },
      ],
      rows,
    })}
  </details> `;
}

function manifestList({ manifest }: CompareReport): Markup {
  const entries: readonly (readonly [string, string])[] = [
    ['Code version', manifest.codeVersion],
    ['Config hash', manifest.configHash],
    ['Data hash', manifest.dataHash ?? `n/a (${manifest.dataHashReason ?? 'simulated market'})`],
    [
      'Seed',
      manifest.seed === null ? `n/a (${manifest.seedReason ?? 'replay'})` : String(manifest.seed),
    ],
    ['Node', manifest.node],
    ...smallerEntry(manifest),
  ];
  return html`<dl class="manifest">
    ${entries.map(
      ([term, value]) =>
        html`<dt>${term}</dt>
          <dd><code>${value}</code></dd>`,
    )}
  </dl> `;
}

function smallerEntry(manifest: CompareReport['manifest']): readonly (readonly [string, string])[] {
  const size = manifest.smallerUnhedged;
  if (size === undefined) return [];
  return [['smaller-unhedged', `size x ${formatNumber(size.scale, 4)} (${size.variant})`]];
}

function sensitivities({ sensitivities: lines = [] }: CompareReport): Markup {
  if (lines.length === 0) return NOTHING;
  return html`<h3>Under other assumptions</h3>
    <ul class="assumptions">
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul> `;
}
