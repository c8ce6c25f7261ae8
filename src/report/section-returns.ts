import { monthlyReturns } from '../evaluation/monthly-returns.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { leadingPolicies, recordsOf } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatPercentChange } from './format-number.ts';
import { gainOrLoss, htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Returns by calendar month and year of the leading policies. */
export function returnsSection(view: CompareReport): Markup {
  const records = recordsOf({ ...view, policies: leadingPolicies(view) });
  if (records.length === 0) return NOTHING;
  return html`<section id="returns">
    <h2>Months and years</h2>
    <p>
      Change of net liquidation value from the last close of the month before; the first month from
      the deposit.
    </p>
    ${records.map((record) => monthTable(record))}
  </section> `;
}

function monthTable(record: RunRecord): Markup {
  const { startEquity, columns, policy } = record;
  const years = monthlyReturns(startEquity, columns.day, columns.equityClose);
  return html`<details>
    <summary>${policy}: ${years.length} years by month</summary>
    ${htmlTable({
      caption: `Returns of ${policy} by month`,
      columns: [
        { label: 'Year', align: 'left' },
        ...MONTHS.map((label) => ({ label })),
        { label: 'All year' },
      ],
      rows: years.map(({ year, months, total }): readonly HtmlPart[] => [
        String(year),
        ...months.map((value) => cell(value)),
        html`<b>${cell(total)}</b>`,
      ]),
      className: 'figures',
    })}
  </details> `;
}

function cell(value: number | null): HtmlPart {
  return value === null ? '' : gainOrLoss(value, formatPercentChange(value));
}
