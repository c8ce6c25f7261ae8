import { describe, expect, it } from 'vitest';
import { normalInverse } from '../math/normal.ts';
import {
  conditionalDrawdown,
  drawdownsAtClose,
  drawdownsAtWorstMark,
  fiftyGivenFive,
  largestDrawdown,
} from './drawdown.ts';

describe('drawdown at closes', () => {
  it('counts the start as the first peak', () => {
    const drawdowns = drawdownsAtClose(100, Float64Array.of(90, 120, 60, 130));
    expect(drawdowns[0]).toBeCloseTo(0.1, 15);
    expect([...drawdowns.subarray(1)]).toEqual([0, 0.5, 0]);
    expect(largestDrawdown(drawdowns)).toBe(0.5);
  });

  it('exceeds 1 when the account is in debt', () => {
    expect(largestDrawdown(drawdownsAtClose(100, Float64Array.of(-50)))).toBe(1.5);
  });

  it('lets an unknown close through', () => {
    expect(largestDrawdown(drawdownsAtClose(100, Float64Array.of(90, Number.NaN, 95)))).toBeNaN();
  });
});

describe('drawdown at worst marks', () => {
  it('measures against the highest close before the day', () => {
    const close = Float64Array.of(200, 190);
    const worst = Float64Array.of(80, 150);
    // Day 1: 80 below the start of 100; day 2: 150 below the close of 200.
    expect([...drawdownsAtWorstMark(100, close, worst)]).toEqual([1 - 80 / 100, 1 - 150 / 200]);
  });

  it('is never below the drawdown at closes', () => {
    const close = Float64Array.of(100, 50);
    expect(largestDrawdown(drawdownsAtWorstMark(100, close, Float64Array.of(100, 60)))).toBe(0.5);
  });
});

describe('conditional drawdown', () => {
  it('takes the last drawdown of the tail fractionally', () => {
    // Tail of 1.5 of 3 drawdowns: (0.3 + 0.5 * 0.2) / 1.5.
    expect(conditionalDrawdown(Float64Array.of(0.1, 0.3, 0.2), 0.5)).toBeCloseTo(0.4 / 1.5, 14);
    expect(conditionalDrawdown(new Float64Array(), 0.95)).toBeNaN();
  });

  it('agrees with an independent computation on 252 generated returns', () => {
    // Series: x = (1664525 x + 1013904223) mod 2^32 from 12345, r = 0.0005 + 0.01 Phi^-1(u),
    // r[100] = -0.08; Python, Rockafellar-Uryasev tail.
    let state = 12_345;
    let equity = 1;
    const closes = Float64Array.from({ length: 252 }, (_, index) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const drawn = 0.0005 + 0.01 * normalInverse((state + 0.5) / 2 ** 32);
      equity *= 1 + (index === 100 ? -0.08 : drawn);
      return equity;
    });
    const drawdowns = drawdownsAtClose(1, closes);
    expect(equity).toBeCloseTo(1.1242679090931018, 9);
    expect(largestDrawdown(drawdowns)).toBeCloseTo(0.16471330482883462, 9);
    expect(conditionalDrawdown(drawdowns, 0.95)).toBeCloseTo(0.15946685800978083, 9);
  });
});

describe('fifty given five', () => {
  it('counts one episode per peak and a hit once', () => {
    const closes = Float64Array.of(96, 94, 97, 94, 101, 95, 50, 40, 102, 96);
    expect(fiftyGivenFive(100, closes)).toEqual({ episodes: 3, hits: 1 });
  });

  it('counts a fall straight to the second level as both', () => {
    expect(fiftyGivenFive(100, Float64Array.of(-10))).toEqual({ episodes: 1, hits: 1 });
  });

  it('sees no episode above −5 %', () => {
    expect(fiftyGivenFive(100, Float64Array.of(95.01, 99))).toEqual({ episodes: 0, hits: 0 });
  });
});
