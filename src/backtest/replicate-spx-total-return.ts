import type { MarketPath } from '../market/market-path.ts';

/** Total return of an index and of bills over the traded sessions of a path; both start at 1. */
export interface TotalReturns {
  /** EpochDay of every session. */
  readonly day: Int32Array;
  /** S&P 500 with dividends reinvested. */
  readonly spx: Float64Array;
  /** Three-month bills rolled daily. */
  readonly bills: Float64Array;
}

/**
 * Total returns of the S&P 500 and of bills over the traded sessions of a path.
 *
 * Dividends accrue evenly over calendar days at the yield known the session before, which misses the
 * real ex-dates by weeks and the year's sum by nothing. NaN passes through.
 */
export function totalReturns(path: MarketPath): TotalReturns {
  const sessions = path.length - path.start;
  const day = path.day.slice(path.start, path.length);
  const spx = new Float64Array(sessions);
  const bills = new Float64Array(sessions);
  let index = 1;
  let cash = 1;
  for (let i = path.start; i < path.length; i += 1) {
    if (i > path.start) {
      const years = ((path.day[i] ?? Number.NaN) - (path.day[i - 1] ?? Number.NaN)) / 365;
      const ratio = (path.spxClose[i] ?? Number.NaN) / (path.spxClose[i - 1] ?? Number.NaN);
      index *= ratio * Math.exp((path.dividendYield[i - 1] ?? Number.NaN) * years);
      cash *= Math.exp((path.billRate[i - 1] ?? Number.NaN) * years);
    }
    spx[i - path.start] = index;
    bills[i - path.start] = cash;
  }
  return { day, spx, bills };
}
