import { historicalMarket } from '../data/historical-market.ts';
import type { HistoricalMarket } from '../data/historical-market.ts';
import { folderUpTo, readMarketFolder } from '../data/market-folder.ts';
import type { MarketFolder } from '../data/market-folder.ts';
import type { RunOptions } from '../engine/context.ts';
import type { RunRecord } from '../engine/run-record.ts';
import type { MarketPath } from '../market/market-path.ts';
import { createRandomStream } from '../math/philox.ts';
import type { RandomStream } from '../math/philox.ts';
import type { Policy } from '../strategy/policy.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { runOnPath } from './run-block.ts';

/** A run to search for knowledge of the future. */
export interface LookAheadRequest {
  readonly dir: string;
  readonly from: EpochDay;
  readonly to: EpochDay;
  /** Sessions between the days after which the future is taken away; 1 = every day. */
  readonly every: number;
  readonly seed: number;
  readonly policy: Policy;
  readonly options: RunOptions;
}

/** What was done to the data after a day. */
export type Attack = 'truncated' | 'corrupted';

/** A day whose outcome changed when only later data did. */
export interface LookAhead {
  readonly attack: Attack;
  /** Last day whose data were left alone. */
  readonly after: EpochDay;
  /** First part of the record that differs, by name. */
  readonly changed: string;
}

/** Result of a search. */
export interface LookAheadSearch {
  /** Days after which the future was taken away, each in two ways. */
  readonly cuts: number;
  readonly findings: readonly LookAhead[];
  readonly dataHash: string;
}

/**
 * Runs a policy on history, then again with everything after a day cut off the files, and again
 * with every number after it multiplied by something between 0.2 and 5. Whatever differs on or
 * before that day knew the future.
 */
export function searchLookAhead(
  request: LookAheadRequest,
  progress: (done: number, total: number) => void,
): LookAheadSearch {
  const { every, policy, options, seed } = request;
  const folder = readMarketFolder(request.dir);
  const { counterfactual } = options;
  const market = historicalMarket(folder, { ...request, counterfactual });
  const { path } = market;
  const run = (on: MarketPath): RunRecord | undefined =>
    runOnPath(on, [policy], options, 'full')[0];
  const clean = run(path);
  const cuts: number[] = [];
  for (let row = path.start + every - 1; row < path.length - 1; row += every) cuts.push(row);
  const random = createRandomStream(seed);
  const findings: LookAhead[] = [];
  for (const [index, row] of cuts.entries()) {
    const after = asEpochDay(path.day[row] ?? 0);
    const attacked: readonly (readonly [Attack, MarketPath])[] = [
      ['truncated', marketUpTo(folder, request, after).path],
      ['corrupted', corruptedAfter(path, row, random)],
    ];
    for (const [attack, on] of attacked) {
      const changed = firstChange(clean, run(on), after);
      if (changed !== undefined) findings.push({ attack, after, changed });
    }
    progress(index + 1, cuts.length);
  }
  return { cuts: cuts.length, findings, dataHash: market.dataHash };
}

function marketUpTo(
  folder: MarketFolder,
  { from, options: { counterfactual } }: LookAheadRequest,
  to: EpochDay,
): HistoricalMarket {
  return historicalMarket(folderUpTo(folder, to), { from, to, counterfactual });
}

/** The path with every number after a row multiplied by something between 0.2 and 5. */
export function corruptedAfter(path: MarketPath, row: number, random: RandomStream): MarketPath {
  let column = 0;
  const corrupt = (values: Float64Array): Float64Array => {
    column += 1;
    const known = (row + 1) * (values.length / path.length);
    return values.map((value, place) =>
      place < known ? value : value * 5 ** (2 * random.uniform(column, place, 0) - 1),
    );
  };
  const corrupted = { ...path };
  for (const [name, values] of Object.entries(path)) {
    if (values instanceof Float64Array) Object.assign(corrupted, { [name]: corrupt(values) });
  }
  // The days themselves and the FOMC calendar are published ahead.
  return { ...corrupted, vxCount: path.vxCount.map((count, i) => (i > row ? 3 : count)) };
}

/** Name of the first part of two records that differs up to a day; undefined when none does. */
export function firstChange(
  clean: RunRecord | undefined,
  other: RunRecord | undefined,
  day: EpochDay,
): string | undefined {
  if (clean === undefined || other === undefined) return 'no record';
  const rows = clean.columns.day.findLastIndex((at) => at <= day) + 1;
  const columns = Object.entries(clean.columns) as readonly (readonly [
    string,
    ArrayLike<number>,
  ])[];
  for (const [name, values] of columns) {
    const others: unknown = Reflect.get(other.columns, name);
    if (!sameStart(values, others, (rows * values.length) / clean.columns.day.length)) return name;
  }
  const parts = (run: RunRecord): Readonly<Record<string, string>> => ({
    trades: JSON.stringify(run.trades.filter((trade) => trade.closedDay <= day)),
    events: JSON.stringify(run.events.filter((event) => event.day <= day)),
    ladder: JSON.stringify(run.martingale.filter((rung) => rung.day <= day)),
  });
  const [one, two] = [parts(clean), parts(other)];
  return Object.keys(one).find((name) => one[name] !== two[name]);
}

function sameStart(values: ArrayLike<number>, others: unknown, count: number): boolean {
  if (!ArrayBuffer.isView(others)) return false;
  for (let i = 0; i < count; i += 1) {
    if (!Object.is(values[i], Reflect.get(others, i))) return false;
  }
  return true;
}
