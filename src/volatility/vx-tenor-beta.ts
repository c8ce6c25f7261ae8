/** Middle of a tenor bucket in calendar days, and the daily log-beta of VX on VIX in it. */
const BUCKET_DAYS: readonly number[] = [
  2.5, 7.5, 17.5, 25, 37.5, 52.5, 67.5, 90, 120, 150, 180, 210,
];
const BUCKET_BETA: readonly number[] = [
  0.76, 0.66, 0.55, 0.5, 0.44, 0.38, 0.33, 0.29, 0.25, 0.21, 0.19, 0.19,
];

/**
 * Daily log-beta of a VX future on VIX by calendar days to final settlement: linear between bucket
 * middles, flat outside.
 *
 * Why it matters: it is far below 1; over a crisis of weeks betas are larger (0.9 … 0.35).
 * Source: least squares on VX settlements 2006-10-23 … 2017-05-11.
 */
export function vxTenorBeta(tauDays: number): number {
  const last = BUCKET_DAYS.length - 1;
  let upper = 1;
  while (upper < last && tauDays > (BUCKET_DAYS[upper] ?? Number.NaN)) upper += 1;
  const left = BUCKET_DAYS[upper - 1] ?? Number.NaN;
  const right = BUCKET_DAYS[upper] ?? Number.NaN;
  const low = BUCKET_BETA[upper - 1] ?? Number.NaN;
  const high = BUCKET_BETA[upper] ?? Number.NaN;
  const share = Math.min(1, Math.max(0, (tauDays - left) / (right - left)));
  return low + (high - low) * share;
}
