/**
 * Range of each statistic in two runs of 400 years of an independent implementation of the same
 * equations, widened by what 200-year runs differ by among themselves. It tests the code; the
 * intervals of `ACCEPTANCE_TABLE` test the model.
 */
export const REFERENCE_RANGES: readonly (readonly [string, number, number])[] = [
  ['z sd', 0.8, 0.82],
  ['z skewness', -0.5, -0.4],
  ['z excess kurtosis', 1.1, 1.7],
  ['SPX volatility', 0.175, 0.205],
  ['SPX excess kurtosis', 5, 14],
  ['dlnVIX sd', 0.074, 0.078],
  ['dlnVIX skewness', 1.25, 1.9],
  ['dlnVIX excess kurtosis', 7, 22],
  ['corr(r, dlnVIX)', -0.745, -0.705],
  ['dlnVIX per r', -4.85, -4.25],
  ['acf lnVIX 5', 0.905, 0.935],
  ['acf lnVIX 21', 0.75, 0.815],
  ['acf lnVIX 63', 0.52, 0.64],
  ['acf lnVIX 126', 0.37, 0.53],
  ['acf lnVIX 252', 0.24, 0.41],
  ['VIX q5', 10.6, 11.6],
  ['VIX q25', 14.2, 15.6],
  ['VIX q50', 18.2, 20],
  ['VIX q75', 24, 26.6],
  ['VIX q95', 36.5, 42],
  ['VIX q99', 48, 61],
  ['VIX q99.9', 69, 88],
  ['P(VIX > 40)', 0.03, 0.062],
  ['VX beta M1', 0.56, 0.62],
  ['VX beta M2', 0.42, 0.44],
  ['VX beta M3', 0.33, 0.345],
  ['VX beta M4', 0.265, 0.28],
  ['VX beta M5', 0.225, 0.235],
  ['VX beta M6', 0.195, 0.205],
  ['VX beta M7', 0.172, 0.182],
  ['VX beta M8', 0.157, 0.165],
  ['VX volatility M2', 0.555, 0.585],
  ['VX volatility M3', 0.445, 0.46],
  ['VX volatility M4', 0.37, 0.385],
  ['VX volatility M5', 0.32, 0.335],
  ['VX volatility M6', 0.287, 0.3],
];

/**
 * Statistics of the model outside the 90 % interval of history, in some 200-year run or in all: the
 * gaps every simulated report prints. The fit is to 2006-2017, the intervals span 1990-2024.
 */
export const KNOWN_GAPS: readonly string[] = [
  'z sd',
  'dlnVIX sd',
  'dlnVIX skewness',
  'dlnVIX excess kurtosis',
  'VIX q25',
  'VIX q50',
  'VIX q75',
  'VIX q95',
  'VIX q99',
  'VIX q99.9',
  'P(VIX > 40)',
  'z sd, VIX <= 13',
  'corr(z, dlnVIX), VIX <= 13',
  'z sd, VIX >= 35',
  'corr(z, dlnVIX), VIX >= 35',
  'P(31-session move < -1 VIX sd)',
  'P(31-session move > 1 VIX sd)',
  'P(31-session move > 2 VIX sd)',
  'VX beta M7',
];
