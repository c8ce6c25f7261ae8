import { describe, expect, it } from 'vitest';
import { VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { createSnapshot, loadClose } from '../market/market-snapshot.ts';
import { epochDay } from '../time/epoch-day.ts';
import { pillarTheta } from './ssvi-surface.ts';
import { fillPillars } from './surface-pillars.ts';
import { loadOpen, loadWorst } from './worst-snapshot.ts';

const DAY = epochDay(2018, 2, 5);

function two(first: number, second: number): Float64Array {
  return Float64Array.of(first, second);
}

/** Two sessions, 2018-02-02 and 02-05: SPX and VIX bars, first two VX nodes. */
function path(vixHigh = 38.8, vixLow = 16.8): MarketPath {
  const theta = new Float64Array(8);
  const none = { ewma21: Number.NaN, ewma126: Number.NaN, vix6m: Number.NaN };
  fillPillars({ vix9d: 18.86, vix: 17.31, vix3m: 17.03, ...none }, 1.2, theta.subarray(0, 4));
  fillPillars({ vix9d: 50, vix: 37.32, vix3m: 28.13, ...none }, 1.2, theta.subarray(4, 8));
  const vxExpiry = new Int32Array(2 * VX_NODES);
  const vxSettle = new Float64Array(2 * VX_NODES);
  [0, VX_NODES].forEach((base, session) => {
    vxExpiry.set([DAY + (session === 0 ? 0 : 9), DAY + 44], base);
    vxSettle.set(session === 0 ? [15.625, 14.975] : [33.225, 27.975], base);
  });
  return {
    label: 'February 2018',
    length: 2,
    start: 0,
    day: Int32Array.of(DAY - 3, DAY),
    spxOpen: two(2808.92, 2741.06),
    spxHigh: two(2808.92, 2763.39),
    spxLow: two(2759.97, 2638.17),
    spxClose: two(2762.13, 2648.94),
    spxSettlement: two(Number.NaN, Number.NaN),
    vixHigh: two(17.86, vixHigh),
    vixLow: two(13.64, vixLow),
    vixClose: two(17.31, 37.32),
    vixSettlement: two(Number.NaN, Number.NaN),
    vvix: two(125.51, 177.34),
    billRate: two(0.015, 0.015),
    dividendYield: two(0.018, 0.018),
    theta,
    eta: two(1.2, 1.2),
    vxCount: Uint8Array.of(2, 2),
    vxExpiry,
    vxSettle,
    vxSource: new Uint8Array(2 * VX_NODES),
    advanceDeclineLine: two(Number.NaN, Number.NaN),
    aboveFiftyDay: two(Number.NaN, Number.NaN),
    reerChangeZ: two(Number.NaN, Number.NaN),
    rateDifferentialZ: two(Number.NaN, Number.NaN),
    surfaceSource: new Uint8Array(2),
    fomcDays: new Int32Array(0),
  };
}

describe('loadWorst', () => {
  it('is SPX low with VIX high, surface and futures moved with VIX', () => {
    const worst = createSnapshot();
    loadWorst(path(), 1, 'down', worst);
    expect(worst.spot).toBe(2638.17);
    expect(worst.vix).toBe(38.8);
    expect((worst.theta[1] ?? 0) / pillarTheta(38.8, 30, 1.2)).toBeCloseTo(1, 2);
    const ratio = 38.8 / 37.32;
    expect(worst.vxPrice[0]).toBeGreaterThan(33.225);
    expect(worst.vxPrice[0]).toBeLessThan(33.225 * ratio);
    expect((worst.vxPrice[1] ?? 0) / 27.975).toBeLessThan((worst.vxPrice[0] ?? 0) / 33.225);
  });

  it('is SPX high with VIX low on the up side', () => {
    const worst = createSnapshot();
    loadWorst(path(), 1, 'up', worst);
    expect(worst.spot).toBe(2763.39);
    expect(worst.vix).toBe(16.8);
    expect(worst.theta[3]).toBeGreaterThanOrEqual(worst.theta[2] ?? Number.NaN);
    expect(worst.vxPrice[0]).toBeLessThan(33.225);
  });

  it('keeps the close where high and low are missing', () => {
    const worst = createSnapshot();
    const close = createSnapshot();
    const market = path(Number.NaN, Number.NaN);
    loadWorst(market, 1, 'down', worst);
    loadClose(market, 1, close);
    expect(worst.spot).toBe(2638.17);
    expect(worst.vix).toBe(37.32);
    expect(worst.theta).toEqual(close.theta);
    expect(worst.vxPrice).toEqual(close.vxPrice);
  });
});

describe('loadOpen', () => {
  it('knows the open and nothing later', () => {
    const open = createSnapshot();
    loadOpen(path(), 1, open);
    expect(open.day).toBe(DAY);
    expect(open.spot).toBe(2741.06);
    expect(open.vix).toBe(17.31);
    expect(open.vvix).toBe(125.51);
    expect(open.vxCount).toBe(1);
    expect(open.vxPrice[0]).toBe(14.975);
    expect(open.vxExpiry[0]).toBe(DAY + 44);
  });

  it('has no surface on the first session', () => {
    const open = createSnapshot();
    loadOpen(path(), 0, open);
    expect(open.vix).toBeNaN();
    expect(open.theta[1]).toBeNaN();
    expect(open.vxCount).toBe(0);
  });
});
