import { PILLARS, VX_NODES } from './market-path.ts';
import type { MarketPath } from './market-path.ts';

/** Which sessions of a path to take. */
export interface SliceRange {
  /** First row taken, first row to trade, and the row after the last; rows of the whole path. */
  readonly first: number;
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** A stretch of a path as a path of its own; its columns are views of the whole one's. */
export function slicePath(path: MarketPath, range: SliceRange): MarketPath {
  const { first, start, end, label } = range;
  const rows = (column: Float64Array): Float64Array => column.subarray(first, end);
  const { liquidWeeklies, shortTermVx } = path;
  const { macdZ, priceToEarnings, priceToEarningsZ, cpiSurpriseZ, nextCpiRelease } = path;
  return {
    label,
    length: end - first,
    start: start - first,
    day: path.day.subarray(first, end),
    spxOpen: rows(path.spxOpen),
    spxHigh: rows(path.spxHigh),
    spxLow: rows(path.spxLow),
    spxClose: rows(path.spxClose),
    spxSettlement: rows(path.spxSettlement),
    vixHigh: rows(path.vixHigh),
    vixLow: rows(path.vixLow),
    vixClose: rows(path.vixClose),
    vixSettlement: rows(path.vixSettlement),
    vvix: rows(path.vvix),
    billRate: rows(path.billRate),
    dividendYield: rows(path.dividendYield),
    theta: path.theta.subarray(first * PILLARS, end * PILLARS),
    eta: rows(path.eta),
    vxCount: path.vxCount.subarray(first, end),
    vxExpiry: path.vxExpiry.subarray(first * VX_NODES, end * VX_NODES),
    vxSettle: path.vxSettle.subarray(first * VX_NODES, end * VX_NODES),
    vxSource: path.vxSource.subarray(first * VX_NODES, end * VX_NODES),
    ...(liquidWeeklies === undefined ? {} : { liquidWeeklies: shifted(liquidWeeklies, range) }),
    ...(shortTermVx === undefined ? {} : { shortTermVx: rows(shortTermVx) }),
    advanceDeclineLine: rows(path.advanceDeclineLine),
    aboveFiftyDay: rows(path.aboveFiftyDay),
    reerChangeZ: rows(path.reerChangeZ),
    rateDifferentialZ: rows(path.rateDifferentialZ),
    ...(macdZ && { macdZ: rows(macdZ) }),
    ...(priceToEarnings && { priceToEarnings: rows(priceToEarnings) }),
    ...(priceToEarningsZ && { priceToEarningsZ: rows(priceToEarningsZ) }),
    ...(cpiSurpriseZ && { cpiSurpriseZ: rows(cpiSurpriseZ) }),
    ...(nextCpiRelease && { nextCpiRelease: nextCpiRelease.subarray(first, end) }),
    surfaceSource: path.surfaceSource.subarray(first, end),
    fomcDays: path.fomcDays,
  };
}

/** Entries of the rows taken, counted from the first of them. */
function shifted<T>(byRow: ReadonlyMap<number, T>, { first, end }: SliceRange): Map<number, T> {
  const out = new Map<number, T>();
  for (let row = first; row < end; row += 1) {
    const value = byRow.get(row);
    if (value !== undefined) out.set(row - first, value);
  }
  return out;
}
