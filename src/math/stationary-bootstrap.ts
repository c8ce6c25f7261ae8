import type { RandomStream } from './philox.ts';

/**
 * Fills `out` with places 0 … n − 1 of one stationary-bootstrap resample of a series of length n =
 * out.length: blocks of geometric length that start anywhere and wrap around.
 *
 * Draws of the replicate come from stream path `replicate`, so replicates may be made in any order.
 * Domain: meanBlock >= 1 (1 = independent draws); otherwise places are unspecified.
 * Source: Politis, Romano (1994).
 */
export function fillStationaryResample(
  stream: RandomStream,
  replicate: number,
  meanBlock: number,
  out: Int32Array,
): void {
  const count = out.length;
  const logStay = Math.log(1 - 1 / meanBlock);
  const draws = new Float64Array(2);
  let filled = 0;
  for (let block = 0; filled < count; block += 1) {
    stream.fillUniforms(replicate, block, draws);
    const [whereTo = Number.NaN, howLong = Number.NaN] = draws;
    const start = Math.floor(whereTo * count);
    // P(length > k) = (1 − 1/meanBlock)^k; with blocks of one, log 0 = −Infinity gives 1.
    const length = Math.max(1, Math.ceil(Math.log(howLong) / logStay));
    const end = Math.min(count, filled + length);
    for (let place = start; filled < end; filled += 1, place += 1) {
      out[filled] = place % count;
    }
  }
}
