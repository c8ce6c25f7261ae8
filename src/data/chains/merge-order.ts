/**
 * Order of rows by ascending key, equal keys in the order they came.
 *
 * Natural merge sort: chain files come as a few ascending runs per expiry, calls then puts, which a
 * comparison sort does not know to use.
 */
export function mergeOrder(keys: Float64Array): Uint32Array {
  let order = new Uint32Array(keys.length);
  for (let row = 0; row < order.length; row += 1) order[row] = row;
  let runs = ascendingRuns(keys);
  let spare = new Uint32Array(keys.length);
  while (runs.length > 2) {
    const next = [0];
    for (let run = 0; run + 1 < runs.length; run += 2) {
      const from = runs[run] ?? 0;
      const middle = runs[run + 1] ?? keys.length;
      const to = runs[run + 2] ?? middle;
      mergeRuns(keys, order, spare, [from, middle, to]);
      next.push(to);
    }
    [order, spare] = [spare, order];
    runs = next;
  }
  return order;
}

/** Bounds of the runs: 0, the start of each further run, the number of keys. */
function ascendingRuns(keys: Float64Array): number[] {
  const bounds = [0];
  for (let row = 1; row < keys.length; row += 1) {
    if ((keys[row] ?? 0) < (keys[row - 1] ?? 0)) bounds.push(row);
  }
  bounds.push(keys.length);
  return bounds;
}

function mergeRuns(
  keys: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  [start, middle, end]: readonly [number, number, number],
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at += 1) {
    const takesLeft =
      left < middle &&
      (right >= end || (keys[from[left] ?? 0] ?? 0) <= (keys[from[right] ?? 0] ?? 0));
    to[at] = (takesLeft ? from[left] : from[right]) ?? 0;
    if (takesLeft) left += 1;
    else right += 1;
  }
}
