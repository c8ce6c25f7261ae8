import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readChainFile } from '../data/chains/read-chain-file.ts';
import { DataError } from '../data/data-error.ts';
import { loadHistoricalMarket } from '../data/historical-market.ts';
import { createSnapshot, loadClose } from '../market/market-snapshot.ts';
import type { MarketPath } from '../market/market-path.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { fitSurface } from '../volatility/fitted-surface.ts';
import type { FittedSurface } from '../volatility/fitted-surface.ts';
import { monitorParity } from '../volatility/parity-monitor.ts';
import type { ExpiryParity } from '../volatility/parity-monitor.ts';
import { scoreSurface } from '../volatility/surface-score.ts';
import type { ScoredPoint } from '../volatility/surface-score.ts';

/** When a chain was taken: at the close, when its spot is the index close, or within the session. */
export type ChainMoment = 'close' | 'intraday';

/** One chain against the surface of its day's indices. */
export interface ChainScore {
  /** Path below the folder of chains, with forward slashes. */
  readonly file: string;
  readonly day: number;
  readonly moment: ChainMoment;
  /** VIX close of the day, points. */
  readonly vix: number;
  readonly fitted: FittedSurface;
  readonly points: readonly ScoredPoint[];
  readonly parity: readonly ExpiryParity[];
}

/** A file or session that is not scored, and why. */
export interface UnscoredChain {
  readonly file: string;
  readonly reason: string;
}

/** The score of a folder of chains. */
export interface SurfaceScore {
  /** Ascending by day. */
  readonly chains: readonly ChainScore[];
  /** In order of file. */
  readonly unscored: readonly UnscoredChain[];
}

interface FoundChain {
  readonly file: string;
  readonly chain: OptionChain;
}

/** Index points by which a chain's spot may differ from the index close and still be the close. */
const CLOSE_TOLERANCE = 0.02;
/** Expiries that make a chain a surface. */
const LEAST_EXPIRIES = 3;
/** Days back within which an earlier chain tells unmoved quotes. */
const PREVIOUS_DAYS = 5;

/**
 * Every SPX chain in a folder, fitted, watched for parity, and compared with the surface that the
 * VIX family and SKEW alone give for its day.
 *
 * One chain a day: the one with most rows. Files are taken in order of path, so the score depends
 * on the folder alone. Errors: DataError when the folder holds no SPX chain.
 */
export async function scoreChains(chains: string, market: string): Promise<SurfaceScore> {
  const unscored: UnscoredChain[] = [];
  const found = await findChains(chains, unscored);
  const days = [...found.keys()].toSorted((a, b) => a - b);
  const [from] = days;
  const to = days.at(-1);
  if (from === undefined || to === undefined) {
    throw new DataError({
      code: 'no-data',
      file: chains,
      rule: 'the folder must hold SPX chains',
      value: 'none',
      remedy: 'give a folder with chain files of a known layout',
    });
  }
  const { path } = loadHistoricalMarket({
    dir: market,
    from: asEpochDay(from),
    to: asEpochDay(to),
    counterfactual: false,
  });
  const scored: ChainScore[] = [];
  let previous: OptionChain | undefined;
  for (const day of days) {
    const entry = found.get(day);
    if (entry === undefined) continue;
    const score = scoreChain(entry, path, previous);
    previous = entry.chain;
    if (typeof score === 'string') unscored.push({ file: entry.file, reason: score });
    else scored.push(score);
  }
  return {
    chains: scored,
    unscored: unscored.toSorted((a, b) => compareText(a.file, b.file)),
  };
}

function scoreChain(
  { file, chain }: FoundChain,
  path: MarketPath,
  before: OptionChain | undefined,
): ChainScore | string {
  const session = path.day.indexOf(chain.quoteDay);
  if (session < 0) return 'no session of the market data';
  const snapshot = createSnapshot();
  loadClose(path, session, snapshot);
  const fitted = fitSurface(chain, { rate: () => snapshot.billRate });
  if (fitted.slices.length < LEAST_EXPIRIES) {
    return `fewer than ${LEAST_EXPIRIES} expiries with a smile`;
  }
  const isClose = Math.abs(chain.spot - snapshot.spot) <= CLOSE_TOLERANCE;
  const isRecent = before !== undefined && chain.quoteDay - before.quoteDay <= PREVIOUS_DAYS;
  return {
    file,
    day: chain.quoteDay,
    moment: isClose ? 'close' : 'intraday',
    vix: snapshot.vix,
    fitted,
    points: scoreSurface(snapshot, fitted.slices),
    parity: monitorParity(chain, {
      billRate: snapshot.billRate,
      kind: 'spx-option',
      previous: isRecent ? before : undefined,
    }),
  };
}

/** The largest SPX chain of each day. */
async function findChains(
  folder: string,
  unscored: UnscoredChain[],
): Promise<ReadonlyMap<number, FoundChain>> {
  const byDay = new Map<number, FoundChain>();
  for (const path of chainFiles(folder)) {
    const file = relative(folder, path).split(sep).join('/');
    const read = await readChainFile(path);
    if (!read.ok) {
      unscored.push({ file, reason: 'not a chain file of a known layout' });
      continue;
    }
    const spx = read.value.chains.filter(({ underlying }) => underlying === 'SPX');
    if (spx.length === 0) unscored.push({ file, reason: 'no SPX chain' });
    let isUsed = spx.length === 0;
    for (const chain of spx) {
      if (chain.rows <= (byDay.get(chain.quoteDay)?.chain.rows ?? 0)) continue;
      byDay.set(chain.quoteDay, { file, chain });
      isUsed = true;
    }
    if (!isUsed) unscored.push({ file, reason: 'another file has as many rows of its days' });
  }
  return byDay;
}

function chainFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(csv|csv\.gz|parquet|txt)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted(compareText);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
