import { normalInverse } from './normal.ts';

/**
 * Standard normals from a linear congruential generator, so that any tool can make the same series:
 * x <- (1664525 x + 1013904223) mod 2^32, u = (x + 0.5) / 2^32, z = N^-1(u).
 *
 * Source: Press et al., Numerical Recipes, "quick and dirty" generator.
 */
export function lcgNormals(seed: number, count: number): Float64Array {
  let x = seed;
  return Float64Array.from({ length: count }, () => {
    x = (Math.imul(1_664_525, x) + 1_013_904_223) >>> 0;
    return normalInverse((x + 0.5) / 2 ** 32);
  });
}

/** A year of daily returns of mean 0.05 % and deviation 1 %, with one fall of 8 % on day 100. */
export function crashReturns(): Float64Array {
  const returns = lcgNormals(12_345, 252).map((z) => 0.0005 + 0.01 * z);
  returns[100] = -0.08;
  return returns;
}
