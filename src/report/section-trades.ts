import type { RunRecord, TradeRecord } from '../engine/run-record.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { leadingPolicies, recordsOf } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatCount, formatNumber, formatUsd, formatUsdChange } from './format-number.ts';
import { gainOrLoss, htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';

const SHOWN = 10;

/** The trades of each leading policy that lost most, and how to see any trade day by day. */
export function tradesSection(view: CompareReport): Markup {
  const records = recordsOf({ ...view, policies: leadingPolicies(view) });
  if (records.every(({ trades }) => trades.length === 0)) return NOTHING;
  const { replayArguments } = view;
  return html`<section id="trades">
    <h2>Trades that lost most</h2>
    <p>
      Closed trades of the base position and of the layers, after fees and spread.
      ${
        replayArguments === undefined
          ? NOTHING
          : html`Any trade day by day, with its legs, marks and what each rule saw:
              <code>alvh replay ${replayArguments} --policy NAME --trade ID --html FILE</code>, with
              the same options of account and broker.`
      }
    </p>
    ${records.map((record) => lossTable(record))}
  </section> `;
}

function lossTable({ policy, trades }: RunRecord): Markup {
  const worst = trades
    .filter(({ pnl }) => pnl < 0)
    .toSorted((a, b) => a.pnl - b.pnl || a.id - b.id)
    .slice(0, SHOWN);
  if (worst.length === 0) return html`<p>No closed trade of ${policy} lost.</p>`;
  return html`<details>
    <summary>
      ${policy}: ${formatUsdChange(worst[0]?.pnl ?? Number.NaN)} the most of
      ${formatCount(trades.length, 'closed trade')}
    </summary>
    ${htmlTable({
      caption: `Trades of ${policy} that lost most`,
      columns: [
        { label: 'ID', align: 'left' },
        { label: 'Structure', align: 'left' },
        { label: 'Opened', align: 'left' },
        { label: 'Closed', align: 'left' },
        { label: 'Units' },
        { label: 'Premium' },
        { label: 'Largest possible loss' },
        { label: 'Profit and loss' },
        { label: 'Opened for, closed for', align: 'left' },
      ],
      rows: worst.map((trade) => lossRow(trade)),
      className: 'figures',
    })}
  </details> `;
}

function lossRow(trade: TradeRecord): readonly HtmlPart[] {
  const { id, structure, quantity, premium, maxLoss, pnl } = trade;
  return [
    formatNumber(id),
    structure,
    formatIsoDate(trade.openedDay),
    formatIsoDate(trade.closedDay),
    formatNumber(quantity),
    formatUsdChange(premium),
    maxLoss === null ? 'not bounded' : formatUsd(maxLoss),
    gainOrLoss(pnl, formatUsdChange(pnl)),
    `${trade.openReason}, ${trade.closeReason}`,
  ];
}
