import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { CONTRACT_KINDS } from './contract-kind.ts';
import {
  CONTRACT_SPECS,
  MULTIPLIERS,
  multiplierOf,
  roundToTick,
  tickSize,
} from './contract-spec.ts';
import { LISTED_SINCE } from './listing.ts';

describe('CONTRACT_SPECS', () => {
  it('have the multipliers of the exchanges', () => {
    expect([...MULTIPLIERS]).toEqual([100, 100, 100, 1000, 100, 1]);
    expect(CONTRACT_KINDS.map((_, code) => multiplierOf(code))).toEqual([...MULTIPLIERS]);
    expect(multiplierOf(6)).toBeNaN();
  });

  it('are listed since the days of the listing table', () => {
    for (const kind of ['xsp-option', 'vix-option', 'vx-future', 'vxm-future'] as const) {
      expect(CONTRACT_SPECS[kind].listedSince).toBe(LISTED_SINCE[kind]);
    }
  });

  it('order ticks newest first and end in one that always fits', () => {
    for (const kind of CONTRACT_KINDS) {
      const { ticks } = CONTRACT_SPECS[kind];
      const from = ticks.map((rule) => rule.from);
      expect(from).toEqual([...from].sort((a, b) => b - a));
      expect(ticks.at(-1)?.below).toBe(Number.POSITIVE_INFINITY);
    }
  });
});

describe('tickSize', () => {
  const now = epochDay(2024, 1, 5);

  it.each([
    ['spx-option', 2.95, now, 0.05],
    ['spx-option', 3, now, 0.1],
    ['spx-option', 2, epochDay(1995, 1, 3), 1 / 16],
    ['spx-option', 20, epochDay(1995, 1, 3), 1 / 8],
    ['xsp-option', 12, now, 0.01],
    ['vix-option', 1, epochDay(2022, 11, 28), 0.05],
    ['vix-option', 4, epochDay(2022, 11, 28), 0.1],
    ['vix-option', 1, epochDay(2022, 11, 29), 0.01],
    ['vix-option', 4, epochDay(2022, 11, 29), 0.05],
    ['vx-future', 17, now, 0.05],
    ['vxm-future', 17, now, 0.01],
    ['vxm-future', 17, epochDay(2021, 1, 4), 0.05],
  ] as const)('of %s at %d', (kind, premium, day, tick) => {
    expect(tickSize(kind, premium, day)).toBe(tick);
  });

  it('is NaN for a premium that is not a number', () => {
    expect(tickSize('spx-option', Number.NaN, now)).toBeNaN();
  });
});

describe('roundToTick', () => {
  it.each([
    [0.12, 0.05, 'up', 0.15],
    [0.12, 0.05, 'down', 0.1],
    [0.12, 0.05, 'nearest', 0.1],
    [0.125, 0.05, 'nearest', 0.15],
    [0.15, 0.05, 'up', 0.15],
    [0.15, 0.05, 'down', 0.15],
    [0.1 + 0.2, 0.1, 'up', 0.3],
    [2.3, 0.1, 'down', 2.3],
    [1.03, 1 / 16, 'down', 1],
    [-0.12, 0.05, 'up', -0.1],
    [-0.12, 0.05, 'down', -0.15],
  ] as const)('%d on %d, %s, is %d', (price, tick, direction, rounded) => {
    expect(roundToTick(price, tick, direction)).toBe(rounded);
  });

  it('never is a negative zero', () => {
    expect(Object.is(roundToTick(-0.01, 0.05, 'up'), 0)).toBe(true);
  });

  it('lets NaN through', () => {
    expect(roundToTick(Number.NaN, 0.05, 'down')).toBeNaN();
    expect(roundToTick(1, Number.NaN, 'down')).toBeNaN();
  });

  it('keeps a price on the grid, and brackets any other within a tick', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.01, 0.05, 0.1, 1 / 8, 1 / 16),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        (tick, price) => {
          const down = roundToTick(price, tick, 'down');
          const up = roundToTick(price, tick, 'up');
          const nearest = roundToTick(price, tick, 'nearest');
          const noise = 1e-8 * tick;
          expect(down).toBeLessThanOrEqual(price + noise);
          expect(up).toBeGreaterThanOrEqual(price - noise);
          expect(up - down).toBeLessThanOrEqual(tick + noise + 1e-12);
          expect(Math.abs(nearest - price)).toBeLessThanOrEqual(tick / 2 + noise + 1e-12);
          expect(roundToTick(down, tick, 'up')).toBe(down);
          expect(roundToTick(up, tick, 'down')).toBe(up);
        },
      ),
    );
  });
});
