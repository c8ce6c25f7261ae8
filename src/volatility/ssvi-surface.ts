import { ssviPhi, ssviTotalVariance, ssviVarianceSwap } from '../kernels/ssvi.ts';
import { PILLAR_DAYS, PILLARS } from '../market/market-path.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { createVarianceSwapTable, varianceSwapScale } from './variance-swap-table.ts';
import type { VarianceSwapTable } from './variance-swap-table.ts';

/** SSVI rho of the SPX surface at every date; fits of listed chains lie in -0.63 … -0.66. */
export const SSVI_RHO = -0.65;

/** Bounds of eta at 30 days; the upper one keeps eta^2 (1 + |rho|) < 4, free of butterflies. */
const ETA_MIN = 0.5;
const ETA_MAX = 1.55;

const DAYS_PER_YEAR = 365;
/** Years below which an option has expired: 0.03 s, under which day fractions are rounding. */
const EXPIRED_YEARS = 1e-9;
const SWAP_TABLE: VarianceSwapTable = createVarianceSwapTable({
  rho: SSVI_RHO,
  etaMin: 0.3,
  etaMax: 1.6,
  rootVarianceMax: 1.1,
});
const PILLAR_YEARS: Float64Array = Float64Array.from(PILLAR_DAYS, (days) => days / DAYS_PER_YEAR);

/**
 * SSVI eta at 30 days from the Cboe SKEW index, clipped to [0.5, 1.55]; NaN passes through.
 *
 * Why: at rho = -0.65 the SKEW of an SSVI slice is 123.1 + 24.8 (eta - 1), almost whatever VIX is.
 * A single SKEW print is noisy: pass a short average.
 */
export function etaFromSkew(skew: number): number {
  return Math.min(ETA_MAX, Math.max(ETA_MIN, 1 + (skew - 123.1) / 24.8));
}

/**
 * Eta in force at a time to expiry, from eta at 30 days.
 *
 * From 30 days on it is constant (skew falls as T^-0.5); from 7 to 30 days it is damped so that
 * skew falls as T^-0.4; below 7 days the skew grows from its 7-day value as T^-0.25 only.
 * An assumption on short dates, not a fit: carry ±30 % of skew as a sensitivity.
 */
export function etaAtTenor(years: number, eta: number): number {
  const days = years * DAYS_PER_YEAR;
  if (days >= 30) return eta;
  if (days >= 7) return eta * Math.pow(days / 30, 0.1);
  return eta * Math.pow(7 / 30, 0.1) * Math.pow(days / 7, 0.25);
}

/**
 * At-the-money-forward total variance at which the slice's all-strike variance swap equals an
 * index of the VIX family.
 *
 * Units: indexVol in VIX points, days calendar, eta at 30 days.
 * Accuracy: the index comes back within 0.001 points at a level of 80.
 * Source: the VIX-family definition (Cboe) and Fukasawa (2012).
 */
export function pillarTheta(indexVol: number, days: number, eta: number): number {
  const years = days / DAYS_PER_YEAR;
  const root = (indexVol / 100) * Math.sqrt(years);
  const scaled = varianceSwapScale(SWAP_TABLE, etaAtTenor(years, eta), root) * root;
  return scaled * scaled;
}

/**
 * The index level, per year (0.20 = 20 %), that a pillar stands for: the volatility of the slice's
 * variance swap. Inverse of `pillarTheta` to the accuracy of its table.
 *
 * Units: theta = sigma^2 T, days to the pillar's tenor, eta at 30 days.
 */
export function pillarIndexVol(theta: number, days: number, eta: number): number {
  const years = days / 365;
  const phi = ssviPhi(theta, etaAtTenor(years, eta));
  return Math.sqrt(ssviVarianceSwap(theta, SSVI_RHO, phi) / years);
}

/** One expiry of the SPX surface, filled by `loadSlice`; a reused block. */
export interface SsviSlice {
  /** Time to expiry, ACT/365 years. */
  years: number;
  /** Square root of years. */
  rootYears: number;
  /** SPX forward, index points. */
  forward: number;
  /** Discount factor. */
  discount: number;
  /** At-the-money-forward total variance sigma^2 T. */
  theta: number;
  /** SSVI phi = eta / sqrt(theta). */
  phi: number;
}

/** An empty slice to be filled by `loadSlice`. */
export function createSlice(): SsviSlice {
  return {
    years: Number.NaN,
    rootYears: Number.NaN,
    forward: Number.NaN,
    discount: Number.NaN,
    theta: Number.NaN,
    phi: Number.NaN,
  };
}

/**
 * Fills a slice with the SPX surface at a time to expiry: forward S e^{(r-q)T}, discount e^{-rT},
 * and theta linear in T between pillars (flat forward variance beyond the last, proportional to T
 * before the first).
 *
 * Units: years ACT/365. At or past expiry: forward = spot, discount 1, no variance.
 */
export function loadSlice(snapshot: MarketSnapshot, years: number, out: SsviSlice): void {
  if (years <= EXPIRED_YEARS) {
    out.years = 0;
    out.rootYears = 0;
    out.forward = snapshot.spot;
    out.discount = 1;
    out.theta = 0;
    out.phi = 0;
    return;
  }
  out.years = years;
  out.rootYears = Math.sqrt(years);
  out.forward = snapshot.spot * Math.exp((snapshot.billRate - snapshot.dividendYield) * years);
  out.discount = Math.exp(-snapshot.billRate * years);
  out.theta = thetaAtTenor(snapshot.theta, years);
  out.phi = ssviPhi(out.theta, etaAtTenor(years, snapshot.eta));
}

/**
 * Total volatility sigma sqrt(T) of a strike on a slice; sigma is this over `rootYears`.
 *
 * Units: strike in SPX index points, > 0.
 */
export function sliceTotalVol(slice: SsviSlice, strike: number): number {
  const logMoneyness = Math.log(strike / slice.forward);
  return Math.sqrt(ssviTotalVariance(logMoneyness, slice.theta, SSVI_RHO, slice.phi));
}

function thetaAtTenor(theta: Float64Array, years: number): number {
  let upper = 1;
  const first = PILLAR_YEARS[0] ?? Number.NaN;
  if (years <= first) return ((theta[0] ?? Number.NaN) * years) / first;
  while (upper < PILLARS - 1 && years > (PILLAR_YEARS[upper] ?? Number.NaN)) upper += 1;
  const left = PILLAR_YEARS[upper - 1] ?? Number.NaN;
  const right = PILLAR_YEARS[upper] ?? Number.NaN;
  const low = theta[upper - 1] ?? Number.NaN;
  const high = theta[upper] ?? Number.NaN;
  return low + ((high - low) * (years - left)) / (right - left);
}
