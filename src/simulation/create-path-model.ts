import { assertNever } from '../core/assert-never.ts';
import { invariant } from '../core/invariant.ts';
import { ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import type { MarketPath } from '../market/market-path.ts';
import { dailyStates } from './daily-states.ts';
import type { PathModelError } from './daily-states.ts';
import { createFiltered } from './filtered.ts';
import { filterStates } from './filtered-states.ts';
import { createLv2jh } from './lv2jh.ts';
import type { PathModel } from './path-model.ts';
import type { PathSpec } from './path-spec.ts';
import { createReplay } from './replay.ts';
import { createBootstrap, createShuffle } from './resampled.ts';

/**
 * The path model of a specification, with paths of so many years. `history` is the market of its
 * calibration window; only LV2J-H needs none.
 *
 * Errors: `window-too-short` when the window has too few sessions for the model or the years;
 * `no-fit` when a law of the model has none there.
 */
export function createPathModel(
  spec: PathSpec,
  years: number,
  history?: MarketPath,
): Result<PathModel, PathModelError> {
  if (spec.kind === 'lv2jh') {
    const { tilt } = spec;
    return ok(createLv2jh({ years, ...(tilt === undefined ? {} : { tilt }) }));
  }
  invariant(history !== undefined, `the model ${spec.kind} is given its history`);
  switch (spec.kind) {
    case 'history':
      return createReplay(history, { years });
    case 'bootstrap':
    case 'iid': {
      const states = dailyStates(history);
      if (!states.ok) return states;
      return ok(
        spec.kind === 'iid'
          ? createShuffle(states.value, { years })
          : createBootstrap(states.value, { years, meanBlock: spec.meanBlock }),
      );
    }
    case 'gjr': {
      const states = dailyStates(history);
      if (!states.ok) return states;
      const filtered = filterStates(states.value, spec.parameters);
      return filtered.ok ? ok(createFiltered(filtered.value, { years })) : filtered;
    }
    default:
      return assertNever(spec);
  }
}
