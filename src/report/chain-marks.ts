import type { LegDay } from '../engine/leg-days.ts';
import { halfSpreadsOff } from '../evaluation/mark-errors.ts';
import type { MarkError, MarkStatistics } from '../evaluation/mark-errors.ts';
import type { Measured } from '../evaluation/measured.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import type { CompareReport } from './compare-view.ts';
import { formatNumber } from './format-number.ts';
import { htmlTable } from './html-table.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { alignedTable, wrapText } from './text-table.ts';
import type { VerdictText } from './verdict-sentences.ts';

/** One policy of a run on recorded quotes. */
export interface ChainMarksOfPolicy extends MarkStatistics {
  readonly rows: readonly LegDay[];
}

/** What marked the index options of a comparison on recorded quotes. */
export interface ChainMarks {
  /** Sessions with a chain. */
  readonly sessions: number;
  readonly leftOut: readonly { readonly what: string; readonly reason: string }[];
  /** Which series may be modelled, in words. */
  readonly fallback: string;
  readonly policies: readonly ChainMarksOfPolicy[];
}

/** Mean distance of a leg's mid by its chain's other quotes that the core should keep. */
const TARGET = 1.5;

/** What the sample is: `plumbing: 8 entries, no inference`; a range where policies differ. */
export function plumbingLabel({ policies }: ChainMarks): string {
  // Cash and the index enter nothing: they say nothing of the size of the sample.
  const entries = policies.map((policy) => policy.entries).filter((count) => count > 0);
  const most = Math.max(0, ...entries);
  const least = Math.min(most, ...entries);
  const range = least === most ? '' : `${formatNumber(least)}–`;
  return `plumbing: ${range}${formatNumber(most)} ${most === 1 ? 'entry' : 'entries'}, no inference`;
}

/** In place of a verdict: the sample tells that quotes pass through, and nothing of the policies. */
export function plumbingVerdict(marks: ChainMarks): VerdictText {
  return {
    headline: plumbingLabel(marks),
    sentences: [
      {
        topic: 'missing',
        text:
          `${formatNumber(marks.sessions)} sessions with a chain show that recorded quotes pass ` +
          'through marks, fills and settlement. They are far too few to compare policies.',
      },
    ],
  };
}

/** Counts and errors for a terminal; empty without recorded quotes. */
export function chainMarksText({ chainMarks: marks }: CompareReport): string {
  if (marks === undefined) return '';
  const counts = alignedTable([
    ['marks at quotes', 'entries', 'closed', 'leg-days', 'quoted', 'modelled', 'other legs'],
    ...marks.policies.map((of) => [
      of.policy,
      ...[of.entries, of.closed, of.legDays, of.quoted, of.modelled, of.otherLegDays].map((count) =>
        formatNumber(count),
      ),
    ]),
  ]);
  const errors = alignedTable([
    [
      '|model − mid|, half-spreads',
      'band',
      'leg-days',
      'other quotes',
      'their smile',
      'index surface',
    ],
    ...marks.policies.flatMap((of) =>
      of.errors.map((error) => [of.policy, error.band, ...errorCells(error)]),
    ),
  ]);
  const notes = [TARGET_NOTE, ...marks.leftOut.map(leftOutText)]
    .map((line) => wrapText(`- ${line}`, 100, '  '))
    .join('\n');
  return `${plumbingLabel(marks)}\n${counts}\n${errors}${notes}`;
}

const TARGET_NOTE =
  'Core: within 1.5 standard deviations of the forward. Other quotes: what marks a leg without a ' +
  `quote, each leg's own quote left out; the target of its mean in the core is at most ${TARGET}. ` +
  'Index surface: what a run without quotes marks at.';

function errorCells({ legDays, chainModel, chainSmile, indexModel }: MarkError): readonly string[] {
  return [
    formatNumber(legDays),
    ...[chainModel, chainSmile, indexModel].map(({ value }) => orMissing(value)),
  ];
}

