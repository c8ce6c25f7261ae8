import type { AuditEvent, RunRecord } from '../engine/run-record.ts';
import { quantile } from '../math/quantile.ts';

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

/** Quantiles of equity at each point of courses of one length. */
export function equityFan(courses: readonly (readonly number[])[], years: number): EquityFan {
  const points = courses[0]?.length ?? 0;
  const sorted = Array.from({ length: points }, (_, point) =>
    Float64Array.from(courses, (course) => course[point] ?? Number.NaN).sort(),
  );
  return {
    years: sorted.map((_, point) => (points > 1 ? (years * point) / (points - 1) : 0)),
    lines: FAN_PROBABILITIES.map((probability) => ({
      probability,
      values: sorted.map((values) => quantile(values, probability)),
    })),
  };
}

/**
 * As many values as there are dots, each standing for the same share of paths: the quantiles at
 * (i + 1/2) / dots.
 *
 * Source: Kay, Kola, Hullman, Munson (2016), quantile dotplots.
 */
export function quantileDots(values: readonly number[], dots = 50): readonly number[] {
  const ascending = Float64Array.from(values).sort();
  return Array.from({ length: dots }, (_, dot) => quantile(ascending, (dot + 0.5) / dots));
}
