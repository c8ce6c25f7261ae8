import { CRISIS_WINDOWS, crisisOutcomes } from '../evaluation/crisis-windows.ts';
import type { CrisisOutcome } from '../evaluation/crisis-windows.ts';
import { recordsOf, simulatedPaths } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatPercent, formatPercentChange } from './format-number.ts';
import { gainOrLoss, htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';

/** P&L and drawdown of every policy in the dated falls of the S&P 500. */
export function crisesSection(view: CompareReport): Markup {
  const records = recordsOf(view);
  if (records.length === 0 || simulatedPaths(view) !== undefined) return NOTHING;
  const byPolicy = records.map((record) => crisisOutcomes(record));
  const rows = CRISIS_WINDOWS.map((window, index): readonly HtmlPart[] => [
    html`${window.name}<small>${window.from} – ${window.to}</small>`,
    ...byPolicy.map((outcomes) => crisisCell(outcomes[index])),
  ]);
  return html`<section id="crises">
    <h2>Crises</h2>
    <p>
      Gain or loss from the close of the first date to the close of the last; below it the largest
      drawdown inside the window at closes / at worst marks. Windows the run does not cover are
      shown as such.
    </p>
    ${htmlTable({
      caption: 'P&L and drawdown per policy in each fall',
      columns: [
        { label: 'Window', align: 'left' },
        ...records.map(({ policy }) => ({ label: policy })),
      ],
      rows,
      className: 'crises',
    })}
  </section> `;
}

function crisisCell(outcome: CrisisOutcome | undefined): HtmlPart {
  if (outcome === undefined) return 'n/a';
  const { pnl, drawdownClose, drawdownWorstMark } = outcome;
  if (pnl === null || drawdownClose === null || drawdownWorstMark === null) {
    return html`<span class="na">n/a<small>${outcome.pnlReason ?? ''}</small></span>`;
  }
  const drawdowns = `${formatPercent(-drawdownClose)} / ${formatPercent(-drawdownWorstMark)}`;
  return html`${gainOrLoss(pnl, formatPercentChange(pnl))}<small>${drawdowns}</small>`;
}
