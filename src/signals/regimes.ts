import type { ZScoreWindow } from './z-score.ts';

/** Four years of sessions, of which half must have a value. */
export const REGIME_WINDOW: ZScoreWindow = { rows: 1000, minimum: 500 };

const MOST_ROUNDS = 500;
/** EM ends when a round raises the log-likelihood by less than this. */
const TOLERANCE = 1e-8;
/** A state may not shrink onto one value: its variance is at least this share of the whole. */
const LEAST_VARIANCE_SHARE = 1e-4;
const START_STAY = 0.95;
/** A smaller prediction counts as impossible: dividing by it would overflow. */
const LEAST_SHARE = 1e-290;

/** A two-state Gaussian hidden Markov model; state 0 is the calmer one. */
export interface RegimeModel {
  /** Mean and standard deviation of each state, in the unit of the values. */
  readonly mean: readonly [number, number];
  readonly standardDeviation: readonly [number, number];
  /** Probability that each state lasts another row. */
  readonly stay: readonly [number, number];
  /** Probability of the turbulent state in the first row. */
  readonly start: number;
}

/** A model and the state in which it sees the row it was fitted to. */
export interface Regime {
  readonly model: RegimeModel;
  /** Filtered probability of the turbulent state at the row, given rows up to it. */
  readonly turbulent: number;
  readonly logLikelihood: number;
}

/**
 * The regime at one row, of a model fitted to the window that ends with it; undefined = NO DATA.
 *
 * Nothing after `row` is read, neither for the model nor for the state: the probability is filtered,
 * never smoothed. EM starts from two fixed splits of the values, about their median and about their
 * median distance from it, and the likelier end is taken, so that equal values give equal numbers.
 *
 * NaN rows say nothing about the state and are passed over; undefined below `minimum` values or when
 * they do not vary.
 * Source: Hamilton (1989), Econometrica 57(2), eq. 3 to 5, for the filter; Hamilton (1990), Journal
 * of Econometrics 45, eq. 4.1 to 4.3, for EM.
 */
export function regimeAt(
  values: Float64Array,
  row: number,
  window: ZScoreWindow = REGIME_WINDOW,
): Regime | undefined {
  const rows = values.subarray(Math.max(0, row - window.rows + 1), row + 1);
  const known = rows.filter((value) => !Number.isNaN(value));
  // A variance of equal values is a rounding error, not 0.
  const varies = known.some((value) => value !== known[0]);
  const spread = varianceOf(known);
  if (known.length < window.minimum || !varies || !(spread > 0)) return undefined;
  const median = middle(known);
  const distance = known.map((value) => Math.abs(value - median));
  const starts = [
    startFrom(known, (value) => value > median),
    startFrom(known, (value) => Math.abs(value - median) > middle(distance)),
  ];
  const [best] = starts
    .map((start) => maximise(rows, start, spread * LEAST_VARIANCE_SHARE))
    .toSorted((a, b) => b.logLikelihood - a.logLikelihood);
  if (best === undefined) return undefined;
  const model = calmFirst(best.model);
  const { turbulent, logLikelihood } = filterRegimes(rows, model);
  return { model, turbulent: turbulent[rows.length - 1] ?? Number.NaN, logLikelihood };
}

/** Filtered probabilities of a series under a model. */
export interface FilteredRegimes {
  /** Probability of state 1 at each row, given that row and those before it. */
  readonly turbulent: Float64Array;
  /** Of the values that are there, natural logarithm. */
  readonly logLikelihood: number;
}

/**
 * Filtered probability of state 1 in each row. A NaN row leaves the prediction as it is.
 *
 * Source: Hamilton (1989), eq. 3 to 5.
 */
export function filterRegimes(values: Float64Array, model: RegimeModel): FilteredRegimes {
  const turbulent = new Float64Array(values.length);
  let logLikelihood = 0;
  let predicted = model.start;
  for (let row = 0; row < values.length; row += 1) {
    if (row > 0) predicted = predict(turbulent[row - 1] ?? Number.NaN, model);
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) {
      turbulent[row] = predicted;
      continue;
    }
    const [calm, wild] = logDensities(value, model);
    // The larger density is taken out, so that neither underflows far in the tail.
    const top = Math.max(calm, wild);
    const ofCalm = (1 - predicted) * Math.exp(calm - top);
    const ofWild = predicted * Math.exp(wild - top);
    if (ofCalm + ofWild === 0) {
      // A state that is certain keeps its value, however far out: its density only underflowed.
      turbulent[row] = predicted;
      logLikelihood += predicted > 0 ? wild : calm;
      continue;
    }
    turbulent[row] = ofWild / (ofCalm + ofWild);
    logLikelihood += top + Math.log(ofCalm + ofWild);
  }
  return { turbulent, logLikelihood };
}

