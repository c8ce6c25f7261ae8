import { closeFraction } from '../time/cboe-calendar.ts';
import { PILLARS, VX_NODES } from './market-path.ts';
import type { MarketPath } from './market-path.ts';

/**
 * Both markets at one instant: enough to price every contract. A reused block: `load*` functions
 * overwrite it, nobody keeps a reference past the event that filled it.
 */
export interface MarketSnapshot {
  /** EpochDay of the session. */
  day: number;
  /** Fraction of the civil day that has passed, New York: 16/24, on early closes 13/24. */
  dayFraction: number;
  /** SPX, index points. */
  spot: number;
  /** Continuous rates per year. */
  billRate: number;
  dividendYield: number;
  /** VIX and VVIX, points. */
  vix: number;
  vvix: number;
  /** SSVI eta at 30 days, and at-the-money total variance at the pillars. */
  eta: number;
  readonly theta: Float64Array;
  /** VX nodes: ascending expiries (EpochDay) and prices (VIX points). */
  vxCount: number;
  readonly vxExpiry: Int32Array;
  readonly vxPrice: Float64Array;
  /** Level of the short-term VX index; NaN where no policy needs it. */
  shortTermVx: number;
}

/** An empty snapshot to be filled by `loadClose`. */
export function createSnapshot(): MarketSnapshot {
  return {
    day: 0,
    dayFraction: 16 / 24,
    spot: Number.NaN,
    billRate: Number.NaN,
    dividendYield: Number.NaN,
    vix: Number.NaN,
    vvix: Number.NaN,
    eta: Number.NaN,
    theta: new Float64Array(PILLARS),
    vxCount: 0,
    vxExpiry: new Int32Array(VX_NODES),
    vxPrice: new Float64Array(VX_NODES),
    shortTermVx: Number.NaN,
  };
}

/**
 * Fills the snapshot with the close of one session of a path, early closes included, or with the
 * moment at which the path says the session is marked.
 */
export function loadClose(path: MarketPath, session: number, out: MarketSnapshot): void {
  out.day = path.day[session] ?? Number.NaN;
  const marked = path.markFraction?.[session] ?? Number.NaN;
  out.dayFraction = Number.isNaN(marked) ? closeFraction(out.day) : marked;
  out.spot = path.spxClose[session] ?? Number.NaN;
  out.billRate = path.billRate[session] ?? Number.NaN;
  out.dividendYield = path.dividendYield[session] ?? Number.NaN;
  out.vix = path.vixClose[session] ?? Number.NaN;
  out.vvix = path.vvix[session] ?? Number.NaN;
  out.eta = path.eta[session] ?? Number.NaN;
  for (let pillar = 0; pillar < PILLARS; pillar += 1) {
    out.theta[pillar] = path.theta[session * PILLARS + pillar] ?? Number.NaN;
  }
  out.shortTermVx = path.shortTermVx?.[session] ?? Number.NaN;
  out.vxCount = path.vxCount[session] ?? 0;
  const base = session * VX_NODES;
  for (let node = 0; node < out.vxCount; node += 1) {
    out.vxExpiry[node] = path.vxExpiry[base + node] ?? 0;
    out.vxPrice[node] = path.vxSettle[base + node] ?? Number.NaN;
  }
}

/** Copies one snapshot into another, values and nodes. */
export function copySnapshot(from: MarketSnapshot, out: MarketSnapshot): void {
  out.day = from.day;
  out.dayFraction = from.dayFraction;
  out.spot = from.spot;
  out.billRate = from.billRate;
  out.dividendYield = from.dividendYield;
  out.vix = from.vix;
  out.vvix = from.vvix;
  out.eta = from.eta;
  for (let pillar = 0; pillar < PILLARS; pillar += 1) {
    out.theta[pillar] = from.theta[pillar] ?? Number.NaN;
  }
  out.vxCount = from.vxCount;
  for (let node = 0; node < from.vxCount; node += 1) {
    out.vxExpiry[node] = from.vxExpiry[node] ?? 0;
    out.vxPrice[node] = from.vxPrice[node] ?? Number.NaN;
  }
  out.shortTermVx = from.shortTermVx;
}
