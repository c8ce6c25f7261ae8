/** A fall from a peak until the peak is passed again, by rows of the series. */
export interface DrawdownEpisode {
  /** Row of the highest close before; -1 = the start. */
  readonly peak: number;
  readonly trough: number;
  /** First row above the peak again; undefined when the series ends before. */
  readonly recovery: number | undefined;
  /** Fraction of the peak lost at the trough, > 0. */
  readonly depth: number;
}

/**
 * The deepest falls of a series of closes, deepest first; none overlaps another.
 *
 * @param count Most episodes given back.
 */
export function worstDrawdowns(
  startEquity: number,
  equityClose: Float64Array,
  count: number,
): readonly DrawdownEpisode[] {
  const episodes: DrawdownEpisode[] = [];
  let peak = -1;
  let high = startEquity;
  let trough = -1;
  let low = startEquity;
  const end = (recovery: number | undefined): void => {
    if (trough >= 0) episodes.push({ peak, trough, recovery, depth: 1 - low / high });
  };
  for (const [row, close] of equityClose.entries()) {
    if (close >= high) {
      end(row);
      peak = row;
      high = close;
      trough = -1;
      low = close;
    } else if (trough < 0 || close < low) {
      trough = row;
      low = close;
    }
  }
  end(undefined);
  return episodes.sort((a, b) => b.depth - a.depth || a.peak - b.peak).slice(0, count);
}
