import { SPOT_RATIOS } from '../engine/replay-trade.ts';
import type { ReplayedDay, TradeReplay } from '../engine/replay-trade.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { CHARTS } from './chart-script.ts';
import type { LineChart } from './chart.ts';
import { formatNumber, formatUsd, formatUsdChange, formatUsdShort } from './format-number.ts';
import { gainOrLoss, htmlTable } from './html-table.ts';
import { htmlPage } from './html-page.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';
import { lineChart } from './line-chart.ts';
import { layerTable } from './plan-html.ts';
import { checkFigure } from './plan-view.ts';
import { profitChart } from './profit-chart.ts';
import type { ProfitLine } from './profit-chart.ts';
import { REPLAY } from './replay-script.ts';
import {
  eventfulDays,
  eventText,
  happenings,
  legName,
  spotChange,
  tradeSentence,
} from './replay-view.ts';
import type { ReplayReport } from './replay-view.ts';

const REPLAY_STYLE = `
.stepper{display:flex;gap:12px;align-items:center;position:sticky;top:0;background:var(--bg);padding:8px 0;z-index:2}
.stepper input{flex:1}
.stepper button{padding:4px 10px;border:1px solid var(--rule);border-radius:4px;background:var(--panel);color:inherit;font:inherit;cursor:pointer}
.stepper button:disabled{opacity:.5;cursor:default}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:0 40px}
.pair>*{min-width:0}
.profit .plot{grid-template-rows:240px 24px}
@media print{.stepper{display:none}}`;

/** A replay as one self-contained page: the account's eventful days, or each day of the trade. */
export function replayHtml(report: ReplayReport): string {
  const { policy, market, manifest, trade } = report;
  const title =
    trade === undefined ? `${policy} day by day` : `${policy}, trade ${trade.id} day by day`;
  const main = html`<header class="hero">
      <p class="eyebrow">Replay</p>
      <h1>${trade === undefined ? title : tradeSentence(trade)}</h1>
      <p class="scope">${policy}, ${market}.</p>
    </header>
    ${trade === undefined ? accountSections(report) : tradeSections(report, trade)}
    <p>
      <small>
        ${manifest.dataHash === null ? `Seed ${manifest.seed ?? 'none'}` : `Data ${manifest.dataHash}`},
        configuration ${manifest.configHash}, program ${manifest.codeVersion}, Node
        ${manifest.node}. Marks are modelled, not quoted; this is not advice.
      </small>
    </p>`;
  const stepped = trade !== undefined && trade.days.length > 0;
  return htmlPage({
    title,
    style: REPLAY_STYLE,
    main,
    scripts: stepped ? [CHARTS, REPLAY] : [CHARTS],
  });
}

function timeAxis({ manifest }: ReplayReport): LineChart['timeAxis'] {
  return manifest.dataHash === null ? 'elapsed' : 'dates';
}

function accountSections(report: ReplayReport): Markup {
  const { record } = report;
  const { day, equityClose } = record.columns;
  const last = equityClose.at(-1) ?? record.startEquity;
  const days = eventfulDays(report);
  return html`<section id="equity">
      <h2>Equity</h2>
      ${lineChart({
        title: 'Equity',
        unit: 'dollars at the close',
        summary: `${formatUsd(record.startEquity)} became ${formatUsd(last)}.`,
        days: day,
        series: [{ name: 'equity', values: equityClose, style: 'ink', kind: 'line' }],
        endedDay: record.endedDay,
        timeAxis: timeAxis(report),
        size: 'large',
        format: formatUsdShort,
      })}
    </section>
    <section id="days">
      <h2>Days on which something happened</h2>
      ${htmlTable({
        caption: `${days.length} of ${day.length} sessions`,
        columns: [
          { label: 'Session', align: 'left' },
          { label: 'SPX' },
          { label: 'VIX' },
          { label: 'Equity' },
          { label: 'Excess liquidity' },
          { label: 'What happened', align: 'left' },
        ],
        rows: days.map((each) => [
          each.date,
          formatNumber(each.spx, 2),
          formatNumber(each.vix, 2),
          formatUsd(each.equityClose),
          formatUsd(each.excessLiquidity),
          html`<span class="wrap">${happenings(each).join('; ')}</span>`,
        ]),
      })}
    </section>`;
}

