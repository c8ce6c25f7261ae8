/**
 * Total variance sigma^2 T of an SSVI slice at log-moneyness k = ln(K/F):
 * w(k) = theta/2 {1 + rho phi k + sqrt((phi k + rho)^2 + 1 - rho^2)}.
 *
 * Domain: theta >= 0, |rho| < 1, phi >= 0; theta = 0 with phi = 0 gives 0.
 * Source: Gatheral and Jacquier (2014), eq. (4.1).
 */
export function ssviTotalVariance(
  logMoneyness: number,
  theta: number,
  rho: number,
  phi: number,
): number {
  const slope = phi * logMoneyness;
  const shifted = slope + rho;
  return 0.5 * theta * (1 + rho * slope + Math.sqrt(shifted * shifted + 1 - rho * rho));
}

/**
 * SSVI curvature phi = eta / sqrt(theta): the power law with exponent 1/2, whose at-the-money skew
 * is rho eta / (2 sqrt(T)) at every level of variance.
 *
 * Domain: theta > 0. Free of butterflies while eta^2 (1 + |rho|) <= 4 and
 * eta sqrt(theta) (1 + |rho|) < 4.
 * Source: Gatheral and Jacquier (2014), section 4, power-law example and theorem 4.2.
 */
export function ssviPhi(theta: number, eta: number): number {
  return eta / Math.sqrt(theta);
}

/**
 * Durrleman's g(k) of an SSVI slice: the density is non-negative where g >= 0.
 *
 * Domain: theta > 0, |rho| < 1, phi > 0.
 * Source: Gatheral and Jacquier (2014), eq. (2.1).
 */
export function ssviButterfly(
  logMoneyness: number,
  theta: number,
  rho: number,
  phi: number,
): number {
  const shifted = phi * logMoneyness + rho;
  const root = Math.sqrt(shifted * shifted + 1 - rho * rho);
  const w = ssviTotalVariance(logMoneyness, theta, rho, phi);
  const first = 0.5 * theta * phi * (rho + shifted / root);
  const second = (0.5 * theta * phi * phi * (1 - rho * rho)) / (root * root * root);
  const lean = 1 - (logMoneyness * first) / (2 * w);
  return lean * lean - 0.25 * first * first * (1 / w + 0.25) + 0.5 * second;
}

/** Half-width and number of trapezoid steps in u; 1e-9 relative for eta <= 1.6, checked. */
const REACH = 6;
const STEPS = 48;

/**
 * Total variance of the variance swap on an SSVI slice, -2 E ln(S_T/F): the square of a VIX-like
 * index times T, with a continuum of strikes.
 *
 * It is the integral of w(k) n(d2(k)) |d2'(k)| dk, with phi k + rho = sqrt(1 - rho^2) sinh(u), in
 * which the trapezoid rule converges exponentially.
 *
 * Domain: theta > 0, |rho| < 1, phi > 0, free of butterflies.
 * Accuracy: relative 1e-9 for theta <= 1 and phi sqrt(theta) in [0.2, 1.6].
 * Source: Gatheral (2006), The Volatility Surface, eq. (11.5); Fukasawa (2012).
 */
export function ssviVarianceSwap(theta: number, rho: number, phi: number): number {
  const spread = Math.sqrt(1 - rho * rho);
  const step = (2 * REACH) / STEPS;
  let sum = 0;
  for (let i = 0; i <= STEPS; i += 1) {
    const grow = Math.exp(i * step - REACH);
    const cosh = 0.5 * (grow + 1 / grow);
    const sinh = 0.5 * (grow - 1 / grow);
    const k = (spread * sinh - rho) / phi;
    const w = 0.5 * theta * (1 + rho * phi * k + spread * cosh);
    const slope = 0.5 * theta * phi * (rho + sinh / cosh);
    const root = Math.sqrt(w);
    const d2 = -k / root - 0.5 * root;
    const rate = (1 - (k * slope) / (2 * w) + 0.25 * slope) / root;
    sum += w * rate * Math.exp(-0.5 * d2 * d2) * spread * cosh;
  }
  return (sum * step) / (phi * Math.sqrt(2 * Math.PI));
}
