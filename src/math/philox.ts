import { normalInverse } from './normal.ts';

const TWO_32 = 4_294_967_296;

/** High 32 bits of the 64-bit product of two 32-bit words, from 16-bit halves (int32 throughout). */
function highProduct(aHigh: number, aLow: number, b: number): number {
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * Fills `out` with the four 32-bit words that Philox4x32-10 gives for a counter and a key.
 *
 * Stateless: equal counter and key give equal words, on every machine. Allocates nothing.
 * Shape: out has at least 4 elements. Domain: words are taken modulo 2^32.
 * Source: Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
 */
// eslint-disable-next-line eslint/max-params -- four counter words, two key words, one block
export function philox4x32(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  let x0 = counter0 | 0;
  let x1 = counter1 | 0;
  let x2 = counter2 | 0;
  let x3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round += 1) {
    const high0 = highProduct(0xd251, 0x1f53, x0);
    const low0 = Math.imul(0xd2511f53, x0);
    const high1 = highProduct(0xcd9e, 0x8d57, x2);
    const low1 = Math.imul(0xcd9e8d57, x2);
    x0 = high1 ^ x1 ^ k0;
    x1 = low1;
    x2 = high0 ^ x3 ^ k1;
    x3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

/**
 * Random numbers addressed by (path, step, dimension): any number can be drawn in any order, by
 * any worker, and is always the same. Paths, steps and dimensions are integers in [0, 2^32).
 */
export interface RandomStream {
  /** Uniform in (0, 1), on a grid of 2^-32 that never meets 0 or 1. */
  readonly uniform: (path: number, step: number, dimension: number) => number;
  /** Standard normal, the quantile of the uniform at the same address; within +-6.34. */
  readonly normal: (path: number, step: number, dimension: number) => number;
  /** Fills out[d] with uniform(path, step, d): a quarter of the cost of single draws. */
  readonly fillUniforms: (path: number, step: number, out: Float64Array) => void;
  /** Fills out[d] with normal(path, step, d). */
  readonly fillNormals: (path: number, step: number, out: Float64Array) => void;
}

/**
 * A stream of random numbers for a seed; streams of one seed with different `stream` numbers are
 * independent of each other (one for each purpose).
 *
 * Domain: seed an integer in [0, 2^53), stream an integer in [0, 2^32).
 */
export function createRandomStream(seed: number, stream = 0): RandomStream {
  const key0 = seed | 0;
  const key1 = Math.floor(seed / TWO_32) | 0;
  const words = new Uint32Array(4);

  function uniform(path: number, step: number, dimension: number): number {
    philox4x32(dimension >>> 2, step, path, stream, key0, key1, words);
    return toUniform(words[dimension & 3]);
  }

  function fillUniforms(path: number, step: number, out: Float64Array): void {
    for (let dimension = 0; dimension < out.length; dimension += 1) {
      if ((dimension & 3) === 0) {
        philox4x32(dimension >>> 2, step, path, stream, key0, key1, words);
      }
      out[dimension] = toUniform(words[dimension & 3]);
    }
  }

  return {
    uniform,
    normal: (path, step, dimension) => normalInverse(uniform(path, step, dimension)),
    fillUniforms,
    fillNormals: (path, step, out) => {
      fillUniforms(path, step, out);
      for (let dimension = 0; dimension < out.length; dimension += 1) {
        out[dimension] = normalInverse(out[dimension] ?? Number.NaN);
      }
    },
  };
}

function toUniform(word: number | undefined): number {
  return ((word ?? Number.NaN) + 0.5) / TWO_32;
}
