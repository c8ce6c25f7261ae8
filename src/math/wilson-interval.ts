import { normalInverse } from './normal.ts';

/** A probability estimated from a count of events, with the bounds of a 95 % interval. */
export interface ProbabilityEstimate {
  /** events / trials; NaN without trials. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Events counted. */
  readonly count: number;
}

/**
 * Estimate and interval of a probability from `events` in `trials` independent trials, at a
 * confidence of 95 % unless another is given.
 *
 * No event: the interval is [0, 3 / trials] (rule of three); only events: [1 - 3 / trials, 1]. At
 * another confidence c the 3 is -ln(1 - c), rounded up as the 3 is. Without trials: estimate NaN and
 * the interval [0, 1]. Domain: integers, 0 <= events <= trials; anything else gives NaN bounds.
 * Source: Wilson (1927), eq. for the score interval; Hanley, Lippman-Hand (1983) for 3 / n.
 */
export function wilsonInterval(
  events: number,
  trials: number,
  confidence = 0.95,
): ProbabilityEstimate {
  if (!(events >= 0 && events <= trials)) {
    return { estimate: Number.NaN, low: Number.NaN, high: Number.NaN, count: events };
  }
  if (trials === 0) return { estimate: Number.NaN, low: 0, high: 1, count: 0 };
  const estimate = events / trials;
  const unseen = Math.ceil(-Math.log(1 - confidence)) / trials;
  if (events === 0) return { estimate, low: 0, high: Math.min(1, unseen), count: events };
  if (events === trials) {
    return { estimate, low: Math.max(0, 1 - unseen), high: 1, count: events };
  }
  const z = normalInverse(0.5 + 0.5 * confidence);
  const scale = 1 + (z * z) / trials;
  const centre = (estimate + (z * z) / (2 * trials)) / scale;
  const spread = (estimate * (1 - estimate)) / trials + (z * z) / (4 * trials * trials);
  const half = (z * Math.sqrt(spread)) / scale;
  return { estimate, low: centre - half, high: centre + half, count: events };
}
