import type { MartingaleStep } from '../engine/run-record.ts';
import type { MartingaleLadder } from '../evaluation/martingale-ladder.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import type { CompareReport } from './compare-view.ts';
import { formatNumber, formatPercent, formatUsd } from './format-number.ts';
import { bar, htmlTable } from './html-table.ts';
import { html } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';

/** One row per structure and margin regime with what ended the account, then its last ladder. */
export function martingaleSection(view: CompareReport): Markup {
  if (view.martingale.length === 0) {
    return html`<section id="martingale">
      <h2>The Martingale, step by step</h2>
      <p>No doubling policy was run.</p>
    </section> `;
  }
  return html`<section id="martingale">
    <h2>The Martingale, step by step</h2>
    <p>
      Under Reg T the requirement of a condor does not move with the market, so a doubling condor
      account ends when the next doubling is refused. Mark-driven calls arise for strangles and
      under portfolio margin.
    </p>
    ${htmlTable({
      caption: 'What ended each doubling account',
      columns: [
        { label: 'Structure × margin regime', align: 'left' },
        { label: 'Mechanism', align: 'left' },
        { label: 'Ended' },
        { label: 'Final equity' },
        { label: 'Deepest step' },
        { label: 'Largest size' },
        { label: 'Peak margin' },
        { label: 'Margin calls' },
        { label: 'Liquidations' },
      ],
      rows: view.martingale.map((ladder) => endingRow(ladder)),
      className: 'figures',
    })}${view.martingale.map((ladder) => stepsTable(ladder))}
  </section> `;
}

function endingRow(ladder: MartingaleLadder): readonly HtmlPart[] {
  return [
    html`<b>${ladder.structure} × ${ladder.regime}</b><small>${ladder.policy}</small>`,
    html`<span class="wrap">${ladder.mechanism}</span>`,
    ladder.endedDate ?? 'ran to the end',
    formatUsd(ladder.finalEquity),
    formatNumber(ladder.deepestStep),
    formatNumber(ladder.largestUnits),
    formatUsd(ladder.peakMargin),
    formatNumber(ladder.marginCalls),
    formatNumber(ladder.forcedLiquidations),
  ];
}

function stepsTable(ladder: MartingaleLadder): Markup {
  const name = `${ladder.structure} × ${ladder.regime} (${ladder.policy})`;
  if (ladder.steps.length === 0) return html`<p>${name}: no entry was made.</p>`;
  const which = ladder.endedBy === 'completed' ? 'deepest ladder' : 'last ladder';
  const uses = ladder.steps.map((step) => useOf(step) ?? 0);
  const largest = Math.max(...uses, 1);
  return htmlTable({
    caption: `${name}: steps of the ${which}`,
    columns: [
      { label: 'Date', align: 'left' },
      { label: 'Losses before' },
      { label: 'Size, units' },
      { label: 'Margin' },
      { label: 'Equity' },
      { label: 'Margin / equity' },
      { label: 'Outcome', align: 'left' },
    ],
    rows: ladder.steps.map((step): readonly HtmlPart[] => [
      formatIsoDate(step.day),
      formatNumber(step.step),
      formatNumber(step.units),
      formatUsd(step.requirement),
      formatUsd(step.equity),
      useCell(step, largest),
      step.outcome,
    ]),
    className: 'bars',
  });
}

/** Requirement as a share of equity, or undefined when equity is not above 0. */
function useOf({ requirement, equity }: MartingaleStep): number | undefined {
  return equity > 0 ? requirement / equity : undefined;
}

function useCell(step: MartingaleStep, largest: number): HtmlPart {
  const use = useOf(step);
  if (use === undefined)
    return html`<span class="na">n/a<small>equity is not above 0</small></span>`;
  return html`${formatPercent(use, 0)}${bar(use / largest, 'plain')}`;
}
