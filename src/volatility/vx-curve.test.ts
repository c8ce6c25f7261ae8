import { describe, expect, it } from 'vitest';
import { createSnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { epochDay } from '../time/epoch-day.ts';
import { vxPrice } from './vx-curve.ts';

interface Curve {
  readonly label: string;
  readonly day: number;
  readonly vix: number;
  readonly expiries: readonly number[];
  readonly prices: readonly number[];
}

const IN_2018 = [
  epochDay(2018, 2, 14),
  epochDay(2018, 3, 21),
  epochDay(2018, 4, 18),
  epochDay(2018, 5, 16),
  epochDay(2018, 6, 20),
  epochDay(2018, 7, 18),
  epochDay(2018, 8, 22),
  epochDay(2018, 9, 19),
];
const IN_2020 = [
  epochDay(2020, 3, 18),
  epochDay(2020, 4, 15),
  epochDay(2020, 5, 20),
  epochDay(2020, 6, 17),
  epochDay(2020, 7, 22),
  epochDay(2020, 8, 19),
  epochDay(2020, 9, 16),
  epochDay(2020, 10, 21),
];
const IN_2024 = [
  epochDay(2024, 8, 21),
  epochDay(2024, 9, 18),
  epochDay(2024, 10, 16),
  epochDay(2024, 11, 20),
  epochDay(2024, 12, 18),
  epochDay(2025, 1, 22),
  epochDay(2025, 2, 19),
  epochDay(2025, 3, 18),
];

/** Cboe Futures Exchange settlements. */
const CRISES: readonly Curve[] = [
  {
    label: '2018-02-05',
    day: epochDay(2018, 2, 5),
    vix: 37.32,
    expiries: IN_2018,
    prices: [33.225, 27.975, 24.725, 20.95, 19.375, 19.425, 20.425, 18.925],
  },
  {
    label: '2020-03-16',
    day: epochDay(2020, 3, 16),
    vix: 82.69,
    expiries: IN_2020,
    prices: [72.625, 59.15, 44.875, 38.95, 34.975, 32.175, 30.875, 30.675],
  },
  {
    label: '2024-08-05',
    day: epochDay(2024, 8, 5),
    vix: 38.57,
    expiries: IN_2024,
    prices: [32.0986, 30.3911, 27.3048, 22.9263, 22.3161, 23.0012, 23.2785, 23.601],
  },
];
const QUIET: readonly Curve[] = [
  {
    label: '2017-06-01',
    day: epochDay(2017, 6, 1),
    vix: 9.89,
    expiries: [
      epochDay(2017, 6, 21),
      epochDay(2017, 7, 19),
      epochDay(2017, 8, 16),
      epochDay(2017, 9, 20),
      epochDay(2017, 10, 18),
      epochDay(2017, 11, 15),
      epochDay(2017, 12, 20),
      epochDay(2018, 1, 17),
    ],
    prices: [11.625, 12.425, 13.325, 14.525, 15.275, 15.775, 16.05, 17.025],
  },
];

function load(curve: Curve, without = -1): MarketSnapshot {
  const snapshot = createSnapshot();
  snapshot.day = curve.day;
  snapshot.vix = curve.vix;
  curve.expiries.forEach((expiry, node) => {
    if (node === without) return;
    snapshot.vxExpiry[snapshot.vxCount] = expiry;
    snapshot.vxPrice[snapshot.vxCount] = curve.prices[node] ?? Number.NaN;
    snapshot.vxCount += 1;
  });
  return snapshot;
}

/** Log rmse of the nodes when each is left out in turn. */
function leaveOneOut(curve: Curve): number {
  const squares = curve.expiries.map((expiry, node) => {
    const price = vxPrice(load(curve, node), expiry);
    return Math.log(price / (curve.prices[node] ?? Number.NaN)) ** 2;
  });
  return Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length);
}

describe('vxPrice', () => {
  it.each(CRISES)('is exact at the nodes of $label', (curve) => {
    const snapshot = load(curve);
    curve.expiries.forEach((expiry, node) => {
      expect(vxPrice(snapshot, expiry)).toBe(curve.prices[node]);
    });
  });

  it.each(CRISES)('finds a left-out node of $label within 6 % log rmse', (curve) => {
    expect(leaveOneOut(curve)).toBeLessThan(0.06);
  });

  it.each(QUIET)('finds a left-out node of $label within 3 % log rmse', (curve) => {
    expect(leaveOneOut(curve)).toBeLessThan(0.03);
  });

  it('is continuous through a node and lies between its neighbours', () => {
    const [curve] = CRISES;
    if (curve === undefined) throw new Error('no curve');
    const snapshot = load(curve);
    const second = curve.expiries[1] ?? Number.NaN;
    const daily = [-3, -2, -1, 0, 1, 2, 3].map((shift) => vxPrice(snapshot, second + shift));
    for (let i = 1; i < daily.length; i += 1) {
      expect(daily[i]).toBeLessThan(daily[i - 1] ?? Number.NaN);
      expect((daily[i] ?? Number.NaN) / (daily[i - 1] ?? Number.NaN)).toBeGreaterThan(0.98);
    }
  });

  it('runs from spot VIX to the first node', () => {
    const [, curve] = CRISES;
    if (curve === undefined) throw new Error('no curve');
    const price = vxPrice(load(curve), curve.day + 1);
    expect(price).toBeLessThan(82.69);
    expect(price).toBeGreaterThan(72.625);
    expect(vxPrice(load(curve), curve.day)).toBe(82.69);
  });

  it('decays towards the mean beyond the last node', () => {
    const [curve] = QUIET;
    if (curve === undefined) throw new Error('no curve');
    const snapshot = load(curve);
    const last = curve.expiries.at(-1) ?? Number.NaN;
    expect(vxPrice(snapshot, last + 60)).toBeGreaterThan(17.025);
    expect(vxPrice(snapshot, last + 60)).toBeLessThan(18.5);
  });

  it('has no price without nodes', () => {
    const snapshot = createSnapshot();
    snapshot.day = 17_000;
    snapshot.vix = 20;
    expect(vxPrice(snapshot, 17_030)).toBeNaN();
  });
});
