import type { PolicyMetrics } from '../evaluation/policy-metrics.ts';
import { simulatedPaths } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import {
  formatNumber,
  formatPercent,
  formatPercentChange,
  formatUsd,
  formatUsdChange,
} from './format-number.ts';
import { gainOrLoss, htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';
import { endingOf } from './verdict-sentences.ts';

/** A column of key figures: what it shows of a policy, and why it may not. */
interface Figure {
  readonly label: string;
  readonly of: (metrics: PolicyMetrics) => HtmlPart | null;
  readonly reason?: (metrics: PolicyMetrics) => string | undefined;
}

const RESULT: readonly Figure[] = [
  { label: 'Final equity', of: (of) => formatUsd(of.finalEquity) },
  {
    label: 'CAGR',
    of: (of) => known(of.cagr, formatPercentChange),
    reason: (of) => of.cagrReason,
  },
  {
    label: 'CAGR over bills',
    of: (of) => known(of.cagrOverBills, formatPercentChange),
    reason: (of) => of.cagrOverBillsReason,
  },
  {
    label: 'Volatility',
    of: (of) => known(of.annualVolatility, formatPercent),
    reason: (of) => of.annualVolatilityReason,
  },
  { label: 'Max drawdown, close', of: (of) => formatPercent(-of.maxDrawdownClose) },
  { label: 'Max drawdown, worst mark', of: (of) => formatPercent(-of.maxDrawdownWorstMark) },
  {
    label: 'CDaR 95\u00A0%',
    of: (of) => known(of.conditionalDrawdown95, (value) => formatPercent(-value)),
    reason: (of) => of.conditionalDrawdown95Reason,
  },
  {
    label: 'Hedge payoff − cost',
    of: ({ hedge }) =>
      hedge.byLayer.length === 0 ? 'no hedge' : gainOrLoss(hedge.net, formatUsdChange(hedge.net)),
  },
  { label: 'Course', of: (of) => html`<span class="wrap">${endingOf(of)}</span>` },
];

const TRADES: readonly Figure[] = [
  {
    label: 'Won / closed',
    of: ({ condors }) => `${formatNumber(condors.wins)} / ${formatNumber(condors.trades)}`,
  },
  {
    label: 'Average win',
    of: ({ condors }) => known(condors.averageWin, formatUsdChange),
    reason: ({ condors }) => condors.averageWinReason,
  },
  {
    label: 'Average loss',
    of: ({ condors }) => known(condors.averageLoss, formatUsdChange),
    reason: ({ condors }) => condors.averageLossReason,
  },
  { label: 'Longest losing run', of: (of) => formatNumber(of.longestLosingRun) },
  { label: 'Margin calls', of: (of) => formatNumber(of.marginCalls) },
  { label: 'Forced liquidations', of: (of) => formatNumber(of.forcedLiquidations) },
  { label: 'Doublings refused', of: (of) => formatNumber(of.doublingRefused) },
  {
    label: 'Peak margin use',
    of: (of) => known(of.peakMarginUse, formatPercent),
    reason: (of) => of.peakMarginUseReason,
  },
  {
    label: 'Return on max margin',
    of: (of) => known(of.returnOnMaxMargin, formatPercentChange),
    reason: (of) => of.returnOnMaxMarginReason,
  },
];

const COSTS: readonly Figure[] = [
  { label: 'Gross, at mid', of: ({ condors }) => formatUsdChange(condors.costs.gross) },
  { label: 'Spreads paid', of: ({ condors }) => formatUsd(condors.costs.spread) },
  { label: 'Fees', of: ({ condors }) => formatUsd(condors.costs.fees) },
  {
    label: 'Net',
    of: ({ condors: { costs } }) => gainOrLoss(costs.net, formatUsdChange(costs.net)),
  },
  {
    label: 'Break-even slippage',
    of: ({ condors }) =>
      known(condors.costs.breakEvenSlippage, (value) => `${formatNumber(value, 2)} × stated`),
    reason: ({ condors }) => condors.costs.breakEvenSlippageReason,
  },
];

/** Key figures of every policy: results first, then trades and margin; n/a with its reason. */
export function figuresSection(view: CompareReport): Markup {
  return html`<section id="figures">
    <h2>All policies</h2>
    ${basisNote(view)}${figureTable(view, 'Results', RESULT)}
    ${figureTable(view, 'Trades of the base position, and margin', TRADES)}
    ${figureTable(view, 'What trading the base position cost', COSTS)}
  </section> `;
}

/** What the figures of a simulation are: not those of any one future. */
function basisNote(view: CompareReport): Markup {
  const paths = simulatedPaths(view);
  if (paths === undefined) return NOTHING;
  return html`<p>
    Over ${formatNumber(paths)} futures: equity, drawdowns, volatility and margin are medians,
    events and trades are totals, hedge dollars are means per future.
  </p>`;
}

function known(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}

function figureTable(view: CompareReport, caption: string, figures: readonly Figure[]): Markup {
  const table = htmlTable({
    caption,
    columns: [
      { label: 'Policy', align: 'left' },
      ...figures.map(({ label }) => ({
        label,
        align: label === 'Course' ? ('left' as const) : ('right' as const),
      })),
    ],
    rows: view.policies.map(({ metrics }) => [
      html`<b>${metrics.name}</b>`,
      ...figures.map(({ of }) => of(metrics) ?? html`<span class="na">n/a</span>`),
    ]),
    className: 'figures',
  });
  const notes = missingNotes(view, figures);
  if (notes.length === 0) return table;
  return html`${table}
    <ul class="notes">
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul> `;
}

/** One line per reason: which figures of which policies it keeps from being known. */
function missingNotes(view: CompareReport, figures: readonly Figure[]): readonly string[] {
  const policies = new Map<string, Set<string>>();
  const labels = new Map<string, Set<string>>();
  for (const { metrics } of view.policies) {
    for (const { label, of, reason } of figures) {
      if (of(metrics) !== null) continue;
      const why = reason?.(metrics) ?? 'unknown';
      policies.set(why, (policies.get(why) ?? new Set()).add(metrics.name));
      labels.set(why, (labels.get(why) ?? new Set()).add(label));
    }
  }
  return [...policies].map(([why, names]) => {
    const figureNames = [...(labels.get(why) ?? [])].join(', ');
    return `n/a: ${figureNames} of ${[...names].join(', ')}: ${why}.`;
  });
}
