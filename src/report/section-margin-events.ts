import { MARGIN_FACTORS, partsOf } from '../engine/margin-event.ts';
import type { MarginEvent } from '../engine/margin-event.ts';
import { FACTOR_NAMES } from '../evaluation/margin-summary.ts';
import type { MarginSummary } from '../evaluation/margin-summary.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import type { ComparedPolicy, CompareReport } from './compare-view.ts';
import { recordsOf, simulatedPaths } from './compare-view.ts';
import { formatNumber, formatUsd, formatUsdChange } from './format-number.ts';
import { cellOf, gainOrLoss, htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import { NO_IMPACT } from './margin-json.ts';
import type { HtmlPart, Markup } from './html.ts';

/** Events shown of one run: those that took most of excess liquidity. */
const MOST_EVENTS = 10;

/**
 * What calls and liquidations were made of: per policy the rounds, their cost and legging loss, the
 * reproduction number and the debt left; the change of excess liquidity by factor; and the worst
 * events of the runs shown.
 */
export function marginEvents(view: CompareReport): Markup {
  const called = view.policies.filter(({ metrics: { margin } }) => eventsOf(margin) > 0);
  if (called.length === 0) {
    return html`<p>No margin call and no forced liquidation under any policy.</p>`;
  }
  const paths = simulatedPaths(view);
  const over = paths === undefined ? '' : `, totals over ${formatNumber(paths)} futures`;
  return html`${htmlTable({
      caption: `Calls and forced liquidations${over}`,
      columns: [
        { label: 'Policy', align: 'left' },
        { label: 'Calls' },
        { label: 'Liquidations' },
        { label: 'Rounds' },
        { label: 'Spread and fees' },
        { label: 'Legging loss' },
        { label: 'Reproduction number R' },
        { label: 'Largest R' },
        { label: 'Spirals' },
        { label: 'Largest debt' },
      ],
      rows: called.map(({ metrics }) => liquidationRow(metrics.name, metrics.margin)),
      className: 'figures',
    })}
    <p>
      R is excess liquidity lost on what remains for each dollar of deficit that the orders cured;
      at 1 or more a liquidation feeds itself. It is 0 where the plan has no own impact. Beside it:
      what orders took themselves for each dollar cured, by legs they left naked. A spiral is a
      liquidation that left a deficit with nothing more to close. A debt is net liquidation value
      below zero, owed to the broker.
    </p>
    ${attributionTable(called, over)}${recordsOf(view).map(({ policy, marginEvents: events }) =>
      worstEvents(policy, events),
    )}`;
}

function eventsOf({ calls, liquidations }: MarginSummary): number {
  return calls + liquidations;
}

function liquidationRow(name: string, margin: MarginSummary): readonly HtmlPart[] {
  const { cured, induced, largestReproduction } = margin;
  const none = margin.liquidations === 0 ? 'nothing was liquidated' : 'nothing was cured';
  const twoDigits = (value: number): string => formatNumber(value, 2);
  return [
    html`<b>${name}</b>`,
    formatNumber(margin.calls),
    formatNumber(margin.liquidations),
    formatNumber(margin.rounds),
    formatUsd(margin.cost),
    formatUsd(margin.leggingLoss),
    cellOf(cured > 0 ? induced / cured : null, none, twoDigits),
    cellOf(Number.isNaN(largestReproduction) ? null : largestReproduction, none, twoDigits),
    formatNumber(margin.spirals),
    formatUsd(margin.largestDebt),
  ];
}

function attributionTable(called: readonly ComparedPolicy[], over: string): Markup {
  return html`${htmlTable({
      caption: `What took excess liquidity before these events${over}`,
      columns: [
        { label: 'Factor', align: 'left' },
        ...called.map(({ metrics }) => ({ label: metrics.name })),
      ],
      rows: [
        ...FACTOR_NAMES.map((factor): readonly HtmlPart[] => [
          html`<b>${factor}</b><small>${MARGIN_FACTORS[factor]}</small>`,
          ...called.map(({ metrics }) => amount(metrics.margin.attribution[factor])),
        ]),
        [
          html`<b>in all</b>`,
          ...called.map(({ metrics }) =>
            amount(FACTOR_NAMES.reduce((sum, each) => sum + metrics.margin.attribution[each], 0)),
          ),
        ],
      ],
      className: 'figures',
    })}
    <p>
      From the close before to each event the account is revalued with one factor after another, in
      this order; a factor’s share depends on the order, the sum does not.
    </p>`;
}

function amount(dollars: number): Markup {
  return gainOrLoss(dollars, formatUsdChange(dollars));
}

function worstEvents(policy: string, events: readonly MarginEvent[]): Markup {
  if (events.length === 0) return NOTHING;
  const worst = events
    .toSorted((a, b) => changeOf(a) - changeOf(b))
    .slice(0, MOST_EVENTS)
    .toSorted((a, b) => a.day - b.day);
  const which = worst.length < events.length ? `, worst ${MOST_EVENTS} of ${events.length}` : '';
  return htmlTable({
    caption: `${policy}: margin events${which}`,
    columns: [
      { label: 'Date', align: 'left' },
      { label: 'Event', align: 'left' },
      { label: 'Excess before' },
      { label: 'Excess' },
      { label: 'Took most', align: 'left' },
      { label: 'Cascade' },
      { label: 'Rounds' },
      { label: 'R' },
      { label: 'Naked legs' },
      { label: 'Legging loss' },
      { label: 'Debt' },
      { label: 'Outcome', align: 'left' },
    ],
    rows: worst.map((event) => eventRow(event)),
    className: 'figures',
  });
}

function changeOf(event: MarginEvent): number {
  return event.excessCents - event.excessCentsBefore;
}

function eventRow(event: MarginEvent): readonly HtmlPart[] {
  const { reproduction, kind } = event;
  const { nakedLegs } = partsOf(event);
  const none = kind === 'call' ? 'a call sells nothing' : 'nothing was cured';
  return [
    formatIsoDate(event.day),
    `${event.type} ${kind}`,
    formatUsd(event.excessCentsBefore / 100),
    formatUsd(event.excessCents / 100),
    event.mechanism ?? 'nothing',
    amount(event.attribution.cascade / 100),
    formatNumber(event.rounds.length),
    cellOf(Number.isNaN(reproduction) ? null : reproduction, none, (value) =>
      value === 0 ? `0: ${NO_IMPACT}` : formatNumber(value, 2),
    ),
    cellOf(Number.isNaN(nakedLegs) ? null : nakedLegs, none, (value) => formatNumber(value, 2)),
    formatUsd(event.leggingLoss),
    formatUsd(event.debtCents / 100),
    event.outcome,
  ];
}
