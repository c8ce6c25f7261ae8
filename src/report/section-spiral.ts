import type { OutcomeQuantile, SimulationOutcome } from '../evaluation/frequencies.ts';
import type { Frequency } from '../evaluation/frequency.ts';
import type { StartStratum } from '../evaluation/start-strata.ts';
import type { ChartSeries, LineStyle } from './chart.ts';
import type { CompareReport } from './compare-view.ts';
import { dotPlot } from './dot-plot.ts';
import { formatEstimate } from './format-frequency.ts';
import { formatNumber, formatPercent, formatUsd, formatUsdShort } from './format-number.ts';
import { htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';
import { lineChart } from './line-chart.ts';

const FAN_STYLES: Readonly<Record<string, LineStyle>> = {
  '0.01': 's4',
  '0.05': 's2',
  '0.25': 'muted',
  '0.5': 'ink',
  '0.75': 'muted',
  '0.95': 's2',
};

const DAYS_PER_YEAR = 365;
/** Policies with charts and strata of their own. */
const SHOWN = 6;

/** How accounts get into trouble over simulated futures: when, after which losses, from which start. */
export function spiralSection(view: CompareReport): Markup {
  const all = outcomesOf(view.policies);
  const leading = all.slice(0, SHOWN);
  if (all.length === 0) return NOTHING;
  return html`<section id="spiral">
    <h2>How accounts get into trouble</h2>
    <h3>Where futures end</h3>
    <p>Each dot is one future in fifty.</p>
    ${dotsTable(leading)}
    <h3>Equity through time</h3>
    <p>Lines below which 1, 5, 25, 50, 75 and 95 % of the futures stand at each date.</p>
    <div class="multiples">${leading.map((outcome) => fanChart(outcome))}</div>
    <h3>Losses after losses</h3>
    <p>
      A result is the sum of a day's closings of the base position. Expected: the same share of
      losses drawn without memory, and with memory of the result before (Feller 1968).
    </p>
    ${lossTable(leading)} ${runsTable(leading)}
    <h3>When it happens</h3>
    ${timesTable(all)}
    <h3>By the level of VIX at the start</h3>
    ${strataTable(leading)}
  </section> `;
}

function outcomesOf(policies: CompareReport['policies']): readonly SimulationOutcome[] {
  return policies.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]));
}

function dotsTable(outcomes: readonly SimulationOutcome[]): Markup {
  const values = outcomes.flatMap(({ finalEquityDots }) => finalEquityDots);
  const low = Math.min(...values);
  const high = Math.max(...values);
  return htmlTable({
    caption: 'Final equity, fifty dots a policy',
    columns: [
      { label: 'Policy', align: 'left' },
      { label: `${formatUsdShort(low)} to ${formatUsdShort(high)}`, align: 'left' },
      { label: 'Median' },
    ],
    rows: outcomes.map(({ policy, finalEquityDots }): readonly HtmlPart[] => {
      const median = finalEquityDots[Math.floor(finalEquityDots.length / 2)] ?? Number.NaN;
      return [
        html`<b>${policy}</b>`,
        dotPlot(finalEquityDots, {
          low,
          high,
          label: `${policy}: final equity of fifty equally likely futures, median ${formatUsd(median)}`,
        }),
        formatUsd(median),
      ];
    }),
  });
}

function fanChart({ policy, fan }: SimulationOutcome): Markup {
  const ends = fan.lines.map(
    ({ probability, values }) =>
      `${formatPercent(probability, 0)} ${formatUsdShort(values.at(-1) ?? Number.NaN)}`,
  );
  return lineChart({
    title: `Equity of ${policy}`,
    subject: policy,
    unit: 'dollars at the close',
    summary: `At the end: ${ends.join(', ')}.`,
    days: Int32Array.from(fan.years, (year) => Math.round(year * DAYS_PER_YEAR)),
    series: fan.lines.map(({ probability, values }): ChartSeries => ({
      name: formatPercent(probability, 0),
      values: Float64Array.from(values),
      style: FAN_STYLES[String(probability)] ?? 'muted',
      kind: 'line',
    })),
    timeAxis: 'elapsed',
    size: 'small',
    format: formatUsdShort,
  });
}

function lossTable(outcomes: readonly SimulationOutcome[]): Markup {
  return htmlTable({
    caption: 'How often a result is a loss',
    columns: [
      { label: 'Policy', align: 'left' },
      { label: 'Any result' },
      { label: 'After a loss' },
      { label: 'After a gain' },
    ],
    rows: outcomes.map(({ policy, lossRuns }): readonly HtmlPart[] => [
      html`<b>${policy}</b>`,
      cell(lossRuns.loss),
      cell(lossRuns.lossAfterLoss),
      cell(lossRuns.lossAfterGain),
    ]),
  });
}

function runsTable(outcomes: readonly SimulationOutcome[]): Markup {
  const lengths = outcomes[0]?.lossRuns.runs.map(({ length }) => length) ?? [];
  return htmlTable({
    caption: 'Futures with a run of at least so many losses: seen, without memory, with memory',
    columns: [
      { label: 'Policy', align: 'left' },
      ...lengths.map((length) => ({ label: `${length} losses` })),
    ],
    rows: outcomes.map(({ policy, lossRuns }): readonly HtmlPart[] => [
      html`<b>${policy}</b>`,
      ...lossRuns.runs.map(
        ({ observed, independent, markov }) =>
          html`${formatEstimate(observed)}<small
              >${formatPercent(independent)}, ${formatPercent(markov)}</small
            >`,
      ),
    ]),
  });
}

function timesTable(outcomes: readonly SimulationOutcome[]): Markup {
  const cells = (times: readonly OutcomeQuantile[]): string =>
    times.length === 0
      ? 'never seen'
      : `${times.map(({ value }) => formatNumber(value, 2)).join(' – ')} years`;
  return htmlTable({
    caption: 'Years from the start to the first event where there was one: 10 %, median, 90 %',
    columns: [
      { label: 'Policy', align: 'left' },
      { label: 'Margin call' },
      { label: 'Forced liquidation' },
      { label: 'Ruin' },
    ],
    rows: outcomes.map(({ policy, yearsTo }): readonly HtmlPart[] => [
      html`<b>${policy}</b>`,
      cells(yearsTo.marginCall),
      cells(yearsTo.forcedLiquidation),
      cells(yearsTo.ruin),
    ]),
  });
}

function strataTable(outcomes: readonly SimulationOutcome[]): Markup {
  const range = ({ from, below }: StartStratum): string => {
    if (from === 0) return `below ${below}`;
    return Number.isFinite(below) ? `${from} to ${below}` : `${from} and above`;
  };
  return htmlTable({
    caption: 'Outcomes by VIX at the close before trading',
    columns: [
      { label: 'Policy', align: 'left' },
      { label: 'VIX', align: 'left' },
      { label: 'Futures' },
      { label: 'Margin call' },
      { label: 'Forced liquidation' },
      { label: 'Ruin' },
      { label: 'Ends below start' },
      { label: 'Median drawdown' },
    ],
    rows: outcomes.flatMap(({ policy, strata }) =>
      strata.map((stratum): readonly HtmlPart[] => [
        html`<b>${policy}</b>`,
        range(stratum),
        formatNumber(stratum.paths),
        cell(stratum.marginCall),
        cell(stratum.forcedLiquidation),
        cell(stratum.ruin),
        cell(stratum.endsBelowStart),
        formatPercent(stratum.medianDrawdown),
      ]),
    ),
  });
}

function cell(frequency: Frequency): HtmlPart {
  return frequency.trials === 0 ? 'n/a' : formatEstimate(frequency);
}
