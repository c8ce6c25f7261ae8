import type { EpochDay } from '../time/epoch-day.ts';
import { CHARTS } from './chart-script.ts';
import { formatUsd, formatUsdShort } from './format-number.ts';
import { htmlPage } from './html-page.ts';
import { htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';
import { lineChart } from './line-chart.ts';
import { figureLabel, figureText } from './runs-view.ts';
import type { DifferingValue, RunDifference } from './runs-view.ts';

/** Equity of a policy in two runs on the days that either has; NaN where one has none. */
export interface EquityOfTwo {
  readonly policy: string;
  readonly days: readonly EpochDay[];
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** Two runs side by side as one page: what made them differ, figures, equity. */
export function differenceHtml(
  found: RunDifference,
  scope: readonly [string, string],
  curves: readonly EquityOfTwo[],
): string {
  const title = `Run ${found.a} and run ${found.b}`;
  const main = html`<header class="hero">
      <p class="eyebrow">Two runs</p>
      <h1>${title}</h1>
      <p class="scope">a: ${scope[0]}.</p>
      <p class="scope">b: ${scope[1]}.</p>
    </header>
    ${madeSection(found)} ${figuresSection(found)} ${curvesSection(curves)}
    <p><small>Marks are modelled, not quoted; this is not advice.</small></p>`;
  return htmlPage({ title, style: '', main, scripts: [CHARTS] });
}

function madeSection({ made, settings }: RunDifference): Markup {
  const table = (caption: string, rows: readonly DifferingValue[]): Markup =>
    rows.length === 0
      ? html`<p>${caption}: the same.</p>`
      : htmlTable({
          caption,
          columns: [
            { label: caption, align: 'left' },
            { label: 'a', align: 'left' },
            { label: 'b', align: 'left' },
          ],
          rows: rows.map((row) => [row.key, row.a ?? 'absent', row.b ?? 'absent']),
        });
  return html`<section id="made">
    <h2>What made them differ</h2>
    ${table('Program, data, seed, Node', made)} ${table('Configuration', settings)}
  </section>`;
}

function figuresSection({ figures, equalFigures }: RunDifference): Markup {
  return html`<section id="figures">
    <h2>Figures</h2>
    <p>${equalFigures} figures are the same in both runs, ${figures.length} are not.</p>
    ${
      figures.length === 0
        ? NOTHING
        : htmlTable({
            caption: 'Figures that differ',
            columns: [
              { label: 'Policy', align: 'left' },
              { label: 'Figure', align: 'left' },
              { label: 'a' },
              { label: 'b' },
            ],
            rows: figures.map((row) => [
              row.policy,
              figureLabel(row.figure),
              figureText(row.figure, row.a),
              figureText(row.figure, row.b),
            ]),
          })
    }
  </section>`;
}

function curvesSection(curves: readonly EquityOfTwo[]): Markup {
  if (curves.length === 0) return html`<p>The runs have no policy in common.</p>`;
  return html`<section id="curves">
    <h2>Equity</h2>
    <div class="multiples">
      ${curves.map(
        ({ policy, days, a, b }) =>
          html`<article>
            <h3>${policy}</h3>
            ${lineChart({
              title: `Equity, ${policy}`,
              unit: 'dollars at the close',
              summary: `Ends at ${formatUsd(lastOf(a))} in a and ${formatUsd(lastOf(b))} in b.`,
              days: Int32Array.from(days),
              series: [
                { name: 'a', values: a, style: 's1', kind: 'line' },
                { name: 'b', values: b, style: 's2', kind: 'line' },
              ],
              timeAxis: 'dates',
              size: 'small',
              format: formatUsdShort,
            })}
          </article>`,
      )}
    </div>
  </section>`;
}

function lastOf(values: Float64Array): number {
  return values.findLast((value) => Number.isFinite(value)) ?? Number.NaN;
}
