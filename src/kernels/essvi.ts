/** One slice of an eSSVI surface: SSVI with its own rho, psi = theta phi. */
export interface EssviSlice {
  /** At-the-money-forward total variance. */
  readonly theta: number;
  readonly rho: number;
  readonly psi: number;
}

/**
 * Total variance of an eSSVI slice at log-moneyness k.
 *
 * Source: Hendriks and Martini (2019), The extended SSVI volatility surface.
 */
export function essviTotalVariance({ theta, rho, psi }: EssviSlice, k: number): number {
  const slope = (psi / theta) * k;
  const shifted = slope + rho;
  return 0.5 * theta * (1 + rho * slope + Math.sqrt(shifted * shifted + 1 - rho * rho));
}

/**
 * Largest psi free of butterflies: min(4 / (1 + |rho|), 2 sqrt(theta / (1 + |rho|))).
 *
 * Source: Gatheral and Jacquier (2014), theorem 4.2.
 */
export function essviPsiLimit(theta: number, rho: number): number {
  const lean = 1 + Math.abs(rho);
  return Math.min(4 / lean, 2 * Math.sqrt(theta / lean));
}

/**
 * The psi that a later slice with this theta >= the earlier one's and this rho may have without
 * butterflies or calendar arbitrage; empty where low > high. Sufficient, not necessary.
 *
 * Source: Corbetta, Cohort, Laachir and Martini (2019), Robust calibration and arbitrage-free
 * interpolation of SSVI slices, proposition 3.1.
 */
export function essviPsiRange(
  earlier: EssviSlice,
  theta: number,
  rho: number,
): { readonly low: number; readonly high: number } {
  const ratio = Math.max((1 + earlier.rho) / (1 + rho), (1 - earlier.rho) / (1 - rho));
  const high = Math.min((earlier.psi * theta) / earlier.theta, essviPsiLimit(theta, rho));
  return { low: earlier.psi * ratio, high };
}

/**
 * The slice between two at `share` of the way in theta: theta, psi and rho psi linear in theta, so
 * arbitrage-free when both ends are.
 *
 * Source: Corbetta and others (2019), section 4.
 */
export function essviBetween(earlier: EssviSlice, later: EssviSlice, share: number): EssviSlice {
  const mix = (from: number, to: number): number => from + share * (to - from);
  const psi = mix(earlier.psi, later.psi);
  return {
    theta: mix(earlier.theta, later.theta),
    psi,
    rho: mix(earlier.rho * earlier.psi, later.rho * later.psi) / psi,
  };
}
