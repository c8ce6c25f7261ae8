import type { PolicyMetrics } from '../evaluation/policy-metrics.ts';
import { leadingPolicies, simulatedPaths } from './compare-view.ts';
import type { ComparedPolicy, CompareReport } from './compare-view.ts';
import {
  formatNumber,
  formatPercent,
  formatPercentChange,
  formatUsd,
  formatUsdChange,
} from './format-number.ts';
import { cellOf, gainOrLoss, htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';
import { endingOf, verdictSentences } from './verdict-sentences.ts';
import type { VerdictText } from './verdict-sentences.ts';

/** The verdict of a report in words. */
export function verdictOf(view: CompareReport): VerdictText {
  return verdictSentences(
    view.policies.map(({ metrics }) => metrics),
    view.policies.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome])),
  );
}

/** Top of the page: what was compared, the verdict, and the first policy's figures. */
export function heroSection(view: CompareReport): Markup {
  const paths = simulatedPaths(view);
  const scope =
    paths === undefined
      ? `${view.from} – ${view.to}`
      : `${formatNumber(paths)} futures, ${view.from} – ${view.to}`;
  const start = view.policies[0]?.metrics.startEquity;
  return html`<header class="hero">
    <p class="eyebrow">ALVH policy comparison</p>
    <h1>${verdictOf(view).headline}</h1>
    <p class="scope">
      ${view.market} · ${scope}${start === undefined ? '' : ` · ${formatUsd(start)} at the start`} ·
      ${formatNumber(view.policies.length)} policies
    </p>
    ${strip(leadingPolicies(view))}
  </header> `;
}

/** Key figures of the first policy with the second one's beneath. */
function strip(leading: readonly ComparedPolicy[]): Markup {
  const [first, second] = leading.map(({ metrics }) => metrics);
  if (first === undefined) return NOTHING;
  const tiles: readonly (readonly [string, (of: PolicyMetrics) => HtmlPart])[] = [
    ['Final equity', (of) => formatUsd(of.finalEquity)],
    ['CAGR', (of) => cellOf(of.cagr, undefined, formatPercentChange)],
    ['Max drawdown, close', (of) => formatPercent(-of.maxDrawdownClose)],
    ['Max drawdown, worst mark', (of) => formatPercent(-of.maxDrawdownWorstMark)],
    ['Margin calls', (of) => formatNumber(of.marginCalls)],
    ['Hedge payoff − cost', (of) => formatUsdChange(of.hedge.net)],
  ];
  return html`<h2 class="of">
      ${first.name}${second === undefined ? NOTHING : html` <span>beside ${second.name}</span>`}
    </h2>
    <dl class="strip">
      ${tiles.map(
        ([label, figure]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${figure(first)}</dd>
            ${second === undefined ? NOTHING : html`<dd class="beside">${figure(second)}</dd>`}
          </div>`,
      )}
    </dl> `;
}

/** Key figures of every policy. */
export function figuresSection(view: CompareReport): Markup {
  const labels = [
    'Final equity',
    'CAGR',
    'Over bills',
    'Volatility',
    'Max DD close',
    'Max DD worst mark',
    'CDaR 95 %',
    'Won / closed',
    'Average win',
    'Average loss',
    'Losing run',
    'Margin calls',
    'Liquidations',
    'Peak margin use',
    'Return on max margin',
    'Hedge net',
  ];
  return html`<section id="figures">
    <h2>All policies</h2>
    ${htmlTable({
      caption: 'Key figures per policy (see Definitions)',
      columns: [
        { label: 'Policy', align: 'left' },
        ...labels.map((label) => ({ label })),
        { label: 'Course', align: 'left' },
      ],
      rows: view.policies.map(({ metrics }) => figureRow(metrics)),
      className: 'figures',
    })}
  </section> `;
}

function figureRow(of: PolicyMetrics): readonly HtmlPart[] {
  const { condors, hedge } = of;
  return [
    html`<b>${of.name}</b>`,
    formatUsd(of.finalEquity),
    cellOf(of.cagr, of.cagrReason, formatPercentChange),
    cellOf(of.cagrOverBills, of.cagrOverBillsReason, formatPercentChange),
    cellOf(of.annualVolatility, of.annualVolatilityReason, formatPercent),
    formatPercent(-of.maxDrawdownClose),
    formatPercent(-of.maxDrawdownWorstMark),
    cellOf(of.conditionalDrawdown95, of.conditionalDrawdown95Reason, (value) =>
      formatPercent(-value),
    ),
    `${formatNumber(condors.wins)} / ${formatNumber(condors.trades)}`,
    cellOf(condors.averageWin, condors.averageWinReason, formatUsdChange),
    cellOf(condors.averageLoss, condors.averageLossReason, formatUsdChange),
    formatNumber(of.longestLosingRun),
    formatNumber(of.marginCalls),
    formatNumber(of.forcedLiquidations),
    cellOf(of.peakMarginUse, of.peakMarginUseReason, formatPercent),
    cellOf(of.returnOnMaxMargin, of.returnOnMaxMarginReason, formatPercentChange),
    hedge.byLayer.length === 0 ? 'no hedge' : gainOrLoss(hedge.net, formatUsdChange(hedge.net)),
    html`<span class="wrap">${endingOf(of)}</span>`,
  ];
}

const TOPICS = [
  { topic: 'hedge', title: 'Was it the hedge?' },
  { topic: 'doubling', title: 'Was it not doubling?' },
  { topic: 'split', title: 'Not doubling and hedging, apart' },
  { topic: 'missing', title: 'What this report cannot say' },
] as const;

/** The sentences of the verdict, by topic. */
export function verdictSection(view: CompareReport): Markup {
  const { sentences } = verdictOf(view);
  return html`<section id="verdict">
    <h2>Verdict</h2>
    <div class="topics">
      ${TOPICS.map(({ topic, title }) => {
        const told = sentences.filter((sentence) => sentence.topic === topic);
        if (told.length === 0) return NOTHING;
        return html`<div>
          <h3>${title}</h3>
          ${told.map(({ text }) => html`<p>${text}</p>`)}
        </div> `;
      })}
    </div>
  </section> `;
}
