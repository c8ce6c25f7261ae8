import { invariant } from '../core/invariant.ts';
import { SKETCH_ERROR } from '../math/quantile-sketch.ts';
import {
  createFigure,
  enterFigure,
  figureMedian,
  figureQuantiles,
  figureTotal,
  mergeFigure,
} from './path-figure.ts';
import type { FigureKind, PathFigure } from './path-figure.ts';

/** A whole number over paths, and the lowest path that added to it. */
interface Count {
  amount: number;
  first: number;
}

/**
 * What is kept of one policy over many paths, each entered once and in any order: counts, maxima and
 * figures by name. Tallies of other paths add up (`mergeTally`), and neither the order nor the way
 * paths were shared out changes what they tell. Plain data, changed in place.
 */
export interface PathTally {
  readonly policy: string;
  readonly kind: FigureKind;
  /** Paths there will be, and paths entered. */
  readonly capacity: number;
  paths: number;
  /** Lowest path entered, its deposit (dollars) and its length (years), told for all of them. */
  first: number;
  startEquity: number;
  years: number;
  readonly counts: Map<string, Count>;
  readonly maxima: Map<string, number>;
  readonly figures: Map<string, PathFigure>;
}

/** A tally of nothing. */
export function createTally(policy: string, kind: FigureKind, capacity: number): PathTally {
  return {
    policy,
    kind,
    capacity,
    paths: 0,
    first: Number.POSITIVE_INFINITY,
    startEquity: Number.NaN,
    years: Number.NaN,
    counts: new Map(),
    maxima: new Map(),
    figures: new Map(),
  };
}

/** Counts a path, of a deposit in dollars and a length in years. */
export function enterSpan(
  tally: PathTally,
  path: number,
  { startEquity, years }: { readonly startEquity: number; readonly years: number },
): void {
  tally.paths += 1;
  takeFirst(tally, path, startEquity, years);
}

function takeFirst(tally: PathTally, first: number, startEquity: number, years: number): void {
  if (first >= tally.first) return;
  tally.first = first;
  tally.startEquity = startEquity;
  tally.years = years;
}

/** Adds a whole number under a name, and remembers the lowest path that did; 0 leaves nothing. */
export function count(tally: PathTally, name: string, path: number, amount = 1): void {
  if (amount === 0) return;
  const known = tally.counts.get(name);
  if (known === undefined) tally.counts.set(name, { amount, first: path });
  else {
    known.amount += amount;
    if (path < known.first) known.first = path;
  }
}

/** Enters a number of which the greatest is kept; NaN leaves it as it is. */
export function enterMost(tally: PathTally, name: string, value: number): void {
  if (Number.isNaN(value)) return;
  const most = tally.maxima.get(name);
  if (most === undefined || value > most) tally.maxima.set(name, value);
}

/** Enters what a path adds to a sum under a name; quantiles have names of their own. */
export function enterAmount(tally: PathTally, name: string, path: number, amount: number): void {
  // Most amounts are 0, and change no sum.
  if (amount !== 0) enterFigure(figureOf(tally, name), path, amount, 'sum');
}

/** Enters a path's value of a figure whose quantiles are asked for; null where it has none. */
export function enterValue(
  tally: PathTally,
  name: string,
  path: number,
  value: number | null,
): void {
  if (value !== null) enterFigure(figureOf(tally, name), path, value);
}

function figureOf(tally: PathTally, name: string): PathFigure {
  const known = tally.figures.get(name);
  if (known !== undefined) return known;
  const made = createFigure(tally.kind, tally.capacity);
  tally.figures.set(name, made);
  return made;
}

/** Enters all that a tally of other paths of the same policy holds. */
export function mergeTally(into: PathTally, from: PathTally): void {
  invariant(into.policy === from.policy, 'tallies are of one policy');
  invariant(into.kind === from.kind && into.capacity === from.capacity, 'tallies are of one shape');
  into.paths += from.paths;
  takeFirst(into, from.first, from.startEquity, from.years);
  for (const [name, { amount, first }] of from.counts) count(into, name, first, amount);
  for (const [name, value] of from.maxima) enterMost(into, name, value);
  for (const [name, figure] of from.figures) {
    let own = into.figures.get(name);
    if (own === undefined) {
      const { kind } = figure;
      own = createFigure(kind, kind === 'exact' ? figure.values.length : into.capacity);
      into.figures.set(name, own);
    }
    mergeFigure(own, figure);
  }
}

/** What was counted under a name; 0 when nothing was. */
export function counted(tally: PathTally, name: string): number {
  return tally.counts.get(name)?.amount ?? 0;
}

/** Rest of the names that begin so, and their counts, in the order of the paths that began them. */
export function countedUnder(
  { counts }: PathTally,
  start: string,
): readonly (readonly [rest: string, count: number])[] {
  return [...counts]
    .filter(([name]) => name.startsWith(start))
    .sort(([, a], [, b]) => a.first - b.first)
    .map(([name, { amount }]) => [name.slice(start.length), amount]);
}

/** The greatest value under a name; NaN when none was entered. */
export function mostOf({ maxima }: PathTally, name: string): number {
  return maxima.get(name) ?? Number.NaN;
}

/** Paths that have a value of a figure. */
export function knownOf({ figures }: PathTally, name: string): number {
  return figures.get(name)?.known ?? 0;
}

/** Sum of a figure over paths; 0 when no path has a value. */
export function totalOf({ figures }: PathTally, name: string): number {
  const figure = figures.get(name);
  return figure === undefined ? 0 : figureTotal(figure);
}

/** Median of a figure over the paths that have it; NaN when none has. */
export function medianOf({ figures }: PathTally, name: string): number {
  const figure = figures.get(name);
  return figure === undefined ? Number.NaN : figureMedian(figure);
}

/** Quantiles of a figure over the paths that have it; NaN when none has. */
export function quantilesOf(
  { figures }: PathTally,
  name: string,
  probabilities: readonly number[],
): readonly number[] {
  const figure = figures.get(name);
  return figure === undefined
    ? probabilities.map(() => Number.NaN)
    : figureQuantiles(figure, probabilities);
}

/** How well quantiles over paths are known. */
export type QuantileSource =
  | { readonly kind: 'exact' }
  /** Each order statistic is off by at most this share of itself. */
  | { readonly kind: 'sketched'; readonly relativeError: number };

/** How well the quantiles of a tally are known. */
export function quantileSource({ kind }: PathTally): QuantileSource {
  return kind === 'exact' ? { kind } : { kind, relativeError: SKETCH_ERROR };
}
