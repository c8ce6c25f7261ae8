import type { AuditEvent, RunRecord } from '../engine/run-record.ts';
import { enterValue, quantilesOf } from './path-tally.ts';
import type { PathTally } from './path-tally.ts';

/** Points of a course, the start aside. */
const POINTS = 60;

/** Years from the first session to the first event of a kind; null when there was none. */
export interface YearsTo {
  readonly marginCall: number | null;
  readonly forcedLiquidation: number | null;
  readonly ruin: number | null;
}

/** Equity through time over many paths. */
export interface EquityFan {
  /** Years from the start, ascending from 0. */
  readonly years: readonly number[];
  /** Dollars at each of them, by probability. */
  readonly lines: readonly { readonly probability: number; readonly values: readonly number[] }[];
}

/** Names of the points of a course in a tally, made once: joining texts for every path takes long. */
const POINT_NAMES: readonly string[] = Array.from({ length: POINTS + 1 }, (_, i) => `course ${i}`);

function pointName(point: number): string {
  return POINT_NAMES[point] ?? `course ${point}`;
}

/** Probabilities of the lines of a fan. */
export const FAN_PROBABILITIES: readonly number[] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95];

const DAYS_PER_YEAR = 365.25;

/** Equity at the start and at evenly spread closes, the last one included; dollars. */
export function equityCourse({ startEquity, columns }: RunRecord): readonly number[] {
  const { equityClose } = columns;
  const points = Math.min(POINTS, equityClose.length);
  const places = Array.from(
    { length: points },
    (_, point) => Math.round(((point + 1) * equityClose.length) / points) - 1,
  );
  return [startEquity, ...places.map((place) => equityClose[place] ?? Number.NaN)];
}

/** When the first call, liquidation and ruin of a run happened. */
export function yearsTo({ columns, events, ruinDay }: RunRecord): YearsTo {
  const first = columns.day[0] ?? 0;
  const years = (day: number | undefined): number | null =>
    day === undefined ? null : (day - first) / DAYS_PER_YEAR;
  const of = (kind: AuditEvent['kind']): number | null =>
    years(events.find((event) => event.kind === kind)?.day);
  return {
    marginCall: of('margin-call'),
    forcedLiquidation: of('forced-liquidation'),
    ruin: years(ruinDay),
  };
}

/** Enters the course of a path. */
export function enterCourse(tally: PathTally, path: number, course: readonly number[]): void {
  for (const [point, equity] of course.entries()) {
    enterValue(tally, pointName(point), path, equity);
  }
}

/** Quantiles of equity at each point of the courses, which have one length. */
export function equityFan(tally: PathTally, years: number): EquityFan {
  const points: (readonly number[])[] = [];
  while (tally.figures.has(pointName(points.length))) {
    points.push(quantilesOf(tally, pointName(points.length), FAN_PROBABILITIES));
  }
  return {
    years: points.map((_, point) =>
      points.length > 1 ? (years * point) / (points.length - 1) : 0,
    ),
    lines: FAN_PROBABILITIES.map((probability, line) => ({
      probability,
      values: points.map((quantiles) => quantiles[line] ?? Number.NaN),
    })),
  };
}

/**
 * Probabilities of as many dots, each standing for the same share of paths: (i + 1/2) / dots.
 *
 * Source: Kay, Kola, Hullman, Munson (2016), quantile dotplots.
 */
export function dotProbabilities(dots = 50): readonly number[] {
  return Array.from({ length: dots }, (_, dot) => (dot + 0.5) / dots);
}
