import { html } from './html.ts';
import type { Markup } from './html.ts';

const WIDTH = 500;
const RADIUS = 7;
/** Columns into which dots are stacked. */
const COLUMNS = Math.floor(WIDTH / (2 * RADIUS));

/**
 * Dots of equal probability stacked over an axis from low to high: what share of futures lies where
 * can be counted.
 */
export function dotPlot(
  dots: readonly number[],
  { low, high, label }: { readonly low: number; readonly high: number; readonly label: string },
): Markup {
  const heights = new Map<number, number>();
  const span = high > low ? high - low : 1;
  const placed = dots.map((value) => {
    const share = Math.min(1, Math.max(0, (value - low) / span));
    const column = Math.min(COLUMNS - 1, Math.floor(share * COLUMNS));
    const row = heights.get(column) ?? 0;
    heights.set(column, row + 1);
    return { column, row };
  });
  const rows = Math.max(1, ...heights.values());
  const height = rows * 2 * RADIUS;
  return html`<svg
    class="dots"
    viewBox="0 0 ${WIDTH} ${height}"
    style="aspect-ratio:${WIDTH}/${height}"
    role="img"
    aria-label="${label}"
  >
    ${placed.map(
      ({ column, row }) =>
        html`<circle
          cx="${(2 * column + 1) * RADIUS}"
          cy="${height - (2 * row + 1) * RADIUS}"
          r="${RADIUS - 1}"
        />`,
    )}
  </svg>`;
}
