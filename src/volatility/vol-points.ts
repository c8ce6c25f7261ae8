import { logForwardOverStrike } from '../kernels/black76.ts';
import { impliedTotalVol } from '../kernels/implied-total-vol.ts';
import type { StrikeQuote } from './vix-index.ts';

/** One out-of-the-money quote as a volatility. */
export interface VolPoint {
  readonly strike: number;
  /** ln(K / F). */
  readonly logMoneyness: number;
  /** Implied volatility of the mid, per year. */
  readonly vol: number;
  /** Half the distance between the volatilities of bid and ask. */
  readonly halfSpread: number;
}

/** Why an out-of-the-money quote is not used. */
export type PointRejection = 'no-quote' | 'crossed' | 'no-bid' | 'past-no-bids' | 'no-vol';

/** Every reason, in the order in which they are tested. */
export const POINT_REJECTIONS: readonly PointRejection[] = [
  'past-no-bids',
  'no-quote',
  'crossed',
  'no-bid',
  'no-vol',
];

/** The points of one expiry, ascending by strike, and how many quotes were left out, by reason. */
export interface VolPoints {
  readonly points: readonly VolPoint[];
  readonly rejected: Readonly<Record<PointRejection, number>>;
}

/** What an inversion needs besides the quotes. */
export interface PointTerms {
  readonly forward: number;
  readonly discount: number;
  readonly years: number;
}

/**
 * The volatilities of an expiry's out-of-the-money quotes: puts below the forward, calls from it on.
 *
 * Outwards from the money, two strikes in a row without a bid end a side, as in the VIX strip: a
 * bid beyond them is not a market.
 */
export function volPoints(quotes: readonly StrikeQuote[], terms: PointTerms): VolPoints {
  const rejected: Record<PointRejection, number> = {
    'past-no-bids': 0,
    'no-quote': 0,
    crossed: 0,
    'no-bid': 0,
    'no-vol': 0,
  };
  const first = quotes.findIndex(({ strike }) => strike >= terms.forward);
  const split = first < 0 ? quotes.length : first;
  const puts = quotes
    .slice(0, split)
    .toReversed()
    .map(({ strike, putBid, putAsk }) => ({ strike, bid: putBid, ask: putAsk }));
  const calls = quotes
    .slice(split)
    .map(({ strike, callBid, callAsk }) => ({ strike, bid: callBid, ask: callAsk }));
  const below = sidePoints(puts, terms, rejected);
  const above = sidePoints(calls, terms, rejected);
  return { points: [...below.toReversed(), ...above], rejected };
}

interface SideQuote {
  readonly strike: number;
  readonly bid: number;
  readonly ask: number;
}

function sidePoints(
  outwards: readonly SideQuote[],
  terms: PointTerms,
  rejected: Record<PointRejection, number>,
): readonly VolPoint[] {
  const points: VolPoint[] = [];
  let bidless = 0;
  for (const quote of outwards) {
    if (bidless >= 2) {
      rejected['past-no-bids'] += 1;
      continue;
    }
    bidless = quote.bid > 0 ? 0 : bidless + 1;
    const point = pointOf(quote, terms);
    if (typeof point === 'string') rejected[point] += 1;
    else points.push(point);
  }
  return points;
}

function pointOf(quote: SideQuote, terms: PointTerms): VolPoint | PointRejection {
  const { strike, bid, ask } = quote;
  if (!(bid >= 0 && ask > 0)) return 'no-quote';
  if (bid > ask) return 'crossed';
  if (bid === 0) return 'no-bid';
  const { forward, discount, years } = terms;
  const x = logForwardOverStrike(forward, strike);
  const unit = discount * Math.sqrt(forward * strike);
  const volOf = (price: number): number =>
    impliedTotalVol(-Math.abs(x), price / unit) / Math.sqrt(years);
  const vol = volOf(0.5 * (bid + ask));
  const halfSpread = 0.5 * (volOf(ask) - volOf(bid));
  if (!(vol > 0 && halfSpread >= 0)) return 'no-vol';
  return { strike, logMoneyness: -x, vol, halfSpread };
}
