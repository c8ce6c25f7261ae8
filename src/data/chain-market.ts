import { PILLARS } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import type { OptionChain } from '../market/option-chain.ts';
import type { QuoteSource } from '../market/quote-source.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import { chainIndexVols } from '../volatility/chain-index-vols.ts';
import { fillPillars } from '../volatility/surface-pillars.ts';
import { chainQuotes } from './chains/chain-quotes.ts';
import { withoutSessions } from './chains/session-chains.ts';
import type { SessionChains } from './chains/session-chains.ts';
import { DataError } from './data-error.ts';
import { historicalMarket } from './historical-market.ts';
import type { HistoricalMarket, HistoricalSpan } from './historical-market.ts';
import type { MarketFolder } from './market-folder.ts';

/** A market over the sessions that have a chain, and the quotes of those chains. */
export interface ChainMarket {
  readonly market: HistoricalMarket;
  readonly quotes: QuoteSource;
  /** The chains in use, and what was left out. */
  readonly chains: SessionChains;
}

/** Share of the index by which a chain's underlying may leave the day's range: rounding. */
const RANGE_SLACK = 1e-4;
/** VIX points by which VIX of a chain may leave the day's range; intraday chains stay within 0.3. */
const VIX_SLACK = 0.5;

/**
 * The market of a span on the sessions with a chain alone. SPX is the chain's underlying at the
 * chain's time, for signals, strikes and surface; VIX and the surface's pillars are those of the
 * chain's own quotes; everything else (range of the day, VX, rates, breadth, macro) is as at the
 * close. Contracts settle by official values, also those that expire on a day without a chain.
 *
 * A chain is left out when the market data lack its day or its underlying lies outside the day's
 * range. A VIX that the quotes do not tell, or one off the day's range by half a point, is the
 * official close, and so is the surface.
 *
 * Errors: those of historicalMarket; DataError `no-data` when fewer than two sessions are left.
 */
export function chainMarket(
  folder: MarketFolder,
  span: HistoricalSpan,
  found: SessionChains,
): ChainMarket {
  const whole = historicalMarket(folder, span).path;
  const chains = withoutSessions(found, misfits(whole, found));
  const sessions = new Set(chains.spx.keys());
  if (sessions.size < 2) {
    throw new DataError({
      code: 'no-data',
      file: chains.dir,
      rule: 'at least two sessions must have a chain that fits the market data',
      value: `${sessions.size} of ${found.spx.size}`,
      remedy: 'see alvh chains check --data for what is wrong with the others',
    });
  }
  const base = historicalMarket(folder, { ...span, sessions });
  const path = atMoments(base.path, chains);
  const rates = new Map<number, number>();
  for (let i = path.start; i < path.length; i += 1) {
    rates.set(path.day[i] ?? 0, path.billRate[i] ?? Number.NaN);
  }
  return {
    market: { ...base, path, notes: [...base.notes, ...chainNotes(chains)] },
    quotes: chainQuotes(chains, (day) => rates.get(day) ?? Number.NaN),
    chains,
  };
}

/** SPX sessions that do not fit the market data, with the reason. */
function misfits(path: MarketPath, { spx }: SessionChains): ReadonlyMap<number, string> {
  const reasons = new Map<number, string>();
  for (const [day, { spot }] of spx) {
    const row = path.day.indexOf(day, path.start);
    const low = (path.spxLow[row] ?? Number.NaN) * (1 - RANGE_SLACK);
    const high = (path.spxHigh[row] ?? Number.NaN) * (1 + RANGE_SLACK);
    if (row < 0) reasons.set(day, 'no session of the market data');
    else if (!(spot >= low && spot <= high)) {
      reasons.set(day, 'underlying outside the range of the day');
    }
  }
  return reasons;
}

/** The path with SPX, VIX, surface and time of each traded session as its chain has them. */
function atMoments(path: MarketPath, { spx }: SessionChains): MarketPath {
  const spxClose = path.spxClose.slice();
  const vixClose = path.vixClose.slice();
  const theta = path.theta.slice();
  const markFraction = new Float64Array(path.length).fill(Number.NaN);
  for (let i = path.start; i < path.length; i += 1) {
    const chain = spx.get(path.day[i] ?? 0);
    if (chain === undefined) continue;
    spxClose[i] = chain.spot;
    if (chain.quoteMinute !== undefined) markFraction[i] = chain.quoteMinute / 1440;
    const vix = loadSurface(path, i, chain, theta);
    if (!Number.isNaN(vix)) vixClose[i] = vix;
  }
  return { ...path, spxClose, pmSettlement: path.spxClose, vixClose, theta, markFraction };
}

/** Fills a session's pillars from its chain and gives its VIX; NaN leaves the official ones. */
function loadSurface(
  path: MarketPath,
  session: number,
  chain: OptionChain,
  theta: Float64Array,
): number {
  const vols = chainIndexVols(chain, path.billRate[session] ?? Number.NaN);
  const low = (path.vixLow[session] ?? Number.NaN) - VIX_SLACK;
  const high = (path.vixHigh[session] ?? Number.NaN) + VIX_SLACK;
  if (!(vols.vix >= low && vols.vix <= high)) return Number.NaN;
  fillPillars(
    { ...vols, ewma21: Number.NaN, ewma126: Number.NaN },
    path.eta[session] ?? Number.NaN,
    theta.subarray(session * PILLARS, (session + 1) * PILLARS),
  );
  return vols.vix;
}

function chainNotes({ spx, leftOut }: SessionChains): readonly string[] {
  const days = [...spx.keys()].map((day) => formatIsoDate(asEpochDay(day)));
  const untimed = [...spx.values()].filter(({ quoteMinute }) => quoteMinute === undefined).length;
  const notes = [
    `${days.length} sessions with a chain, ${days[0] ?? ''} to ${days.at(-1) ?? ''}; sessions ` +
      'without one are not stepped through, what expires on them settles by its own day',
  ];
  if (untimed > 0) {
    notes.push(
      `${untimed} chains give no time and count as taken at the close, though their underlying ` +
        'may be another moment of the day',
    );
  }
  return [...notes, ...leftOut.map(({ what, reason }) => `chain left out: ${what}, ${reason}`)];
}
