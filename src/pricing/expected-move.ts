import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { normalCdf } from '../math/normal.ts';
import { spxSliceOf } from './expiry-market.ts';

/** How the expected-move band is set. */
export interface ExpectedMoveRule {
  /** Standard deviations on either side (1.0 = the one-sigma band). */
  readonly multiple: number;
  /** Weight of the CAPM drift in the centre: 1 on, 0 off. */
  readonly capmTilt: number;
  /** CAPM beta of the underlying to the market. */
  readonly beta: number;
  /** Equity risk premium, continuous per year (0.05 = 5 %). */
  readonly equityRiskPremium: number;
}

/** One sigma around a CAPM centre, beta 1, premium 5 % a year. */
export const EXPECTED_MOVE_RULE: ExpectedMoveRule = {
  multiple: 1,
  capmTilt: 1,
  beta: 1,
  equityRiskPremium: 0.05,
};

/** Expected move of SPX to an expiry, index points. */
export interface ExpectedMoveBand {
  readonly forward: number;
  /** At-the-money-forward implied volatility, per year (0.20 = 20 %). */
  readonly atTheMoneyVol: number;
  /** Time to expiry, ACT/365 years. */
  readonly years: number;
  /** Centre: the forward moved by the drift above the risk-neutral one. */
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
}

/** Straddle variant: a band of about even odds, not of one sigma. */
export interface StraddleBand {
  /** At-the-money-forward straddle, index points. */
  readonly straddle: number;
  readonly lower: number;
  readonly upper: number;
  /** Risk-neutral probability of the band in a lognormal: about 0.50. */
  readonly coverage: number;
}

/** Share of the at-the-money straddle taken as the expected move by retail convention. */
const STRADDLE_SHARE = 0.85;

/**
 * Expected move of SPX to an expiry (EpochDay and settlement code): implied volatility gives the
 * width, CAPM the centre. Band = F e^{±m sigma sqrt(T)} e^{w (mu - (r - q)) T}, with
 * mu = r + beta * premium, rates continuous.
 *
 * Domain: NaN in the snapshot passes through; at expiry the band is the spot.
 * Source: Sharpe (1964) for mu; the drift never enters a price.
 */
export function expectedMoveBand(
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
  rule: ExpectedMoveRule = EXPECTED_MOVE_RULE,
): ExpectedMoveBand {
  const { forward, theta, years, rootYears } = spxSliceOf(snapshot, expiry, settlement);
  const totalVol = Math.sqrt(theta);
  const mu = snapshot.billRate + rule.beta * rule.equityRiskPremium;
  const excess = mu - (snapshot.billRate - snapshot.dividendYield);
  const centre = forward * Math.exp(rule.capmTilt * excess * years);
  return {
    forward,
    atTheMoneyVol: years === 0 ? 0 : totalVol / rootYears,
    years,
    centre,
    lower: centre * Math.exp(-rule.multiple * totalVol),
    upper: centre * Math.exp(rule.multiple * totalVol),
  };
}

/**
 * Straddle estimate of the move to an expiry: forward ± 0.85 x the at-the-money-forward straddle.
 *
 * Why the label: the straddle is 0.798 sigma sqrt(T) F, so 0.85 of it is 0.678 sigma and covers
 * about 50 %, not 68 %; one sigma is 1.253 straddles.
 */
export function straddleBand(
  snapshot: MarketSnapshot,
  expiry: number,
  settlement: number,
): StraddleBand {
  const { forward, discount, theta } = spxSliceOf(snapshot, expiry, settlement);
  const totalVol = Math.sqrt(theta);
  const undiscounted = forward * (4 * normalCdf(0.5 * totalVol) - 2);
  const half = STRADDLE_SHARE * undiscounted;
  const upper = Math.log1p(half / forward) / totalVol + 0.5 * totalVol;
  const lower = Math.log1p(-half / forward) / totalVol + 0.5 * totalVol;
  return {
    straddle: discount * undiscounted,
    lower: forward - half,
    upper: forward + half,
    coverage: normalCdf(upper) - normalCdf(lower),
  };
}
