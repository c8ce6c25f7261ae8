/** Mid of call minus put at a strike, and half the sum of both spreads; index points. */
export interface ParityPoint {
  readonly strike: number;
  readonly gap: number;
  readonly spread: number;
}

/** Forward in index points and discount factor of an expiry. */
export interface ForwardLine {
  readonly forward: number;
  readonly discountFactor: number;
}

/** Pairs nearest to the money that the line is drawn through. */
const NEAREST = 24;

/**
 * The line C - P = D (F - K) through the pairs nearest to the money, weighted by tightness; undefined
 * for fewer than four pairs. D is held within 0.6..1.1: beyond it the quotes say nothing of it.
 */
export function fitLine(points: readonly ParityPoint[]): ForwardLine | undefined {
  if (points.length < 4) return undefined;
  const near = [...points].sort((a, b) => Math.abs(a.gap) - Math.abs(b.gap)).slice(0, NEAREST);
  let [weights, strikes, gaps] = [0, 0, 0];
  for (const { strike, gap, spread } of near) {
    const weight = 1 / (0.05 + spread) ** 2;
    weights += weight;
    strikes += weight * strike;
    gaps += weight * gap;
  }
  const meanStrike = strikes / weights;
  const meanGap = gaps / weights;
  let [square, cross] = [0, 0];
  for (const { strike, gap, spread } of near) {
    const weight = 1 / (0.05 + spread) ** 2;
    square += weight * (strike - meanStrike) ** 2;
    cross += weight * (strike - meanStrike) * (gap - meanGap);
  }
  const discountFactor = Math.min(1.1, Math.max(0.6, -cross / square));
  return { forward: meanStrike + meanGap / discountFactor, discountFactor };
}
