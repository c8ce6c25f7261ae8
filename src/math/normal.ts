const ROOT_HALF = Math.SQRT1_2;
const INVERSE_ROOT_PI = 0.5641895835477563;
const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
/** Cody's first range ends here; beyond it erfc is a rational function times exp(-y^2). */
const CENTRAL = 0.46875;

/** erf on |x| <= 0.46875. Source: Cody (1969), as in SPECFUN CALERF. */
function centralErf(x: number): number {
  const z = x * x;
  const top =
    ((((0.18577770618460315 * z + 3.1611237438705655) * z + 113.86415415105016) * z +
      377.485237685302) *
      z +
      3209.3775891384694) *
    x;
  const bottom =
    (((z + 23.601290952344122) * z + 244.02463793444417) * z + 1282.6165260773723) * z +
    2844.236833439171;
  return top / bottom;
}

/** exp(y^2) erfc(y) on y > 0.46875: no exponential. Source: Cody (1969), as in SPECFUN CALERF. */
function scaledTail(y: number): number {
  if (y <= 4) {
    const top =
      (((((((2.1531153547440383e-8 * y + 0.5641884969886701) * y + 8.883149794388377) * y +
        66.11919063714163) *
        y +
        298.6351381974001) *
        y +
        881.952221241769) *
        y +
        1712.0476126340707) *
        y +
        2051.0783778260716) *
        y +
      1230.3393547979972;
    const bottom =
      (((((((y + 15.744926110709835) * y + 117.6939508913125) * y + 537.1811018620099) * y +
        1621.3895745666903) *
        y +
        3290.7992357334597) *
        y +
        4362.619090143247) *
        y +
        3439.3676741437216) *
        y +
      1230.3393548037495;
    return top / bottom;
  }
  const z = 1 / (y * y);
  const top =
    ((((0.016315387137302097 * z + 0.30532663496123236) * z + 0.36034489994980445) * z +
      0.12578172611122926) *
      z +
      0.016083785148742275) *
      z +
    0.0006587491615298378;
  const bottom =
    ((((z + 2.568520192289822) * z + 1.8729528499234673) * z + 0.5279051029514285) * z +
      0.06051834131244132) *
      z +
    0.0023352049762686918;
  return (INVERSE_ROOT_PI - (z * top) / bottom) / y;
}

/** exp(-scale y^2), y >= 0; the square is split so that its rounding costs no relative accuracy. */
function expMinusSquare(scale: number, y: number): number {
  if (y > 64) return 0;
  const head = Math.trunc(y * 16) / 16;
  return Math.exp(-scale * head * head) * Math.exp(-scale * (y - head) * (y + head));
}

/**
 * Complementary error function.
 *
 * Accuracy: 1e-15 relative, also in the far right tail; denormal results lose digits.
 * Source: Cody (1969), "Rational Chebyshev approximations for the error function".
 */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= CENTRAL) return 1 - centralErf(x);
  const tail = expMinusSquare(1, y) * scaledTail(y);
  return x > 0 ? tail : 2 - tail;
}

/**
 * Scaled complementary error function exp(x^2) erfc(x); overflows to Infinity below about -26.6.
 *
 * Accuracy: 1e-15 relative. Source: Cody (1969).
 */
export function erfcx(x: number): number {
  const y = Math.abs(x);
  if (y <= CENTRAL) return Math.exp(x * x) * (1 - centralErf(x));
  if (x > 0) return scaledTail(y);
  return 2 / expMinusSquare(1, y) - scaledTail(y);
}

/**
 * Standard normal distribution function N(x).
 *
 * Accuracy: 1e-15 relative to the result, in the left tail down to -38 (denormal below -37.5).
 * Source: N(x) = erfc(-x / sqrt 2) / 2 with Cody (1969); exp(-x^2 / 2) is taken from x itself,
 * since the rounding of x / sqrt 2 alone would cost x^2 units in the last place.
 */
export function normalCdf(x: number): number {
  const y = Math.abs(x);
  if (y <= CENTRAL * Math.SQRT2) return 0.5 + 0.5 * centralErf(x * ROOT_HALF);
  const tail = halfTail(y);
  return x > 0 ? 1 - tail : tail;
}

/** N(-y) on y > 0.66. */
function halfTail(y: number): number {
  const scaled = 0.5 * scaledTail(y * ROOT_HALF);
  if (y <= 37) return expMinusSquare(0.5, y) * scaled;
  // In two factors: exp(-y^2 / 2) alone would be denormal before the product is.
  const root = expMinusSquare(0.25, y);
  return root * scaled * root;
}

/** Standard normal density n(x). Accuracy: 1e-15 relative. */
export function normalPdf(x: number): number {
  return INVERSE_ROOT_TWO_PI * expMinusSquare(0.5, Math.abs(x));
}

/**
 * Standard normal quantile: the x with N(x) = p.
 *
 * Domain: p in [0, 1]; 0 gives -Infinity, 1 gives Infinity, anything outside gives NaN.
 * Accuracy: 1e-15 relative. Source: Wichura (1988), algorithm AS 241, PPND16.
 */
export function normalInverse(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return centralQuantile(q);
  const smaller = q < 0 ? p : 1 - p;
  if (!(smaller > 0)) return smaller === 0 ? Math.sign(q) * Number.POSITIVE_INFINITY : Number.NaN;
  const r = Math.sqrt(-Math.log(smaller));
  const size = r <= 5 ? middleQuantile(r - 1.6) : farQuantile(r - 5);
  return q < 0 ? -size : size;
}

function centralQuantile(q: number): number {
  const r = 0.180625 - q * q;
  const top =
    ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r +
      45921.95393154987) *
      r +
      13731.69376550946) *
      r +
      1971.5909503065513) *
      r +
      133.14166789178438) *
      r +
    3.3871328727963665;
  const bottom =
    ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r +
      21213.794301586597) *
      r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
    1;
  return (q * top) / bottom;
}

function middleQuantile(r: number): number {
  const top =
    ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
    1.4234371107496835;
  const bottom =
    ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
    1;
  return top / bottom;
}

function farQuantile(r: number): number {
  const top =
    ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
      0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
    6.657904643501103;
  const bottom =
    ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
    1;
  return top / bottom;
}
