/** Where a simplex search ended. */
export interface SimplexMinimum {
  readonly parameters: Float64Array;
  readonly value: number;
  /** `settled`: the corners' values agree to the tolerance; else the steps were spent. */
  readonly end: 'settled' | 'steps-spent';
}

/** When a search stops. */
export interface SimplexOptions {
  /** Width of the first simplex by parameter. */
  readonly widths: readonly number[];
  /** Largest difference of the corners' values at the end; default 1e-9. */
  readonly tolerance?: number;
  /** Default 400 a parameter. */
  readonly maxSteps?: number;
}

interface Corner {
  readonly at: Float64Array;
  readonly value: number;
}

/**
 * A local minimum of a function that needs no slope: the simplex of Nelder and Mead. Infinity marks
 * points outside the domain; NaN counts as Infinity. Deterministic.
 *
 * Domain: at least one parameter, a finite value at `start`.
 * Source: Nelder, Mead (1965), The Computer Journal 7; coefficients 1, 2, 1/2, 1/2.
 */
export function nelderMead(
  f: (parameters: Float64Array) => number,
  start: ArrayLike<number>,
  options: SimplexOptions,
): SimplexMinimum {
  const { widths, tolerance = 1e-9, maxSteps = 400 * start.length } = options;
  const cornerAt = (at: Float64Array): Corner => {
    const value = f(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const origin = Float64Array.from(start);
  let corners: Corner[] = [cornerAt(origin)];
  for (let k = 0; k < origin.length; k += 1) {
    const at = origin.slice();
    at[k] = (at[k] ?? Number.NaN) + (widths[k] ?? Number.NaN);
    corners.push(cornerAt(at));
  }
  for (let step = 0; step < maxSteps; step += 1) {
    corners = corners.toSorted((a, b) => a.value - b.value);
    const best = corners.at(0);
    const worst = corners.at(-1);
    if (best === undefined || worst === undefined) break;
    if (worst.value - best.value <= tolerance) return { ...minimum(best), end: 'settled' };
    corners = moved(corners, worst, cornerAt);
  }
  const [best] = corners.toSorted((a, b) => a.value - b.value);
  return { ...minimum(best ?? cornerAt(origin)), end: 'steps-spent' };
}

function minimum({ at, value }: Corner): Omit<SimplexMinimum, 'end'> {
  return { parameters: at, value };
}

/** One step: reflects the worst corner, goes further, comes nearer, or shrinks all to the best. */
function moved(
  corners: readonly Corner[],
  worst: Corner,
  cornerAt: (at: Float64Array) => Corner,
): Corner[] {
  const kept = corners.slice(0, -1);
  const [best] = kept;
  const second = kept.at(-1);
  if (best === undefined || second === undefined) return [...corners];
  const centre = best.at.map(
    (_unused, k) => kept.reduce((sum, { at }) => sum + (at[k] ?? Number.NaN), 0) / kept.length,
  );
  // The point at a multiple of the way from the worst corner through the centre and beyond.
  const along = (share: number): Corner =>
    cornerAt(centre.map((value, k) => value + share * (value - (worst.at[k] ?? Number.NaN))));
  const reflected = along(1);
  if (reflected.value < best.value) {
    const further = along(2);
    return [...kept, further.value < reflected.value ? further : reflected];
  }
  if (reflected.value < second.value) return [...kept, reflected];
  const nearer = reflected.value < worst.value ? along(0.5) : along(-0.5);
  if (nearer.value < Math.min(reflected.value, worst.value)) return [...kept, nearer];
  return [
    best,
    ...corners
      .slice(1)
      .map(({ at }) => cornerAt(at.map((value, k) => 0.5 * (value + (best.at[k] ?? Number.NaN))))),
  ];
}
