import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import type { MarketPath } from '../market/market-path.ts';
import { slicePath } from '../market/path-slice.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type { WindowTooShort } from './daily-states.ts';
import type { PathModel, PathOptions } from './path-model.ts';
import { PATH_MODEL_NAMES } from './path-spec.ts';
import { tradedSessions, WARM_UP_SESSIONS } from './simulated-calendar.ts';

/** Start dates a window holds for paths of some years: none when it is too short. */
export function replayStarts(sessions: number, years: number): number {
  return Math.max(0, sessions - tradedSessions(years) + 1);
}

/**
 * History itself, once from every start date: path i trades from session i of the window for
 * `years` of 252 sessions, after what warm-up the data have before it (at most 300 sessions). No
 * random number is drawn: the seed changes nothing. The paths overlap, so they are far from
 * independent.
 *
 * Errors: `window-too-short` when not one path fits between `path.start` and the end.
 */
export function createReplay(
  history: MarketPath,
  options: Pick<PathOptions, 'years' | 'warmUp'>,
): Result<PathModel, WindowTooShort> {
  const { warmUp = WARM_UP_SESSIONS } = options;
  const need = tradedSessions(options.years);
  const have = history.length - history.start;
  const paths = replayStarts(have, options.years);
  if (paths === 0) return err({ kind: 'window-too-short', need, have });
  return ok({
    name: PATH_MODEL_NAMES.history,
    paths,
    generate: (_seed, index) => {
      const start = history.start + index;
      const end = start + need;
      const iso = (row: number): string => formatIsoDate(asEpochDay(history.day[row] ?? 0));
      return slicePath(history, {
        first: Math.max(0, start - warmUp),
        start,
        end,
        label: `history ${iso(start)} to ${iso(end - 1)}`,
      });
    },
  });
}
