import { AM } from '../contracts/contract-kind.ts';
import { PILLARS } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { loadClose } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import { removeCalendarArbitrage } from './surface-pillars.ts';
import { vxTenorBeta } from './vx-tenor-beta.ts';

/** Which way the day went wrong: SPX down with VIX up, or SPX up with VIX down. */
export type AdverseSide = 'down' | 'up';

const OPEN_FRACTION = 9.5 / 24;
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
 * Fills the snapshot with the session's adverse extreme: down = SPX low with VIX high, up = SPX
 * high with VIX low, both at once although they need not have coincided.
 *
 * The surface moves with VIX: pillar variance by the square of the VIX ratio to the power of its
 * beta, VX nodes by the ratio to `vxTenorBeta`; VVIX, eta and rates stay at the close. The hour is
 * the open, which leaves the most time value in short options. A missing high or low leaves the
 * close in its place; an extreme that is milder than the close is replaced by the close.
 */
export function loadWorst(
  path: MarketPath,
  session: number,
  side: AdverseSide,
  out: MarketSnapshot,
): void {
  loadClose(path, session, out);
  out.dayFraction = OPEN_FRACTION;
  const down = side === 'down';
  const spot = (down ? path.spxLow[session] : path.spxHigh[session]) ?? Number.NaN;
  const vix = (down ? path.vixHigh[session] : path.vixLow[session]) ?? Number.NaN;
  if (down ? spot < out.spot : spot > out.spot) out.spot = spot;
  if (down ? vix > out.vix : vix < out.vix) moveVix(vix, out);
}

/**
 * Fills the snapshot with the open of a session: SPX at its open, everything else as it stood at
 * the close before (VIX, surface, VX nodes still alive), at 9:30 New York.
 *
 * Domain: session 0 has no close before it and gives NaN.
 */
export function loadOpen(path: MarketPath, session: number, out: MarketSnapshot): void {
  loadClose(path, session - 1, out);
  out.day = path.day[session] ?? Number.NaN;
  out.dayFraction = OPEN_FRACTION;
  out.spot = path.spxOpen[session] ?? Number.NaN;
  dropSettledNodes(out);
}

function moveVix(vix: number, out: MarketSnapshot): void {
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

function dropSettledNodes(out: MarketSnapshot): void {
  let kept = 0;
  for (let node = 0; node < out.vxCount; node += 1) {
    const expiry = out.vxExpiry[node] ?? Number.NaN;
    if (!(expiry > out.day)) continue;
    out.vxExpiry[kept] = expiry;
    out.vxPrice[kept] = out.vxPrice[node] ?? Number.NaN;
    kept += 1;
  }
  out.vxCount = kept;
}
