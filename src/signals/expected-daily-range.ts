import { SESSIONS_A_YEAR } from './realised-volatility.ts';

/**
 * Expected daily range, index points on either side: S * VIX9D / 100 / sqrt(252), one standard
 * deviation of one session. The estimator this product uses.
 *
 * Units: spot in index points, vix9d in VIX points. NaN passes through. Source: R-02.
 */
export function edrCanonical(spot: number, vix9d: number): number {
  return (spot * vix9d) / 100 / Math.sqrt(SESSIONS_A_YEAR);
}

/**
 * Expected daily range as a published glossary has it: (0.1 VIX9D + 0.5 HV20) * multiplier, the
 * multiplier anything from 0.8 to 2.
 *
 * Warning: the page gives no unit and its result is no standard deviation of anything; shown for
 * comparison only. Units: both volatilities in points (14 = 14 %). Source: R-02, published variant.
 */
export function edrGlossary(vix9d: number, historicalVol20: number, multiplier: number): number {
  return (0.1 * vix9d + 0.5 * historicalVol20) * multiplier;
}

/**
 * Expected daily range as a published lesson has it: (0.1 VIX9D + 0.5 HV30) * multiplier * spot,
 * multiplier 0.015 to 0.025.
 *
 * Warning: the worked example of the page (14, 11.2, 5540, 0.018) prints 57 points; its own inputs
 * give 698. Shown for comparison only. Source: R-02, published variant.
 */
export function edrLearn(
  spot: number,
  vix9d: number,
  historicalVol30: number,
  multiplier: number,
): number {
  return edrGlossary(vix9d, historicalVol30, multiplier) * spot;
}
