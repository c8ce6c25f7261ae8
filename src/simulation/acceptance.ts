import type { MomentValue } from './market-moments.ts';

/** What a statistic was in history, and how far it may be from it by chance. */
export interface AcceptanceRow {
  /** Name as in `marketMoments`, which defines it. */
  readonly name: string;
  readonly historical: number;
  /** 90 % interval of the historical value. */
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

/** A simulated statistic against history. */
export interface AcceptanceResult extends AcceptanceRow {
  readonly simulated: number;
  /** Distance from the interval: 0 inside, negative below it, positive above it. */
  readonly gap: number;
  readonly verdict: 'inside' | 'outside' | 'no-data';
}

const BOOTSTRAP = 'interval: stationary block bootstrap, mean block 252 sessions, 300 draws';
const SPOT = `S&P 500 and Cboe VIX closes 1990-01 … 2024-06; ${BOOTSTRAP}`;
const VIX3M = `Cboe VIX3M and VIX closes 2009-09 … 2024-06; ${BOOTSTRAP}`;
const VX = `CFE VX settlements 2006-10 … 2024-06; ${BOOTSTRAP}`;

const TABLE: readonly (readonly [string, number, number, number, string])[] = [
  ['z sd', 0.7778, 0.752, 0.801, SPOT],
  ['z skewness', -0.4541, -0.579, -0.312, SPOT],
  ['z excess kurtosis', 1.455, 0.982, 1.95, SPOT],
  ['SPX volatility', 0.1811, 0.156, 0.203, SPOT],
  ['SPX excess kurtosis', 10.69, 3.87, 14.2, SPOT],
  ['dlnVIX sd', 0.0667, 0.0616, 0.0711, SPOT],
  ['dlnVIX skewness', 0.9562, 0.645, 1.22, SPOT],
  ['dlnVIX excess kurtosis', 6.295, 3.77, 8.98, SPOT],
  ['corr(r, dlnVIX)', -0.7089, -0.741, -0.683, SPOT],
  ['dlnVIX per r', -4.145, -4.95, -3.64, SPOT],
  ['acf lnVIX 5', 0.9299, 0.908, 0.944, SPOT],
  ['acf lnVIX 21', 0.8094, 0.752, 0.846, SPOT],
  ['acf lnVIX 63', 0.6435, 0.545, 0.714, SPOT],
  ['acf lnVIX 126', 0.5221, 0.417, 0.605, SPOT],
  ['acf lnVIX 252', 0.3606, 0.228, 0.476, SPOT],
  ['VIX q5', 11.37, 10.8, 12.1, SPOT],
  ['VIX q25', 13.8, 12.9, 15.4, SPOT],
  ['VIX q50', 17.65, 15.6, 19.6, SPOT],
  ['VIX q75', 22.89, 20.4, 24.6, SPOT],
  ['VIX q95', 33.3, 29.8, 38, SPOT],
  ['VIX q99', 47.27, 37.9, 59.9, SPOT],
  ['VIX q99.9', 72.21, 47.7, 77.3, SPOT],
  ['P(VIX > 40)', 0.02337, 0.00712, 0.0435, SPOT],
  ['z sd, VIX <= 13', 0.6772, 0.639, 0.716, SPOT],
  ['corr(z, dlnVIX), VIX <= 13', -0.6883, -0.745, -0.62, SPOT],
  ['z sd, VIX >= 35', 1.022, 0.933, 1.12, SPOT],
  ['corr(z, dlnVIX), VIX >= 35', -0.8258, -0.852, -0.804, SPOT],
  ['31-session realised / VIX', 0.7981, 0.767, 0.828, SPOT],
  ['P(31-session move < -2 VIX sd)', 0.01525, 0.00874, 0.0216, SPOT],
  ['P(31-session move < -1 VIX sd)', 0.06758, 0.0489, 0.0862, SPOT],
  ['P(31-session move > 1 VIX sd)', 0.08745, 0.0687, 0.11, SPOT],
  ['P(31-session move > 2 VIX sd)', 0.0004621, 0, 0.00116, SPOT],
  ['M2 / M1 - 1', 0.057, 0.0437, 0.067, VX],
  ['P(M2 > M1)', 0.8276, 0.766, 0.872, VX],
  ['M1 / VIX - 1', 0.04568, 0.0335, 0.0553, VX],
  ['M7 / M4 - 1', 0.04143, 0.0214, 0.0585, VX],
  ['VX beta M1', 0.6111, 0.587, 0.633, VX],
  ['VX volatility M1', 0.8233, 0.762, 0.884, VX],
  ['VX carry M1', -0.8208, -1.03, -0.557, VX],
  ['VX beta M2', 0.4284, 0.407, 0.449, VX],
  ['VX volatility M2', 0.5963, 0.545, 0.648, VX],
  ['VX carry M2', -0.5285, -0.717, -0.266, VX],
  ['VX beta M3', 0.3262, 0.309, 0.341, VX],
  ['VX volatility M3', 0.4695, 0.427, 0.513, VX],
  ['VX carry M3', -0.2975, -0.462, -0.0617, VX],
  ['VX beta M4', 0.2654, 0.251, 0.281, VX],
  ['VX volatility M4', 0.3924, 0.361, 0.431, VX],
  ['VX carry M4', -0.2004, -0.354, 0.0146, VX],
  ['VX beta M5', 0.2268, 0.213, 0.244, VX],
  ['VX volatility M5', 0.3452, 0.315, 0.382, VX],
  ['VX carry M5', -0.1628, -0.319, 0.0304, VX],
  ['VX beta M6', 0.2041, 0.19, 0.221, VX],
  ['VX volatility M6', 0.3172, 0.29, 0.351, VX],
  ['VX carry M6', -0.1443, -0.285, 0.0228, VX],
  ['VX beta M7', 0.1893, 0.177, 0.204, VX],
  ['VX carry M7', -0.1045, -0.229, 0.0537, VX],
  ['VX beta M8', 0.1721, 0.159, 0.189, VX],
  ['VX carry M8', -0.06123, -0.172, 0.0738, VX],
  ['VIX3M / VIX', 1.126, 1.112, 1.141, VIX3M],
];

/**
 * The statistics a simulated market is held against, each with its historical value and 90 %
 * interval. A value outside is a gap to report, not to widen the interval for.
 *
 * Source: per row; intervals by Politis and Romano (1994).
 */
export const ACCEPTANCE_TABLE: readonly AcceptanceRow[] = TABLE.map(
  ([name, historical, low, high, source]) => ({ name, historical, low, high, source }),
);

/** Every row of a table beside the simulated value of its name; `no-data` where there is none. */
export function compareMoments(
  simulated: readonly MomentValue[],
  table: readonly AcceptanceRow[] = ACCEPTANCE_TABLE,
): readonly AcceptanceResult[] {
  const values = new Map(simulated.map(({ name, value }) => [name, value]));
  return table.map((row) => {
    const value = values.get(row.name) ?? Number.NaN;
    // Below the interval the first term is negative, above it the second is positive.
    const gap = Math.min(0, value - row.low) + Math.max(0, value - row.high);
    return { ...row, simulated: value, gap, verdict: verdictOf(gap) };
  });
}

function verdictOf(gap: number): AcceptanceResult['verdict'] {
  if (Number.isNaN(gap)) return 'no-data';
  return gap === 0 ? 'inside' : 'outside';
}
