import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { OptionChain } from '../../market/option-chain.ts';
import { isSession } from '../../time/cboe-calendar.ts';
import { asEpochDay, formatIsoDate, parseIsoDate } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { DataError } from '../data-error.ts';
import { isStale } from './chain-checks.ts';
import { loadSession } from './chain-store.ts';
import { chainFilesBelow } from './import-chains.ts';
import { readChainFile } from './read-chain-file.ts';
import { reportCard } from './report-card.ts';
import { readSessions } from './stored-session.ts';

/** A file or session that is not used, and why. */
export interface LeftOutChain {
  /** Path below the folder with forward slashes, or a day. */
  readonly what: string;
  readonly reason: string;
}

/** The index option chains of a folder, one a session and underlying. */
export interface SessionChains {
  readonly dir: string;
  /** By session (EpochDay), ascending. */
  readonly spx: ReadonlyMap<number, OptionChain>;
  readonly xsp: ReadonlyMap<number, OptionChain>;
  readonly leftOut: readonly LeftOutChain[];
  /** SHA-256 over what was read, in order; hexadecimal. */
  readonly hash: string;
}

/** Civil days to read, both included; open where undefined. */
export interface ChainSpan {
  readonly from: EpochDay | undefined;
  readonly to: EpochDay | undefined;
}

/** Days back within which an earlier chain tells unmoved quotes. */
const PREVIOUS_DAYS = 5;

/** The chains of a folder before the sessions are checked. */
interface FoundChains {
  readonly chains: readonly OptionChain[];
  readonly leftOut: readonly LeftOutChain[];
  readonly hash: string;
}

/**
 * The SPX and XSP chains of a folder: a chain store that `chains import` made, else every chain file
 * at any depth, in order of path. Of several chains of a session the latest counts, of equal times
 * the one with most rows.
 *
 * Left out, with the reason: files of no known layout, sessions with more than a fifth of their rows
 * rejected, days without a session, chains without an underlying price, and SPX chains whose quotes
 * repeat those of the session before.
 *
 * Errors: DataError `not-found` for a missing folder, `no-data` when no SPX chain is left, `bad-data`
 * for a damaged store.
 */
export async function readSessionChains(dir: string, span: ChainSpan): Promise<SessionChains> {
  const isStore = readSessions(dir).length > 0;
  const found = isStore ? await storedChains(dir, span) : await folderChains(dir, span);
  const leftOut = [...found.leftOut];
  const spx = usable(found.chains, 'SPX', leftOut);
  if (spx.size === 0) throw noChains(dir, span);
  return { dir, spx, xsp: usable(found.chains, 'XSP', leftOut), leftOut, hash: found.hash };
}

/** The same chains without some sessions of SPX, each named with the reason. */
export function withoutSessions(
  chains: SessionChains,
  reasons: ReadonlyMap<number, string>,
): SessionChains {
  const spx = new Map([...chains.spx].filter(([day]) => !reasons.has(day)));
  const leftOut = [...reasons].map(([day, reason]) => ({ what: `SPX ${iso(day)}`, reason }));
  return { ...chains, spx, leftOut: [...chains.leftOut, ...leftOut] };
}

async function storedChains(dir: string, span: ChainSpan): Promise<FoundChains> {
  const chains: OptionChain[] = [];
  const hash = createHash('sha256');
  for (const session of readSessions(dir)) {
    const day = parseIsoDate(session.day);
    const isIndex = session.underlying === 'SPX' || session.underlying === 'XSP';
    if (!isIndex || !day.ok || !isWithin(day.value, span)) continue;
    const loaded = await loadSession(dir, session);
    if (!loaded.ok) throw loaded.error;
    hash.update(session.sha256);
    chains.push(loaded.value);
  }
  return { chains, leftOut: [], hash: hash.digest('hex') };
}

async function folderChains(dir: string, span: ChainSpan): Promise<FoundChains> {
  const chains: OptionChain[] = [];
  const leftOut: LeftOutChain[] = [];
  const hash = createHash('sha256');
  for (const path of chainFilesBelow([dir])) {
    const what = relative(dir, path).split(sep).join('/');
    const read = await readChainFile(path);
    if (!read.ok) {
      leftOut.push({ what, reason: 'not a chain file of a known layout' });
      continue;
    }
    hash.update(readFileSync(path));
    const { sessions } = reportCard(read.value);
    for (const [place, chain] of read.value.chains.entries()) {
      if (!isWithin(chain.quoteDay, span)) continue;
      if (sessions[place]?.isTaken === true) chains.push(chain);
      else leftOut.push({ what, reason: 'more than a fifth of the rows were rejected' });
    }
  }
  return { chains, leftOut, hash: hash.digest('hex') };
}

/** The sessions of an underlying that can be marked at, ascending. */
function usable(
  chains: readonly OptionChain[],
  underlying: string,
  leftOut: LeftOutChain[],
): ReadonlyMap<number, OptionChain> {
  const latest = new Map<number, OptionChain>();
  for (const chain of chains) {
    if (chain.underlying !== underlying) continue;
    const before = latest.get(chain.quoteDay);
    if (before === undefined || isBetter(chain, before)) latest.set(chain.quoteDay, chain);
  }
  const kept = new Map<number, OptionChain>();
  let previous: OptionChain | undefined;
  for (const [day, chain] of [...latest].toSorted(([a], [b]) => a - b)) {
    const reason = faultOf(chain, previous);
    if (reason === undefined) {
      kept.set(day, chain);
      previous = chain;
    } else leftOut.push({ what: `${underlying} ${iso(day)}`, reason });
  }
  return kept;
}

function isBetter(chain: OptionChain, than: OptionChain): boolean {
  const [minute, before] = [chain.quoteMinute ?? 0, than.quoteMinute ?? 0];
  return minute === before ? chain.rows > than.rows : minute > before;
}

function faultOf(chain: OptionChain, previous: OptionChain | undefined): string | undefined {
  if (!isSession(chain.quoteDay)) return 'no session of the exchange';
  if (!(chain.spot > 0)) return 'no underlying price';
  const isRecent = previous !== undefined && chain.quoteDay - previous.quoteDay <= PREVIOUS_DAYS;
  return isRecent && isStale(previous, chain)
    ? 'repeats the quotes of the session before'
    : undefined;
}

function isWithin(day: number, { from, to }: ChainSpan): boolean {
  return day >= (from ?? Number.NEGATIVE_INFINITY) && day <= (to ?? Number.POSITIVE_INFINITY);
}

function iso(day: number): string {
  return formatIsoDate(asEpochDay(day));
}

function noChains(dir: string, { from, to }: ChainSpan): DataError {
  const bounds = [from, to].map((day) => (day === undefined ? 'any' : iso(day))).join(' to ');
  return new DataError({
    code: 'no-data',
    file: dir,
    rule: 'the folder must hold SPX chains of sessions that can be used',
    value: `none (${bounds})`,
    remedy: "name chain files or a store of 'alvh chains import', and see 'alvh chains check'",
  });
}
