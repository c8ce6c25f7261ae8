import { describe, expect, it } from 'vitest';
import { sketchMarket } from '../engine/sketched-market.fixture.ts';
import { epochDay } from '../time/epoch-day.ts';
import { checkAnchors, REPLICA_ANCHORS } from './replicate-anchors.ts';
import { totalReturns } from './replicate-spx-total-return.ts';
import { replicateSzado, SZADO_OVERLAYS } from './replicate-szado.ts';

const CALM = { first: epochDay(2008, 8, 1), sessions: 100, vx: () => 20 } as const;

describe('replicateSzado', () => {
  it('has the published order: no hedge, little VX, much VX, calls', () => {
    const published = SZADO_OVERLAYS.map((overlay) => overlay.publishedReturn);
    expect(published).toEqual(published.toSorted((a, b) => a - b));
  });

  it('pays for calls and not for VX when nothing happens', () => {
    const market = sketchMarket({ ...CALM, spx: () => 1300, vix: () => 20 });
    const gains = replicateSzado(market).map((result) => result.gain);
    expect(gains[0]).toBe(0);
    expect(Math.abs(gains[1] ?? 1)).toBeLessThan(0.001);
    // Four months at 3 %, the fifth under way.
    expect(gains[4]).toBeLessThan(-0.1);
  });

  it('gains with the notional of VX when VX doubles', () => {
    const market = sketchMarket({
      ...CALM,
      sessions: 8,
      spx: () => 1300,
      vix: () => 20,
      vx: (session) => (session < 5 ? 20 : 40),
      billRate: () => 0,
      dividendYield: () => 0,
    });
    const [base, little, much] = replicateSzado(market);
    expect(base?.return).toBeCloseTo(0, 12);
    expect(little?.return).toBeCloseTo(0.025, 12);
    expect(much?.return).toBeCloseTo(0.1, 12);
    expect(much?.drawdown).toBe(0);
  });

  it('holds 60 % of the fall of the index', () => {
    const market = sketchMarket({
      ...CALM,
      sessions: 2,
      spx: (session) => (session === 0 ? 1000 : 900),
      vix: () => 20,
      billRate: () => 0,
      dividendYield: () => 0,
    });
    expect(replicateSzado(market)[0]).toMatchObject({
      return: expect.closeTo(-0.06, 12) as number,
      drawdown: expect.closeTo(0.06, 12) as number,
    });
  });
});

describe('totalReturns', () => {
  it('reinvests dividends and rolls bills over calendar days', () => {
    const path = sketchMarket({
      ...CALM,
      spx: (session) => 1000 + session,
      vix: () => 20,
      billRate: () => 0.04,
      dividendYield: () => 0.02,
    });
    const { day, spx, bills } = totalReturns(path);
    const years = ((day.at(-1) ?? 0) - (day[0] ?? 0)) / 365;
    expect(bills.at(-1)).toBeCloseTo(Math.exp(0.04 * years), 12);
    expect(spx.at(-1)).toBeCloseTo(1.099 * Math.exp(0.02 * years), 12);
  });
});

describe('checkAnchors', () => {
  const anchor = REPLICA_ANCHORS[1];
  const day = Int32Array.of(epochDay(2018, 1, 2), epochDay(2018, 10, 31), epochDay(2024, 1, 2));

  it('compares the change over the span and judges it', () => {
    const exact = { day, level: Float64Array.of(1, 100, 198.6) };
    // The level of the last session at or before the end counts: here that of the start.
    expect(checkAnchors('vxth', exact)[0]?.replicated).toBe(0);
    const full = {
      day: Int32Array.of(...day.subarray(0, 2), epochDay(2023, 10, 31), ...day.subarray(2)),
      level: Float64Array.of(1, 100, 198.6, 500),
    };
    const [check] = checkAnchors('vxth', full);
    expect(check?.anchor).toBe(anchor);
    expect(check?.replicated).toBeCloseTo(0.986, 12);
    expect(check).toMatchObject({ isWithin: true });
  });

  it('leaves out spans that are not covered and other indices', () => {
    const short = { day: day.subarray(0, 2), level: Float64Array.of(1, 2) };
    expect(checkAnchors('vxth', short)).toEqual([]);
    expect(checkAnchors('cndr', { day, level: Float64Array.of(1, 2, 3) })).toEqual([]);
  });
});
