import { historicalMarket } from '../data/historical-market.ts';
import { readMarketFolder } from '../data/market-folder.ts';
import { pathModelOf, specOf } from '../run/load-path-model.ts';
import type { MarketModel } from '../run/load-path-model.ts';
import { LV2JH_SPEC, PATH_MODEL_KINDS } from '../simulation/path-spec.ts';
import type { CalibrationWindow, PathModelKind } from '../simulation/path-spec.ts';
import { replayStarts } from '../simulation/replay.ts';
import type { ParsedArguments } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import { historySpan } from './compare-options.ts';
import type { FuturesOptions } from './futures-options.ts';
import { optionalChoice } from './option-value.ts';
import { UsageError } from './usage-error.ts';

/** The option that picks a path model; its data and window come with --data, --from and --to. */
export const MODEL_OPTION: OptionSpec = {
  name: 'model',
  kind: 'value',
  valueName: 'NAME',
  summary: `simulated: ${PATH_MODEL_KINDS.join(', ')}; lv2jh`,
};

/** What --model may be, for the help of commands that take it. */
export const MODEL_DETAILS: string =
  'Path models: lv2jh (built in, no data), and of recorded history in --data DIR, between --from and ' +
  '--to: bootstrap (stationary blocks of joint states, joined where VIX matches), iid (shuffled ' +
  'sessions: breaks clustering, a control), history (replay from every start date, one path each, as ' +
  'many as fit), gjr (GJR-GARCH fitted there, its residuals drawn at random). The report names model and window.';

/** Futures to simulate and the model that makes them. */
export type ModelledFutures = FuturesOptions & MarketModel;

/** The model that --model names. */
export function askedModel(args: ParsedArguments): PathModelKind {
  const asked = optionalChoice(args, 'model', PATH_MODEL_KINDS, LV2JH_SPEC.kind);
  return PATH_MODEL_KINDS.find((kind) => kind === asked) ?? LV2JH_SPEC.kind;
}

/**
 * The futures options with their path model; of a replay, as many paths as there are start dates.
 *
 * Errors: UsageError when a model of history is not told where history is, when LV2J-H is given
 * data, and when more replays are asked for than there are; DataError `no-data` when the window is
 * too short for the model.
 */
export function modelledFutures(
  args: ParsedArguments,
  futures: FuturesOptions,
  { counterfactual }: { readonly counterfactual: boolean },
): ModelledFutures {
  const kind = askedModel(args);
  const data = args.values.get('data');
  if (kind === 'lv2jh') {
    const surplus = ['data', 'from', 'to'].find((name) => args.values.has(name));
    if (surplus === undefined) return futures;
    throw new UsageError(
      `--model lv2jh reads no --${surplus}; leave it out, or name a model of history ` +
        `(--model ${PATH_MODEL_KINDS.slice(1).join(', ')}).`,
    );
  }
  if (data === undefined) {
    throw new UsageError(
      `--model ${kind} is made of recorded history: name its folder with --data DIR ` +
        '(and its window with --from and --to), or take --model lv2jh, which needs none.',
    );
  }
  const { from, to } = historySpan(args, data);
  const folder = readMarketFolder(data);
  // A replay keeps to what was listed; the other models need a VX curve on every session.
  const made = kind === 'history' ? counterfactual : true;
  const { path } = historicalMarket(folder, { from, to, counterfactual: made });
  const window: CalibrationWindow = {
    from,
    to,
    sessions: path.length - path.start,
    dataHash: folder.hash,
    counterfactual: made,
  };
  const model = specOf(kind, window, path, data);
  // Made once here, so that a window too short is told before any thread starts.
  pathModelOf(model, futures.years, path, data);
  return kind === 'history'
    ? { ...futures, paths: replayPaths(args, futures, window), model, data }
    : { ...futures, model, data };
}

function replayPaths(
  args: ParsedArguments,
  { paths, years }: FuturesOptions,
  { sessions }: CalibrationWindow,
): number {
  const most = replayStarts(sessions, years);
  if (!args.values.has('paths')) return most;
  if (paths <= most) return paths;
  throw new UsageError(
    `--paths must be at most ${most}, the start dates with ${252 * years} sessions after them, was ` +
      `${paths}. Leave --paths out to take them all.`,
  );
}

/** What identifies futures in a configuration: not the threads, nor where the files lie. */
export function futuresConfig<T extends ModelledFutures>(request: T): Omit<T, 'workers' | 'data'> {
  const { workers: _, data: __, ...config } = request;
  return config;
}

/** Seed and, where a model reads history, the hash of its files: for the manifest. */
export function futuresSource({ seed, model }: { readonly seed: number } & MarketModel): {
  readonly seed: number;
  readonly dataHash?: string;
} {
  if (model === undefined || model.kind === 'lv2jh') return { seed };
  return { seed, dataHash: model.window.dataHash };
}
