/** Indices of a series that keep its shape: the lowest and the highest value of each bucket. */
export function extremeIndices(values: Float64Array, buckets: number): readonly number[] {
  const count = values.length;
  if (count <= buckets * 2) return Array.from({ length: count }, (_, index) => index);
  const kept = new Set<number>([0, count - 1]);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * count) / buckets);
    const to = Math.floor(((bucket + 1) * count) / buckets);
    let low = from;
    let high = from;
    for (let index = from + 1; index < to; index += 1) {
      const value = values[index] ?? Number.NaN;
      // Negated, so that a known value replaces an unknown one.
      if (!(value >= (values[low] ?? Number.NaN)) && !Number.isNaN(value)) low = index;
      if (!(value <= (values[high] ?? Number.NaN)) && !Number.isNaN(value)) high = index;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/** About `rows` indices spread evenly over a series, its first and last included. */
export function evenIndices(count: number, rows: number): readonly number[] {
  if (count <= rows) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: rows }, (_, row) => Math.round((row * (count - 1)) / (rows - 1)));
}
