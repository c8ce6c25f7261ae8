import { addExact, createExactSum, exactTotal, mergeExact } from '../math/exact-sum.ts';
import type { ExactSum } from '../math/exact-sum.ts';
import {
  createSketch,
  enterSketch,
  mergeSketch,
  sketchQuantiles,
} from '../math/quantile-sketch.ts';
import type { QuantileSketch } from '../math/quantile-sketch.ts';
import { quantile } from '../math/quantile.ts';

/** How a figure over paths is kept: every value by its path, or in memory of a fixed size. */
export type FigureKind = 'exact' | 'sketched';

/**
 * A figure over paths, entered in any order. Plain data, changed in place. `known` counts the paths
 * with a value; `odd` those of them whose value is NaN, which makes total and quantiles NaN.
 */
export type PathFigure =
  | {
      readonly kind: 'exact';
      known: number;
      odd: number;
      /** By path; NaN where a path has no value or has not been entered. */
      readonly values: Float64Array;
    }
  | {
      readonly kind: 'sketched';
      known: number;
      odd: number;
      readonly sum: ExactSum;
      readonly sketch: QuantileSketch;
    };

/** A figure without a value. @param paths Paths there will be; matters to the exact kind alone. */
export function createFigure(kind: FigureKind, paths: number): PathFigure {
  if (kind === 'exact') {
    return { kind, known: 0, odd: 0, values: new Float64Array(paths).fill(Number.NaN) };
  }
  return { kind, known: 0, odd: 0, sum: createExactSum(), sketch: createSketch() };
}

/** What a figure is kept for: quantiles of its values, or their sum; the exact kind serves both. */
export type FigureUse = 'quantiles' | 'sum';

/** Enters the value of a path. */
export function enterFigure(
  figure: PathFigure,
  path: number,
  value: number,
  use: FigureUse = 'quantiles',
): void {
  figure.known += 1;
  if (Number.isNaN(value)) figure.odd += 1;
  else if (figure.kind === 'exact') figure.values[path] = value;
  else if (use === 'sum') addExact(figure.sum, value);
  else enterSketch(figure.sketch, value);
}

/** Enters what another figure of the same kind and length holds of other paths. */
export function mergeFigure(into: PathFigure, from: PathFigure): void {
  into.known += from.known;
  into.odd += from.odd;
  if (into.kind === 'exact' && from.kind === 'exact') {
    for (const [path, value] of from.values.entries()) {
      if (!Number.isNaN(value)) into.values[path] = value;
    }
  } else if (into.kind === 'sketched' && from.kind === 'sketched') {
    mergeExact(into.sum, from.sum);
    mergeSketch(into.sketch, from.sketch);
  }
}

/** Sum over paths, of a figure kept for it: in path order, or without rounding where sketched. */
export function figureTotal(figure: PathFigure): number {
  if (figure.odd > 0) return Number.NaN;
  if (figure.kind === 'sketched') return exactTotal(figure.sum);
  let sum = 0;
  for (const value of figure.values) if (!Number.isNaN(value)) sum += value;
  return sum;
}

/** Quantiles over the paths with a value; NaN without one. */
export function figureQuantiles(
  figure: PathFigure,
  probabilities: readonly number[],
): readonly number[] {
  if (figure.odd > 0) return probabilities.map(() => Number.NaN);
  if (figure.kind === 'sketched') return sketchQuantiles(figure.sketch, probabilities);
  const ascending = figure.values.filter((value) => !Number.isNaN(value)).sort();
  return probabilities.map((probability) => quantile(ascending, probability));
}

/** Median over the paths with a value; NaN without one. */
export function figureMedian(figure: PathFigure): number {
  return figureQuantiles(figure, [0.5])[0] ?? Number.NaN;
}
