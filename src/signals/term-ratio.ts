/**
 * One level of a term structure over a longer one (VIX9D/VIX, VIX/VIX3M, VX1/VX2). Below 1 the
 * curve rises (contango), above 1 it falls (backwardation).
 *
 * Domain: both levels > 0, in the same points; anything else, NaN too, gives NaN.
 */
export function termRatio(shorter: number, longer: number): number {
  return shorter > 0 && longer > 0 ? shorter / longer : Number.NaN;
}
