import type { PolicyMetrics } from '../evaluation/policy-metrics.ts';
import { plumbingVerdict } from './chain-marks.ts';
import { leadingPolicies, simulatedPaths } from './compare-view.ts';
import type { ComparedPolicy, CompareReport } from './compare-view.ts';
import {
  formatNumber,
  formatPercent,
  formatPercentChange,
  formatUsd,
  formatUsdChange,
} from './format-number.ts';
import { cellOf } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';
import { verdictSentences } from './verdict-sentences.ts';
import type { VerdictText } from './verdict-sentences.ts';

/** The verdict of a report in words. */
export function verdictOf(view: CompareReport): VerdictText {
  if (view.chainMarks !== undefined) return plumbingVerdict(view.chainMarks);
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
    ['Drawdown, close', (of) => formatPercent(-of.maxDrawdownClose)],
    ['Drawdown, worst mark', (of) => formatPercent(-of.maxDrawdownWorstMark)],
    ['Margin calls', (of) => formatNumber(of.marginCalls)],
    ['Hedge payoff − cost', (of) => formatUsdChange(of.hedge.net)],
  ];
  return html`<h2 class="of">
      ${first.name}${second === undefined ? NOTHING : html` <span>beside ${second.name}${first.basis === 'paths' ? ': medians, total calls, mean hedge' : ''}</span>`}
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

const TOPICS = [
  { topic: 'hedge', title: 'What the hedge did' },
  { topic: 'doubling', title: 'What doubling did' },
  { topic: 'split', title: 'Not doubling and the hedge, apart' },
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
