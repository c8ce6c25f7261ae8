import { describe, expect, it } from 'vitest';
import { ssviButterfly, ssviTotalVariance, ssviVarianceSwap } from '../kernels/ssvi.ts';
import { createSnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import {
  createSlice,
  etaAtTenor,
  etaFromSkew,
  loadSlice,
  pillarTheta,
  sliceTotalVol,
  SSVI_RHO,
} from './ssvi-surface.ts';
import { fillPillars } from './surface-pillars.ts';

/** The whitepaper's tolerance for "the strip returns the index", VIX points. */
const INDEX_TOLERANCE = 0.02;
const NO_AVERAGES = { ewma21: Number.NaN, ewma126: Number.NaN };

function flatMarket(vix: number, eta: number): MarketSnapshot {
  const snapshot = createSnapshot();
  snapshot.spot = 5000;
  snapshot.billRate = 0.03;
  snapshot.dividendYield = 0.015;
  snapshot.eta = eta;
  fillPillars({ vix9d: vix, vix, vix3m: vix, vix6m: vix, ...NO_AVERAGES }, eta, snapshot.theta);
  return snapshot;
}

function indexOf(snapshot: MarketSnapshot, days: number): number {
  const slice = createSlice();
  loadSlice(snapshot, days / 365, slice);
  return 100 * Math.sqrt(ssviVarianceSwap(slice.theta, SSVI_RHO, slice.phi) / slice.years);
}

function skew(days: number): number {
  return etaAtTenor(days / 365, 1.25) / Math.sqrt(days);
}

describe('etaFromSkew', () => {
  it('is 1 at a SKEW of 123.1 and clipped at both ends', () => {
    expect(etaFromSkew(123.1)).toBe(1);
    expect(etaFromSkew(160)).toBe(1.55);
    expect(etaFromSkew(100)).toBe(0.5);
    expect(etaFromSkew(Number.NaN)).toBeNaN();
  });
});

describe('etaAtTenor', () => {
  it('is continuous at 30 and 7 days', () => {
    for (const days of [7, 30]) {
      const below = etaAtTenor((days - 1e-7) / 365, 1.25);
      const above = etaAtTenor((days + 1e-7) / 365, 1.25);
      expect(below / above).toBeCloseTo(1, 7);
    }
  });

  it('lets at-the-money skew grow as T^-0.25 below a week', () => {
    expect(skew(1) / skew(7)).toBeCloseTo(7 ** 0.25, 10);
  });
});

describe('the SPX surface', () => {
  it.each([11, 20, 40, 80])('returns the index at every pillar, VIX %d', (vix) => {
    for (const eta of [0.5, 1, 1.25, 1.55]) {
      const snapshot = flatMarket(vix, eta);
      for (const days of [9, 30, 93, 184]) {
        expect(Math.abs(indexOf(snapshot, days) - vix)).toBeLessThan(INDEX_TOLERANCE);
      }
    }
  });

  // Independent table of at-the-money vol over VIX at rho -0.65, VIX 11 … 80.
  it.each([
    [1, 0.854, 0.822],
    [1.25, 0.796, 0.758],
    [1.5, 0.739, 0.697],
  ])('has the reference ATM/VIX at eta %f', (eta, calm, crisis) => {
    const ratio = (vix: number): number =>
      Math.sqrt(pillarTheta(vix, 30, eta) / (30 / 365)) / (vix / 100);
    expect(ratio(11)).toBeCloseTo(calm, 2);
    expect(ratio(80)).toBeCloseTo(crisis, 2);
  });

  it('has no butterfly arbitrage on k in [-0.6, 0.3] for VIX 11 … 80', () => {
    const slice = createSlice();
    let least = Infinity;
    for (const vix of [11, 15, 25, 45, 80]) {
      for (const eta of [0.5, 1, 1.55]) {
        const snapshot = flatMarket(vix, eta);
        for (const days of [1, 3, 7, 9, 20, 30, 60, 93, 150, 184, 300]) {
          loadSlice(snapshot, days / 365, slice);
          for (let k = -0.6; k <= 0.3; k += 0.01) {
            least = Math.min(least, ssviButterfly(k, slice.theta, SSVI_RHO, slice.phi));
          }
        }
      }
    }
    expect(least).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['flat', 1, 1, 1],
    ['contango', 0.8, 1.15, 1.3],
    // 2020-03-16: VIX 82.69, and 2018-02-05, the steepest VIX9D on record (59.34 / 37.32).
    ['backwardation', 1.37, 0.8, 0.62],
    ['VIX9D spike', 1.59, 0.75, 0.55],
  ])('has no calendar arbitrage on k in [-0.6, 0.3], %s', (_, near, quarter, half) => {
    const slice = createSlice();
    let least = Infinity;
    for (const vix of [11, 20, 45, 80]) {
      for (const eta of [0.6, 1.25, 1.55]) {
        const snapshot = flatMarket(vix, eta);
        const levels = {
          vix9d: near * vix,
          vix,
          vix3m: quarter * vix,
          vix6m: half * vix,
          ...NO_AVERAGES,
        };
        fillPillars(levels, eta, snapshot.theta);
        for (let k = -0.6; k <= 0.3; k += 0.02) {
          let previous = 0;
          for (const days of [
            1, 2, 5, 7, 8, 9, 10, 12, 15, 20, 25, 29, 30, 40, 93, 120, 184, 365,
          ]) {
            loadSlice(snapshot, days / 365, slice);
            const w = ssviTotalVariance(k, slice.theta, SSVI_RHO, slice.phi);
            least = Math.min(least, w / previous - 1);
            previous = w;
          }
        }
      }
    }
    expect(least).toBeGreaterThanOrEqual(-1e-12);
  });

  // Cboe VIX white paper chain (VIX 13.69, SKEW 136.9), implied vols by k = ln(K/F).
  it.each([
    [0.0683486, [0.2252, 0.191, 0.1685, 0.1453, 0.1092, 0.0844, 0.0779]],
    [0.0882686, [0.2126, 0.1837, 0.1635, 0.1436, 0.1108, 0.0887, 0.0806]],
  ])('matches the white-paper smile from VIX and SKEW alone, T = %f', (years, vols) => {
    const snapshot = createSnapshot();
    snapshot.spot = 1962.7;
    snapshot.billRate = 0.0003;
    snapshot.dividendYield = 0;
    snapshot.eta = etaFromSkew(136.9);
    const alone = { vix9d: Number.NaN, vix3m: Number.NaN, vix6m: Number.NaN };
    fillPillars({ ...alone, vix: 13.69, ...NO_AVERAGES }, snapshot.eta, snapshot.theta);
    const slice = createSlice();
    loadSlice(snapshot, years, slice);
    const squares = [-0.1, -0.07, -0.05, -0.03, 0, 0.02, 0.03].map((k, i) => {
      const vol = sliceTotalVol(slice, slice.forward * Math.exp(k)) / slice.rootYears;
      return (100 * (vol - (vols[i] ?? Number.NaN))) ** 2;
    });
    const rmse = Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length);
    expect(rmse).toBeLessThan(1.5);
  });

  it('has zero variance and forward = spot at expiry', () => {
    const slice = createSlice();
    loadSlice(flatMarket(20, 1), 0, slice);
    expect(slice.forward).toBe(5000);
    expect(slice.discount).toBe(1);
    expect(sliceTotalVol(slice, 4800)).toBe(0);
  });

  it('lets a missing pillar through as NaN', () => {
    const slice = createSlice();
    loadSlice(createSnapshot(), 0.1, slice);
    expect(sliceTotalVol(slice, 4800)).toBeNaN();
  });
});
