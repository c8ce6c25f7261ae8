/** A probability estimated from a count of events, with the bounds of a 95 % interval. */
export interface ProbabilityEstimate {
  /** events / trials; NaN without trials. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Events counted. */
  readonly count: number;
}

/** Two-sided 95 % point of the standard normal. */
const Z = 1.959963984540054;

/**
 * Estimate and 95 % interval of a probability from `events` in `trials` independent trials.
 *
 * No event: the interval is [0, 3 / trials] (rule of three); only events: [1 - 3 / trials, 1].
 * Without trials: estimate NaN and the interval [0, 1]. Domain: integers, 0 <= events <= trials;
 * anything else gives NaN bounds.
 * Source: Wilson (1927), eq. for the score interval; Hanley, Lippman-Hand (1983) for 3 / n.
 */
export function wilsonInterval(events: number, trials: number): ProbabilityEstimate {
  if (!(events >= 0 && events <= trials)) {
    return { estimate: Number.NaN, low: Number.NaN, high: Number.NaN, count: events };
  }
  if (trials === 0) return { estimate: Number.NaN, low: 0, high: 1, count: 0 };
  const estimate = events / trials;
  if (events === 0) return { estimate, low: 0, high: Math.min(1, 3 / trials), count: events };
  if (events === trials) {
    return { estimate, low: Math.max(0, 1 - 3 / trials), high: 1, count: events };
  }
  const scale = 1 + (Z * Z) / trials;
  const centre = (estimate + (Z * Z) / (2 * trials)) / scale;
  const spread = (estimate * (1 - estimate)) / trials + (Z * Z) / (4 * trials * trials);
  const half = (Z * Math.sqrt(spread)) / scale;
  return { estimate, low: centre - half, high: centre + half, count: events };
}
