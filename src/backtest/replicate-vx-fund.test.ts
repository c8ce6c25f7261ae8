import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { replicateVxFund, trackingOf, VX_FUNDS } from './replicate-vx-fund.ts';
import type { DatedLevels, VxFund } from './replicate-vx-fund.ts';
import type { VxRollReplica } from './replicate-vx-roll.ts';

function fund(name: string): VxFund {
  const found = VX_FUNDS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no fund ${name}`);
  return found;
}

/** An index that rises by a tenth on each of the given days after the first; no interest. */
function index(day: readonly number[]): VxRollReplica {
  const excessReturn = Float64Array.from(day, (_day, i) => 100 * 1.1 ** i);
  return { day: Int32Array.from(day), excessReturn, totalReturn: excessReturn };
}

describe('replicateVxFund', () => {
  const day = [epochDay(2018, 2, 26), epochDay(2018, 2, 27), epochDay(2018, 2, 28)];

  it('holds the multiple of its day', () => {
    const bull = replicateVxFund(index(day), { ...fund('UVXY'), fee: 0 }).level;
    expect([...bull].map((level) => level.toFixed(6))).toEqual([
      '100.000000',
      '120.000000',
      '138.000000',
    ]);
    const bear = replicateVxFund(index(day), { ...fund('SVXY'), fee: 0 }).level;
    expect(bear[1]).toBeCloseTo(90, 9);
    expect(bear[2]).toBeCloseTo(90 * 0.95, 9);
  });

  it('charges its fee by the calendar and earns interest', () => {
    const days = [epochDay(2020, 1, 3), epochDay(2020, 1, 6)];
    const flat = Float64Array.of(100, 100);
    const idle = { day: Int32Array.from(days), excessReturn: flat, totalReturn: flat };
    const { level } = replicateVxFund(idle, fund('VXX'));
    expect(level[1]).toBeCloseTo(100 * (1 - (0.0089 * 3) / 365), 12);
    const paid = { ...idle, totalReturn: Float64Array.of(100, 100.1) };
    expect(replicateVxFund(paid, { ...fund('SVXY'), fee: 0 }).level[1]).toBeCloseTo(100.1, 9);
  });

  it('is worth nothing, not less, after losing everything', () => {
    const crash = { ...index(day), excessReturn: Float64Array.of(100, 250, 250) };
    expect([...replicateVxFund(crash, fund('SVXY')).level].slice(1)).toEqual([0, 0]);
  });
});

describe('trackingOf', () => {
  /** A price that wanders, from a year on. */
  function price(year: number, scale = 1): DatedLevels {
    const day = Int32Array.from({ length: 300 }, (_unused, i) => epochDay(year, 1, 1) + i);
    return {
      day,
      level: Float64Array.from(day, (_day, i) => scale * (100 + 10 * Math.sin(i / 9))),
    };
  }

  it('is perfect for the same price in another currency', () => {
    const tracking = trackingOf(price(2019), price(2019, 3));
    expect(tracking).toMatchObject({ days: 300, from: epochDay(2019, 1, 1) });
    expect(tracking?.correlation).toBeCloseTo(1, 12);
    expect(tracking?.trackingError).toBeCloseTo(0, 12);
    expect(tracking?.monthlyTrackingError).toBeCloseTo(0, 12);
    expect(tracking?.replicaReturn).toBeCloseTo(tracking?.priceReturn ?? Number.NaN, 12);
    expect(tracking?.sameCloseTrackingError).toBeUndefined();
    expect(trackingOf(price(2021), price(2021))?.sameCloseTrackingError).toBeCloseTo(0, 12);
  });

  it('sees a drift in returns and noise in errors', () => {
    const own = price(2021);
    const drifting = { ...own, level: own.level.map((level, i) => level * 1.0005 ** i) };
    const drift = trackingOf(drifting, own);
    expect(drift?.replicaReturn ?? 0).toBeGreaterThan((drift?.priceReturn ?? 0) + 0.15);
    const noisy = { ...own, level: own.level.map((level, i) => level * (1 + 0.01 * (i % 2))) };
    expect(trackingOf(noisy, own)?.trackingError).toBeCloseTo(0.01 * Math.sqrt(252), 2);
  });

  it('is undefined without common months, and skips days without a price', () => {
    expect(trackingOf(price(2019), price(2023))).toBeUndefined();
    const gap = price(2019);
    gap.level[50] = Number.NaN;
    expect(trackingOf(price(2019), gap)?.days).toBe(299);
  });
});
