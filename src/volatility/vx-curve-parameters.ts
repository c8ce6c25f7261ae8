import type { Lv2jParameters } from '../kernels/lv2j.ts';

/**
 * Parameters of the mean VX curve: log-VIX with a fast and a slow factor and upward jumps, fitted
 * to VX settlements of 2006-2017 and a VIX smile of VVIX about 96. Rates per year.
 *
 * Source: mean reversions after Bergomi (2005), Smile Dynamics II; model of Mencia and Sentana
 * (2013).
 */
export const VX_CURVE_PARAMETERS: Lv2jParameters = {
  kappa1: 5,
  kappa2: 0.35,
  sigma1: 0.55,
  sigma2: 0.32,
  correlation: 0.3,
  jumpIntensity: 5,
  jumpMean: 0.25,
  logLevel: 3.251,
};
