import { createFigure, enterFigure } from './path-figure.ts';
import { medianOf } from './path-tally.ts';
import type { PathTally } from './path-tally.ts';

/** First paths whose final equity is kept one by one, where no other figure is. */
export const EARLY_PATHS = 10_000;

const EARLY = 'finalEquity of the first';

/** Enters the final equity of a path among the first; later ones leave nothing. */
export function enterEarly(tally: PathTally, path: number, finalEquity: number): void {
  if (tally.kind === 'exact' || path >= EARLY_PATHS) return;
  let figure = tally.figures.get(EARLY);
  if (figure === undefined) {
    figure = createFigure('exact', Math.min(tally.capacity, EARLY_PATHS));
    tally.figures.set(EARLY, figure);
  }
  enterFigure(figure, path, finalEquity);
}

/**
 * The path to show for all: that of the median final equity (the lower of two); of a sketched tally
 * the one among its first that comes nearest to the median. The lowest path of several.
 */
export function medianFuture(tally: PathTally): number {
  const figure = tally.figures.get(tally.kind === 'exact' ? 'finalEquity' : EARLY);
  if (figure === undefined || figure.kind !== 'exact') return 0;
  const known = [...figure.values.entries()].filter(([, equity]) => !Number.isNaN(equity));
  if (tally.kind === 'exact') {
    const order = known.toSorted(([a, one], [b, other]) => one - other || a - b);
    return order[Math.floor((order.length - 1) / 2)]?.[0] ?? 0;
  }
  const median = medianOf(tally, 'finalEquity');
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [path, equity] of known) {
    const distance = Math.abs(equity - median);
    if (distance >= least) continue;
    least = distance;
    nearest = path;
  }
  return nearest;
}
