import {
  CALL,
  ETP,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VXM_FUTURE,
  VX_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import { black76 } from '../kernels/black76.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { normalCdf, normalPdf } from '../math/normal.ts';
import { sliceTotalVol } from '../volatility/ssvi-surface.ts';
import { vixSliceTotalVol } from '../volatility/vix-smile.ts';
import { vxPrice } from '../volatility/vx-curve.ts';
import { spxSliceOf, vixExpiryOf } from './expiry-market.ts';
import type { LegTerms } from './leg-terms.ts';
import { priceContract } from './mark-legs.ts';

/**
 * Sensitivities of one contract per unit, in the contract's own points, its implied volatility held
 * (sticky strike).
 */
export interface ContractGreeks {
  /**
   * Per SPX index point (SPX, XSP), or per point of the same-expiry VX price (VIX, VX, VXM; the
   * 30-day VX for an ETP).
   */
  readonly delta: number;
  /** Change of delta per such point. */
  readonly gamma: number;
  /** Per point (1 %) of the option's own implied volatility; 0 for a future. */
  readonly vegaPerVolPoint: number;
  /** Per calendar day; 0 for a future. */
  readonly thetaPerDay: number;
}

/** What Black's greeks need of an option. */
interface BlackState {
  readonly right: number;
  readonly spot: number;
  readonly forward: number;
  readonly strike: number;
  readonly totalVol: number;
  readonly years: number;
  readonly discount: number;
  readonly rate: number;
  /** Drift of the forward's underlying, r - q for SPX and 0 for a future. */
  readonly carry: number;
}

const FUTURE: ContractGreeks = { delta: 1, gamma: 0, vegaPerVolPoint: 0, thetaPerDay: 0 };
/** Tenor of the VX that an ETP share follows, calendar days. */
const SHORT_TERM_DAYS = 30;
const UNKNOWN: ContractGreeks = {
  delta: Number.NaN,
  gamma: Number.NaN,
  vegaPerVolPoint: Number.NaN,
  thetaPerDay: Number.NaN,
};

/**
 * Greeks of one contract at the model's implied volatility (sticky strike).
 *
 * At expiry: delta 0, ±1/2 or ±1, all else 0. NaN in the snapshot and an unknown contract code give
 * NaN.
 * Source: Black (1976); Haug (2007), chapter 2.
 */
export function contractGreeks(terms: LegTerms, snapshot: MarketSnapshot): ContractGreeks {
  switch (terms.kind) {
    case SPX_OPTION:
      return blackGreeks(spxState(terms, terms.strike, snapshot));
    case XSP_OPTION:
      return tenth(blackGreeks(spxState(terms, 10 * terms.strike, snapshot)));
    case VIX_OPTION:
      return blackGreeks(vixState(terms, snapshot));
    case VX_FUTURE:
    case VXM_FUTURE:
      return FUTURE;
    case ETP:
      return {
        ...FUTURE,
        delta: priceContract(terms, snapshot) / vxPrice(snapshot, snapshot.day + SHORT_TERM_DAYS),
      };
    default:
      return UNKNOWN;
  }
}

/**
 * Delta of one contract: that of `contractGreeks`, to the last bit, without the other sensitivities.
 */
export function contractDelta(terms: LegTerms, snapshot: MarketSnapshot): number {
  switch (terms.kind) {
    case SPX_OPTION:
      return blackDelta(spxState(terms, terms.strike, snapshot));
    case XSP_OPTION:
      return 0.1 * blackDelta(spxState(terms, 10 * terms.strike, snapshot));
    case VIX_OPTION:
      return blackDelta(vixState(terms, snapshot));
    default:
      return contractGreeks(terms, snapshot).delta;
  }
}

function blackDelta({
  right,
  spot,
  forward,
  strike,
  totalVol,
  years,
  discount,
}: BlackState): number {
  if (right !== CALL && right !== PUT) return Number.NaN;
  const sign = right === CALL ? 1 : -1;
  if (years === 0) return expiryGreeks(sign, forward - strike).delta;
  const d1 = Math.log(forward / strike) / totalVol + 0.5 * totalVol;
  return ((discount * forward) / spot) * sign * normalCdf(sign * d1);
}

function spxState(terms: LegTerms, strike: number, snapshot: MarketSnapshot): BlackState {
  const slice = spxSliceOf(snapshot, terms.expiry, terms.settlement);
  return {
    right: terms.right,
    spot: snapshot.spot,
    forward: slice.forward,
    strike,
    totalVol: sliceTotalVol(slice, strike),
    years: slice.years,
    discount: slice.discount,
    rate: snapshot.billRate,
    carry: snapshot.billRate - snapshot.dividendYield,
  };
}

function vixState(terms: LegTerms, snapshot: MarketSnapshot): BlackState {
  const market = vixExpiryOf(snapshot, terms.expiry, terms.settlement);
  return {
    right: terms.right,
    spot: market.forward,
    forward: market.forward,
    strike: terms.strike,
    totalVol: vixSliceTotalVol(market.slice, market.forward, terms.strike),
    years: market.slice.years,
    discount: market.discount,
    rate: snapshot.billRate,
    carry: 0,
  };
}

function blackGreeks(state: BlackState): ContractGreeks {
  const { right, spot, forward, strike, totalVol, years, discount } = state;
  if (right !== CALL && right !== PUT) return UNKNOWN;
  const sign = right === CALL ? 1 : -1;
  if (years === 0) return expiryGreeks(sign, forward - strike);
  const d1 = Math.log(forward / strike) / totalVol + 0.5 * totalVol;
  const density = normalPdf(d1);
  // Forward value of a unit of spot, discounted: e^{-qT} for SPX, e^{-rT} for a future.
  const perSpot = (discount * forward) / spot;
  const exposure = perSpot * sign * normalCdf(sign * d1);
  const price = discount * black76(right, forward, strike, totalVol);
  const decay = (discount * forward * density * totalVol) / (2 * years);
  return {
    delta: exposure,
    gamma: (perSpot * perSpot * density) / (discount * forward * totalVol),
    vegaPerVolPoint: (discount * forward * density * Math.sqrt(years)) / 100,
    thetaPerDay: (state.rate * price - state.carry * spot * exposure - decay) / 365,
  };
}

function expiryGreeks(sign: number, distance: number): ContractGreeks {
  const delta = 0.5 * (1 + Math.sign(sign * distance)) * sign;
  return { delta, gamma: 0, vegaPerVolPoint: 0, thetaPerDay: 0 };
}

function tenth(greeks: ContractGreeks): ContractGreeks {
  return {
    delta: 0.1 * greeks.delta,
    gamma: 0.1 * greeks.gamma,
    vegaPerVolPoint: 0.1 * greeks.vegaPerVolPoint,
    thetaPerDay: 0.1 * greeks.thetaPerDay,
  };
}
