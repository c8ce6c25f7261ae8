// Price, delta, gamma, vega and theta of the options of one expiry, two rows at a time (f64x2).
//
// The WebAssembly twin of src/kernels/chain-greeks.ts: the same formulas without branches.
// Sources: Black (1976); Haug (2007), ch. 2. Mills ratio, exponential and logarithm are minimax
// fits in weighted error: 5e-15 absolute in N(d), 3e-16 relative in exp, 2e-16 relative in ln.
//
// Columns of f64 lie `stride` bytes apart from `base`: strike, vol, price, delta, gamma, vega,
// theta; then the rights, one byte a row, 0 = call, 1 = put. Two spare rows end each column.

const CERTAIN_TOTAL_VOL: f64 = 1e-9;
/** exp(-37.6^2 / 2) is still a normal number. */
const FARTHEST: f64 = 37.6;
/** 1.5 * 2^52: adding it rounds to an integer, kept in the low bits. */
const ROUNDER: f64 = 6755399441055744.0;
const LN2_HIGH: f64 = 0.6931471804855391;
const LN2_LOW: f64 = 7.440617110012397e-11;

/** ln(forward / strike); the quotient gives the power of two, the difference the digits. */
// @ts-ignore: decorator
@inline
function logOf(forward: v128, strike: v128, quotient: v128): v128 {
  // Exponent with the mantissa in [sqrt(1/2), sqrt 2): 1 less the bits of sqrt(1/2) is added first.
  const shifted = i64x2.add(quotient, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e667f3bcd));
  const power = v128.and(shifted, i64x2.splat(0xfff0000000000000));
  const scaled = f64x2.mul(strike, power);
  const biased = v128.or(i64x2.shr_u(shifted, 52), i64x2.splat(0x4330000000000000));
  const exponent = f64x2.sub(biased, f64x2.splat(4503599627370496.0 + 1023.0));
  const f = f64x2.div(f64x2.sub(forward, scaled), f64x2.add(forward, scaled));
  const z = f64x2.mul(f, f);
  const zz = f64x2.mul(z, z);
  const a = f64x2.add(f64x2.splat(0.6666666666658709), f64x2.mul(z, f64x2.splat(0.4000000005233737)));
  const b = f64x2.add(f64x2.splat(0.2857141711864268), f64x2.mul(z, f64x2.splat(0.22223372525697144)));
  const c = f64x2.add(f64x2.splat(0.18123613940997838), f64x2.mul(z, f64x2.splat(0.16820180955604994)));
  const series = f64x2.add(a, f64x2.mul(zz, f64x2.add(b, f64x2.mul(zz, c))));
  const tail = f64x2.add(
    f64x2.mul(exponent, f64x2.splat(LN2_LOW)),
    f64x2.mul(f64x2.mul(f, z), series),
  );
  return f64x2.add(
    f64x2.mul(exponent, f64x2.splat(LN2_HIGH)),
    f64x2.add(f64x2.add(f, f), tail),
  );
}

/** exp(w) / sqrt(2 pi) on w in [-707, 0]; NaN passes. */
// @ts-ignore: decorator
@inline
function density(w: v128): v128 {
  const rounded = f64x2.add(f64x2.mul(w, f64x2.splat(1.4426950408889634)), f64x2.splat(ROUNDER));
  const n = f64x2.sub(rounded, f64x2.splat(ROUNDER));
  const r = f64x2.sub(
    f64x2.sub(w, f64x2.mul(n, f64x2.splat(LN2_HIGH))),
    f64x2.mul(n, f64x2.splat(LN2_LOW)),
  );
  const rr = f64x2.mul(r, r);
  const r4 = f64x2.mul(rr, rr);
  const a = f64x2.add(f64x2.splat(0.4999999999999832), f64x2.mul(r, f64x2.splat(0.1666666666661149)));
  const b = f64x2.add(f64x2.splat(0.04166666666814139), f64x2.mul(r, f64x2.splat(0.008333333370902024)));
  const c = f64x2.add(f64x2.splat(0.0013888888515076233), f64x2.mul(r, f64x2.splat(0.00019841185188792203)));
  const d = f64x2.add(f64x2.splat(2.4801932762753265e-5), f64x2.mul(r, f64x2.splat(2.7635012358989025e-06)));
  const low = f64x2.add(a, f64x2.mul(rr, b));
  const middle = f64x2.add(c, f64x2.mul(rr, f64x2.add(d, f64x2.mul(rr, f64x2.splat(2.7476473945485065e-7)))));
  const high = f64x2.add(low, f64x2.mul(r4, middle));
  const p = f64x2.add(f64x2.splat(1), f64x2.add(r, f64x2.mul(rr, high)));
  const power = i64x2.add(p, i64x2.shl(rounded, 52));
  const value = f64x2.mul(power, f64x2.splat(0.3989422804014327));
  return v128.bitselect(value, w, f64x2.eq(w, w));
}

