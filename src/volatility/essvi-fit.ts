import { essviPsiLimit, essviPsiRange, essviTotalVariance } from '../kernels/essvi.ts';
import type { EssviSlice } from '../kernels/essvi.ts';
import { ssviButterfly } from '../kernels/ssvi.ts';
import { levenbergMarquardt } from '../math/levenberg-marquardt.ts';
import type { SlicePoints } from './slice-points.ts';
import type { SmileShape } from './surface-arbitrage.ts';

/** Starts of the search: rho, and psi's place between its bounds. */
const STARTS: readonly (readonly [number, number])[] = [
  [-0.65, 0.6],
  [-0.3, 0.3],
];
const EMPTY_RANGE_WEIGHT = 1e3;
const LOWER: readonly number[] = [0.3, -0.95, 0];
const UPPER: readonly number[] = [3, 0.95, 1];

/** The smile of an eSSVI slice. */
export function smileOfEssvi(slice: EssviSlice): SmileShape {
  const { theta, rho, psi } = slice;
  return {
    totalVariance: (k) => essviTotalVariance(slice, k),
    butterfly: (k) => ssviButterfly(k, theta, rho, psi / theta),
  };
}

/**
 * An eSSVI surface fitted slice by slice from the nearest expiry, each within the bounds that keep
 * it free of butterflies and the surface free of calendar arbitrage, at every strike.
 *
 * Source: Corbetta, Cohort, Laachir and Martini (2019), section 3.
 */
export function fitEssvi(slices: readonly SlicePoints[]): readonly EssviSlice[] {
  const fitted: EssviSlice[] = [];
  for (const slice of slices) fitted.push(fitSlice(slice, fitted.at(-1)));
  return fitted;
}

function fitSlice(slice: SlicePoints, earlier: EssviSlice | undefined): EssviSlice {
  const { points, weights, years, atmVariance } = slice;
  const least = (earlier?.theta ?? 0) / atmVariance;
  const lower = [Math.max(LOWER[0] ?? 0, least), LOWER[1] ?? 0, LOWER[2] ?? 0];
  const upper = [Math.max(UPPER[0] ?? 0, 1.5 * least), UPPER[1] ?? 0, UPPER[2] ?? 0];
  const evaluate = (parameters: Float64Array, out: Float64Array): void => {
    const { slice: candidate, emptiness } = sliceOf(parameters, atmVariance, earlier);
    points.forEach(({ logMoneyness, vol }, i) => {
      const modelled = Math.sqrt(essviTotalVariance(candidate, logMoneyness) / years);
      out[i] = (modelled - vol) * (weights[i] ?? Number.NaN);
    });
    out[points.length] = EMPTY_RANGE_WEIGHT * Math.sqrt(points.length) * emptiness;
  };
  let best: Float64Array = Float64Array.from([Math.max(1, least), earlier?.rho ?? -0.65, 0.5]);
  let leastSum = Number.POSITIVE_INFINITY;
  const starts = earlier === undefined ? STARTS : [...STARTS, [earlier.rho, 0.5] as const];
  for (const [rho, place] of starts) {
    const found = levenbergMarquardt({ residuals: points.length + 1, lower, upper, evaluate }, [
      Math.max(1, 1.02 * least),
      rho,
      place,
    ]);
    if (found.sumOfSquares < leastSum) {
      leastSum = found.sumOfSquares;
      best = found.parameters;
    }
  }
  return sliceOf(best, atmVariance, earlier).slice;
}

function sliceOf(
  [level = Number.NaN, rho = Number.NaN, place = Number.NaN]: Float64Array,
  atmVariance: number,
  earlier: EssviSlice | undefined,
): { readonly slice: EssviSlice; readonly emptiness: number } {
  const theta = level * atmVariance;
  const range =
    earlier === undefined
      ? { low: 1e-3 * Math.sqrt(theta), high: essviPsiLimit(theta, rho) }
      : essviPsiRange(earlier, theta, rho);
  const emptiness = Math.max(0, range.low / range.high - 1);
  const psi = emptiness > 0 ? range.high : range.low + place * (range.high - range.low);
  return { slice: { theta, rho, psi }, emptiness };
}
