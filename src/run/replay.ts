import { historicalMarket } from '../data/historical-market.ts';
import { readMarketFolder } from '../data/market-folder.ts';
import type { RunOptions } from '../engine/context.ts';
import { recordRun } from '../engine/record-run.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { replayTrade } from '../engine/replay-trade.ts';
import type { TradeReplay } from '../engine/replay-trade.ts';
import { planSessions } from '../engine/session-plan.ts';
import type { MarketPath } from '../market/market-path.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { LV2JH_SPEC } from '../simulation/path-spec.ts';
import type { Policy } from '../strategy/policy.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { loadPathModel } from './load-path-model.ts';
import type { MarketModel } from './load-path-model.ts';
import { modelText, reportModel } from './model-lines.ts';

/** The market of a replay: recorded history, or one of the simulated futures. */
export type ReplayedMarket =
  | {
      readonly kind: 'history';
      readonly dir: string;
      readonly from: EpochDay;
      readonly to: EpochDay;
    }
  | ({
      readonly kind: 'future';
      readonly future: number;
      readonly years: number;
      readonly seed: number;
    } & MarketModel);

/** A run to be told day by day, with one trade of it where a number is given. */
export interface ReplayRequest {
  readonly market: ReplayedMarket;
  readonly policy: Policy;
  readonly options: RunOptions;
  readonly trade: number | undefined;
}

/** The run, its market, and the trade asked for. */
export interface Replay {
  readonly path: MarketPath;
  /** How the market is called. */
  readonly market: string;
  /** Hash of the data; undefined for a future of the built-in model. */
  readonly dataHash: string | undefined;
  readonly record: RunRecord;
  readonly trade: TradeReplay | undefined;
}

/**
 * Runs one policy over one market as `compare` and `simulate` do, the same numbers to the byte, and
 * keeps every day of it. DataError for bad data.
 */
export function replay({ market, policy, options, trade }: ReplayRequest): Replay {
  const found = marketOf(market, options);
  const { path } = found;
  const plan = planSessions(path, computeSignals(path));
  const input = { path, plan, policy, options };
  return {
    ...found,
    record: recordRun({ ...input, detail: 'full' }),
    trade: trade === undefined ? undefined : replayTrade(input, trade),
  };
}

function marketOf(
  market: ReplayedMarket,
  { counterfactual }: RunOptions,
): Pick<Replay, 'path' | 'market' | 'dataHash'> {
  if (market.kind === 'history') {
    const found = historicalMarket(readMarketFolder(market.dir), { ...market, counterfactual });
    return { path: found.path, market: 'S&P 500 and VIX history', dataHash: found.dataHash };
  }
  const { model: spec = LV2JH_SPEC } = market;
  const model = loadPathModel(market, market.years);
  return {
    path: model.generate(market.seed, market.future),
    market: `simulated (${modelText(reportModel(spec))}), future ${market.future} of seed ${market.seed}`,
    dataHash: spec.kind === 'lv2jh' ? undefined : spec.window.dataHash,
  };
}
