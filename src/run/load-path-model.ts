import { assertNever } from '../core/assert-never.ts';
import { DataError } from '../data/data-error.ts';
import { historicalMarket } from '../data/historical-market.ts';
import { readMarketFolder } from '../data/market-folder.ts';
import type { MarketFolder } from '../data/market-folder.ts';
import type { MarketPath } from '../market/market-path.ts';
import { createPathModel } from '../simulation/create-path-model.ts';
import { dailyStates } from '../simulation/daily-states.ts';
import type { PathModelError } from '../simulation/daily-states.ts';
import type { PathModel } from '../simulation/path-model.ts';
import { percentReturns } from '../simulation/filtered-states.ts';
import { fitGjr } from '../simulation/gjr-garch.ts';
import { LV2JH_SPEC, MEAN_BLOCK } from '../simulation/path-spec.ts';
import type { CalibrationWindow, PathModelKind, PathSpec } from '../simulation/path-spec.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';

/** Which simulated market: a path model, and the folder its calibration window is read from. */
export interface MarketModel {
  /** Absent: LV2J-H. */
  readonly model?: PathSpec;
  /** Folder of market files; not part of what is computed, the window's data hash is. */
  readonly data?: string;
}

/** The market of a window. */
export function windowMarket(folder: MarketFolder, window: CalibrationWindow): MarketPath {
  return historicalMarket(folder, {
    from: asEpochDay(window.from),
    to: asEpochDay(window.to),
    counterfactual: window.counterfactual,
  }).path;
}

/**
 * The path model that a simulation asks for; reads the files of its calibration window.
 *
 * Errors: DataError `not-found` and `bad-data` of the files; `bad-data` when they are not those the
 * window was taken from; `no-data` when the window is too short for the model.
 */
export function loadPathModel({ model = LV2JH_SPEC, data }: MarketModel, years: number): PathModel {
  return pathModelOf(model, years, historyOf(model, data), data);
}

/** The history of a model's calibration window; undefined for a model that has none. */
export function historyOf(model: PathSpec, data = ''): MarketPath | undefined {
  if (model.kind === 'lv2jh') return undefined;
  const folder = readMarketFolder(data);
  if (folder.hash !== model.window.dataHash) {
    throw new DataError({
      code: 'bad-data',
      file: data,
      rule: `the market files must be those the run began with (hash ${model.window.dataHash})`,
      value: folder.hash,
      remedy: 'leave the files alone while a run goes on, and start it again',
    });
  }
  return windowMarket(folder, model.window);
}

/** The model over a history that is read already. Errors: `no-data` as `loadPathModel`. */
export function pathModelOf(
  model: PathSpec,
  years: number,
  history: MarketPath | undefined,
  data = '',
): PathModel {
  const made = createPathModel(model, years, history);
  if (made.ok) return made.value;
  throw noModel(made.error, model, data);
}

/**
 * The specification of a model of history; GJR is fitted to the window here, once for all workers.
 *
 * Errors: DataError `no-data` when the window is too short to fit to.
 */
export function specOf(
  kind: Exclude<PathModelKind, 'lv2jh'>,
  window: CalibrationWindow,
  history: MarketPath,
  data: string,
): PathSpec {
  switch (kind) {
    case 'bootstrap':
      return { kind, window, meanBlock: MEAN_BLOCK };
    case 'iid':
    case 'history':
      return { kind, window };
    case 'gjr': {
      const states = dailyStates(history);
      if (!states.ok) throw noModel(states.error, { kind, window }, data);
      const fit = fitGjr(percentReturns(states.value), 'targeted');
      if (Number.isFinite(fit.logLikelihood)) return { kind, window, parameters: fit.parameters };
      throw noModel({ kind: 'no-fit', law: 'GJR-GARCH of returns' }, { kind, window }, data);
    }
    default:
      return assertNever(kind);
  }
}

function noModel(
  error: PathModelError,
  model: { readonly kind: PathModelKind; readonly window?: CalibrationWindow },
  data: string,
): DataError {
  const { window } = model;
  const span = window === undefined ? '' : ` in ${isoDay(window.from)} to ${isoDay(window.to)}`;
  if (error.kind === 'no-fit') {
    return new DataError({
      code: 'no-data',
      file: data,
      rule: `--model ${model.kind} must have a fit (${error.law})${span}`,
      value: 'none',
      remedy: 'check that the series vary, or take another window or --model bootstrap',
    });
  }
  const { need, have } = error;
  return new DataError({
    code: 'no-data',
    file: data,
    rule: `--model ${model.kind} must have >= ${need} sessions${span}`,
    value: String(have),
    unit:
      model.kind === 'history' ? 'sessions' : 'sessions with SPX, VIX, surface, VX curve and rates',
    remedy:
      model.kind === 'history'
        ? 'simulate fewer --years, or widen the window with --from and --to'
        : 'widen the window with --from and --to, or name a folder with longer series',
  });
}

function isoDay(day: number): string {
  return formatIsoDate(asEpochDay(day));
}
