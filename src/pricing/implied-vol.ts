import type { OptionRight } from '../contracts/contract-kind.ts';
import { logForwardOverStrike } from '../kernels/black76.ts';
import { impliedTotalVol, impliedTotalVolNear } from '../kernels/implied-total-vol.ts';

/** A quoted price of a European option. */
export interface QuotedOption {
  readonly right: OptionRight;
  readonly forward: number;
  readonly strike: number;
  /** Discount factor to expiry, > 0. */
  readonly discountFactor: number;
  /** Years to expiry. */
  readonly yearFraction: number;
  /** Discounted, in the units of the forward. */
  readonly price: number;
}

/** Why a price has no implied volatility. */
export type NoVolReason =
  | 'not-finite'
  | 'not-positive-input'
  | 'no-time'
  | 'below-intrinsic'
  | 'at-intrinsic'
  | 'above-maximum';

/** The volatility of a price, or why it has none. */
export type ImpliedVol =
  | { readonly kind: 'vol'; readonly vol: number }
  | { readonly kind: 'none'; readonly reason: NoVolReason };

/** Relative rounding by which a price may fall below intrinsic value and still count as at it. */
const ROUNDING = 1e-14;

/**
 * Black-76 implied volatility of a price, per year; never an exception, never NaN.
 *
 * The in-the-money side is inverted through its out-of-the-money twin by parity. A price at
 * intrinsic value has volatility 0 in the limit and none that can be told from rounding:
 * `at-intrinsic`, which a price of 0 out of the money is too.
 *
 * Accuracy: see `impliedTotalVol`; for in-the-money prices the digits that intrinsic value leaves.
 */
export function impliedVol(option: QuotedOption): ImpliedVol {
  const { forward, strike, discountFactor, yearFraction, price } = option;
  if (![forward, strike, discountFactor, yearFraction, price].every(Number.isFinite)) {
    return none('not-finite');
  }
  if (!(forward > 0 && strike > 0 && discountFactor > 0)) return none('not-positive-input');
  if (!(yearFraction > 0)) return none('no-time');
  const isCall = option.right === 'call';
  const undiscounted = price / discountFactor;
  const most = isCall ? forward : strike;
  if (!(undiscounted < most)) return none('above-maximum');
  const intrinsic = Math.max(0, isCall ? forward - strike : strike - forward);
  const outside = undiscounted - intrinsic;
  if (outside < -ROUNDING * most) return none('below-intrinsic');
  if (!(outside > (intrinsic > 0 ? ROUNDING * most : 0))) return none('at-intrinsic');
  const x = -Math.abs(logForwardOverStrike(forward, strike));
  const total = impliedTotalVol(x, outside / Math.sqrt(forward * strike));
  return Number.isFinite(total)
    ? { kind: 'vol', vol: total / Math.sqrt(yearFraction) }
    : none('at-intrinsic');
}

function none(reason: NoVolReason): ImpliedVol {
  return { kind: 'none', reason };
}

/** One expiry of a chain as columns, to invert in one go. */
export interface ChainPrices {
  readonly forward: number;
  readonly discountFactor: number;
  readonly yearFraction: number;
  /** CALL or PUT by row, see contract-kind. */
  readonly right: Uint8Array;
  readonly strike: Float64Array;
  readonly price: Float64Array;
}

/** Last relative step of the two accuracies; convergence is of fourth order. */
const LAST_STEP: Readonly<Record<'reference' | 'fast', number>> = { reference: 2e-5, fast: 3e-3 };

/**
 * Writes the implied volatility of each row into `out`; NaN where a price has none (use
 * `impliedVol` for the reason). Rows in the order of their strikes are the fastest: each search starts
 * from its neighbours; the order changes no more than the last digits.
 *
 * Accuracy: `reference` as `impliedTotalVol`, `fast` 1e-9 in volatility.
 */
export function fillImpliedVols(
  chain: ChainPrices,
  out: Float64Array,
  accuracy: 'reference' | 'fast' = 'reference',
): void {
  const { forward, discountFactor, right, strike, price } = chain;
  const rootYears = Math.sqrt(chain.yearFraction);
  const tolerance = LAST_STEP[accuracy];
  let beforeLast = Number.NaN;
  let last = Number.NaN;
  for (let row = 0; row < strike.length; row += 1) {
    const level = strike[row] ?? Number.NaN;
    const gap = right[row] === 0 ? forward - level : level - forward;
    const outside = (price[row] ?? Number.NaN) / discountFactor - (gap > 0 ? gap : 0);
    const x = -Math.abs(logForwardOverStrike(forward, level));
    const normalised = outside / Math.sqrt(forward * level);
    const total = impliedTotalVolNear(x, normalised, neighbourGuess(last, beforeLast), tolerance);
    out[row] = total / rootYears;
    beforeLast = last;
    last = total;
  }
}

/** On the line through the two rows before, where that is no leap; else as the row before. */
function neighbourGuess(last: number, beforeLast: number): number {
  const line = last + last - beforeLast;
  return Math.abs(line - last) < 0.1 * last ? line : last;
}
