/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A complex number from its parts. */
export function complex(re: number, im = 0): Complex {
  return { re, im };
}

/** Sum of complex numbers. */
export function plus(...terms: readonly Complex[]): Complex {
  let re = 0;
  let im = 0;
  for (const term of terms) {
    re += term.re;
    im += term.im;
  }
  return { re, im };
}

/** a - b. */
export function minus(a: Complex, b: Complex): Complex {
  return { re: a.re - b.re, im: a.im - b.im };
}

/** a b. */
export function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

/** A real multiple. */
export function scaled(a: Complex, factor: number): Complex {
  return { re: a.re * factor, im: a.im * factor };
}

/** a / b. Source: Smith (1962), free of overflow. */
export function over(a: Complex, b: Complex): Complex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const size = b.re + b.im * ratio;
    return { re: (a.re + a.im * ratio) / size, im: (a.im - a.re * ratio) / size };
  }
  const ratio = b.re / b.im;
  const size = b.re * ratio + b.im;
  return { re: (a.re * ratio + a.im) / size, im: (a.im * ratio - a.re) / size };
}

/** e^a. */
export function complexExp(a: Complex): Complex {
  const size = Math.exp(a.re);
  return { re: size * Math.cos(a.im), im: size * Math.sin(a.im) };
}

/** Principal logarithm, imaginary part in (-pi, pi]. */
export function complexLog(a: Complex): Complex {
  return { re: Math.log(Math.hypot(a.re, a.im)), im: Math.atan2(a.im, a.re) };
}

/** Principal square root, real part >= 0. */
export function complexSqrt(a: Complex): Complex {
  const size = Math.hypot(a.re, a.im);
  const re = Math.sqrt(Math.max(0, 0.5 * (size + a.re)));
  const im = Math.sqrt(Math.max(0, 0.5 * (size - a.re)));
  return { re, im: a.im < 0 ? -im : im };
}

/** Terms of the rational expansion below. */
const TERMS = 64;
const SCALE = Math.sqrt(TERMS / Math.SQRT2);
const FADDEEVA: Float64Array = faddeevaCoefficients();

/**
 * Faddeeva's w(z) = e^(-z^2) erfc(-i z) in the upper half plane.
 *
 * Domain: Im z >= 0; elsewhere the value is meaningless. Accuracy: 1e-12 absolute.
 * Source: Weideman (1994), SIAM J. Numer. Anal. 31, N = 64.
 */
export function faddeeva(z: Complex): Complex {
  // L - i z and L + i z.
  const below = complex(SCALE + z.im, -z.re);
  const above = complex(SCALE - z.im, z.re);
  const ratio = over(above, below);
  let sum = complex(0);
  for (let n = TERMS - 1; n >= 0; n -= 1) {
    sum = plus(times(sum, ratio), complex(FADDEEVA[n] ?? Number.NaN));
  }
  const square = times(below, below);
  return plus(over(scaled(sum, 2), square), over(complex(1 / Math.sqrt(Math.PI)), below));
}

/** Fourier coefficients of e^(-t^2) (L^2 + t^2) at t = L tan(theta / 2). */
function faddeevaCoefficients(): Float64Array {
  const half = 2 * TERMS;
  return new Float64Array(TERMS).map((_unused, index) => {
    let sum = 0;
    for (let k = 1 - half; k < half; k += 1) {
      const theta = (k * Math.PI) / half;
      const t = SCALE * Math.tan(theta / 2);
      sum += Math.exp(-t * t) * (SCALE * SCALE + t * t) * Math.cos((index + 1) * theta);
    }
    return sum / (2 * half);
  });
}
