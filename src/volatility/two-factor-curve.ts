/**
 * Parameters of the two-factor Ornstein-Uhlenbeck model of ln VIX with exponential jumps in the
 * fast factor: ln VIX = m + x + y under the pricing measure. Rates per year.
 */
export interface TwoFactorParameters {
  readonly kappa1: number;
  readonly kappa2: number;
  readonly sigma1: number;
  readonly sigma2: number;
  readonly correlation: number;
  readonly jumpIntensity: number;
  readonly jumpMean: number;
  readonly logLevel: number;
}

/**
 * Parameters calibrated to VX curves of 2006-2017 and a VIX smile of VVIX about 96.
 *
 * Source: mean reversions after Bergomi (2005), Smile Dynamics II; level and vols fitted to settles.
 */
export const TWO_FACTOR_PARAMETERS: TwoFactorParameters = {
  kappa1: 5,
  kappa2: 0.35,
  sigma1: 0.55,
  sigma2: 0.32,
  correlation: 0.3,
  jumpIntensity: 5,
  jumpMean: 0.25,
  logLevel: 3.251,
};

/**
 * Log of the VX future in the state x = y = 0; years >= 0.
 *
 * Source: Mencia and Sentana (2013), log-normal central tendency with jumps; closed form.
 */
export function twoFactorLogMean(p: TwoFactorParameters, years: number): number {
  return p.logLevel + 0.5 * gaussianVariance(p, years) + jumpCumulant(p, 1, years);
}

/** VX future of the model, VIX points, in the state (x, y); years to its final settlement. */
export function twoFactorVx(p: TwoFactorParameters, x: number, y: number, years: number): number {
  return Math.exp(twoFactorLogMean(p, years) + decayedState(p, x, y, years));
}

/**
 * Expected VIX squared at a future time: the 30-day forward variance, in squared VIX points.
 *
 * Domain: 2 jumpMean < 1.
 */
export function twoFactorVixSquared(
  p: TwoFactorParameters,
  x: number,
  y: number,
  years: number,
): number {
  const log = p.logLevel + gaussianVariance(p, years) + decayedState(p, x, y, years);
  return Math.exp(2 * log + jumpCumulant(p, 2, years));
}

/**
 * Index of the VIX family over a longer window (93 days = VIX3M, 184 = VIX6M), VIX points: root
 * mean of the 30-day forward variances, the last block stretched to the window's end.
 *
 * Domain: days >= 30.
 */
export function twoFactorTermVix(
  p: TwoFactorParameters,
  x: number,
  y: number,
  days: number,
): number {
  const blocks = Math.floor(days / 30);
  let sum = 0;
  for (let block = 0; block < blocks; block += 1) {
    const width = block === blocks - 1 ? days - 30 * block : 30;
    sum += width * twoFactorVixSquared(p, x, y, (30 * block) / 365);
  }
  return Math.sqrt(sum / days);
}

function decayedState(p: TwoFactorParameters, x: number, y: number, years: number): number {
  return Math.exp(-p.kappa1 * years) * x + Math.exp(-p.kappa2 * years) * y;
}

function gaussianVariance(p: TwoFactorParameters, years: number): number {
  return (
    p.sigma1 * p.sigma1 * decayMean(2 * p.kappa1, years) +
    p.sigma2 * p.sigma2 * decayMean(2 * p.kappa2, years) +
    2 * p.correlation * p.sigma1 * p.sigma2 * decayMean(p.kappa1 + p.kappa2, years)
  );
}

/** Log moment of order z of the compensated, decayed jumps. */
function jumpCumulant(p: TwoFactorParameters, z: number, years: number): number {
  const decayed = Math.log(1 - p.jumpMean * Math.exp(-p.kappa1 * years) * z);
  const jumps = (p.jumpIntensity / p.kappa1) * (decayed - Math.log(1 - p.jumpMean * z));
  return jumps - z * p.jumpIntensity * p.jumpMean * decayMean(p.kappa1, years);
}

function decayMean(rate: number, years: number): number {
  return -Math.expm1(-rate * years) / rate;
}
