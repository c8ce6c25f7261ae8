import { CALL } from '../../contracts/contract-kind.ts';
import { fitLine } from './forward-line.ts';
import type { OptionChain } from '../../market/option-chain.ts';

/** Underlyings whose options are European, so that put-call parity binds. */
const EUROPEAN: ReadonlySet<string> = new Set(['SPX', 'XSP', 'VIX', 'NDX', 'RUT', 'DJX']);
/** Slack on top of the quotes' own spread, index points: two ticks of the coarser grid. */
const SLACK = 0.2;
/** Share of the underlying by which a forward may miss it, at once and for each year to expiry. */
const SPOT_SLACK = 0.03;
const CARRY_SLACK = 0.07;
/** Share of a day's quotes that may repeat the day before; more is a stale day. */
const STALE_SHARE = 0.5;

/** Quotes of a chain that are taken but look wrong, by kind. */
export interface ChainFlags {
  /** Bid above ask. */
  readonly crossed: number;
  /** No ask, so nothing to buy at. */
  readonly noAsk: number;
  /** Neighbours in strike that could be bought and sold for a sure gain: prices not monotone. */
  readonly notMonotone: number;
  /** Three neighbours in strike of which the middle is dearer than both together: not convex. */
  readonly notConvex: number;
  /** Call and put of one strike that miss the parity of their expiry by more than their spreads. */
  readonly offParity: number;
  /** Expiries whose forward is farther from the underlying than 3 % and 7 % a year. */
  readonly farForwards: number;
}

/** Flags of one chain. Prices that cannot be compared (no quote on one side) raise none. */
export function checkChain(chain: OptionChain): ChainFlags {
  const flags = {
    crossed: 0,
    noAsk: 0,
    notMonotone: 0,
    notConvex: 0,
    offParity: 0,
    farForwards: 0,
  };
  for (let row = 0; row < chain.rows; row += 1) {
    const ask = chain.ask[row] ?? Number.NaN;
    const bid = chain.bid[row] ?? Number.NaN;
    if (bid > ask) flags.crossed += 1;
    if (Number.isNaN(ask)) flags.noAsk += 1;
  }
  for (const [from, to] of expirySpans(chain)) {
    for (const side of sidesOf(chain, from, to)) {
      flags.notMonotone += countPairs(chain, side);
      flags.notConvex += countTriples(chain, side);
    }
    if (!EUROPEAN.has(chain.underlying)) continue;
    const parity = checkParity(chain, from, to);
    flags.offParity += parity.off;
    flags.farForwards += parity.isFar ? 1 : 0;
  }
  return flags;
}

/** Row bounds [from, to) of each expiry and settlement of a chain, in order. */
export function expirySpans(chain: OptionChain): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  let from = 0;
  for (let row = 1; row <= chain.rows; row += 1) {
    const isSame =
      row < chain.rows &&
      chain.expiry[row] === chain.expiry[from] &&
      chain.settlement[row] === chain.settlement[from];
    if (isSame) continue;
    spans.push([from, row]);
    from = row;
  }
  return spans;
}

/** Quoted rows of calls, then of puts with the order turned, so that prices fall along both. */
function sidesOf(chain: OptionChain, from: number, to: number): readonly (readonly number[])[] {
  const calls: number[] = [];
  const puts: number[] = [];
  for (let row = from; row < to; row += 1) {
    if (!((chain.ask[row] ?? Number.NaN) >= (chain.bid[row] ?? Number.NaN))) continue;
    (chain.right[row] === CALL ? calls : puts).push(row);
  }
  return [calls, puts.reverse()];
}

function countPairs(chain: OptionChain, rows: readonly number[]): number {
  let count = 0;
  for (let place = 1; place < rows.length; place += 1) {
    const dear = chain.bid[rows[place] ?? 0] ?? Number.NaN;
    const cheap = chain.ask[rows[place - 1] ?? 0] ?? Number.NaN;
    if (dear > cheap + SLACK) count += 1;
  }
  return count;
}

function countTriples(chain: OptionChain, rows: readonly number[]): number {
  let count = 0;
  for (let place = 2; place < rows.length; place += 1) {
    const [a, b, c] = [rows[place - 2] ?? 0, rows[place - 1] ?? 0, rows[place] ?? 0];
    const [low, middle, high] = [a, b, c].map((row) => chain.strike[row] ?? Number.NaN);
    const weight =
      ((high ?? Number.NaN) - (middle ?? Number.NaN)) / ((high ?? Number.NaN) - (low ?? 0));
    const wings = weight * (chain.ask[a] ?? Number.NaN) + (1 - weight) * (chain.ask[c] ?? 0);
    if ((chain.bid[b] ?? Number.NaN) > wings + SLACK) count += 1;
  }
  return count;
}

function checkParity(
  chain: OptionChain,
  from: number,
  to: number,
): { readonly off: number; readonly isFar: boolean } {
  const pairs: { strike: number; gap: number; spread: number }[] = [];
  for (let row = from; row + 1 < to; row += 1) {
    if (chain.right[row] !== CALL || chain.strike[row] !== chain.strike[row + 1]) continue;
    if (chain.right[row + 1] === CALL) continue;
    const [callBid, callAsk] = [chain.bid[row] ?? Number.NaN, chain.ask[row] ?? Number.NaN];
    const [putBid, putAsk] = [chain.bid[row + 1] ?? Number.NaN, chain.ask[row + 1] ?? Number.NaN];
    if (!(callBid > 0 && putBid > 0 && callAsk >= callBid && putAsk >= putBid)) continue;
    pairs.push({
      strike: chain.strike[row] ?? Number.NaN,
      gap: (callBid + callAsk - putBid - putAsk) / 2,
      spread: (callAsk - callBid + putAsk - putBid) / 2,
    });
  }
  // The line through the tightest quotes: C - P = D (F - K).
  const line = fitLine(pairs);
  if (line === undefined) return { off: 0, isFar: false };
  const forward = line.forward;
  const off = pairs.filter(
    ({ strike, gap, spread }) =>
      Math.abs(gap - line.discountFactor * (forward - strike)) > spread + SLACK,
  ).length;
  const years = ((chain.expiry[from] ?? 0) - chain.quoteDay) / 365;
  const isFar =
    chain.underlying !== 'VIX' &&
    Math.abs(forward / chain.spot - 1) > SPOT_SLACK + CARRY_SLACK * years;
  return { off, isFar };
}

/**
 * Whether a day's quotes repeat those of the day before: more than half of the series with a bid on
 * both days have the same bid and ask. Fewer than 20 series in common say nothing.
 */
export function isStale(before: OptionChain, chain: OptionChain): boolean {
  const old = new Map<string, number>();
  for (let row = 0; row < before.rows; row += 1) old.set(seriesKey(before, row), row);
  let matched = 0;
  let same = 0;
  for (let row = 0; row < chain.rows; row += 1) {
    const twin = old.get(seriesKey(chain, row));
    if (twin === undefined || !((chain.bid[row] ?? 0) > 0 && (before.bid[twin] ?? 0) > 0)) continue;
    matched += 1;
    if (chain.bid[row] === before.bid[twin] && chain.ask[row] === before.ask[twin]) same += 1;
  }
  return matched >= 20 && same > STALE_SHARE * matched;
}

function seriesKey(chain: OptionChain, row: number): string {
  const root = chain.roots[chain.root[row] ?? 0] ?? '';
  return `${root} ${chain.expiry[row]} ${chain.right[row]} ${chain.strike[row]}`;
}
