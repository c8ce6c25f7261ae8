/** Coefficients of ln VX on 1, ln VIX and its EWMAs at one tenor. */
interface PanelRow {
  readonly days: number;
  readonly intercept: number;
  readonly vix: number;
  readonly ewma21: number;
  readonly ewma126: number;
  /** Log rmse 2012-2017, out of sample; NaN where it is an identity. */
  readonly rmse: number;
}

/**
 * Least squares on VX settlements 2006-10-23 … 2017-05-11. The row at 0 days is the spot itself,
 * to which tenors below 30 days blend.
 */
const PANEL: readonly PanelRow[] = [
  panelRow(0, [0, 1, 0, 0], Number.NaN),
  panelRow(30, [0.2358728898, 0.5347562528, 0.3217924164, 0.0863299072], 0.043),
  panelRow(60, [0.3335897348, 0.3625860772, 0.3392813139, 0.2214743959], 0.049),
  panelRow(90, [0.451400598, 0.2845220074, 0.3019839096, 0.305429658], 0.053),
  panelRow(120, [0.5491571907, 0.2427670262, 0.2570420994, 0.3651553609], 0.06),
  panelRow(150, [0.6350598, 0.2126722288, 0.2193093416, 0.4089553934], 0.068),
  panelRow(180, [0.7318078503, 0.1997439505, 0.1793979308, 0.433746035], 0.073),
];

function panelRow(
  days: number,
  [intercept, vix, ewma21, ewma126]: readonly [number, number, number, number],
  rmse: number,
): PanelRow {
  return { days, intercept, vix, ewma21, ewma126, rmse };
}

/**
 * VX price that stands in where no future was listed, VIX points.
 *
 * Coefficients are linear in tenor; below 30 days they blend to spot VIX, beyond 180 days they are
 * those of 180.
 *
 * Units: tauDays calendar days to final settlement, vix in points, ewma21 and ewma126 = EWMA of
 * ln VIX with half-lives of 21 and 126 sessions. NaN passes through.
 * Accuracy: log rmse 0.04 … 0.07 out of sample, rising with tenor.
 */
export function panelRegressionVx(
  tauDays: number,
  vix: number,
  ewma21: number,
  ewma126: number,
): number {
  const days = Math.min(180, Math.max(0, tauDays));
  const upper = PANEL.find((row) => row.days >= days);
  const lower = PANEL.findLast((row) => row.days <= days);
  if (upper === undefined || lower === undefined) return Number.NaN;
  const share = upper === lower ? 0 : (days - lower.days) / (upper.days - lower.days);
  return Math.exp(
    mix(lower.intercept, upper.intercept, share) +
      mix(lower.vix, upper.vix, share) * Math.log(vix) +
      mix(lower.ewma21, upper.ewma21, share) * ewma21 +
      mix(lower.ewma126, upper.ewma126, share) * ewma126,
  );
}

/**
 * Next value of an EWMA of ln VIX. The first observation starts it; a session without one (NaN)
 * leaves it as it was.
 *
 * Units: halfLife in sessions (21 or 126 for the panel regression).
 */
export function ewmaLogVix(previous: number, vix: number, halfLife: number): number {
  if (Number.isNaN(vix)) return previous;
  if (Number.isNaN(previous)) return Math.log(vix);
  return mix(Math.log(vix), previous, Math.pow(0.5, 1 / halfLife));
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
