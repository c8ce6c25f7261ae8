import type { OutcomeQuantile, SimulationOutcome } from '../evaluation/frequencies.ts';
import type { Frequency } from '../evaluation/frequency.ts';
import { simulatedPaths } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatAmong, formatEstimate } from './format-frequency.ts';
import { formatNumber, formatPercent, formatUsd, formatUsdShort } from './format-number.ts';
import { htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';

/** Outcomes over simulated futures as frequencies, and quantiles of equity and drawdown. */
export function futuresSection(view: CompareReport): Markup {
  const paths = simulatedPaths(view);
  const outcomes = view.policies.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]));
  if (paths === undefined) return NOTHING;
  const years = outcomes[0]?.years ?? Number.NaN;
  return html`<section id="futures">
    <h2>In ${formatNumber(paths)} futures</h2>
    <p>
      Each future runs ${formatNumber(years, 1)} years. A cell counts the futures in which it
      happened at least once, with the 95 % Wilson interval. An event never seen is shown as below 3
      / ${formatNumber(paths)} = ${formatPercent(3 / paths, 2)}, not as zero.
    </p>
    ${htmlTable({
      caption: `How often, in ${formatNumber(paths)} futures`,
      columns: [
        { label: 'Policy', align: 'left' },
        { label: 'Margin call' },
        { label: 'Forced liquidation' },
        { label: 'Ruin' },
        { label: 'Doubling refused' },
        { label: 'Ends below start' },
        { label: '−50\u00A0% after −5\u00A0%, episodes' },
      ],
      rows: outcomes.map((outcome): readonly HtmlPart[] => [
        html`<b>${outcome.policy}</b>`,
        frequencyCell(outcome.pMarginCall),
        frequencyCell(outcome.pForcedLiquidation),
        frequencyCell(outcome.pRuin),
        frequencyCell(outcome.pDoublingRefused),
        frequencyCell(outcome.pLoss),
        frequencyCell(outcome.pDrawdown50Given5),
      ]),
      className: 'figures',
    })}${quantileTable('Final equity', outcomes, ({ terminalEquity }) => terminalEquity, {
      format: formatUsd,
      axis: formatUsdShort,
    })}${quantileTable(
      'Largest drawdown at worst marks',
      outcomes,
      ({ drawdownWorstMark }) => drawdownWorstMark,
      { format: (value) => formatPercent(value), axis: (value) => formatPercent(value, 0) },
    )}
  </section> `;
}

function frequencyCell(frequency: Frequency): HtmlPart {
  return html`${formatAmong(frequency)}<small>${formatEstimate(frequency)}</small>`;
}

interface QuantileFormat {
  readonly format: (value: number) => string;
  readonly axis: (value: number) => string;
}

function quantileTable(
  caption: string,
  outcomes: readonly SimulationOutcome[],
  of: (outcome: SimulationOutcome) => readonly OutcomeQuantile[],
  { format, axis }: QuantileFormat,
): Markup {
  const all = outcomes.flatMap((outcome) => of(outcome).map(({ value }) => value));
  const low = Math.min(...all, 0);
  const high = Math.max(...all);
  const probabilities = outcomes[0] === undefined ? [] : of(outcomes[0]);
  return htmlTable({
    caption: `${caption}: quantiles over futures`,
    columns: [
      { label: 'Policy', align: 'left' },
      {
        label: html`1–99 %, 25–75 %, median<small>${axis(low)} to ${axis(high)}</small>`,
        align: 'left',
      },
      ...probabilities.map(({ probability }) => ({ label: formatPercent(probability, 0) })),
    ],
    rows: outcomes.map((outcome): readonly HtmlPart[] => [
      html`<b>${outcome.policy}</b>`,
      rangeBar(of(outcome), low, high),
      ...of(outcome).map(({ value }) => format(value)),
    ]),
    className: 'ranges',
  });
}

/** Thin line from the lowest to the highest quantile, thick one over the middle half, a dot. */
function rangeBar(quantiles: readonly OutcomeQuantile[], low: number, high: number): Markup {
  const span = high > low ? high - low : 1;
  const at = (probability: number): number => {
    const value = quantiles.find((each) => each.probability === probability)?.value ?? low;
    return Math.round(((value - low) / span) * 2000) / 10;
  };
  const median = at(0.5);
  return html`<svg class="range" viewBox="0 0 200 14" aria-hidden="true">
    <path class="thin" d="M${at(0.01)} 7H${at(0.99)}" />
    <path class="thick" d="M${at(0.25)} 7H${at(0.75)}" />
    <path class="median" d="M${median} 1V13" />
  </svg>`;
}
