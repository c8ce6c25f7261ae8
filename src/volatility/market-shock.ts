import { AM } from '../contracts/contract-kind.ts';
import { PILLARS } from '../market/market-path.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import { removeCalendarArbitrage } from './surface-pillars.ts';
import { vxTenorBeta } from './vx-tenor-beta.ts';

/** Tenor of the short-term VX index, calendar days. */
const SHORT_TERM_DAYS = 30;

/**
 * Intraday log-beta on VIX of VIX9D, VIX, VIX3M, VIX6M.
 *
 * Source: high over close, 2009-2024, days with VIX high 3 % over its close: 1.09 (VIX9D), 0.52
 * (VIX3M); daily changes give 1.5, 0.60 and 0.41 (VIX6M).
 */
const PILLAR_BETA: readonly number[] = [1.1, 1, 0.55, 0.35];

/**
 * Log VIX for one log SPX: -10 % SPX goes with VIX x 1.5, -20 % with x 2.4.
 *
 * Source: least squares through the origin, closes 1990-2024: -4.0 on the 317 days that fell more
 * than 2 %, -4.1 on all days, -3.4 on falls of ten sessions beyond 5 %.
 */
const VIX_ELASTICITY = -4;

/**
 * Moves SPX by a ratio and VIX, curve and surface as such a move has moved them: the coordinated
 * shock of stress figures. A rise of SPX lowers VIX alike.
 */
export function applyShock(spotRatio: number, out: MarketSnapshot): void {
  out.spot *= spotRatio;
  moveVix(out.vix * spotRatio ** VIX_ELASTICITY, out);
}

/**
 * Moves VIX to a level and the rest of the volatility market with it: pillar variance by the square
 * of the VIX ratio to the power of its beta, VX nodes by the ratio to `vxTenorBeta`. VVIX, eta and
 * rates stay.
 */
export function moveVix(vix: number, out: MarketSnapshot): void {
  const logMove = Math.log(vix / out.vix);
  for (let pillar = 0; pillar < PILLARS; pillar += 1) {
    const power = 2 * (PILLAR_BETA[pillar] ?? Number.NaN);
    out.theta[pillar] = (out.theta[pillar] ?? Number.NaN) * Math.exp(power * logMove);
  }
  removeCalendarArbitrage(out.theta);
  for (let node = 0; node < out.vxCount; node += 1) {
    const expiry = out.vxExpiry[node] ?? Number.NaN;
    const days = 365 * yearsToExpiry(out.day, out.dayFraction, expiry, AM);
    const price = out.vxPrice[node] ?? Number.NaN;
    out.vxPrice[node] = price * Math.exp(vxTenorBeta(days) * logMove);
  }
  out.shortTermVx *= Math.exp(vxTenorBeta(SHORT_TERM_DAYS) * logMove);
  out.vix = vix;
}
