import { PILLAR_DAYS, PILLARS } from '../market/market-path.ts';
import { CALIBRATED, REGRESSED } from '../market/provenance.ts';
import { pillarTheta } from './ssvi-surface.ts';

/** Closing levels of the VIX family of one session, VIX points; NaN = not published. */
export interface IndexVols {
  readonly vix9d: number;
  readonly vix: number;
  readonly vix3m: number;
  readonly vix6m: number;
  /** EWMA of ln VIX with half-lives of 21 and 126 sessions; NaN = unknown. */
  readonly ewma21: number;
  readonly ewma126: number;
}

/** Log regression of one index of the family on the others; 0 = not a regressor. */
interface TermRow {
  readonly intercept: number;
  readonly vix: number;
  readonly vix3m: number;
  readonly vix6m: number;
  readonly ewma21: number;
  readonly ewma126: number;
  readonly source: string;
}

const CLOSES_9D = 'least squares on Cboe closes 2011-01 … 2024-06';
const CLOSES_3M = 'least squares on Cboe closes 2009-09 … 2024-06';
const CLOSES_6M = 'least squares on Cboe closes 2008-01 … 2021-12';

function row(weights: Partial<TermRow>, source: string): TermRow {
  const none = { intercept: 0, vix: 0, vix3m: 0, vix6m: 0, ewma21: 0, ewma126: 0 };
  return { ...none, ...weights, source };
}

/** First row whose regressors are all known wins; the log rmse stands in each source. */
const VIX3M_ROWS: readonly TermRow[] = [
  row({ intercept: -0.1049, vix: 0.3525, vix6m: 0.6787 }, `${CLOSES_6M}, rmse 0.020`),
  row({ intercept: 0.2991, vix: 0.6399, ewma21: 0.2474, ewma126: 0.0475 }, `${CLOSES_3M}, .041`),
  row({ intercept: 0.5902, vix: 0.8341 }, `${CLOSES_3M}, rmse 0.059`),
];
const VIX6M_ROWS: readonly TermRow[] = [
  row({ intercept: 0.1699, vix: -0.28, vix3m: 1.1255, ewma126: 0.1164 }, `${CLOSES_6M}, .021`),
  row({ intercept: 0.2423, vix: -0.3984, vix3m: 1.3276 }, `${CLOSES_6M}, rmse 0.028`),
  row({ intercept: 0.587, vix: 0.446, ewma21: 0.2182, ewma126: 0.1945 }, `${CLOSES_6M}, .056`),
  row({ intercept: 1.0552, vix: 0.6976 }, `${CLOSES_6M}, rmse 0.088`),
];
const VIX9D_ROWS: readonly TermRow[] = [
  row({ intercept: 0.1012, vix: 1.8851, vix3m: -0.9031 }, `${CLOSES_9D}, rmse 0.073`),
  row({ intercept: -0.1893, vix: 1.3551, ewma21: -0.327, ewma126: 0.0193 }, `${CLOSES_9D}, .078`),
  row({ intercept: -0.4392, vix: 1.1352 }, `${CLOSES_9D}, rmse 0.091`),
];

/**
 * Largest theta(9 d) / theta(30 d) free of calendar arbitrage: eta grows as T^0.1 between the two
 * pillars and theta linearly, so d ln theta/dT >= 0.2/T must hold at 9 days.
 */
const NEAR_SHARE_MAX = 1 / (1 + (0.2 * (30 - 9)) / 9);

/**
 * Fills the four at-the-money total variances (9, 30, 93, 184 days) from the VIX family and gives
 * back their provenance code: CALIBRATED, or REGRESSED where VIX alone is known.
 *
 * A missing index is stood in for by a log regression on the known ones. Calendar arbitrage is
 * removed by the least change that leaves the 30-day pillar, VIX itself, untouched: the 9-day
 * pillar is capped (VIX9D beyond about 1.5 VIX), the later ones are lifted.
 *
 * Units: eta at 30 days. Domain: a missing VIX or eta makes all pillars NaN.
 */
export function fillPillars(levels: IndexVols, eta: number, out: Float64Array): number {
  const vix3m = standIn(levels.vix3m, levels, VIX3M_ROWS);
  const vix6m = standIn(levels.vix6m, levels, VIX6M_ROWS);
  const vix9d = standIn(levels.vix9d, levels, VIX9D_ROWS);
  const vols = [vix9d, levels.vix, vix3m, vix6m];
  for (let pillar = 0; pillar < PILLARS; pillar += 1) {
    const days = PILLAR_DAYS[pillar] ?? Number.NaN;
    const vol = Number.isNaN(levels.vix) ? Number.NaN : (vols[pillar] ?? Number.NaN);
    out[pillar] = pillarTheta(vol, days, eta);
  }
  removeCalendarArbitrage(out);
  const quoted = [levels.vix9d, levels.vix3m, levels.vix6m].some((level) => !Number.isNaN(level));
  return quoted ? CALIBRATED : REGRESSED;
}

/**
 * Removes calendar arbitrage from four pillars in place: caps the 9-day pillar and lifts the 93-
 * and 184-day ones to their predecessor. NaN passes through.
 */
export function removeCalendarArbitrage(theta: Float64Array): void {
  theta[0] = Math.min(theta[0] ?? Number.NaN, NEAR_SHARE_MAX * (theta[1] ?? Number.NaN));
  for (let pillar = 2; pillar < PILLARS; pillar += 1) {
    theta[pillar] = Math.max(theta[pillar] ?? Number.NaN, theta[pillar - 1] ?? Number.NaN);
  }
}

function standIn(level: number, levels: IndexVols, rows: readonly TermRow[]): number {
  if (!Number.isNaN(level)) return level;
  for (const weights of rows) {
    const log =
      weights.intercept +
      term(weights.vix, Math.log(levels.vix)) +
      term(weights.vix3m, Math.log(levels.vix3m)) +
      term(weights.vix6m, Math.log(levels.vix6m)) +
      term(weights.ewma21, levels.ewma21) +
      term(weights.ewma126, levels.ewma126);
    if (Number.isFinite(log)) return Math.exp(log);
  }
  return Number.NaN;
}

/** A regressor that is not in the row must not pass its NaN on. */
function term(weight: number, value: number): number {
  return weight === 0 ? 0 : weight * value;
}
