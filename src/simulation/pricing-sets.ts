import type { Lv2jParameters } from '../kernels/lv2j.ts';

/** Parameters of the VIX curve under the pricing measure, and the VVIX they imply. */
export interface PricingSet {
  readonly curve: Lv2jParameters;
  /** 30-day volatility of the log contract on VIX, VVIX points. */
  readonly vvix: number;
  readonly source: string;
}

/** Log level m of VIX in every set; the same m drives the physical dynamics. */
export const LOG_LEVEL = 3.22;

const FITTED = 'fit to VX settlements 2006-10 … 2017-05; speeds after Bergomi (2005)';

/**
 * The pricing sets of LV2J-H. All use m = 3.22, the level of the physical dynamics: x and y drift
 * to negative means under P and to zero under Q, which alone makes the curve roll down. A higher m
 * under Q only (3.25, fitted with these volatilities) would shift the whole curve up 3 % against
 * VIX: M1 / VIX - 1 = 8 % and a carry of -130 % a year in M1, against 5 % and -82 % in history.
 */
export const PRICING_SETS: Readonly<Record<'A' | 'B' | 'diffusive', PricingSet>> = {
  A: {
    curve: curve({ sigma1: 0.55, sigma2: 0.32, jumpIntensity: 5, jumpMean: 0.25 }),
    vvix: 96.5,
    source: `${FITTED}, and a VIX smile of VVIX 96.5`,
  },
  B: {
    curve: curve({ sigma1: 0.48, sigma2: 0.3, jumpIntensity: 4.2, jumpMean: 0.235 }),
    vvix: 84,
    source: `${FITTED}, and a VIX smile of VVIX 84`,
  },
  diffusive: {
    curve: { ...curve({ sigma1: 0.668, sigma2: 0.319 }), correlation: 0.29 },
    vvix: 71,
    source: `${FITTED}, no jumps`,
  },
};

function curve(own: Partial<Lv2jParameters>): Lv2jParameters {
  return {
    kappa1: 5,
    kappa2: 0.35,
    sigma1: Number.NaN,
    sigma2: Number.NaN,
    correlation: 0.3,
    jumpIntensity: 0,
    jumpMean: 0,
    logLevel: LOG_LEVEL,
    ...own,
  };
}