function predict(turbulent: number, { stay }: RegimeModel): number {
  return turbulent * stay[1] + (1 - turbulent) * (1 - stay[0]);
}

function logDensities(value: number, model: RegimeModel): readonly [number, number] {
  const of = (state: 0 | 1): number => {
    const score = (value - model.mean[state]) / model.standardDeviation[state];
    return (
      -0.5 * (score * score + Math.log(2 * Math.PI)) - Math.log(model.standardDeviation[state])
    );
  };
  return [of(0), of(1)];
}

function maximise(
  values: Float64Array,
  start: RegimeModel,
  leastVariance: number,
): { readonly model: RegimeModel; readonly logLikelihood: number } {
  let model = start;
  let before = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { turbulent, logLikelihood } = filterRegimes(values, model);
    if (logLikelihood - before < TOLERANCE) break;
    before = logLikelihood;
    model = improve(values, model, turbulent, leastVariance);
  }
  return { model, logLikelihood: filterRegimes(values, model).logLikelihood };
}

/** One round of EM: smoothed probabilities serve the estimate only and never leave it. */
function improve(
  values: Float64Array,
  model: RegimeModel,
  filtered: Float64Array,
  leastVariance: number,
): RegimeModel {
  const length = values.length;
  const smoothed = new Float64Array(length);
  smoothed[length - 1] = filtered[length - 1] ?? Number.NaN;
  let calm = 0;
  let calmStays = 0;
  let wild = 0;
  let wildStays = 0;
  for (let row = length - 2; row >= 0; row -= 1) {
    const here = filtered[row] ?? Number.NaN;
    const predicted = predict(here, model);
    const ahead = smoothed[row + 1] ?? Number.NaN;
    const toWild = predicted > LEAST_SHARE ? ahead / predicted : 0;
    const toCalm = 1 - predicted > LEAST_SHARE ? (1 - ahead) / (1 - predicted) : 0;
    const staysWild = here * model.stay[1] * toWild;
    // Rounding may pass 1, and a negative weight of the calm state would be the end of it.
    const now = Math.min(1, staysWild + here * (1 - model.stay[1]) * toCalm);
    smoothed[row] = now;
    wild += now;
    wildStays += staysWild;
    calm += 1 - now;
    calmStays += (1 - here) * model.stay[0] * toCalm;
  }
  const [lower, upper] = [0, 1].map((state) => {
    const weight = smoothed.map((share) => (state === 1 ? share : 1 - share));
    return weighted(values, weight, leastVariance);
  });
  // A state that nothing is left in says nothing about itself: EM ends there.
  if (lower === undefined || upper === undefined) return model;
  return {
    mean: [lower.mean, upper.mean],
    standardDeviation: [lower.deviation, upper.deviation],
    stay: [
      calm > 0 ? calmStays / calm : model.stay[0],
      wild > 0 ? wildStays / wild : model.stay[1],
    ],
    start: smoothed[0] ?? Number.NaN,
  };
}

function weighted(
  values: Float64Array,
  weight: Float64Array,
  leastVariance: number,
): { readonly mean: number; readonly deviation: number } | undefined {
  let total = 0;
  let mean = 0;
  let squares = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    const share = weight[row] ?? 0;
    if (Number.isNaN(value) || share === 0) continue;
    total += share;
    const gap = value - mean;
    mean += (share * gap) / total;
    squares += share * gap * (value - mean);
  }
  if (!(total > 0)) return undefined;
  return { mean, deviation: Math.sqrt(Math.max(squares / total, leastVariance)) };
}

function startFrom(known: Float64Array, isWild: (value: number) => boolean): RegimeModel {
  const parts = [known.filter((value) => !isWild(value)), known.filter(isWild)];
  // Values that tie at the median may leave one part empty: both then start from the whole.
  const [calm, wild] = parts.every(({ length }) => length > 1) ? parts : [known, known];
  const of = (part: Float64Array): number =>
    Math.sqrt(varianceOf(part)) || Math.sqrt(varianceOf(known));
  const [low, high] = [calm ?? known, wild ?? known];
  return {
    mean: [meanOf(low), meanOf(high)],
    standardDeviation: [of(low), of(high)],
    stay: [START_STAY, START_STAY],
    start: 0.5,
  };
}

function calmFirst(model: RegimeModel): RegimeModel {
  const { mean, standardDeviation, stay, start } = model;
  if (standardDeviation[0] <= standardDeviation[1]) return model;
  return {
    mean: [mean[1], mean[0]],
    standardDeviation: [standardDeviation[1], standardDeviation[0]],
    stay: [stay[1], stay[0]],
    start: 1 - start,
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

function middle(values: Float64Array): number {
  const sorted = values.toSorted();
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}
