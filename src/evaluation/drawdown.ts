/**
 * Drawdowns of a path at closes: 1 − equity / running peak, the start counting as the first peak.
 *
 * Shape: one fraction >= 0 per session; above 1 when equity is negative. NaN stays NaN.
 */
export function drawdownsAtClose(startEquity: number, equityClose: Float64Array): Float64Array {
  const drawdowns = new Float64Array(equityClose.length);
  let peak = startEquity;
  for (const [session, close] of equityClose.entries()) {
    if (close > peak) peak = close;
    drawdowns[session] = 1 - close / peak;
  }
  return drawdowns;
}

/**
 * Drawdowns of a path at the worst mark of each day, below the highest close before that day.
 *
 * Shape: one fraction >= 0 per session. The peak is made of closes, because the order of a day's
 * best and worst marks is unknown.
 */
export function drawdownsAtWorstMark(
  startEquity: number,
  equityClose: Float64Array,
  equityWorst: Float64Array,
): Float64Array {
  const drawdowns = new Float64Array(equityClose.length);
  let peak = startEquity;
  for (const [session, close] of equityClose.entries()) {
    const worst = Math.min(equityWorst[session] ?? Number.NaN, close);
    drawdowns[session] = Math.max(0, 1 - worst / peak);
    if (close > peak) peak = close;
  }
  return drawdowns;
}

/** Largest drawdown of a series of drawdowns, as a fraction; 0 when it is empty, NaN if any is. */
export function largestDrawdown(drawdowns: Float64Array): number {
  let largest = 0;
  for (const drawdown of drawdowns) largest = Math.max(largest, drawdown);
  return largest;
}

/**
 * Mean of the worst (1 − level) share of the drawdowns, the last one counted fractionally.
 *
 * Domain: level in (0, 1), at least one drawdown; otherwise NaN.
 * Source: Chekhlov, Uryasev, Zabarankin (2005), CDaR; fractional tail of Rockafellar, Uryasev
 * (2002).
 */
export function conditionalDrawdown(drawdowns: Float64Array, level: number): number {
  const tail = (1 - level) * drawdowns.length;
  if (!(tail > 0)) return Number.NaN;
  const descending = drawdowns.toSorted().toReversed();
  let sum = 0;
  for (let taken = 0; taken < tail; taken += 1) {
    sum += Math.min(1, tail - taken) * (descending[taken] ?? 0);
  }
  return sum / tail;
}

/** How often a drawdown grew deep: counts of episodes, not of paths. */
export interface DeepDrawdowns {
  /** Falls of at least the first level below a peak; at most one per peak. */
  readonly episodes: number;
  /** Episodes that reached the second level before a new peak. */
  readonly hits: number;
}

/**
 * Episodes that start at −5 % below a peak at closes, and those of them that reach −50 % before a
 * new peak. An episode still under way at the end counts as one that did not.
 */
export function fiftyGivenFive(startEquity: number, equityClose: Float64Array): DeepDrawdowns {
  let peak = startEquity;
  let state: 'near-peak' | 'fallen' | 'deep' = 'near-peak';
  let episodes = 0;
  let hits = 0;
  for (const close of equityClose) {
    if (close > peak) {
      peak = close;
      state = 'near-peak';
      continue;
    }
    if (state === 'near-peak' && close <= peak * 0.95) {
      state = 'fallen';
      episodes += 1;
    }
    if (state === 'fallen' && close <= peak * 0.5) {
      state = 'deep';
      hits += 1;
    }
  }
  return { episodes, hits };
}

/**
 * Ulcer index: root of the mean squared drawdown, as a fraction; NaN without a drawdown.
 *
 * Shape: one drawdown a session, the start left out. Source: Martin, McCann (1989).
 */
export function ulcerIndex(drawdowns: Float64Array): number {
  let squares = 0;
  for (const drawdown of drawdowns) squares += drawdown * drawdown;
  return Math.sqrt(squares / drawdowns.length);
}
