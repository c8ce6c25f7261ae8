import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** Days ahead beyond which SPX strikes near the money come in steps of 25. */
const FAR_DAYS = 120;
const HALF_POINT_VIX_FROM = epochDay(2012, 1, 1);

/**
 * Step of listed index strikes, in the product's points: SPX 5 (25 beyond 120 days), XSP 1.
 *
 * Source: Cboe SPX specification (5 near, 25 and more further out), XSP specification (1).
 */
export function strikeStep(
  kind: 'spx-option' | 'xsp-option',
  daysToExpiry: number,
): number {
  if (kind === 'xsp-option') return 1;
  return daysToExpiry > FAR_DAYS ? 25 : 5;
}

/**
 * Nearest listed VIX strike: steps of 0.5 below 15 (since 2012, 1 before), 1 below 200, then 5.
 *
 * Source: Cboe VIX option specification; the 2012 date is an assumption.
 */
export function nearestVixStrike(strike: number, day: EpochDay): number {
  let step = 1;
  if (strike >= 200) step = 5;
  else if (strike < 15 && day >= HALF_POINT_VIX_FROM) step = 0.5;
  return Math.round(strike / step) * step;
}
