import type { RareEvent, WeightCheck } from '../evaluation/rare-events.ts';
import { formatEstimate } from './format-frequency.ts';
import { formatNumber } from './format-number.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { alignedTable, wrapText } from './text-table.ts';

/** Rare events of policies as their report shows them. */
export interface RareReport {
  readonly paths: number;
  readonly years: number;
  readonly seed: number;
  /** How many times as often jumps come, and how far returns lean, under the tilted laws. */
  readonly tilt: number;
  readonly lean: number;
  readonly weights: WeightCheck;
  readonly policies: readonly {
    readonly policy: string;
    readonly events: readonly { readonly event: string; readonly found: RareEvent }[];
  }[];
}

const WIDTH = 100;

/** Rare events for a terminal. */
export function rareText({ paths, years, tilt, lean, weights, policies }: RareReport): string {
  const rows = policies.flatMap(({ policy, events }) =>
    events.map(({ event, found }) => [
      policy,
      event,
      rare(found.probability),
      `${rare(found.low)} to ${rare(found.high)}`,
      `${formatNumber(found.seen)} (${formatNumber(found.seenTilted)})`,
      formatNumber(found.effectiveEvents, 1),
      Number.isNaN(found.efficiency) ? 'n/a' : formatNumber(found.efficiency, 1),
      formatEstimate(found.plain),
    ]),
  );
  const table = alignedTable([
    [
      'policy',
      'event',
      'probability',
      '95 %',
      'seen (tilted)',
      'worth',
      'gain',
      'plain half, counted',
    ],
    ...rows,
  ]);
  const notes = [
    `Within ${formatNumber(years)} years, from ${formatNumber(paths)} futures; on every second one joint ` +
      `jumps come ${formatNumber(tilt, 1)} times as often, or returns lean (${formatNumber(lean, 1)}) to one ` +
      'side for a quarter or all along, and weights make up for it. Mean weight ' +
      `${formatNumber(weights.mean, 3)} ± ${formatNumber(weights.standardError, 3)} (1 but for chance); worth ` +
      `${formatNumber(weights.effectivePaths)} plain futures for averages.`,
    'gain: plain futures that would tell as much, over those there were; below 1 the tilt does not help. ' +
      'worth: events of equal weight that tell as much; below ten the upper end is at least 6 / futures.',
  ];
  return `${table}${notes.map((note) => `${wrapText(`- ${note}`, WIDTH, '  ')}\n`).join('')}`;
}

/** A small probability in two figures. */
function rare(value: number): string {
  if (value === 0) return '0';
  return value >= 0.001 ? `${formatNumber(100 * value, 2)} %` : value.toExponential(1);
}

/** Rare events as fields of a document. */
export function rareJson(report: RareReport): { readonly [key: string]: JsonValue } {
  const { paths, years, seed, tilt, lean, weights, policies } = report;
  return {
    paths,
    years,
    seed,
    tilt,
    lean,
    weights: { ...weights },
    policies: policies.map(({ policy, events }) => ({
      policy,
      events: events.map(({ event, found }) => eventJson(event, found)),
    })),
  };
}

function eventJson(event: string, found: RareEvent): JsonValue {
  const { efficiency, plain, ...numbers } = found;
  return {
    event,
    ...numbers,
    ...figure('efficiency', efficiency, 'fewer than ten effective events'),
    plain: { count: plain.count, trials: plain.trials, low: plain.low, high: plain.high },
  };
}
