import { normalBelow } from './minimax-normal.ts';

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/**
 * Undiscounted Black-76 price from a logarithm that is known already: one exponential and no
 * logarithm a point, for many moves of one option. `logMoneyness` = ln(forward / strike); right 0 =
 * call, 1 = put.
 *
 * Domain: forward > 0, strike > 0, totalVol >= 0 (0 gives intrinsic value); NaN passes through.
 * Accuracy: 1e-14 of the greater of forward and strike; far tails keep no relative accuracy
 * (`black76` does).
 * Source: Black (1976).
 */
export function scenarioPrice(
  right: number,
  forward: number,
  strike: number,
  totalVol: number,
  logMoneyness: number,
): number {
  const value = forward - strike;
  if (totalVol === 0) {
    return Number.isNaN(logMoneyness) ? Number.NaN : Math.max(0, right === 0 ? value : -value);
  }
  if (!(totalVol > 0)) return Number.NaN;
  const d1 = logMoneyness / totalVol + 0.5 * totalVol;
  const density = INVERSE_ROOT_TWO_PI * Math.exp(-0.5 * d1 * d1);
  const below1 = normalBelow(d1, density);
  const below2 = normalBelow(d1 - totalVol, (density * forward) / strike);
  const call = Math.max(0, forward * below1 - strike * below2);
  return right === 0 ? call : Math.max(0, call - value);
}
