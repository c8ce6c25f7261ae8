/** An axis of a grid of settings with its values in words. */
export interface GridAxis {
  readonly key: string;
  readonly labels: readonly string[];
}

/** Place of a configuration's value on every axis; the last axis runs fastest. */
export function gridPlaces(axes: readonly GridAxis[], cell: number): readonly number[] {
  const places: number[] = [];
  let rest = cell;
  for (const { labels } of axes.toReversed()) {
    places.unshift(rest % labels.length);
    rest = Math.floor(rest / labels.length);
  }
  return places;
}

/** The values of a configuration in words, in the order of the axes. */
export function gridLabels(axes: readonly GridAxis[], cell: number): readonly string[] {
  const places = gridPlaces(axes, cell);
  return axes.map(({ labels }, axis) => labels[places[axis] ?? 0] ?? '');
}
