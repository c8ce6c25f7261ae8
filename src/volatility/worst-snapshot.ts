import type { MarketPath } from '../market/market-path.ts';
import { loadClose } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { moveVix } from './market-shock.ts';

/** Which way the day went wrong: SPX down with VIX up, or SPX up with VIX down. */
export type AdverseSide = 'down' | 'up';

const OPEN_FRACTION = 9.5 / 24;
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
