import type { DayPlan } from '../engine/plan-day.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { formatNumber, formatPercent, formatUsd, formatUsdChange } from './format-number.ts';
import { gainOrLoss, htmlTable } from './html-table.ts';
import { htmlPage } from './html-page.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';
import {
  checkFigure,
  closingSentence,
  layerCells,
  marginRows,
  openingFacts,
  openingLegs,
  openingSentence,
  planVerdict,
} from './plan-view.ts';
import type { PlanReport } from './plan-view.ts';

/** Print on one sheet: smaller type, no rules between sections. */
const PLAN_STYLE = `
section{margin-top:26px;padding-top:14px}
@media print{body{font-size:11px}section{margin-top:8px;padding-top:6px;break-inside:avoid}main{padding:0;max-width:none}
table{font-size:10px}th,td{padding:2px 6px}h1{font-size:18px}h2{font-size:13px}}`;

/** The plan of a day as one self-contained page that prints on a sheet. Every text is escaped. */
export function planHtml(report: PlanReport): string {
  const { plan, manifest } = report;
  const { decision, reasons } = planVerdict(plan);
  const date = formatIsoDate(plan.day);
  const title = `${decision.replace('_', ' ')}: ${report.policy}, ${date}`;
  const main = html`
    <header class="hero">
      <p class="eyebrow">Plan for the close of ${date}, policy ${report.policy}</p>
      <h1>${decision.replace('_', ' ')}</h1>
      <ul>
        ${reasons.map((reason) => html`<li>${reason}</li>`)}
      </ul>
      <p class="scope">
        SPX ${formatNumber(plan.spot, 2)}, VIX ${formatNumber(plan.vix, 2)}, net liquidation
        ${formatUsd(plan.equity)}. Account: ${report.account}.
      </p>
    </header>
    ${ordersSection(plan)} ${rulesSection(plan)} ${layersSection(plan)} ${marginSection(plan)}
    ${profitSection(plan)} ${listSection('Exits', report.exits)}
    ${listSection('Notes', report.notes)}
    <p>
      <small>
        Inputs ${manifest.dataHash ?? 'none'}, policy ${manifest.configHash}, program
        ${manifest.codeVersion}, Node ${manifest.node}. Marks are modelled, not quoted; this is not
        advice.
      </small>
    </p>
  `;
  return htmlPage({ title, style: PLAN_STYLE, main });
}

function ordersSection(plan: DayPlan): Markup {
  const { openings, closings } = plan;
  if (openings.length + closings.length === 0) {
    return html`<section>
      <h2>Orders</h2>
      <p>None.</p>
    </section>`;
  }
  return html`<section>
    <h2>Orders</h2>
    ${openings.map(
      (opening) => html`
        <h3>${openingSentence(opening)}</h3>
        <ul>
          ${openingFacts(opening, plan).map((fact) => html`<li>${fact}</li>`)}
        </ul>
        ${htmlTable({
          caption: 'Legs',
          columns: [
            { label: 'Action', align: 'left' },
            { label: 'Contracts' },
            { label: 'Series', align: 'left' },
            { label: 'Strike' },
            { label: 'Modelled price' },
          ],
          rows: openingLegs(opening).map((leg) => [
            leg.action,
            formatNumber(leg.quantity),
            `${leg.product} ${leg.expiry ?? ''} ${leg.settlement ?? ''} ${leg.right ?? ''}`.trim(),
            leg.strike === undefined ? '' : formatNumber(leg.strike, leg.strike % 1 === 0 ? 0 : 1),
            leg.price.toFixed(2),
          ]),
        })}
      `,
    )}
    ${
      closings.length === 0
        ? NOTHING
        : html`<ul>
            ${closings.map((closing) => html`<li>${closingSentence(closing)}</li>`)}
          </ul>`
    }
  </section>`;
}

function rulesSection({ entry }: DayPlan): Markup {
  return html`<section>
    <h2>Entry rules</h2>
    ${htmlTable({
      caption: 'Every rule of the entry',
      columns: [
        { label: 'Rule', align: 'left' },
        { label: 'Value' },
        { label: 'Asked' },
        { label: 'Result', align: 'left' },
        { label: 'What it asks', align: 'left' },
      ],
      rows: [...entry.checks, ...entry.votes].map((check) => [
        check.id,
        checkFigure(check.value, check.unit),
        `${check.relation} ${checkFigure(check.threshold, check.unit)}`,
        check.outcome === 'PASS'
          ? 'PASS'
          : html`<span class="warn">${check.outcome.replace('_', ' ')}</span>`,
        html`<span class="wrap">${check.rule}</span>`,
      ]),
    })}
  </section>`;
}

function layersSection({ layers }: DayPlan): Markup {
  if (layers.length === 0) return NOTHING;
  return html`<section>
    <h2>Hedge layers</h2>
    ${layerTable(layers, 'State, trigger and budget of each layer')}
  </section>`;
}

/** State, trigger, holding and budget of layers. */
export function layerTable(layers: DayPlan['layers'], caption: string): Markup {
  return htmlTable({
    caption,
    columns: [
      { label: 'Layer', align: 'left' },
      { label: 'State', align: 'left' },
      { label: 'Trigger', align: 'left' },
      { label: 'Holds', align: 'left' },
      { label: 'Spent this year' },
      { label: 'Left' },
      { label: 'Note', align: 'left' },
    ],
    rows: layers.map(layerCells),
  });
}

function marginSection(plan: DayPlan): Markup {
  return html`<section>
    <h2>Margin</h2>
    ${htmlTable({
      caption: 'Both segments, before and after the orders and under coordinated shocks',
      columns: [
        { label: 'When', align: 'left' },
        { label: 'Net liquidation' },
        { label: 'Securities requirement' },
        { label: 'Futures maintenance' },
        { label: 'Excess liquidity' },
      ],
      rows: marginRows(plan),
    })}
  </section>`;
}

function profitSection({ profit, greeks }: DayPlan): Markup {
  return html`<section>
    <h2>Profit and loss now</h2>
    <p>
      Delta ${formatUsdChange(greeks.delta)} and gamma ${formatUsdChange(greeks.gamma)} per 1 % of
      SPX, vega ${formatUsdChange(greeks.vega)} per vol point, theta
      ${formatUsdChange(greeks.theta)} a day.
    </p>
    ${htmlTable({
      caption: 'By change of SPX and multiple of VIX; the surface moves with the forward',
      columns: [
        { label: 'VIX', align: 'left' },
        ...profit.spotRatios.map((ratio) => ({ label: formatPercent(ratio - 1) })),
      ],
      rows: profit.vixRatios.map((ratio, row) => [
        `× ${ratio}`,
        ...(profit.pnl[row] ?? []).map((value) => gainOrLoss(value, formatUsdChange(value))),
      ]),
    })}
  </section>`;
}

function listSection(title: string, lines: readonly string[]): Markup {
  if (lines.length === 0) return NOTHING;
  return html`<section>
    <h2>${title}</h2>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section>`;
}
