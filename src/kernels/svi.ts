/** A raw SVI slice: w(k) = a + b {rho (k - m) + sqrt((k - m)^2 + sigma^2)}. */
export interface RawSvi {
  readonly a: number;
  readonly b: number;
  readonly rho: number;
  readonly m: number;
  readonly sigma: number;
}

/** The SVI-JW form of a slice: at-the-money variance per year, skew, wings and least variance. */
export interface SviJumpWings {
  /** At-the-money-forward variance per year. */
  readonly v: number;
  /** At-the-money skew, d sigma sqrt(T) / dk. */
  readonly psi: number;
  /** Slope of the put wing over sqrt(w0). */
  readonly p: number;
  /** Slope of the call wing over sqrt(w0). */
  readonly c: number;
  /** Least variance per year. */
  readonly vTilde: number;
}

/**
 * Total variance sigma^2 T of a raw SVI slice at log-moneyness k = ln(K/F).
 *
 * Domain: b >= 0, |rho| < 1, sigma > 0, a + b sigma sqrt(1 - rho^2) >= 0.
 * Source: Gatheral and Jacquier (2014), eq. (3.1).
 */
export function sviTotalVariance(svi: RawSvi, k: number): number {
  const x = k - svi.m;
  return svi.a + svi.b * (svi.rho * x + Math.sqrt(x * x + svi.sigma * svi.sigma));
}

/**
 * Durrleman's g(k) of a raw SVI slice: the density is non-negative where g >= 0.
 *
 * Source: Gatheral and Jacquier (2014), eq. (2.1).
 */
export function sviButterfly(svi: RawSvi, k: number): number {
  const { b, rho, m, sigma } = svi;
  const x = k - m;
  const root = Math.sqrt(x * x + sigma * sigma);
  const w = sviTotalVariance(svi, k);
  const first = b * (rho + x / root);
  const second = (b * sigma * sigma) / (root * root * root);
  const lean = 1 - (k * first) / (2 * w);
  return lean * lean - 0.25 * first * first * (1 / w + 0.25) + 0.5 * second;
}

/** SVI-JW form of a raw slice at `years`. Source: Gatheral and Jacquier (2014), eq. (3.5). */
export function jumpWingsOfSvi(svi: RawSvi, years: number): SviJumpWings {
  const { a, b, rho, m, sigma } = svi;
  const w = sviTotalVariance(svi, 0);
  const root = Math.sqrt(w);
  return {
    v: w / years,
    psi: (b / (2 * root)) * (rho - m / Math.sqrt(m * m + sigma * sigma)),
    p: (b * (1 - rho)) / root,
    c: (b * (1 + rho)) / root,
    vTilde: (a + b * sigma * Math.sqrt(1 - rho * rho)) / years,
  };
}

/**
 * Raw slice of an SVI-JW form: the inverse of `jumpWingsOfSvi`.
 *
 * Domain: |rho - 2 psi sqrt(w0) / b| < 1; m = 0 with rho = 0 leaves sigma open and gives NaN.
 * Source: Gatheral and Jacquier (2014), lemma 3.2.
 */
export function sviOfJumpWings({ v, psi, p, c, vTilde }: SviJumpWings, years: number): RawSvi {
  const w = v * years;
  const root = Math.sqrt(w);
  const b = 0.5 * root * (c + p);
  const rho = 1 - (p * root) / b;
  const beta = rho - (2 * psi * root) / b;
  const spread = Math.sqrt(1 - rho * rho);
  const gap = w - vTilde * years;
  if (Math.abs(beta) < 1e-12) {
    const sigma = gap / (b * (1 - spread));
    return { a: w - b * sigma, b, rho, m: 0, sigma };
  }
  const alpha = Math.sign(beta) * Math.sqrt(1 / (beta * beta) - 1);
  const reach = -rho + Math.sign(alpha) * Math.sqrt(1 + alpha * alpha) - alpha * spread;
  const m = gap / (b * reach);
  const sigma = alpha * m;
  return { a: vTilde * years - b * sigma * spread, b, rho, m, sigma };
}

/**
 * The SVI-JW form with the same variance, skew and put wing that is an SSVI slice: c' = p + 2 psi
 * and vTilde' = 4 v p c' / (p + c')^2. It is free of butterflies while sqrt(v T) max(p, c') < 2 and
 * (p + c') max(p, c') <= 2.
 *
 * Source: Gatheral and Jacquier (2014), section 5.1.
 */
export function ssviLikeJumpWings({ v, psi, p }: SviJumpWings): SviJumpWings {
  const c = p + 2 * psi;
  return { v, psi, p, c, vTilde: (4 * v * p * c) / (p + c) ** 2 };
}

/**
 * The raw form of an SSVI slice (theta, rho, psi = theta phi).
 *
 * Source: Gatheral and Jacquier (2014), eq. (3.2) and (4.1).
 */
export function sviOfSsvi(theta: number, rho: number, psi: number): RawSvi {
  const phi = psi / theta;
  const spread = Math.sqrt(1 - rho * rho);
  return {
    a: 0.5 * theta * spread * spread,
    b: 0.5 * psi,
    rho,
    m: -rho / phi,
    sigma: spread / phi,
  };
}
