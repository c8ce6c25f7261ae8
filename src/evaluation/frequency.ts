import { wilsonInterval } from '../math/wilson-interval.ts';

/** How often something happened, with its 95 % interval; fractions, null without a trial. */
export interface Frequency {
  readonly estimate: number | null;
  readonly low: number | null;
  /** Upper end; 3 / trials when nothing was seen. */
  readonly high: number | null;
  /** Trials with the event. */
  readonly count: number;
  /** Paths, or episodes for a conditional frequency. */
  readonly trials: number;
}

/**
 * Frequency with its Wilson interval, of 95 % unless another confidence is given; after zero events
 * the upper end is 3 / trials.
 *
 * Source: Wilson (1927); rule of three, Hanley and Lippman-Hand (1983).
 */
export function frequency(count: number, trials: number, confidence = 0.95): Frequency {
  if (!(trials > 0)) return { estimate: null, low: null, high: null, count, trials };
  const { estimate, low, high } = wilsonInterval(count, trials, confidence);
  return { estimate, low, high, count, trials };
}