function orMissing(value: number | null): string {
  return value === null ? 'n/a' : formatNumber(value, 2);
}

function leftOutText({ what, reason }: ChainMarks['leftOut'][number]): string {
  return `left out: ${what}, ${reason}`;
}

/** The marks as JSON; undefined without recorded quotes. */
export function chainMarksJson({ chainMarks: marks }: CompareReport): JsonValue {
  if (marks === undefined) return undefined;
  return {
    label: plumbingLabel(marks),
    sessions: marks.sessions,
    leftOut: marks.leftOut.map((each) => ({ ...each })),
    fallback: marks.fallback,
    coreTarget: TARGET,
    policies: marks.policies.map(({ errors, rows, ...counts }) => ({
      ...counts,
      errors: errors.map(({ band, legDays, chainModel, chainSmile, indexModel }) => ({
        band,
        legDays,
        ...measuredJson('chainModel', chainModel),
        ...measuredJson('chainSmile', chainSmile),
        ...measuredJson('indexModel', indexModel),
      })),
      rows: rows.map((row) => legDayJson(row)),
    })),
  };
}

function measuredJson(name: string, of: Measured): { readonly [key: string]: JsonValue } {
  return figure(name, of.value ?? undefined, of.reason ?? '');
}

function legDayJson(row: LegDay): JsonValue {
  const { source, bid, ask, chainModel, chainSmile, indexModel } = row;
  const noQuote = `not quoted: ${row.absence ?? 'unknown'}`;
  const noSpread = source === 'quoted' ? 'no model or no spread' : noQuote;
  return {
    date: formatIsoDate(row.day),
    trade: row.trade,
    leg: row.series,
    quantity: row.quantity,
    mark: row.mark,
    source,
    ...figure('bid', bid, noQuote),
    ...figure('ask', ask, noQuote),
    ...figure('chainModel', chainModel, 'the other quotes give no mid'),
    ...figure('chainSmile', chainSmile, 'the other quotes give no smile'),
    ...figure('indexModel', indexModel, 'the surface has no data'),
    ...figure('chainHalfSpreads', halfSpreadsOff(row, chainModel), noSpread),
    ...figure('indexHalfSpreads', halfSpreadsOff(row, indexModel), noSpread),
    deviations: row.deviations,
  };
}

/** The section of the page; nothing without recorded quotes. */
export function chainMarksSection({ chainMarks: marks }: CompareReport): Markup {
  if (marks === undefined) return NOTHING;
  const left = { align: 'left' } as const;
  return html`<section id="marks">
    <h2>Marks at recorded quotes</h2>
    <p>${plumbingLabel(marks)}. ${marks.fallback}</p>
    ${htmlTable({
      caption: 'Index options held at closes, quoted or modelled',
      columns: [
        { label: 'Policy', ...left },
        ...['Entries', 'Closed', 'Leg-days', 'Quoted', 'Modelled', 'Other legs'].map((label) => ({
          label,
        })),
      ],
      rows: marks.policies.map((of) => [
        of.policy,
        ...[of.entries, of.closed, of.legDays, of.quoted, of.modelled, of.otherLegDays].map(
          (count) => formatNumber(count),
        ),
      ]),
    })}
    ${htmlTable({
      caption: 'Mean |model − mid| of quoted leg-days, in half-spreads',
      columns: [
        { label: 'Policy', ...left },
        { label: 'Band', ...left },
        { label: 'Leg-days' },
        { label: 'Other quotes of the chain' },
        { label: 'Their smile alone' },
        { label: 'Index surface' },
      ],
      rows: marks.policies.flatMap((of) =>
        of.errors.map((error) => [of.policy, error.band, ...errorCells(error)]),
      ),
    })}
    <p>${TARGET_NOTE}</p>
    ${
      marks.leftOut.length === 0
        ? NOTHING
        : html`<ul>
            ${marks.leftOut.map((each) => html`<li>${leftOutText(each)}</li>`)}
          </ul>`
    }
  </section> `;
}
