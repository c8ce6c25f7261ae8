import { frequency } from './frequency.ts';
import type { Frequency } from './frequency.ts';
import type { PathSummary } from './path-summary.ts';

/** Probability of an event from paths of which every second one was drawn to make it likelier. */
export interface RareEvent {
  /** Unbiased: mean of the weights of the paths with the event; and its standard error. */
  readonly probability: number;
  readonly standardError: number;
  /**
   * 95 % interval. Where fewer than ten effective events carry it, its upper end is not below
   * 6 / paths: paths of weight may have been missed.
   */
  readonly low: number;
  readonly high: number;
  /** Paths with the event, and how many of them were drawn by the tilted law. */
  readonly seen: number;
  readonly seenTilted: number;
  /** Events of equal weight that would tell as much: (Σw)² / Σw² over the paths with the event. */
  readonly effectiveEvents: number;
  /** The same from the paths of the plain law alone, counted. */
  readonly plain: Frequency;
  /** Plain paths of the same standard error, over the paths there are; NaN below ten effective events. */
  readonly efficiency: number;
}

/** How well the weights do what they should. */
export interface WeightCheck {
  /** Mean weight, which is 1 but for chance, and its standard error. */
  readonly mean: number;
  readonly standardError: number;
  /** Plain paths that are worth as much for averages over everything: (Σw)² / Σw². */
  readonly effectivePaths: number;
}

/** Effective events from which the normal interval is trusted. */
const ENOUGH_EVENTS = 10;

const TWO_SIDED_95 = 1.959_963_984_540_054;

/**
 * Probability of an event over weighted paths: even places drawn by the plain law, odd ones by tilted
 * laws in turn, each weighted by its plain density over that of the mixture, half of which is plain.
 *
 * Domain: at least two paths of each law. The variance is that of the two strata.
 * Source: Owen and Zhou (2000), defensive mixtures; Veach and Guibas (1995), balance heuristic;
 * without an event: rule of three on the mixture, whose weights are at most 2.
 */
export function rareEvent(
  summaries: readonly PathSummary[],
  happened: (path: PathSummary) => boolean,
): RareEvent {
  const paths = summaries.length;
  const values = summaries.map((path) => (happened(path) ? path.weight : 0));
  const plain = values.filter((_, place) => place % 2 === 0);
  const tilted = values.filter((_, place) => place % 2 === 1);
  const { mean, standardError } = stratified([plain, tilted], paths);
  const seenTilted = tilted.filter((value) => value > 0).length;
  const counted = plain.filter((value) => value > 0).length;
  const seen = counted + seenTilted;
  const variance = standardError * standardError;
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  const effectiveEvents = squares > 0 ? (sum * sum) / squares : 0;
  const isCarried = effectiveEvents >= ENOUGH_EVENTS;
  const upper = mean + TWO_SIDED_95 * standardError;
  return {
    probability: mean,
    standardError,
    low: isCarried ? Math.max(0, mean - TWO_SIDED_95 * standardError) : 0,
    high: Math.min(1, isCarried ? upper : Math.max(upper, 6 / paths)),
    seen,
    seenTilted,
    effectiveEvents,
    plain: frequency(counted, plain.length),
    efficiency: isCarried && variance > 0 ? (mean * (1 - mean)) / variance / paths : Number.NaN,
  };
}

/** Whether the weights average to one. */
export function checkWeights(summaries: readonly PathSummary[]): WeightCheck {
  const weights = summaries.map(({ weight }) => weight);
  const strata = [
    weights.filter((_, place) => place % 2 === 0),
    weights.filter((_, place) => place % 2 === 1),
  ];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return { ...stratified(strata, weights.length), effectivePaths: (sum * sum) / squares };
}

function stratified(
  strata: readonly (readonly number[])[],
  paths: number,
): { readonly mean: number; readonly standardError: number } {
  let mean = 0;
  let variance = 0;
  for (const values of strata) {
    const share = values.length / paths;
    const own = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = values.reduce((sum, value) => sum + (value - own) ** 2, 0);
    mean += share * own;
    variance += (share * share * spread) / (values.length - 1) / values.length;
  }
  return { mean, standardError: Math.sqrt(variance) };
}
