import { ssviButterfly, ssviTotalVariance } from '../kernels/ssvi.ts';
import { levenbergMarquardt } from '../math/levenberg-marquardt.ts';
import type { SlicePoints } from './slice-points.ts';
import type { SmileShape } from './surface-arbitrage.ts';

/** A surface SSVI: one rho and one curvature function for every expiry. */
export interface SsviSurface {
  readonly rho: number;
  /** phi(theta) = eta theta^-gamma (1 + theta)^(gamma - 1). */
  readonly eta: number;
  readonly gamma: number;
  /** At-the-money-forward total variance of each fitted expiry, never falling. */
  readonly theta: readonly number[];
}

/** Parameters of the search: rho, eta (1 + |rho|) / 2, gamma; their bounds and starts. */
const LOWER: readonly number[] = [-0.95, 0.02, 0.01];
const UPPER: readonly number[] = [0.95, 1, 0.5];
const STARTS: readonly (readonly number[])[] = [
  [-0.65, 0.7, 0.45],
  [-0.3, 0.4, 0.3],
];

/**
 * Curvature of a surface SSVI at an at-the-money total variance.
 *
 * Domain: theta > 0. Source: Gatheral and Jacquier (2014), section 4, remark 4.4.
 */
export function ssviSurfacePhi({ eta, gamma }: SsviSurface, theta: number): number {
  return eta * theta ** -gamma * (1 + theta) ** (gamma - 1);
}

/** The smile of one fitted expiry of a surface SSVI. */
export function smileOfSsvi(surface: SsviSurface, place: number): SmileShape {
  const theta = surface.theta[place] ?? Number.NaN;
  const phi = ssviSurfacePhi(surface, theta);
  return {
    totalVariance: (k) => ssviTotalVariance(k, theta, surface.rho, phi),
    butterfly: (k) => ssviButterfly(k, theta, surface.rho, phi),
  };
}

/**
 * A surface SSVI fitted to all expiries at once: theta from the quotes at the money (lifted where it
 * would fall), rho, eta and gamma by weighted least squares. Free of butterflies and of calendar
 * arbitrage at every strike, since eta (1 + |rho|) <= 2 and gamma <= 1/2.
 *
 * Shape: slices ascend by years, at least one.
 * Source: Gatheral and Jacquier (2014), theorems 4.1 and 4.2, remark 4.4.
 */
export function fitSsvi(slices: readonly SlicePoints[]): SsviSurface {
  const theta: number[] = [];
  for (const { atmVariance } of slices) theta.push(Math.max(atmVariance, theta.at(-1) ?? 0));
  const residuals = slices.reduce((sum, { points }) => sum + points.length, 0);
  const evaluate = (parameters: Float64Array, out: Float64Array): void => {
    const surface = surfaceOf(parameters, theta);
    let row = 0;
    slices.forEach(({ points, weights, years }, place) => {
      const { totalVariance } = smileOfSsvi(surface, place);
      // Expiries with more strikes shall not count for more.
      const share = 1 / Math.sqrt(points.length);
      points.forEach(({ logMoneyness, vol }, i) => {
        const modelled = Math.sqrt(totalVariance(logMoneyness) / years);
        out[row] = (modelled - vol) * (weights[i] ?? Number.NaN) * share;
        row += 1;
      });
    });
  };
  const found = STARTS.map((start) =>
    levenbergMarquardt({ residuals, lower: LOWER, upper: UPPER, evaluate }, start),
  );
  const best = found.reduce((a, b) => (b.sumOfSquares < a.sumOfSquares ? b : a));
  return surfaceOf(best.parameters, theta);
}

function surfaceOf(
  [rho = Number.NaN, share = Number.NaN, gamma = Number.NaN]: Float64Array,
  theta: readonly number[],
): SsviSurface {
  return { rho, eta: (2 * share) / (1 + Math.abs(rho)), gamma, theta };
}