function tradeSections(report: ReplayReport, trade: TradeReplay): Markup {
  const { days, record } = trade;
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return NOTHING;
  const lines = days.flatMap((day) => linesOf(day));
  const values = lines.flatMap(({ values: line }) => line);
  const span = [Math.min(0, ...values), Math.max(0, ...values)] as const;
  const lowest = days.reduce((low, { pnl }) => Math.min(low, pnl), 0);
  const end = record === undefined ? formatUsdChange(last.pnl) : formatUsdChange(record.pnl);
  return html`<section id="course">
      <h2>Course</h2>
      ${lineChart({
        title: 'Profit and loss of the trade',
        unit: 'dollars at the close, after fees',
        summary: `Lowest close ${formatUsdChange(lowest)}, ended at ${end}.`,
        days: Int32Array.from(days, ({ day }) => day),
        series: [
          {
            name: 'profit and loss',
            values: Float64Array.from(days, ({ pnl }) => pnl),
            style: 's1',
            kind: 'line',
          },
        ],
        timeAxis: timeAxis(report),
        size: 'large',
        format: formatUsdShort,
      })}
    </section>
    <section id="days">
      <h2>Day by day</h2>
      <p>
        Marks and rules at each close, before its decisions; on the day of the entry after them.
      </p>
      ${days.map((day, place) => dayArticle(day, { place, of: days.length, span }))}
    </section>`;
}

function linesOf(day: ReplayedDay): readonly ProfitLine[] {
  const lines: ProfitLine[] = [
    { name: 'today, volatility as it is', values: day.profile, style: 's1' },
    { name: 'today, volatility moving along', values: day.shocked, style: 's2' },
  ];
  return day.atExpiry === undefined
    ? lines
    : [...lines, { name: 'at expiry', values: day.atExpiry, style: 'muted' }];
}

function dayArticle(
  day: ReplayedDay,
  {
    place,
    of,
    span,
  }: { readonly place: number; readonly of: number; readonly span: readonly [number, number] },
): Markup {
  const date = formatIsoDate(day.day);
  const label = `Day ${place + 1} of ${of}, ${date}`;
  return html`<article class="day" data-label="${label}">
    <h3>${label}</h3>
    <p>
      SPX ${formatNumber(day.spot, 2)}, VIX ${formatNumber(day.vix, 2)}; the trade stands at
      ${gainOrLoss(day.pnl, formatUsdChange(day.pnl))}; account ${formatUsd(day.equity)}, excess
      liquidity ${formatUsd(day.excessLiquidity)}.
    </p>
    <div class="pair">
      <div>
        ${htmlTable({
          caption: `Legs, ${date}`,
          columns: [{ label: 'Leg', align: 'left' }, { label: 'Mark' }],
          rows: day.legs.map((leg) => [legName(leg), leg.mark.toFixed(2)]),
        })}
        ${ruleTable(`What the exit rules saw, ${date}`, day.exits, ['closes', 'holds'])}
        ${day.layers.length === 0 ? NOTHING : layerTable(day.layers, `Hedge layers, ${date}`)}
        ${
          day.events.length === 0
            ? NOTHING
            : html`<ul>
                ${day.events.map((event) => html`<li>${eventText(event)}</li>`)}
              </ul>`
        }
      </div>
      ${profitChart({
        summary: `${label}: now ${formatUsdChange(day.pnl)}; at SPX −5 % ${formatUsdChange(valueAt(day.shocked, 0.95))} with volatility moving along, at +5 % ${formatUsdChange(valueAt(day.shocked, 1.05))}.`,
        ratios: SPOT_RATIOS,
        lines: linesOf(day),
        label: spotChange,
        span,
      })}
    </div>
    ${
      day.entry.length === 0
        ? NOTHING
        : html`<details>
            <summary>What the rules of a new entry saw</summary>
            ${ruleTable(`What the rules of a new entry saw, ${date}`, day.entry, ['PASS', 'FAIL'])}
          </details>`
    }
  </article>`;
}

function valueAt(values: readonly number[], ratio: number): number {
  return values[SPOT_RATIOS.indexOf(ratio)] ?? Number.NaN;
}

function ruleTable(
  caption: string,
  checks: readonly RuleCheck[],
  [passes, fails]: readonly [string, string],
): Markup {
  if (checks.length === 0) return NOTHING;
  const result = ({ outcome }: RuleCheck): string => {
    if (outcome === 'NO_DATA') return 'no data';
    return outcome === 'PASS' ? passes : fails;
  };
  return htmlTable({
    caption,
    columns: [
      { label: 'Rule', align: 'left' },
      { label: 'Value' },
      { label: 'Asked' },
      { label: 'Result', align: 'left' },
    ],
    rows: checks.map((check) => [
      check.id,
      checkFigure(check.value, check.unit),
      `${check.relation} ${checkFigure(check.threshold, check.unit)}`,
      result(check),
    ]),
  });
}
