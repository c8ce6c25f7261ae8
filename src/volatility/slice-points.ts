import type { VolPoint } from './vol-points.ts';

/** The points of one expiry, ready to be fitted. */
export interface SlicePoints {
  /** Years to expiry. */
  readonly years: number;
  /** At-the-money-forward total variance, between the two points next to the money. */
  readonly atmVariance: number;
  readonly points: readonly VolPoint[];
  /** Weight of each point on its error in volatility. */
  readonly weights: readonly number[];
}

/** Points of a fit within this many at-the-money standard deviations are its core. */
export const CORE_REACH = 1.5;

/** Half-spread below which a quote is not trusted more, in volatility: 0.2 points. */
const LEAST_HALF_SPREAD = 0.002;
/** Strikes closer than this share of a standard deviation weigh less, so dense ones do not rule. */
const DENSE = 0.25;

/** Standard deviations from the money beyond which weight falls as their inverse. */
const NEAR = 1.5;

/**
 * Points with weights: inverse half-spread in volatility, less where strikes lie densely and less
 * in the tails, where five parameters cannot follow every quote.
 * Undefined when no two points enclose the money.
 */
export function slicePoints(points: readonly VolPoint[], years: number): SlicePoints | undefined {
  const atm = atTheMoney(points);
  if (!(atm > 0 && years > 0)) return undefined;
  const deviation = atm * Math.sqrt(years);
  const weights = points.map(({ halfSpread, logMoneyness }, i) => {
    const left = points[i - 1]?.logMoneyness ?? Number.NEGATIVE_INFINITY;
    const right = points[i + 1]?.logMoneyness ?? Number.POSITIVE_INFINITY;
    const width = Math.min(DENSE, (0.5 * (right - left)) / deviation) / DENSE;
    const far = Math.max(1, Math.abs(logMoneyness) / (NEAR * deviation));
    return Math.sqrt(width) / (far * Math.max(halfSpread, LEAST_HALF_SPREAD));
  });
  return { years, atmVariance: deviation * deviation, points, weights };
}

/**
 * Root mean square error, in volatility points (1 = 1 %), of a slice over its core: |k| within 1.5
 * standard deviations; NaN without points there.
 */
export function coreRmse(slice: SlicePoints, totalVariance: (k: number) => number): number {
  const reach = CORE_REACH * Math.sqrt(slice.atmVariance);
  let sum = 0;
  let count = 0;
  for (const { logMoneyness, vol } of slice.points) {
    if (Math.abs(logMoneyness) > reach) continue;
    const gap = Math.sqrt(totalVariance(logMoneyness) / slice.years) - vol;
    sum += gap * gap;
    count += 1;
  }
  return count === 0 ? Number.NaN : 100 * Math.sqrt(sum / count);
}

/** Log-moneyness over which a slice is kept free of butterflies: its points and a deviation more. */
export function sliceGrid(slice: SlicePoints, count: number): readonly number[] {
  const margin = Math.sqrt(slice.atmVariance);
  const low = (slice.points[0]?.logMoneyness ?? 0) - margin;
  const high = (slice.points.at(-1)?.logMoneyness ?? 0) + margin;
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Volatility at the forward, linear between the points on either side; NaN without them. */
function atTheMoney(points: readonly VolPoint[]): number {
  const right = points.findIndex(({ logMoneyness }) => logMoneyness >= 0);
  const above = points[right];
  const below = points[right - 1];
  if (above === undefined || below === undefined) return Number.NaN;
  const share = -below.logMoneyness / (above.logMoneyness - below.logMoneyness);
  return below.vol + share * (above.vol - below.vol);
}

/** The part of a grid within an earlier slice's points: beyond them its smile is extrapolation. */
export function sharedGrid(grid: readonly number[], earlier: SlicePoints): readonly number[] {
  const low = earlier.points[0]?.logMoneyness ?? Number.NaN;
  const high = earlier.points.at(-1)?.logMoneyness ?? Number.NaN;
  return grid.filter((k) => k >= low && k <= high);
}
