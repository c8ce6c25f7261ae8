import { SPX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import { contractGreeks } from '../pricing/contract-greeks.ts';
import { vxTenorBeta } from '../volatility/vx-tenor-beta.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { legTerms } from './leg-terms-of.ts';
import { multiplier } from './valuation.ts';

/** Greeks of the whole book in dollars; see RunColumns for the units. */
export interface BookGreeks {
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
}

/**
 * Beta-weighted greeks at the close. VIX legs enter delta through the slope of VX on SPX at the
 * leg's tenor: points per -1 % of SPX from the 126-session regression when known, else 0.5.
 */
export function bookGreeks(
  context: EngineContext,
  account: AccountState,
  session: number,
): BookGreeks {
  const { book } = account;
  const { close } = context;
  const onePercent = close.spot / 100;
  let delta = 0;
  let gamma = 0;
  let vega = 0;
  let theta = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    const kind = book.kind[slot] ?? 0;
    const scale = (book.quantity[slot] ?? 0) * multiplier(kind);
    const greeks = contractGreeks(legTerms(book, slot), close);
    if (kind === SPX_OPTION || kind === XSP_OPTION) {
      const index = kind === XSP_OPTION ? onePercent / 10 : onePercent;
      delta += scale * greeks.delta * index;
      gamma += scale * greeks.gamma * index * index;
    } else {
      delta -= scale * greeks.delta * vxPointsPerPercent(context, session, book.expiry[slot] ?? 0);
    }
    vega += scale * greeks.vegaPerVolPoint;
    theta += scale * greeks.thetaPerDay;
  }
  return { delta, gamma, vega, theta };
}

/** VX points per -1 % of SPX when the regression has too little history. */
const SLOPE_WITHOUT_HISTORY = 0.5;

/** VX points per -1 % of SPX at a tenor: the 90-day slope scaled by the tenor's log-beta. */
function vxPointsPerPercent(context: EngineContext, session: number, expiry: number): number {
  const slope = context.plan.signals.vxSlope90[session] ?? Number.NaN;
  const at90 = Number.isNaN(slope) ? SLOPE_WITHOUT_HISTORY : slope;
  const tenor = Math.max(0, expiry - context.close.day);
  return (at90 * vxTenorBeta(tenor)) / vxTenorBeta(90);
}
