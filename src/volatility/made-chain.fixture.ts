import { AM, CALL, PM, PUT } from '../contracts/contract-kind.ts';
import { black76 } from '../kernels/black76.ts';
import { sviTotalVariance } from '../kernels/svi.ts';
import type { RawSvi } from '../kernels/svi.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { epochDay } from '../time/epoch-day.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';

/** One expiry of a made-up chain. */
export interface MadeExpiry {
  readonly days: number;
  readonly svi: RawSvi;
  readonly forward: number;
  readonly rate: number;
}

const DAY = epochDay(2019, 6, 3);
/** 16:00 New York. */
const CLOSE_MINUTE = 960;

/** Years to a PM expiry of a made-up chain. */
export function madeYears(days: number): number {
  return yearsToExpiry(DAY, CLOSE_MINUTE / 1440, DAY + days, PM);
}

/**
 * A chain whose quotes lie `half` points on either side of the prices of given SVI smiles: strikes
 * every 25 points from 1500 to 3500 around a spot of 2750, bids of less than half a tick at 0.
 */
export function madeChain(expiries: readonly MadeExpiry[], half: number): OptionChain {
  const rows: { expiry: number; right: number; strike: number; bid: number; ask: number }[] = [];
  for (const { days, svi, forward, rate } of expiries) {
    const discount = Math.exp(-rate * madeYears(days));
    for (let strike = 1500; strike <= 3500; strike += 25) {
      const totalVol = Math.sqrt(sviTotalVariance(svi, Math.log(strike / forward)));
      for (const right of [CALL, PUT]) {
        const price = discount * black76(right, forward, strike, totalVol);
        const bid = price - half < 0.025 ? 0 : price - half;
        rows.push({ expiry: DAY + days, right, strike, bid, ask: price + half });
      }
    }
  }
  const none = new Float64Array(rows.length).fill(Number.NaN);
  return {
    underlying: 'SPX',
    quoteDay: DAY,
    quoteMinute: CLOSE_MINUTE,
    spot: 2750,
    rows: rows.length,
    root: new Uint8Array(rows.length),
    roots: ['SPXW'],
    expiry: Int32Array.from(rows, ({ expiry }) => expiry),
    settlement: new Uint8Array(rows.length).fill(PM),
    right: Uint8Array.from(rows, ({ right }) => right),
    strike: Float64Array.from(rows, ({ strike }) => strike),
    bid: Float64Array.from(rows, ({ bid }) => bid),
    ask: Float64Array.from(rows, ({ ask }) => ask),
    last: none,
    volume: none,
    openInterest: none,
    sourceVol: none,
    sourceDelta: none,
  };
}

/** Two smiles free of arbitrage: 30 and 91 days, a skewed index at 16 and 17 %. */
export const MADE_EXPIRIES: readonly MadeExpiry[] = [
  {
    days: 30,
    svi: { a: 0.0004, b: 0.025, rho: -0.6, m: 0.02, sigma: 0.06 },
    forward: 2754,
    rate: 0.024,
  },
  {
    days: 91,
    svi: { a: 0.0016, b: 0.045, rho: -0.6, m: 0.03, sigma: 0.11 },
    forward: 2762,
    rate: 0.025,
  },
];

/** A chain that settles at the opening: the settlement of every row turned to AM. */
export function settledAtOpen(chain: OptionChain): OptionChain {
  return { ...chain, settlement: new Uint8Array(chain.rows).fill(AM) };
}

/** One of the made-up expiries. */
export function madeExpiry(index: number): MadeExpiry {
  const made = MADE_EXPIRIES[index];
  if (made === undefined) throw new Error(`no made-up expiry ${index}`);
  return made;
}
