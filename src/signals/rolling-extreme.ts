/**
 * Lowest or highest value of the `sessions` rows that end with each row; NaN while that window is
 * not complete or holds a NaN. Linear in the rows: a window is searched anew only when its extreme
 * leaves it.
 */
export function rollingExtreme(
  values: Float64Array,
  sessions: number,
  side: 'low' | 'high',
): Float64Array {
  const sign = side === 'low' ? 1 : -1;
  const out = new Float64Array(values.length).fill(Number.NaN);
  let complete = 0;
  let best = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    complete = Number.isNaN(value) ? 0 : complete + 1;
    if (complete === 0) continue;
    const first = Math.max(i - sessions + 1, i - complete + 1);
    if (complete === 1 || sign * value <= sign * (values[best] ?? Number.NaN)) best = i;
    else if (best < first) best = extremeRow(values, first, i, sign);
    if (complete >= sessions) out[i] = values[best] ?? Number.NaN;
  }
  return out;
}

function extremeRow(values: Float64Array, first: number, last: number, sign: number): number {
  let best = first;
  for (let i = first + 1; i <= last; i += 1) {
    if (sign * (values[i] ?? Number.NaN) <= sign * (values[best] ?? Number.NaN)) best = i;
  }
  return best;
}
