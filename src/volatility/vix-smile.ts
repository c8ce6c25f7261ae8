import { ssviPhi, ssviTotalVariance } from '../kernels/ssvi.ts';
import { createVarianceSwapTable, varianceSwapScale } from './variance-swap-table.ts';
import type { VarianceSwapTable } from './variance-swap-table.ts';

/** SSVI rho of the VIX option smile: total variance almost linear in log strike. */
export const VIX_SMILE_RHO = 0.98;

const DAYS_PER_YEAR = 365;
/** Years below which an option has expired: 0.03 s, under which day fractions are rounding. */
const EXPIRED_YEARS = 1e-9;
const SWAP_TABLE: VarianceSwapTable = createVarianceSwapTable({
  rho: VIX_SMILE_RHO,
  etaMin: 0.3,
  etaMax: 1.4,
  rootVarianceMax: 1.2,
});

/**
 * Natural logs of tenor in days and of the VIX forward's index vol over VVIX. Rows 30 … 180: the
 * two-factor model; the 7-day row continues at T^-0.2, near the 9-day smile of a two-factor quintic
 * model (1.26) and the vols of front VX futures.
 */
const LOG_DAYS: Float64Array = Float64Array.from([7, 30, 60, 90, 180], Math.log);
const LOG_RATIO: Float64Array = Float64Array.from([1.338, 1, 0.86, 0.77, 0.6], Math.log);

/**
 * VIX-formula volatility of VIX options of one expiry, VVIX points, from the 30-day VVIX.
 *
 * VVIX times {1, 0.86, 0.77, 0.60} at 30, 60, 90, 180 days, log-linear in ln T, held below 7 days;
 * beyond 180 days the last slope goes on.
 */
export function vvixAtTenor(vvix: number, years: number): number {
  const log = Math.max(Math.log(years * DAYS_PER_YEAR), LOG_DAYS[0] ?? Number.NaN);
  const last = LOG_DAYS.length - 1;
  let upper = 1;
  while (upper < last && log > (LOG_DAYS[upper] ?? Number.NaN)) upper += 1;
  const left = LOG_DAYS[upper - 1] ?? Number.NaN;
  const right = LOG_DAYS[upper] ?? Number.NaN;
  const low = LOG_RATIO[upper - 1] ?? Number.NaN;
  const high = LOG_RATIO[upper] ?? Number.NaN;
  return vvix * Math.exp(low + ((high - low) * (log - left)) / (right - left));
}

/** One expiry of the VIX option smile, filled by `loadVixSlice`; a reused block. */
export interface VixSlice {
  /** Time to expiry, ACT/365 years, and its root. */
  years: number;
  rootYears: number;
  /** At-the-money-forward total variance. */
  theta: number;
  /** SSVI phi = eta / sqrt(theta). */
  phi: number;
}

/** An empty slice to be filled by `loadVixSlice`. */
export function createVixSlice(): VixSlice {
  return { years: Number.NaN, rootYears: Number.NaN, theta: Number.NaN, phi: Number.NaN };
}

/**
 * Fills a slice so that the smile's all-strike variance swap has the volatility `vvixAtTenor`, with
 * eta = 0.68 (30 d/T)^0.2 (T at least a day, which keeps eta^2 (1 + rho) < 4).
 *
 * Units: vvix in points, years ACT/365. At or past expiry: no variance.
 * Accuracy: the swap comes back within 0.001 points.
 */
export function loadVixSlice(vvix: number, years: number, out: VixSlice): void {
  if (years <= EXPIRED_YEARS) {
    out.years = 0;
    out.rootYears = 0;
    out.theta = 0;
    out.phi = 0;
    return;
  }
  const eta = 0.68 * Math.pow(30 / Math.max(1, years * DAYS_PER_YEAR), 0.2);
  const rootYears = Math.sqrt(years);
  const root = (vvixAtTenor(vvix, years) / 100) * rootYears;
  const scaled = varianceSwapScale(SWAP_TABLE, eta, root) * root;
  out.years = years;
  out.rootYears = rootYears;
  out.theta = scaled * scaled;
  out.phi = ssviPhi(out.theta, eta);
}

/** Total volatility sigma sqrt(T) of a VIX option; forward = same-expiry VX, VIX points, > 0. */
export function vixSliceTotalVol(slice: VixSlice, forward: number, strike: number): number {
  const logMoneyness = Math.log(strike / forward);
  return Math.sqrt(ssviTotalVariance(logMoneyness, slice.theta, VIX_SMILE_RHO, slice.phi));
}