/** N(-y) / n(y) on y >= 0. */
// @ts-ignore: decorator
@inline
function mills(y: v128): v128 {
  const yy = f64x2.mul(y, y);
  const y4 = f64x2.mul(yy, yy);
  const p0 = f64x2.add(f64x2.splat(1.2533141373154888), f64x2.mul(y, f64x2.splat(1.1014020583129527)));
  const p1 = f64x2.add(f64x2.splat(0.4871163894689372), f64x2.mul(y, f64x2.splat(0.12225067337376835)));
  const p2 = f64x2.add(f64x2.splat(0.017270700514627674), f64x2.mul(y, f64x2.splat(0.001094024215218964)));
  const q0 = f64x2.add(f64x2.splat(1), f64x2.mul(y, f64x2.splat(1.6766762583654382)));
  const q1 = f64x2.add(f64x2.splat(1.2264567465439298), f64x2.mul(y, f64x2.splat(0.5037362177657843)));
  const q2 = f64x2.add(f64x2.splat(0.1234063740646364), f64x2.mul(y, f64x2.splat(0.017266892257524726)));
  const q3 = f64x2.splat(0.0010941394977743875);
  const p = f64x2.add(f64x2.add(p0, f64x2.mul(yy, p1)), f64x2.mul(y4, p2));
  const q = f64x2.add(
    f64x2.add(q0, f64x2.mul(yy, q1)),
    f64x2.mul(y4, f64x2.add(q2, f64x2.mul(yy, q3))),
  );
  return f64x2.div(p, q);
}

/** Rows from `from` up to and without `to` of one expiry. */
export function fill(
  base: usize,
  stride: usize,
  from: i32,
  to: i32,
  forward: f64,
  discountFactor: f64,
  yearFraction: f64,
  rate: f64,
): void {
  if (from >= to) return;
  if (to - from === 1) {
    fillOne(base, stride, from, forward, discountFactor, yearFraction, rate);
    return;
  }
  const rootYears = Math.sqrt(yearFraction);
  const price = base + 2 * stride;
  const delta = price + stride;
  const gamma = delta + stride;
  const vega = gamma + stride;
  const theta = vega + stride;
  const right = theta + stride;
  const f = f64x2.splat(forward);
  const discount = f64x2.splat(discountFactor);
  const root = f64x2.splat(rootYears);
  const gammaScale = f64x2.splat(discountFactor / forward);
  const vegaScale = f64x2.splat(forward * discountFactor * rootYears);
  const decay = f64x2.splat(-0.5 / yearFraction);
  const yearlyRate = f64x2.splat(rate);
  for (let i = from; i < to; i += 2) {
    // An odd last row is done together with the one before it, once more.
    const row: usize = i + 1 < to ? i : to - 2;
    const at = row << 3;
    const k = v128.load(base + at);
    const vol = v128.load(base + stride + at);
    const isPut = i64x2.shl(i64x2(load<u8>(right + row), load<u8>(right + row + 1)), 63);
    const s = f64x2.mul(vol, root);
    const inverse = f64x2.div(f64x2.splat(1), s);
    const quotient = f64x2.div(f, k);
    const x = logOf(f, k, quotient);
    const certain = f64x2.lt(s, f64x2.splat(CERTAIN_TOTAL_VOL));
    const spread = f64x2.add(f64x2.mul(x, inverse), f64x2.mul(f64x2.splat(0.5), s));
    // Without volatility both are x times infinity, and 0 at the money.
    const d1 = v128.bitselect(f64x2.mul(x, f64x2.splat(1e300)), spread, certain);
    const d2 = f64x2.sub(d1, v128.andnot(s, certain));
    const y1 = f64x2.min(f64x2.abs(d1), f64x2.splat(FARTHEST));
    const y2 = f64x2.min(f64x2.abs(d2), f64x2.splat(FARTHEST));
    const n1 = density(f64x2.mul(f64x2.mul(y1, y1), f64x2.splat(-0.5)));
    const tail1 = f64x2.mul(n1, mills(y1));
    const tail2 = f64x2.mul(f64x2.mul(n1, quotient), mills(y2));
    const zero = f64x2.splat(0);
    const one = f64x2.splat(1);
    const inside1 = f64x2.gt(v128.xor(d1, isPut), zero);
    const inside2 = f64x2.gt(v128.xor(d2, isPut), zero);
    const below1 = v128.bitselect(f64x2.sub(one, tail1), tail1, inside1);
    const below2 = v128.bitselect(f64x2.sub(one, tail2), tail2, inside2);
    const worth = f64x2.mul(discount, f64x2.sub(f64x2.mul(f, below1), f64x2.mul(k, below2)));
    const value = v128.xor(worth, isPut);
    const dense = v128.andnot(n1, certain);
    const perVol = f64x2.mul(vegaScale, dense);
    v128.store(price + at, value);
    v128.store(delta + at, v128.xor(f64x2.mul(discount, below1), isPut));
    const curve = f64x2.mul(f64x2.mul(gammaScale, n1), inverse);
    v128.store(gamma + at, v128.andnot(curve, certain));
    v128.store(vega + at, perVol);
    v128.store(
      theta + at,
      f64x2.add(f64x2.mul(f64x2.mul(perVol, vol), decay), f64x2.mul(yearlyRate, value)),
    );
  }
}

/** A single row, by way of the two spare rows. */
function fillOne(
  base: usize,
  stride: usize,
  row: i32,
  forward: f64,
  discountFactor: f64,
  yearFraction: f64,
  rate: f64,
): void {
  const rows = <i32>(stride >> 3);
  const spare = <usize>(rows - 2);
  const at = <usize>row;
  for (let column: usize = 0; column < 2; column += 1) {
    const start = base + column * stride;
    const value = load<f64>(start + (at << 3));
    store<f64>(start + (spare << 3), value);
    store<f64>(start + ((spare + 1) << 3), value);
  }
  const right = base + 7 * stride;
  store<u8>(right + spare, load<u8>(right + at));
  store<u8>(right + spare + 1, load<u8>(right + at));
  fill(base, stride, rows - 2, rows, forward, discountFactor, yearFraction, rate);
  for (let column: usize = 2; column < 7; column += 1) {
    const start = base + column * stride;
    store<f64>(start + (at << 3), load<f64>(start + (spare << 3)));
  }
}
