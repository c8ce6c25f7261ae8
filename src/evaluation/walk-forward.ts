/** Periods first … last − 1 of a series. */
export interface PeriodRange {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/** What may be used to choose, and what to judge the choice by. */
export interface WalkForwardSplit {
  /** Ranges that train; more than one when training goes on after the test and an embargo. */
  readonly train: readonly PeriodRange[];
  readonly test: PeriodRange;
}

/** How a series is split, in periods. */
export interface WalkForwardOptions {
  readonly periods: number;
  /** Tests, of equal length but for the last one, which takes what is left. */
  readonly folds: number;
  /**
   * Life of a trade: training periods whose trades would still be open in the test are left out.
   */
  readonly purge: number;
  /** Periods after a test that do not train either, since they remember it. */
  readonly embargo: number;
  /**
   * `past`: train on what came before only, the first fold being trained on alone; `both`: purged
   * cross-validation, each fold tested once.
   */
  readonly training: 'past' | 'both';
}

/** Splits, or why there are none. */
export type WalkForwardSplits =
  | { readonly kind: 'splits'; readonly splits: readonly WalkForwardSplit[] }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Walk-forward or purged cross-validation splits of consecutive periods. No training period lies
 * within `purge` before a test, nor within purge + embargo after it.
 *
 * Source: López de Prado (2018), Advances in Financial Machine Learning, sections 7.4 and 12.2.
 */
export function walkForwardSplits(options: WalkForwardOptions): WalkForwardSplits {
  const { periods, folds, purge, embargo, training } = options;
  const broken = brokenRule(options);
  if (broken !== undefined) return { kind: 'refused', reason: broken };
  const size = Math.floor(periods / folds);
  const splits: WalkForwardSplit[] = [];
  for (let fold = training === 'past' ? 1 : 0; fold < folds; fold += 1) {
    const first = fold * size;
    const test = { first, end: fold === folds - 1 ? periods : first + size };
    const before = { first: 0, end: Math.max(0, test.first - purge) };
    const after = { first: Math.min(periods, test.end + purge + embargo), end: periods };
    const ranges = training === 'past' ? [before] : [before, after];
    const train = ranges.filter((range) => range.end > range.first);
    if (train.length > 0) splits.push({ train, test });
  }
  return splits.length > 0
    ? { kind: 'splits', splits }
    : { kind: 'refused', reason: 'purge and embargo leave nothing to train on' };
}

function brokenRule(options: WalkForwardOptions): string | undefined {
  const { periods, folds, purge, embargo } = options;
  if (!(Number.isInteger(folds) && folds >= 2)) return `folds must be >= 2, was ${folds}`;
  if (!(Number.isInteger(periods) && periods >= folds)) {
    return `periods must be >= folds (${folds}), was ${periods}`;
  }
  if (!(Number.isInteger(purge) && purge >= 0)) return `purge must be >= 0 periods, was ${purge}`;
  if (!(Number.isInteger(embargo) && embargo >= 0)) {
    return `embargo must be >= 0 periods, was ${embargo}`;
  }
  return undefined;
}
